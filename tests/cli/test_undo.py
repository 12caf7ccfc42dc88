"""Undoing keeps what must hold of every archive: a quote is its document's words, and nothing points nowhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

FIRST = "Open letter\n\nWe will not be silent. We will resist.\n"
SECOND = "Open letter\n\nDear friends! We will not be silent. They say: we give up.\n"
THIRD = "Open letter\n\nDear friends! We will not be silent. We will resist.\n"


@pytest.fixture
def letters(run: Run, tmp_path: Path) -> Run:
    """Run commands beside three texts of one letter, of which the first was added."""
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8")
    (tmp_path / "c.txt").write_text(THIRD, encoding="utf-8")
    run("add", "a.txt")
    return run


def quotes(run: Run) -> dict[int, dict[str, Any]]:
    return {each["id"]: each for each in json.loads(run("search", "--json").stdout)}


def verify(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("verify", "--json").stdout)
    return found


def test_a_quote_that_comes_back_into_another_text_is_missing_and_told(letters: Run) -> None:
    letters("quote", "1", "We will resist", "--speaker", "Ann")
    letters("remove", "1", "--yes")
    letters("add", "--replace", "1", "b.txt", "--yes")
    assert letters("undo", "3").exit_code == 2
    assert quotes(letters) == {}
    result = letters("undo", "3", "--yes")
    assert (result.exit_code, "missing" in result.stderr) == (0, True)
    assert verify(letters)["outcomes"] == {"missing": 1}
    assert "no longer has these words" in letters("show", "1").stdout


def test_a_quote_that_comes_back_is_found_where_its_words_are_now(letters: Run) -> None:
    letters("quote", "1", "We will not be silent")
    letters("remove", "1", "--yes")
    letters("add", "--replace", "1", "c.txt")
    result = letters("undo", "3")
    assert (result.exit_code, "moved" in result.stderr) == (0, True)
    passage = quotes(letters)[1]["passages"][0]
    assert THIRD[passage["start"] : passage["end"]] == passage["exact"] == "We will not be silent"
    assert verify(letters)["outcomes"] == {"exact": 1}


def test_a_quote_of_the_new_text_is_not_left_in_the_old_one_as_if_it_were_there(letters: Run) -> None:
    letters("add", "--replace", "1", "b.txt", "--yes")
    letters("quote", "1", "we give up")
    assert letters("undo", "2").exit_code == 2
    assert letters("undo", "2", "--yes").exit_code == 0
    assert verify(letters)["outcomes"] == {"missing": 1}
    letters("undo", "4")
    assert verify(letters)["outcomes"] == {"exact": 1}


def test_quotes_are_never_within_each_other_by_undoing(letters: Run) -> None:
    letters("quote", "1", "We will not be silent")
    letters("quote", "1", "We will not be silent")
    letters("edit", "1", "--within", "2")
    letters("undo")
    letters("edit", "2", "--within", "1")
    result = letters("undo", "5")
    assert (result.exit_code, "within itself" in result.stderr) == (1, True)
    assert letters("remove", "1", "2", "--yes").exit_code == 0


def test_a_letter_that_others_answer_is_not_undone(letters: Run) -> None:
    letters("add", "b.txt", "--replies-to", "1", "--enclose", "1")
    result = letters("undo", "1")
    assert (result.exit_code, "answers document 1" in result.stderr) == (1, True)
    assert letters("list", "--json").exit_code == 0
    letters("undo")
    assert letters("undo").exit_code == 0


def test_removing_quotes_that_somebody_put_within_each_other_by_hand_ends(letters: Run, tmp_path: Path) -> None:
    for _ in range(2):
        letters("quote", "1", "We will not be silent")
    tables = json.loads((tmp_path / "archive.json").read_bytes())
    tables["quotes"]["1"]["within"], tables["quotes"]["2"]["within"] = 2, 1
    (tmp_path / "archive.json").write_text(json.dumps(tables), encoding="utf-8")
    assert "within itself" in letters("verify").stdout
    assert letters("quote", "1", "silent", "--within", "1").exit_code in (0, 1)
    assert letters("remove", "1", "--yes").exit_code == 0
    assert letters("remove", "2", "--yes").exit_code == 0


def test_a_document_does_not_answer_or_enclose_itself(letters: Run) -> None:
    for option in ("--replies-to", "--enclose"):
        assert letters("edit", "1", "--document", option, "1").exit_code == 1


def test_a_missing_quote_is_found_again_by_other_words_but_not_by_its_ends(letters: Run) -> None:
    letters("quote", "1", "We will resist")
    letters("add", "--replace", "1", "b.txt", "--yes")
    result = letters("edit", "1", "--start", "We will")
    assert (result.exit_code, "--passage" in result.stderr) == (1, True)
    assert letters("edit", "1", "--passage", "We will not be silent").exit_code == 0
    assert (quotes(letters)[1]["missing"], verify(letters)["outcomes"]) == (False, {"exact": 1})


def test_a_name_that_another_speaker_has_by_now_is_not_given_back(letters: Run) -> None:
    letters("speakers", "add", "Ann Lee", "Annie")
    letters("speakers", "remove", "Ann Lee", "--yes")
    letters("speakers", "add", "Bo", "annie")
    result = letters("undo", "3")
    assert (result.exit_code, "annie" in result.stderr) == (1, True)
    letters("speakers", "alias", "Bo", "Annie", "--drop")
    assert letters("undo", "3").exit_code == 0
    assert verify(letters)["failed"] is False


def test_a_document_whose_quotes_came_later_is_not_undone(with_letter: Run, tmp_path: Path) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    refused = with_letter("undo", "1")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Error: Change 1 can't be undone: ")
    assert (tmp_path / "archive.json").read_bytes() == before
