"""The quotations of a document, proposed, reviewed and stored."""

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import DATA, Run

pexpect = pytest.importorskip("pexpect", reason="a terminal is played by pexpect")

QUESTION = "stop and keep: "


@pytest.fixture
def unquoted(run: Run) -> Run:
    """Run commands on an archive that holds the open letter and no quotes."""
    run("add", str(DATA / "khastar-open-letter.txt"))
    return run


def quotes(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("search", "--json").stdout)
    return found


def test_add_says_how_many_quotations_a_document_seems_to_hold(run: Run) -> None:
    assert "Found 6 likely quotations" in run("add", str(DATA / "khastar-open-letter.txt")).stdout


def test_candidates_are_listed_with_speaker_mention_and_reason(unquoted: Run) -> None:
    candidates = json.loads(unquoted("quote", "khaster", "--detect", "--json").stdout)
    last = candidates[-1]
    assert (last["speaker"], last["mention"]) == ("Hashem Khastar", "He")
    assert last["text"].startswith("Your repressive forces")
    assert last["reason"]


def test_the_inner_candidate_is_the_other_speakers_within_the_outer(unquoted: Run) -> None:
    candidates = json.loads(unquoted("quote", "khaster", "--detect", "--json").stdout)
    inner = next(each for each in candidates if each["within"])
    assert inner["speaker"] == "Ruhollah Khomeini"
    assert candidates[inner["within"] - 1]["text"].startswith("Under the Shah regime")


def test_charges_are_no_speech(unquoted: Run) -> None:
    candidates = json.loads(unquoted("quote", "khaster", "--detect", "--json").stdout)
    charges = [each for each in candidates if "membership in groups" in each["text"]]
    assert all(each["confidence"] < 0.5 for each in charges)


def test_all_that_is_likely_is_stored_in_one_write(unquoted: Run, tmp_path: Path) -> None:
    assert unquoted("quote", "khaster", "--accept", "all").exit_code == 0
    stored = quotes(unquoted)
    assert [each["speaker"] for each in stored].count("Hashem Khastar") == 5
    assert [each["within"] for each in stored if each["speaker"] == "Ruhollah Khomeini"] == [4]
    assert json.loads((tmp_path / "archive.json.bak").read_text(encoding="utf-8")).get("quotes", {}) == {}


def test_what_is_quoted_already_is_not_stored_again(unquoted: Run) -> None:
    unquoted("quote", "khaster", "--accept", "1,3-4")
    assert len(quotes(unquoted)) == 3
    unquoted("quote", "khaster", "--accept", "all")
    assert len(quotes(unquoted)) == 6
    assert "Nothing was stored" in unquoted("quote", "khaster", "--accept", "all").stdout


@pytest.mark.parametrize(("numbers", "exit_code"), [("99", 1), ("0", 1), ("x", 2), ("1-", 2), ("", 2)])
def test_a_wrong_number_stores_nothing(unquoted: Run, numbers: str, exit_code: int) -> None:
    assert unquoted("quote", "khaster", "--accept", f"1,{numbers}").exit_code == exit_code
    assert quotes(unquoted) == []


@pytest.fixture
def terminal(unquoted: Run, tmp_path: Path) -> Iterator[Any]:  # noqa: ARG001 - it is asked in the archive's folder
    """Review the letter on a terminal."""
    spawned = pexpect.spawn(
        sys.executable,
        ["-m", "quotearchive", "quote", "khaster"],
        cwd=tmp_path,
        env={**os.environ, "TERM": "dumb", "PYTHONPATH": str(DATA.parents[1]), "PROMPT_TOOLKIT_NO_CPR": "1"},
        dimensions=(50, 200),
        encoding="utf-8",
        codec_errors="replace",
        timeout=20,
    )
    yield spawned
    spawned.close(force=True)


#: Accepts a candidate as it is proposed.
ACCEPT = [(QUESTION, "y"), ("Speaker: ", ""), ("commas: ", "")]


def answer(terminal: Any, answers: Iterable[tuple[str, str]]) -> None:  # noqa: ANN401 - pexpect's
    for question, words in answers:
        terminal.expect_exact(question)
        terminal.send(f"{words}\r")


def test_a_review_accepts_corrects_skips_goes_back_and_keeps(unquoted: Run, terminal: Any) -> None:  # noqa: ANN401
    answers = [
        (QUESTION, "s"),
        (QUESTION, "b"),
        (QUESTION, "y"),
        ("Speaker: ", ""),
        ("commas: ", "executions, iran"),
        (QUESTION, "e"),
        ("last words: ", "\x01\x0bcontrol my phone calls ... my conversation"),
        ("Speaker: ", "\x01\x0bH. Khastar"),
        ("commas: ", ""),
        (QUESTION, "q"),
    ]
    answer(terminal, answers)
    terminal.expect_exact("Stored quotes 1, 2.")
    first, second = quotes(unquoted)
    assert (first["speaker"], first["topics"]) == ("Hashem Khastar", ["executions", "iran"])
    assert str(first["text"]).startswith("With all these executions")
    assert str(second["text"]).startswith("control my phone calls")
    assert (second["speaker"], second["topics"]) == ("H. Khastar", [])


@pytest.mark.parametrize("end", ["hangup", "SIGTERM", "SIGKILL"])
def test_what_is_accepted_survives_a_terminal_that_is_gone(unquoted: Run, terminal: Any, end: str) -> None:  # noqa: ANN401
    answer(terminal, [*ACCEPT, *ACCEPT, (QUESTION, "s"), (QUESTION, "y")])
    terminal.expect_exact("Speaker: ")
    if end == "hangup":
        terminal.close(force=False)
    else:
        terminal.kill(getattr(signal, end))
        terminal.wait()
    assert [each["id"] for each in quotes(unquoted)] == [1, 2]
    assert unquoted("verify").exit_code == 0
    assert unquoted("undo").exit_code == 0
    assert [each["id"] for each in quotes(unquoted)] == [1]


def test_a_review_that_is_stopped_says_what_is_stored(unquoted: Run, terminal: Any) -> None:  # noqa: ANN401
    answer(terminal, ACCEPT)
    terminal.expect_exact(QUESTION)
    while terminal.expect_exact(["Stored quote 1.", pexpect.TIMEOUT], timeout=2):
        terminal.sendintr()
    terminal.expect_exact("Interrupted after the change was stored.")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert len(quotes(unquoted)) == 1


def test_a_review_goes_back_to_what_it_stored(unquoted: Run, terminal: Any) -> None:  # noqa: ANN401
    topics = [(QUESTION, "y"), ("Speaker: ", ""), ("commas: ", "iran")]
    answer(terminal, [*topics, (QUESTION, "b")])
    terminal.expect_exact("stored as quote 1")
    terminal.expect("Topics +iran")
    again = [(QUESTION, "e"), ("last words: ", ""), ("Speaker: ", "\x01\x0bAnn Lee"), ("commas: ", "")]
    answer(terminal, [*again, *ACCEPT, (QUESTION, "b"), (QUESTION, "r"), (QUESTION, "b")])
    answer(terminal, [(QUESTION, "q")])
    terminal.expect_exact("Stored quote 1.")
    (quote,) = quotes(unquoted)
    assert (quote["speaker"], quote["topics"]) == ("Ann Lee", ["iran"])
    assert len(json.loads(unquoted("history", "--json").stdout)) == 5


def test_a_quotation_accepted_before_the_one_around_it_lies_within_it(unquoted: Run, terminal: Any) -> None:  # noqa: ANN401
    skip = (QUESTION, "s")
    candidates = json.loads(unquoted("quote", "khaster", "--detect", "--json").stdout)
    inner = next(each for each in candidates if each["within"])
    back = [(QUESTION, "b")] * (inner["number"] + 1 - inner["within"])
    answer(terminal, [skip] * (inner["number"] - 1) + ACCEPT + back + ACCEPT + [(QUESTION, "q")])
    terminal.expect_exact("Stored quotes ")
    found = {each["id"]: each for each in quotes(unquoted)}
    assert found[1]["within"] == 2


def test_a_text_that_changed_meanwhile_is_not_quoted(unquoted: Run, terminal: Any, letter: str, tmp_path: Path) -> None:  # noqa: ANN401
    answer(terminal, ACCEPT)
    terminal.expect_exact(QUESTION)
    (tmp_path / "new.txt").write_text(f"Now.\n\n{letter}", encoding="utf-8")
    assert unquoted("add", "--replace", "khaster", "new.txt").exit_code == 0
    terminal.send("y\r")
    answer(terminal, ACCEPT[1:])
    terminal.expect_exact("in the meantime")
    assert len(quotes(unquoted)) == 1


def test_what_is_typed_that_is_no_unicode_is_kept_as_its_escape(unquoted: Run, terminal: Any) -> None:  # noqa: ANN401
    answer(terminal, [(QUESTION, "y")])
    terminal.expect_exact("Speaker: ")
    os.write(terminal.child_fd, b"\x01\x0bcaf\xe9\r")
    answer(terminal, [("commas: ", ""), (QUESTION, "q")])
    terminal.expect_exact("Stored quote 1.")
    assert [each["speaker"] for each in quotes(unquoted)] == [r"caf\xe9"]
