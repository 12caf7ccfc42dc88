"""The order of results, and how many are shown."""

import json
from pathlib import Path

import pytest

from quotearchive.cli.order_options import SHOWN

from .conftest import Run


@pytest.fixture
def with_many(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive of a few more documents than a table shows."""
    for number in range(SHOWN + 2):
        (tmp_path / f"{number:02}.txt").write_text(f"Letter {number:02} says little.", encoding="utf-8")
    assert run("add", *(f"{number:02}.txt" for number in range(SHOWN + 2))).exit_code == 0
    return run


def slugs(run: Run, *options: str) -> list[str]:
    return [each["slug"] for each in json.loads(run("list", *options, "--json").stdout)]


def test_a_table_shows_a_screen_and_says_so(with_many: Run) -> None:
    listed = with_many("list")
    assert listed.stdout.count("letter-") == SHOWN
    assert listed.stderr == f"{SHOWN} of {SHOWN + 2} documents. --limit 0 shows all.\n"


def test_json_holds_all_unless_a_limit_is_set(with_many: Run) -> None:
    assert len(slugs(with_many)) == SHOWN + 2
    assert len(slugs(with_many, "--limit", "3")) == 3
    assert len(slugs(with_many, "--limit", "0")) == SHOWN + 2


def test_no_limit_shows_all(with_many: Run) -> None:
    listed = with_many("list", "--limit", "0")
    assert (listed.stdout.count("letter-"), listed.stderr) == (SHOWN + 2, "")


def test_the_order_is_reversed_before_it_is_cut(with_many: Run) -> None:
    ordered = slugs(with_many, "--sort", "document")
    assert slugs(with_many, "--sort", "document", "--reverse", "--limit", "2") == ordered[:-3:-1]
