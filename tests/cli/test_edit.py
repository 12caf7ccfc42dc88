"""What `edit` does."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, shown


def test_options_change_a_quote(with_letter: Run) -> None:
    options = ("--role", "teacher", "--to", "Ali Khamenei", "--add-topic", "knife", "--said", "around 1943")
    assert with_letter("edit", "1", *options).exit_code == 0
    quote = shown(with_letter)
    assert [quote[key] for key in ("role", "to", "topics", "said")] == [
        "teacher",
        "Ali Khamenei",
        ["elections", "knife"],
        "1943~",
    ]
    with_letter("edit", "1", "--role", "", "--drop-topic", "knife", "--said", "")
    quote = shown(with_letter)
    assert [quote[key] for key in ("role", "topics", "said")] == [None, ["elections"], None]


def test_several_quotes_change_in_one_write(with_letter: Run) -> None:
    with_letter("edit", "1-2", "--add-topic", "power")
    assert [shown(with_letter, number)["topics"] for number in (1, 2)] == [["elections", "power"], ["power"]]
    with_letter("undo")
    assert [shown(with_letter, number)["topics"] for number in (1, 2)] == [["elections"], []]


def test_bounds_move_by_words_and_the_words_stay_the_documents(with_letter: Run, letter: str) -> None:
    with_letter("edit", "2", "--end", "people's throat")
    quote = shown(with_letter, 2)
    assert quote["text"] == "Take your knife off the people’s throat"
    passage = quote["passages"][0]
    assert letter[passage["start"] : passage["end"]] == passage["exact"]
    with_letter("edit", "2", "--span", f"{passage['start']}:{passage['start'] + 4}")
    assert shown(with_letter, 2)["text"] == "Take"


def test_a_quote_that_is_no_longer_held_says_what_becomes_of_it(with_letter: Run) -> None:
    result = with_letter("edit", "1", "--end", "Shah regime")
    assert result.exit_code == 0
    assert "Quote 2 was within quote 1" in result.stderr
    assert shown(with_letter, 2)["within"] is None


def test_a_document_is_changed_and_keeps_the_words_of_its_date(with_letter: Run) -> None:
    with_letter("edit", "khaster", "--date", "24 Bahman 1399", "--recipient", "Ali Khamenei", "--kind", "letter")
    document = shown_document(with_letter)
    assert [document[key] for key in ("date", "date_words", "recipients", "kind")] == [
        "2021-02-12",
        "24 Bahman 1399",
        ["Ali Khamenei"],
        "letter",
    ]


def test_a_dry_run_shows_what_would_change_in_a_document_and_changes_nothing(with_letter: Run, tmp_path: Path) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    planned = with_letter("edit", "khaster", "--place", "Vakilabad", "--dry-run")
    assert (planned.exit_code, "Vakilabad" in planned.stdout) == (0, True)
    assert (tmp_path / "archive.json").read_bytes() == before


def shown_document(run: Run) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run("show", "khaster", "--json").stdout)
    return values


def test_what_a_query_finds_is_changed_after_a_preview(with_letter: Run) -> None:
    planned = with_letter("edit", "--where", "knife", "--add-topic", "power", "--dry-run")
    assert "2 quotes would change" in planned.stdout
    assert shown(with_letter)["topics"] == ["elections"]
    assert with_letter("edit", "--where", "knife", "--add-topic", "power").exit_code == 2
    assert with_letter("edit", "--where", "knife", "--add-topic", "power", "--yes").exit_code == 0
    assert shown(with_letter)["topics"] == ["elections", "power"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("edit",), 2, "name quotes or documents"),
        (("edit", "1"), 2, "no terminal"),
        (("edit", "1", "--title", "x"), 2, "can't be used on a quote"),
        (("edit", "khaster", "--speaker", "x"), 2, "can't be used on a document"),
        (("edit", "khaster", "--title", ""), 2, "needs a title"),
        (("edit", "1", "--within", "2"), 1, "does not contain"),
        (("edit", "1", "--within", "1"), 2, "can't be within"),
        (("edit", "9", "--role", "x"), 1, "no quote 9"),
        (("edit", "7-9", "--role", "x"), 1, "no quote 7"),
        (("edit", "1", "--start", "not there at all"), 1, "Not in"),
        (("edit", "1", "--drop-topic", "nothing"), 1, "no topic"),
        (("edit", "--where", "knife"), 2, "No change was given"),
        (("edit", "khaster", "--replies-to", "nobody"), 1, "no document"),
    ],
)
def test_a_mistake_is_explained(
    with_letter: Run, arguments: tuple[str, ...], exit_code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    result = with_letter(*arguments)
    assert result.exit_code == exit_code
    assert said in result.stderr


def test_numbers_ranges_and_the_last_are_understood_wherever_one_is(with_letter: Run) -> None:
    assert [each["id"] for each in json.loads(with_letter("show", "1-2", "--json").stdout)] == [1, 2]
    assert [each["id"] for each in json.loads(with_letter("show", "last", "1", "--json").stdout)] == [2, 1]
    assert with_letter("remove", "last", "--yes").stdout == "Removed quote 2.\n"


def test_a_changed_document_in_json_is_the_document_as_it_is_now(with_letter: Run) -> None:
    options = ("1", "--document", "--place", "Mashhad")
    planned = json.loads(with_letter("edit", *options, "--dry-run", "--json").stdout)
    assert (planned["place"], shown_document(with_letter)["place"]) == ("Mashhad", "Iran")
    changed = json.loads(with_letter("edit", *options, "--json").stdout)
    assert (changed["place"], changed["quotes"], shown_document(with_letter)["place"]) == ("Mashhad", 2, "Mashhad")
