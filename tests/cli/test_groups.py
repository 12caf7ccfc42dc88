"""A group of commands that lists without one."""

import json

import pytest

from .conftest import Run


def test_without_a_command_all_are_listed(with_letter: Run) -> None:
    assert with_letter("speakers").stdout == with_letter("speakers", "list").stdout
    assert with_letter("topics", "--json").stdout == with_letter("topics", "list", "--json").stdout


def test_what_is_no_command_is_looked_for(with_letter: Run) -> None:
    assert [each["path"] for each in json.loads(with_letter("topics", "elect", "--json").stdout)] == ["elections"]
    assert json.loads(with_letter("topics", "prison", "--json").stdout) == []


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_is_that_of_the_group(with_letter: Run, option: str) -> None:
    shown = with_letter("topics", option).stdout
    assert "rename" in shown
    assert "merge" in shown


def test_only_a_word_that_is_like_a_command_is_taken_for_one(with_letter: Run) -> None:
    assert "Did you mean" in with_letter("topics", "remov").stderr
    assert "Did you mean" not in with_letter("topics", "prison").stderr
