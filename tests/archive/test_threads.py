from email.message import EmailMessage
from pathlib import Path

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.candidates import own_words, propose
from quotearchive.archive.documents import Report, add
from quotearchive.archive.remarks import remarks
from quotearchive.model import Change, Document

CHANGE = Change(when="2026-01-01T00:00:00Z", command="add")

HOUR = "Mon, 1 Mar 2021 {hour}:00:00 +0000"


def message(number: int, *, answers: int | None = None, hour: int = 10, words: str = "Thanks!") -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = f"Writer {number % 2} <w{number % 2}@example.org>"
    letter["To"] = f"Writer {(number + 1) % 2} <w{(number + 1) % 2}@example.org>"
    letter["Subject"] = "The list" if answers is None else "Re: The list"
    letter["Date"] = HOUR.format(hour=hour + number)
    letter["Message-ID"] = f"<m{number}@example.org>"
    if answers is not None:
        letter["In-Reply-To"] = f"<m{answers}@example.org>"
    letter.set_content(words)
    return letter


def put(folder: Path, **letters: EmailMessage) -> list[Path]:
    for name, letter in letters.items():
        (folder / f"{name}.eml").write_bytes(bytes(letter))
    return [folder / f"{name}.eml" for name in letters]


def take(archive: Archive, paths: list[Path], **given: object) -> Report:
    return add(archive, paths, given=given, change=CHANGE)


def answered(archive: Archive) -> dict[str, str | None]:
    """By its own identifier, the identifier of what each letter answers."""
    documents = {each.id: each for each in archive.read().documents()}
    return {
        _key(each): None if each.replies_to is None else _key(documents[each.replies_to]) for each in documents.values()
    }


def _key(document: Document) -> str:
    return str(document.segments[0].ref)


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_an_answer_finds_its_letter_in_any_order(archive: Archive, tmp_path: Path, names: tuple[str, str]) -> None:
    put(tmp_path, a=message(1), b=message(2, answers=1))
    take(archive, [tmp_path / f"{name}.eml" for name in names])
    assert answered(archive) == {"<m1@example.org>": None, "<m2@example.org>": "<m1@example.org>"}


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_it_does_also_when_the_other_was_added_before(archive: Archive, tmp_path: Path, names: tuple[str, str]) -> None:
    put(tmp_path, a=message(1), b=message(2, answers=1))
    for name in names:
        take(archive, [tmp_path / f"{name}.eml"])
    assert answered(archive) == {"<m1@example.org>": None, "<m2@example.org>": "<m1@example.org>"}


def test_the_report_shows_what_was_connected(archive: Archive, tmp_path: Path) -> None:
    first, second = take(archive, put(tmp_path, a=message(1), b=message(2, answers=1))).added
    assert second.document.replies_to == first.document.id


def test_two_messages_that_say_the_same_are_two(archive: Archive, tmp_path: Path) -> None:
    report = take(archive, put(tmp_path, a=message(1), b=message(3)))
    assert (len(report.added), len(report.known)) == (2, 0)


def test_a_message_that_is_there_already_is_known(archive: Archive, tmp_path: Path) -> None:
    paths = put(tmp_path, a=message(1))
    take(archive, paths)
    assert len(take(archive, paths).known) == 1


def test_an_answer_that_is_older_by_its_clock_is_told(archive: Archive, tmp_path: Path) -> None:
    paths = put(tmp_path, a=message(1, hour=12), b=message(2, answers=1, hour=3))
    report = take(archive, paths)
    assert any("clock" in remark for remark in remarks(report.added))
    assert [each.document.date for each in report.added] == ["2021-03-01", "2021-03-01"]


def test_what_the_user_says_it_answers_counts(archive: Archive, tmp_path: Path) -> None:
    take(archive, put(tmp_path, a=message(1), c=message(3)))
    take(archive, put(tmp_path, b=message(2, answers=1)), replies_to="2")
    assert answered(archive)["<m2@example.org>"] == "<m3@example.org>"


def test_letters_that_answer_each_other_or_themselves_do_no_harm(archive: Archive, tmp_path: Path) -> None:
    take(archive, put(tmp_path, a=message(1, answers=2), b=message(2, answers=1), c=message(3, answers=3)))
    assert answered(archive)["<m3@example.org>"] is None


def test_what_was_sent_with_a_letter_is_enclosed_in_it(archive: Archive, tmp_path: Path) -> None:
    letter = message(1)
    letter.add_attachment(b"\0\1\2", maintype="application", subtype="octet-stream", filename="a.bin")
    letter.add_attachment("The names of the families.", filename="names.txt")
    report = take(archive, put(tmp_path, a=letter, b=message(2)))
    first, names, second = report.added
    assert (first.document.encloses, second.document.encloses) == ((names.document.id,), ())


def test_an_attachment_that_is_known_is_enclosed_too(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("The names of the families.\n", encoding="utf-8")
    take(archive, [tmp_path / "names.txt"])
    letter = message(1)
    letter.add_attachment("The names of the families.", filename="names.txt")
    (added,) = take(archive, put(tmp_path, a=letter)).added
    assert added.document.encloses == (1,)


def test_what_a_letter_repeats_is_not_proposed_as_said_in_it(archive: Archive, tmp_path: Path) -> None:
    words = (
        'He said: "You will not be written down."\n\nWriter 0 wrote:\n> She said: "Nobody told the families of it."\n'
    )
    (added,) = take(archive, put(tmp_path, a=message(1, words=words))).added
    proposals = propose(added.document, ())
    assert [added.document.text[slice(*each.spans[0])] for each in proposals] == ["You will not be written down."]
    assert len(own_words(added.document)) == len(added.document.text)
