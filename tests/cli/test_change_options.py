"""Changes that are shown first, agreed to, and reported."""

import json
from pathlib import Path

import pytest

from .conftest import Run

#: Changes that can be rehearsed, and need no answer then.
CHANGES = [
    ("edit", "--where", "knife", "--add-topic", "power"),
    ("edit", "1", "--note", "x"),
    ("add", "--replace", "1", "new.txt"),
]


@pytest.fixture(autouse=True)
def _new_text(tmp_path: Path, letter: str) -> None:
    (tmp_path / "new.txt").write_text(f"{letter}\nThe end.", encoding="utf-8")


@pytest.mark.parametrize("words", CHANGES)
def test_a_rehearsal_shows_the_change_and_makes_none(with_letter: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    for options in (("--dry-run",), ("--dry-run", "--yes"), ("--dry-run", "--json")):
        shown = with_letter(*words, *options)
        assert (shown.exit_code, bool(shown.stdout)) == (0, True), options
        assert (tmp_path / "archive.json").read_bytes() == before, options


@pytest.mark.parametrize("words", [("remove", "2"), CHANGES[0]])
def test_where_nobody_can_answer_only_yes_makes_the_change(
    with_letter: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    refused = with_letter(*words)
    assert (refused.exit_code, "--yes" in refused.stderr) == (2, True)
    assert (tmp_path / "archive.json").read_bytes() == before
    assert with_letter(*words, "--yes").exit_code == 0
    assert (tmp_path / "archive.json").read_bytes() != before


@pytest.mark.parametrize("words", CHANGES)
def test_a_result_in_json_is_one_value(with_letter: Run, words: tuple[str, ...]) -> None:
    assert json.loads(with_letter(*words, "--yes", "--json").stdout)
