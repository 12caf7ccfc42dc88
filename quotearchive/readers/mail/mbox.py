"""Mailboxes: many e-mails in one file, each below a line that begins with `From ` (RFC 4155).

Programs differ in how they keep a line of a letter that begins so from being taken for the next message: they put `>`
before it (mboxo), before those that have `>` already too (mboxrd), or count the bytes of each message (mboxcl,
mboxcl2). https://www.loc.gov/preservation/digital/formats/fdd/fdd000383.shtml describes them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from email.parser import BytesHeaderParser
from typing import Final

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.extracts import Extract, Member, Options
from quotearchive.readers.mail import headers as mail_headers
from quotearchive.readers.mail.message import Place, TooManyPartsError, read_message

#: A line that may begin a message; the line below it is looked at too.
_FROM: Final = re.compile(rb"^From [^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)

#: A time and a year, which such a line has behind the sender.
_TIME: Final = re.compile(rb"\d{1,2}:\d{2}.*\b(?:19|20)\d{2}\b|\b(?:19|20)\d{2}\b.*\d{1,2}:\d{2}")

#: A header field; one that messages begin with; the blank line that ends the header.
_FIELD: Final = re.compile(rb"[!-9;-~]{1,100}:|>From ")
_USUAL: Final = re.compile(
    rb"(?:received|return-path|delivered-to|from|to|date|subject|message-id|mime-version|content-type|status|envelope-to"
    rb"|x-[a-z0-9-]{1,60}|dkim-signature|authentication-results|arc-seal|in-reply-to|references):",
    re.IGNORECASE,
)
_BLANK: Final = re.compile(rb"\r?\n\r?\n")
_LENGTH: Final = re.compile(rb"^content-length:[ \t]*(\d{1,10})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)

#: Bytes of blank lines that may stand above the first message.
_TOP: Final = 1000

_ESCAPED: Final = re.compile(rb"^(>+)From ", re.MULTILINE)


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract | Member]:  # noqa: ARG001
    """Read the messages of a mailbox.

    Args:
        content: The file.
        name: Its name.
        options: Nothing of it concerns e-mail.

    Raises:
        QuoteArchiveError: It holds no message.
    """
    messages = list(_messages(content))
    if not messages:
        nothing = f"{name!r} is no mailbox: no line of it begins a message."
        raise QuoteArchiveError(nothing)
    names = _names(messages)
    for number, message in enumerate(messages, start=1):
        member = f"message {number}"
        try:
            yield read_message(message, member, Place(member=member, names=names))
        except TooManyPartsError:
            yield Member(name=f"{member}.eml", content=message)  # is refused by itself


def _messages(content: bytes) -> Iterator[bytes]:
    """Yield the messages, without their first lines, and as they were before they were put into the mailbox."""
    starts = list(_starts(content))
    expected = 0
    for at, (start, header) in enumerate(starts):
        if start < expected:
            continue
        following = next((place for place, _ in starts[at + 1 : at + 2]), len(content))
        end, is_counted = _counted_end(content, header, following)
        expected = end
        message = content[header:end]
        yield message if is_counted else _unescaped(message)


def _starts(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where messages may begin: the line `From `, and their header below it."""
    for found in _FROM.finditer(content):
        start, header = found.span()
        is_dated = _TIME.search(found[0]) is not None
        is_usual = _USUAL.match(content, header) is not None
        before = content[max(0, start - 4) : start].replace(b"\r", b"")
        if start <= _TOP and not content[:start].strip():
            is_start = is_usual or is_dated
        elif before.endswith(b"\n\n"):
            is_start = is_usual or (is_dated and _FIELD.match(content, header) is not None)
        else:
            is_start = is_usual and is_dated
        if is_start:
            yield start, header


def _counted_end(content: bytes, header: int, following: int) -> tuple[int, bool]:
    """Return where a message ends; by its Content-Length if another message, or nothing, follows there.

    Returns:
        The end, and whether the message holds lines that would begin others if it weren't counted.
    """
    blank = _BLANK.search(content, header, following)
    length = _LENGTH.search(content, header, blank.start()) if blank else None
    if blank is None or length is None:
        return following, False
    end = blank.end() + int(length[1])
    rest = content[end : end + 8].lstrip(b"\r\n")
    if end > len(content) or not (rest.startswith(b"From ") or not rest):
        return following, False
    return end, _FROM.search(content, blank.end(), end) is not None


def _unescaped(message: bytes) -> bytes:
    """Take away the `>` that was put before `From `, but not one by which a letter repeats another's words.

    Those stand among others like them: `> a`, `>From b`.
    """

    def bare(line: re.Match[bytes]) -> bytes:
        above = message.rfind(b"\n", 0, max(0, line.start() - 1)) + 1
        below = message.find(b"\n", line.end()) + 1
        around = [message[above : line.start()]] + [message[below : below + 2 * len(line[0])]] * bool(below)
        is_repeated = any(each.startswith(line[1]) and not _ESCAPED.match(each) for each in around)
        return line[0] if is_repeated else line[0][1:]

    return _ESCAPED.sub(bare, message)


def _names(messages: list[bytes]) -> Mapping[str, str]:
    """Return what people call themselves, by their addresses: the commonest name, the first of those as common."""
    found: dict[str, Counter[str]] = {}
    for message in messages:
        blank = _BLANK.search(message)
        header = BytesHeaderParser().parsebytes(message[: blank.end() if blank else len(message)])
        for name, address in mail_headers.author(header)[0]:
            if name and "@" in address:
                found.setdefault(address.lower(), Counter())[name] += 1
    return {address: names.most_common(1)[0][0] for address, names in found.items()}
