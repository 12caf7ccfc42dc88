"""Letters as letters: a correspondence in its order, and what answers what."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

#: Name of the file, sender, addressee and date.
LETTERS = [
    ("third", "Hans Scholl", "Inge Scholl", "1943-02"),
    ("first", "Hans Scholl", "Inge Scholl", "around 1942"),
    ("second", "Inge Scholl", "Hans Scholl", "autumn 1942"),
    ("other", "Sophie Scholl", "Fritz Hartnagel", "1942-11-18"),
    ("undated", "Hans Scholl", "Inge Scholl", None),
]


@pytest.fixture
def with_letters(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive with a correspondence that was not added in its order."""
    for name, sender, recipient, date in LETTERS:
        (tmp_path / f"{name}.txt").write_text(f"The {name} letter says little.", encoding="utf-8")
        said = ("--title", name, "--kind", "letter", "--author", sender, "--recipient", recipient)
        assert run("add", f"{name}.txt", *said, *(("--date", date) if date else ())).exit_code == 0
    return run


def listed(run: Run, *options: str) -> list[str]:
    return [each["slug"] for each in json.loads(run("list", *options, "--json").stdout)]


def letters(run: Run, name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run("show", name, "--json").stdout)["letters"]
    return values


def test_a_correspondence_is_listed_in_the_order_in_which_it_was_written(with_letters: Run) -> None:
    assert listed(with_letters, "--kind", "letter", "--from", "hans") == ["first", "third", "undated"]
    assert listed(with_letters, "--to", "HANS") == ["second"]
    assert listed(with_letters, "--kind", "speech") == []
    assert listed(with_letters, "--kind", "letter")[-1] == "undated"


def test_chosen_letters_are_sorted_as_asked(with_letters: Run) -> None:
    by_hans = ("--kind", "letter", "--from", "hans")
    assert listed(with_letters, *by_hans, "--sort", "document") == ["first", "third", "undated"]
    assert listed(with_letters, *by_hans, "--sort", "document", "--reverse") == ["undated", "third", "first"]
    assert listed(with_letters, *by_hans, "--sort", "added") == ["third", "first", "undated"]
    assert listed(with_letters, *by_hans, "--reverse") == ["third", "first", "undated"]
    assert listed(with_letters, *by_hans, "--limit", "1") == ["first"]


def test_a_name_in_another_script_finds_the_letters(with_letters: Run) -> None:
    with_letters("speakers", "add", "Inge Scholl", "Инге Шолль")
    assert listed(with_letters, "--from", "шолль") == ["second"]


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


def test_all_that_a_letter_says_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("To whom it may concern.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("We answer.", encoding="utf-8")
    run("add", "a.txt", "--title", "a")
    options = (
        "--received",
        "3 May 1943",
        "--destination",
        "Ulm",
        "--signatories",
        "134",
        "--replies-to",
        "a",
    )
    added = json.loads(run("add", "b.txt", "--title", "b", *options, "--json").stdout)["added"][0]
    assert [added[key] for key in ("received", "destination", "signatory_count", "replies_to")] == [
        "1943-05-03",
        "Ulm",
        134,
        1,
    ]
    assert run("add", "b.txt", "--replies-to", "nothing").exit_code == 1


@pytest.mark.parametrize(
    ("date", "query", "is_found"),
    [
        ("1943?", "date:1943-06", True),
        ("1943~", "date:<1943", False),
        ("1943-21", "date:1943-04", True),
        ("1943-21", "date:1943-07", False),
        ("../1943", "date:1850", True),
        ("../1943", "date:1944", False),
        ("1943/..", "date:>=2000", True),
        ("1943/..", "date:<1943", False),
        ("1943-03/1943-05", "date:1943-04", True),
        ("194X", "date:1949-12-31", True),
        ("1943-24", "date:1944-01", True),
    ],
)
def test_a_search_for_a_date_finds_what_may_lie_in_it(
    run: Run,
    tmp_path: Path,
    date: str,
    query: str,
    is_found: bool,  # noqa: FBT001 - a table of cases
) -> None:
    (tmp_path / "a.txt").write_text("We answer.", encoding="utf-8")
    run("add", "a.txt", "--date", date)
    run("quote", "1", "answer")
    assert bool(json.loads(run("search", query, "--json").stdout)) == is_found
