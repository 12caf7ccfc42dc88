"""E-mails as tests need them, and what a reader makes of them."""

from collections.abc import Iterator

from quotearchive.readers import Reading, Refused, read_all

HEADER = (
    "From: Omid Rahimi <omid@example.org>\n"
    "To: Leyla Azadi <leyla@example.net>\n"
    "Subject: The list\n"
    "Date: Mon, 1 Mar 2021 23:40:00 +0330\n"
    "Message-ID: <m1@example.org>\n"
)


def read_mail(content: str | bytes, name: str = "letter.eml") -> Reading:
    """Read an e-mail that is one document, or the first of those in it."""
    return read_mails(content, name)[0]


def read_mails(content: str | bytes, name: str = "letter.eml") -> list[Reading]:
    """Read the documents of a file."""
    outcomes = read_all(content.encode() if isinstance(content, str) else content, name=name)
    return [each for each in outcomes if isinstance(each, Reading)]


def refused(content: bytes, name: str = "letter.eml") -> list[str]:
    """Return what is said of the parts of a file that can't be read."""
    return [each.message for each in read_all(content, name=name) if isinstance(each, Refused)]


def body(words: str, *, header: str = HEADER, content_type: str = "text/plain; charset=utf-8") -> Reading:
    """Read an e-mail with these words."""
    return read_mail(f"{header}MIME-Version: 1.0\nContent-Type: {content_type}\n\n{words}")


def sections(reading: Reading) -> list[tuple[str, str]]:
    """Return the labels and the words of the sections below the header."""
    return list(_sections(reading))[1:]


def _sections(reading: Reading) -> Iterator[tuple[str, str]]:
    found = [each for each in reading.segments if each.kind == "section"]
    ends = [each.start for each in found[1:]] + [len(reading.text)]
    for segment, end in zip(found, ends, strict=True):
        yield segment.label, reading.text[segment.start : end].strip()
