"""Letters as letters: a correspondence in its order, and what answers what."""

import json
from pathlib import Path

import pytest

from .conftest import Run


def listed(run: Run, *options: str) -> list[str]:
    return [each["slug"] for each in json.loads(run("list", *options, "--json").stdout)]


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
