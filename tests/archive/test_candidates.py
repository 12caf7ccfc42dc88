"""Proposals that become quotes."""

import json
from pathlib import Path

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.candidates import Decision, accept, review
from quotearchive.archive.errors import DocumentNotFoundError
from quotearchive.model import Change
from quotearchive.store.errors import ChangedMeanwhileError
from tests.cli.conftest import DATA, Run

CHANGE = Change(when="2026-02-01T10:00:00Z")


@pytest.fixture
def unquoted(run: Run) -> Run:
    """Run commands on an archive of a letter without quotes."""
    run("add", str(DATA / "khastar-open-letter.txt"))
    return run


def test_a_quotation_that_was_accepted_first_lies_within_the_one_around_it(unquoted: Run) -> None:
    candidates = json.loads(unquoted("quote", "khaster", "--detect", "--json").stdout)
    inner = next(each for each in candidates if each["within"])
    assert unquoted("quote", "khaster", "--accept", str(inner["number"])).exit_code == 0
    assert unquoted("quote", "khaster", "--accept", str(inner["within"])).exit_code == 0
    first, second = json.loads(unquoted("search", "--json").stdout)
    assert (first["within"], second["within"]) == (second["id"], None)


def test_what_was_reviewed_in_another_text_is_not_stored(unquoted: Run, archive: Archive, tmp_path: Path) -> None:
    reviewed = review(archive, "khaster")
    (tmp_path / "new.txt").write_text("Another text\n\nWe will not be silent.\n", encoding="utf-8")
    assert unquoted("add", "--replace", "khaster", "new.txt", "--yes").exit_code == 0
    with pytest.raises(ChangedMeanwhileError):
        accept(archive, reviewed, [Decision(proposal=reviewed.proposals[0])], change=CHANGE)
    assert not list(archive.read().quotes())


def test_what_was_reviewed_in_a_document_that_is_gone_is_not_stored(unquoted: Run, archive: Archive) -> None:
    reviewed = review(archive, "khaster")
    assert unquoted("remove", "khaster", "--yes").exit_code == 0
    with pytest.raises(DocumentNotFoundError):
        accept(archive, reviewed, [Decision(proposal=reviewed.proposals[0])], change=CHANGE)
