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


TALK = """A talk with Anna Svoboda

INTERVIEWER: Were you told?

ANNA SVOBODA: We were never told. "Go home," said Ben Okri.

Nobody asked. [applause]

[applause]

INTERVIEWER: Who knew?

ANNA SVOBODA: "Everybody knew it then."
"""


@pytest.fixture
def talk(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive of a transcript."""
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    run("add", "talk.txt")
    return run


def test_what_is_said_in_turns_is_proposed_with_its_speaker(talk: Run) -> None:
    candidates = json.loads(talk("quote", "talk", "--detect", "--json").stdout)
    assert [(each["text"], each["speaker"], each["mention"]) for each in candidates] == [
        ("Were you told?", None, "INTERVIEWER"),
        ('We were never told. "Go home," said Ben Okri.', "Anna Svoboda", "ANNA SVOBODA"),
        ("Go home,", "Ben Okri", "Ben Okri"),
        ("Nobody asked. [applause]", "Anna Svoboda", "ANNA SVOBODA"),
        ("Who knew?", None, "INTERVIEWER"),
        ("Everybody knew it then.", "Anna Svoboda", "ANNA SVOBODA"),
    ]
    assert [each["within"] for each in candidates] == [None, None, 2, None, None, None]
    assert all(each["confidence"] >= (0.9 if each["speaker"] == "Anna Svoboda" else 0.5) for each in candidates)


def test_turns_are_accepted_with_the_quotations_in_them(talk: Run) -> None:
    assert talk("quote", "talk", "--accept", "all").exit_code == 0
    quotes = json.loads(talk("search", "--json").stdout)
    relayed = next(each for each in quotes if each["text"] == "Go home,")
    assert relayed["relay"] == ["Ben Okri", "Anna Svoboda"]
    assert "Nothing was stored." in talk("quote", "talk", "--accept", "all").stdout


def test_a_turn_that_is_a_quote_is_known(talk: Run) -> None:
    talk("quote", "talk", "Who knew?")
    candidates = json.loads(talk("quote", "talk", "--detect", "--json").stdout)
    assert [each["quote"] for each in candidates] == [None, None, None, None, 1, None]


def test_a_text_without_turns_is_proposed_as_before(unquoted: Run) -> None:
    candidates = json.loads(unquoted("quote", "khaster", "--detect", "--json").stdout)
    assert not any("transcript" in each["reason"] for each in candidates)


@pytest.mark.parametrize("label", ["Svoboda", "ANNA", "A.S.", "AS", "ANNA SVOBODA"])
def test_a_short_label_is_the_person_whom_the_introduction_names(run: Run, tmp_path: Path, label: str) -> None:
    turns = f"Q: Who knew?\n\n{label}: Nobody.\n\nQ: Why?\n\n{label}: Nobody asked.\n"
    (tmp_path / "talk.txt").write_text(f"A talk with Anna Svoboda on prisons\n\n{turns}", encoding="utf-8")
    run("add", "talk.txt")
    candidates = json.loads(run("quote", "talk", "--detect", "--json").stdout)
    said = ("Anna Svoboda", label)
    assert [(each["speaker"], each["mention"]) for each in candidates] == [(None, "Q"), said, (None, "Q"), said]
