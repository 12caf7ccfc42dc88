import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from quotearchive.errors import QuoteArchiveError
from tests.readers.mails import HEADER, read_mails, refused, sections

FROM = "From MAILER-DAEMON Tue Mar  2 00:00:00 2021\n"


def test_each_message_is_a_document() -> None:
    found = read_mails(f"{FROM}{HEADER}\nOne.\n\n{FROM}{HEADER}\nTwo.\n", "a.mbox")
    assert [each.original.member for each in found] == ["message 1", "message 2"]
    assert [each.text[-4:] for each in found] == ["One.", "Two."]


def test_messages_end_where_their_bytes_say() -> None:
    text = "One.\n\nFrom that day on:\n\nFrom a Mon Mar  1 10:00:00 2021\nSubject: no message\n"
    found = read_mails(f"{FROM}{HEADER}Content-Length: {len(text)}\n\n{text}\n{FROM}{HEADER}\nTwo.\n", "a.mbox")
    assert len(found) == 2
    assert "From that day on:" in found[0].text


def test_a_wrong_length_is_not_believed() -> None:
    found = read_mails(f"{FROM}{HEADER}Content-Length: 3\n\nOne.\n\n{FROM}{HEADER}\nTwo.\n", "a.mbox")
    assert [each.text[-4:] for each in found] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("kept", "was"),
    [
        (">From that day", "From that day"),
        (">>From that day", "From that day"),
        ("x\n\nFrom that day: no\n", "From that day: no"),
    ],
)
def test_lines_that_begin_like_a_message_are_as_they_were(kept: str, was: str) -> None:
    (found,) = read_mails(f"{FROM}{HEADER}\nOne.\n\n{kept}\n", "a.mbox")
    assert was in found.text


def test_a_repeated_line_that_begins_so_keeps_its_mark() -> None:
    (found,) = read_mails(f"{FROM}{HEADER}\nYes.\n\n> A.\n>From that day.\n", "a.mbox")
    assert [label for label, _ in sections(found)] == ["Omid Rahimi", "quoted"]


def test_lines_may_end_as_in_windows() -> None:
    content = f"{FROM}{HEADER}\nOne.\n\n{FROM}{HEADER}\nTwo.\n".replace("\n", "\r\n")
    assert [each.text[-4:] for each in read_mails(content, "a.mbox")] == ["One.", "Two."]


def test_people_are_called_as_they_call_themselves() -> None:
    answer = "From: Leyla Azadi <Leyla@example.net>\nTo: omid@example.org\nSubject: Re\n\nTwo.\n"
    _, found = read_mails(f"{FROM}{HEADER}\nOne.\n\n{FROM}{answer}", "a.mbox")
    assert found.metadata["recipients"] == ("Omid Rahimi",)


def test_a_hostile_message_is_refused_by_itself() -> None:
    parts = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 3_000
    content = f"{FROM}{HEADER}".encode() + parts + f"\n{FROM}{HEADER}\nTwo.\n".encode()
    assert [each.original.member for each in read_mails(content, "a.mbox")] == ["message 2"]
    assert len(refused(content, "a.mbox")) == 1


def test_what_holds_no_message_is_refused() -> None:
    with pytest.raises(QuoteArchiveError):
        read_mails(b"\x00\x01From nobody", "a.mbox")


def test_mailboxes_of_the_standard_library_come_back(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "a.mbox")
    words = ["From one to ten.\n", "Two.\n\n>From here.\n", "Three.\n"]
    for number, text in enumerate(words):
        message = EmailMessage()
        message["From"], message["Subject"] = f"A{number} <a@example.org>", f"Letter {number}"
        message.set_content(text)
        box.add(message)
    box.close()
    found = read_mails((tmp_path / "a.mbox").read_bytes(), "a.mbox")
    assert [each.metadata["title"] for each in found] == ["Letter 0", "Letter 1", "Letter 2"]
    assert "From one to ten." in found[0].text
