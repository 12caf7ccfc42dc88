"""Messages as Outlook saves them (MS-OXMSG), by python-oxmsg.

The header that the message came with is believed first; what it lacks, or a message that was never sent by mail, is
filled from Outlook's own properties. Their times are in UTC: the sender's zone is not in them.
"""

import re
import struct
from collections.abc import Callable, Iterator
from datetime import UTC
from email.message import Message
from email.parser import HeaderParser
from functools import partial
from pathlib import PurePath
from typing import Any, Final

import msgspec
import oxmsg
from compressed_rtf import decompress
from oxmsg.attachment import Attachment
from oxmsg.domain import constants
from oxmsg.recipient import Recipient
from striprtf.striprtf import rtf_to_text

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.extracts import Extract, Extracted, Member, Options
from quotearchive.readers.mail.headers import addresses
from quotearchive.readers.mail.history import Row
from quotearchive.readers.mail.html import html_rows
from quotearchive.readers.mail.message import compose
from quotearchive.readers.mail.parts import PICTURES, Parts, plain_rows
from quotearchive.text import canonical

#: What the library raises on files that are damaged or of another kind.
_FAILURES: Final = (
    OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, struct.error, RecursionError,
    OverflowError, MemoryError,
)  # fmt: skip

#: What Outlook calls letters; other things in it are appointments, contacts, tasks.
_LETTERS: Final = ("IPM.NOTE", "IPM.POST", "REPORT", "IPM.SCHEDULE.MEETING")

#: Outlook's zero, which means that there is no date.
_NO_YEAR: Final = 1601

#: Properties that the library has no names for: what a message answers, and its thread.
_IN_REPLY_TO: Final = 0x1042
_REFERENCES: Final = 0x1039
_MESSAGE_ID: Final = 0x1035
_RTF: Final = 0x1009
_RECIPIENT_KIND: Final = 0x0C15

#: Kinds of recipients.
_FIELDS: Final = {1: "To", 2: "Cc", 3: "Bcc"}

#: How an attachment is kept: as a message of its own.
_EMBEDDED: Final = 5

_WORDLESS: Final = ("image/", "audio/", "video/")


class UnreadableMessageError(QuoteArchiveError):
    """A file that is no message of Outlook, or not all of one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is no message of Outlook, or it is damaged.")


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:  # noqa: ARG001
    """Read a message.

    Args:
        content: The file.
        name: Its name.
        options: Nothing of it concerns e-mail.

    Raises:
        QuoteArchiveError: It is damaged, or no message.
    """
    try:
        source = oxmsg.Message.load(content)
        kind = source.message_class
    except _FAILURES as error:
        raise UnreadableMessageError(name) from error
    parts = Parts([], [], [])
    parts.rows = _body(source, parts)
    for attachment in _safely(lambda: source.attachments, ()):
        _attach(attachment, parts)
    letter = compose(_header(source), parts)
    if not letter.extracted and not parts.rows:
        raise UnreadableMessageError(name)
    if kind and not kind.upper().startswith(_LETTERS):
        extracted = tuple(each for each in letter.extracted if each.field != "kind")
        other = Extracted("kind", "other", words=kind, source="Outlook's message class")
        remark = f"It is no letter: Outlook calls it {kind}."
        letter = msgspec.structs.replace(letter, extracted=(*extracted, other), remarks=(*letter.remarks, remark))
    yield letter


def _header(source: oxmsg.Message) -> Message:
    """Return the header fields: those that the message came with, and others from Outlook's properties."""
    header = HeaderParser().parsestr(_text(source, constants.PID_TRANSPORT_MESSAGE_HEADERS).lstrip())
    sender = _sender(source)
    when = _safely(lambda: source.sent_date, None)
    known = {
        "From": sender,
        "Subject": _text(source, constants.PID_SUBJECT),
        "Date": when.astimezone(UTC).strftime("%d %b %Y %H:%M:%S -0000") if when and when.year > _NO_YEAR else "",
        "Message-ID": _text(source, _MESSAGE_ID),
        "In-Reply-To": _text(source, _IN_REPLY_TO),
        "References": _text(source, _REFERENCES),
        **_recipients(source),
    }
    for field, value in known.items():
        if value and not header.get(field):
            del header[field]
            header[field] = value
    return header


def _sender(source: oxmsg.Message) -> str:
    name = _text(source, constants.PID_SENDER_NAME) or _text(source, constants.PID_SENT_REPRESENTING_NAME)
    address = next(
        (
            found
            for pid in (constants.PID_SENDER_SMTP_ADDRESS, constants.PID_SENDER_EMAIL_ADDRESS)
            if "@" in (found := _text(source, pid))
        ),
        "",
    )
    return _written(name, address)


def _recipients(source: oxmsg.Message) -> dict[str, str]:
    """Return the fields of those addressed; an address of Exchange (`/o=...`) names nobody."""
    found: dict[str, list[str]] = {}
    for each in _safely(lambda: source.recipients, ()):
        kind, written = _safely(partial(_recipient, each), (1, ""))
        if written:
            found.setdefault(_FIELDS.get(kind or 1, "To"), []).append(written)
    return {field: ", ".join(people) for field, people in found.items()}


def _recipient(recipient: Recipient) -> tuple[int | None, str]:
    address = _clean(recipient.email_address)
    written = _written(_clean(recipient.name), address if "@" in address else "")
    return recipient.properties.int_prop_value(_RECIPIENT_KIND), written


def _written(name: str, address: str) -> str:
    """Return a name and an address as a header field has them."""
    name = name.strip("'\" ")
    if not address and "@" in name and addresses(name):
        return name
    quoted = '"' + name.replace("\\", "").replace('"', "'") + '"' if name and name != address else ""
    return f"{quoted} <{address}>".strip() if address else quoted


def _text(source: oxmsg.Message, pid: int) -> str:
    return _clean(_safely(lambda: source.properties.str_prop_value(pid), "") or "")


def _clean(words: str) -> str:
    return words.replace("\x00", "").strip()


def _body(source: oxmsg.Message, parts: Parts) -> list[Row]:
    """Return the lines of the plain body; without one, those of the HTML, or of the RTF."""
    plain = _safely(lambda: source.body, None)
    if plain and plain.strip("\x00 \r\n\t"):
        return plain_rows(canonical(plain.replace("\x00", "")), parts)
    html = _safely(lambda: source.properties.binary_prop_value(constants.PID_HTML), None)
    html = html or _safely(lambda: source.properties.str_prop_value(constants.PID_BODY_HTML), None)
    if html:
        return html_rows(html)
    packed = _safely(lambda: source.properties.binary_prop_value(_RTF), None)
    if packed:
        return rtf_rows(packed, parts)
    return []


def _attach(attachment: Attachment, parts: Parts) -> None:
    name = _safely(lambda: _name(attachment), "") or "attachment"
    kind = _safely(lambda: attachment.mime_type, "") or ""
    content = _safely(lambda: attachment.file_bytes, None)
    if _safely(lambda: attachment.properties.int_prop_value(constants.PID_ATTACH_METHOD), 1) == _EMBEDDED:
        parts.remarks.append(f"The message {name!r} that was sent with it was not read: save it by itself in Outlook.")
    elif kind.startswith(_WORDLESS) or PurePath(name).suffix.lower() in PICTURES:
        parts.remarks.append(f"{name!r}, which was sent with it, has no words and was not read.")
    elif content:
        parts.members.append(Member(name=name, content=content))


def _name(attachment: Attachment) -> str:
    properties = attachment.properties
    names = (constants.PID_ATTACH_LONG_FILENAME, constants.PID_ATTACH_FILENAME, constants.PID_DISPLAY_NAME)
    found = next((words for pid in names if (words := _clean(properties.str_prop_value(pid) or ""))), "")
    return re.split(r"[/\\]", found)[-1]


def rtf_rows(packed: bytes, parts: Parts) -> list[Row]:
    """Return the lines of a body in RTF, or of the HTML that Outlook wraps in RTF."""
    try:
        rtf: bytes = decompress(packed)
        text = str(rtf_to_text(rtf.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - the library that unpacks raises nothing less
        parts.remarks.append("Its words are in a form of RTF that was not read: save it in Outlook as text.")
        return []
    return html_rows(text) if b"\\fromhtml1" in rtf[:2000] else plain_rows(canonical(text), parts)


def _safely(read: Callable[[], Any], instead: Any) -> Any:  # noqa: ANN401 - whatever is read
    """Read what may be damaged, by itself."""
    try:
        return read()
    except _FAILURES:
        return instead
