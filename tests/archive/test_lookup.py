"""Documents and quotes as they are shown."""

import json
from typing import Any

from tests.cli.conftest import Run


def letters(run: Run, name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run("show", name, "--json").stdout)["letters"]
    return values


def test_a_letter_names_those_before_and_after_it(with_letters: Run) -> None:
    assert (letters(with_letters, "second")["before"], letters(with_letters, "second")["after"]) == (
        "first",
        "third",
    )
    assert (letters(with_letters, "other")["before"], letters(with_letters, "undated")["after"]) == (
        None,
        None,
    )


def test_replies_and_enclosures_are_known_from_both_sides(with_letters: Run) -> None:
    with_letters("edit", "second", "--replies-to", "first", "--enclose", "other")
    assert letters(with_letters, "first")["replies"] == ["second"]
    assert letters(with_letters, "other")["enclosed_in"] == ["second"]
    shown = with_letters("show", "second").stdout
    assert "Reply to" in shown
    assert "Next letter" in shown
    with_letters("remove", "first", "other", "--yes")
    assert letters(with_letters, "second")["replies_to"] is None
    assert json.loads(with_letters("show", "second", "--json").stdout)["encloses"] == []
