"""Options made from the table of fields."""

import json

import pytest

from quotearchive.fields import options_of
from quotearchive.model import Document, Quote, Speaker

from .conftest import Run, shown


@pytest.mark.parametrize(
    ("command", "of"),
    [("quote", Quote), ("edit", Quote), ("add", Document), ("edit", Document), ("speakers add", Speaker)],
)
def test_every_field_has_its_option_in_the_help(run: Run, command: str, of: type[Quote | Document | Speaker]) -> None:
    stdout = run(*command.split(), "--help").stdout
    assert all(f"--{field.option} " in stdout for field in options_of(of))


def test_an_option_that_may_be_repeated_says_so_and_is(with_letter: Run) -> None:
    assert "may be repeated" in " ".join(with_letter("quote", "--help").stdout.split())
    assert "replaces all before" in " ".join(with_letter("edit", "--help").stdout.split())
    with_letter("edit", "1", "--topic", "prison", "--topic", "law")
    assert shown(with_letter)["topics"] == ["law", "prison"]


def test_an_empty_value_clears_only_what_is_there_already(with_letter: Run) -> None:
    assert with_letter("edit", "1", "--said", "").exit_code == 0
    assert with_letter("quote", "1", "resign immediately", "--said", "").exit_code == 2
    assert with_letter("edit", "1", "--document", "--date", "").exit_code == 0
    assert json.loads(with_letter("list", "--json").stdout)[0]["date"] is None


def test_a_number_may_be_none_at_all_only_where_it_clears(with_letter: Run) -> None:
    assert with_letter("edit", "1", "--document", "--signatories", "7").exit_code == 0
    assert json.loads(with_letter("list", "--json").stdout)[0]["signatory_count"] == 7
    assert with_letter("edit", "1", "--document", "--signatories", "0").exit_code == 0
    assert json.loads(with_letter("list", "--json").stdout)[0]["signatory_count"] is None
    assert with_letter("add", "-", "--signatories", "0", stdin="Words.").exit_code == 2


def test_a_choice_is_one_of_those_there_are(with_letter: Run) -> None:
    refused = with_letter("edit", "1", "--document", "--kind", "song")
    assert (refused.exit_code, "letter" in refused.stderr) == (2, True)
