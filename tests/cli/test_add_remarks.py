"""What `add` says of files that are read in part, in doubt, or not at all: each is named, and nothing is said twice."""

import json
import re
from pathlib import Path

import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import read_files

from .conftest import Run

pytest.importorskip("lxml", reason="needs the extra `files`")

UNDATED = "From: Ann Lee <ann@example.org>\nTo: bo@example.org\nSubject: Letter {0}\nMessage-ID: <{0}@x>\n\n{0} here.\n"

PAGE = (
    "<!doctype html><html lang=en><head><title>{0}</title><meta name=author content='Ann Lee and others'></head>"
    "<body><article><h1>{0}</h1><p>We met the whole team of number {0} in the old town hall, where they had"
    " waited for us since the morning.</p></article></body></html>"
)


def write(folder: Path, count: int, kind: str = "eml", text: str = UNDATED) -> None:
    """Write files that are alike."""
    for number in range(count):
        (folder / f"{number:03}.{kind}").write_text(text.format(number), encoding="utf-8")


def test_of_one_document_a_remark_stands_alone(run: Run, tmp_path: Path) -> None:
    write(tmp_path, 1)
    assert run("add", "000.eml").stderr == "No header says when it was sent.\n"


def test_one_remark_on_several_documents_is_made_once_and_names_them(run: Run, tmp_path: Path) -> None:
    write(tmp_path, 5)
    told = run("add", ".").stderr.splitlines()
    assert told == ["letter-0, letter-1, letter-2 and 2 more: No header says when it was sent."]


def test_a_mailbox_of_many_messages_is_told_in_few_lines(run: Run, tmp_path: Path) -> None:
    messages = (f"From ann@example.org Mon Mar  1 23:40:00 2021\n{UNDATED.format(number)}\n" for number in range(300))
    (tmp_path / "box.mbox").write_text("".join(messages), encoding="utf-8")
    result = run("add", "box.mbox")
    assert result.stdout == "Added 300 documents.\n"
    assert len(result.stderr.splitlines()) == 1
    again = run("add", "box.mbox")
    assert (again.exit_code, again.stdout) == (0, "Added 0 documents, 300 already in the archive.\n")


def test_of_many_remarks_some_are_made_and_the_rest_counted(run: Run, tmp_path: Path) -> None:
    for number in range(30):
        lost = "\ufffd" * (number + 1)
        (tmp_path / f"{number:03}.txt").write_text(f"Letter {number} {lost}", encoding="utf-8")
    told = run("add", ".").stderr.splitlines()
    assert told[-1] == "10 more remarks. To see all: quotearchive add --preview PATH"
    assert len(told) == 21


def test_guesses_on_one_document_are_one_line_with_the_command_that_stores_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE.format("Report"), encoding="utf-8")
    taken = json.loads(run("add", "page.html", "--json").stdout)["added"][0]["taken"]
    guesses = [each["value"] for each in taken if each["is_guess"]]
    told = [line for line in run("-a", "other.json", "add", "page.html").stderr.splitlines() if "guess" in line]
    assert len(told) == bool(guesses)
    for guess in guesses:
        assert told[0].count(guess) == 2
    assert not guesses or "quotearchive edit report --" in told[0]


def test_what_the_library_is_missing_for_is_said_once_with_the_files(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 5)
    (tmp_path / "letter.txt").write_text("Dear all, we will stay.", encoding="utf-8")
    missing = "The format e-mail needs lxml."
    monkeypatch.setattr(
        "quotearchive.archive.documents.read_files",
        lambda files, options: (
            QuoteArchiveError(missing) if file.name.endswith(".eml") else results
            for file, results in zip(files, read_files(files, options), strict=True)
        ),
    )
    result = run("add", ".")
    assert result.exit_code == 1
    assert "Added dear-all-we-will-stay" in result.stdout
    assert result.stderr == f"Error: 000.eml, 001.eml, 002.eml and 2 more: {missing}\n"
    write(tmp_path, 40)
    assert run("add", ".").stdout == "Added 0 documents, 1 already in the archive, 40 could not be read.\n"


def test_the_same_text_twice_in_one_command_is_told_from_one_that_was_there(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Dear all", encoding="utf-8")
    assert run("add", "a.txt", "b.txt").stderr == "b.txt has the same text as dear-all and was not added again.\n"
    assert run("add", "b.txt").stderr == "b.txt is already in the archive, as dear-all.\n"


def test_options_for_a_document_that_is_there_are_not_dropped_in_silence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dear all", encoding="utf-8")
    run("add", "a.txt")
    assert "quotearchive edit" in run("add", "a.txt", "--title", "Another").stderr


def test_no_line_ends_with_blanks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE.format("A report " * 12), encoding="utf-8")
    (tmp_path / "letter.txt").write_text("Open letter\n\nParis, 12 February 2021\n\nDear all,\n", encoding="utf-8")
    for words in (("add", "."), ("list",), ("add", "--preview", ".")):
        shown = run(*words).stdout
        assert shown.strip()
        assert not re.search(r" $", shown, re.MULTILINE)


def test_the_title_comes_first_and_says_where_it_is_from(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>We will stay.\n", encoding="utf-8")
    shown = run("add", "talk.vtt").stdout.splitlines()
    assert shown[1].split() == ["Title", "talk", "file", "name"]


def test_a_folder_without_anything_to_read_says_where_the_formats_are(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("add", "empty")
    assert result.exit_code == 1
    assert "'empty' has nothing to read" in result.stderr
    assert "quotearchive add --help" in result.stderr
