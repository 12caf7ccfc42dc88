"""The header fields of an e-mail (RFC 5322), as they are met: encoded twice, not at all, folded, or broken.

Addresses and encoded words are read by Python's own email library, one field at a time: whatever is wrong with one
keeps none of the others from being read.
"""

import email.header
import email.utils
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.errors import MessageError
from email.message import Message
from typing import Final

import msgspec

from quotearchive.readers.charsets import in_charset
from quotearchive.readers.datelines import read_date
from quotearchive.text import canonical

#: Code points of one field that are read; a letter to more than some thousand addressees is cut there.
_LONGEST: Final = 100_000

#: Identifiers that are looked at in what a message answers: long threads name a few dozen.
_MOST_ANSWERED: Final = 200

#: Brackets that are open at once in a list of addresses; comments lie in comments only to break readers.
_DEPTH: Final = 40

#: E-mail is no older; an earlier date is that of a clock that was not set.
_FIRST_YEAR: Final = 1971

_FOLD: Final = re.compile(r"\r?\n[ \t]*|\r")
_SPACES: Final = re.compile(r"\s+")
_IDENTIFIER: Final = re.compile(r"<[^<>\s]{1,998}>")
_VIA: Final = re.compile(r"^(?P<name>.{1,200}?) (?:via|über|vía|por intermédio de|par) \S.*$", re.IGNORECASE)
_ISO: Final = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"'()\[\]]+@[^\s@<>,;:\"'()\[\]]+")

#: Fields that say that a mailing list passed a message on.
_LIST_FIELDS: Final = ("List-Id", "List-Post", "Mailing-List", "X-Mailing-List", "X-Original-From", "X-BeenThere")


class Sent(msgspec.Struct, frozen=True):
    """When a message was sent, as the sender's clock said.

    Attributes:
        words: The field's own words.
        moment: What they mean, without a zone if they give none; None if that is no date.
        day: The day, EDTF; also where only a day could be read.
        problem: What is wrong with it, as a sentence; empty if nothing is.
    """

    words: str
    moment: datetime | None = None
    day: str | None = None
    problem: str = ""

    @property
    def label(self) -> str:
        """The minute, with the zone: `2021-03-01 23:40 +03:30`; `-00:00` where the zone is not known (RFC 3339)."""
        if self.moment is None:
            return self.day or ""
        zone = self.moment.strftime("%z")
        return f"{self.moment:%Y-%m-%d %H:%M} {f'{zone[:3]}:{zone[3:5]}' if zone else '-00:00'}"


def values(message: Message, name: str) -> list[str]:
    """Return the values of all fields of a name, unfolded and not yet decoded."""
    wanted = name.lower()
    return [_raw(value) for field, value in message.raw_items() if field.lower() == wanted]


def words(message: Message, name: str) -> str:
    """Return the words of the first field of a name that has any, decoded; empty without one."""
    return next((found for value in values(message, name) if (found := decoded(value))), "")


def decoded(value: str) -> str:
    """Return the words of a field: encoded words (RFC 2047) decoded, also those that are merely put in raw.

    >>> decoded("=?utf-8?b?2YbYp9mF2Yc=?= (=?iso-8859-1?q?K=F6ln?=)")
    'نامه (Köln)'
    """
    try:
        parts = email.header.decode_header(value[:_LONGEST])
    except (MessageError, ValueError):
        parts = [(value[:_LONGEST], None)]
    joined = "".join(part if isinstance(part, str) else _in_charset(part, charset) for part, charset in parts)
    return _SPACES.sub(" ", canonical(_unescaped(joined))).strip()


def people(message: Message, name: str) -> list[tuple[str, str]]:
    """Return names and addresses of all fields of a name; the name is empty where there is an address alone."""
    found = [pair for value in values(message, name) for pair in addresses(value)]
    return list(dict.fromkeys(found))


def addresses(value: str) -> list[tuple[str, str]]:
    """Read a list of addresses.

    >>> addresses('"Rahimi, Omid" <omid@example.org>, =?utf-8?q?M=C3=BCller?= <m@example.org>, leyla@example.net')
    [('Rahimi, Omid', 'omid@example.org'), ('Müller', 'm@example.org'), ('', 'leyla@example.net')]
    """
    value = value[:_LONGEST]
    try:
        pairs = email.utils.getaddresses([value]) if value.count("(") <= _DEPTH else []
    except (RecursionError, ValueError, IndexError):
        pairs = []
    named = [(_name(name, address), address.strip()) for name, address in pairs]
    found = [(name, address) for name, address in named if name or "@" in address]
    return found or _unstructured(value)


def author(message: Message) -> tuple[list[tuple[str, str]], str]:
    """Return who wrote a message, with the name of the field that says so.

    A mailing list may put itself in: `Jane Doe via the list <list@example.org>`.
    """
    original = people(message, "X-Original-From") or people(message, "Original-From")
    if original:
        return original, "X-Original-From"
    for field in ("From", "Sender", "Resent-From", "Return-Path"):
        if found := people(message, field):
            return [(_without_list(name, message), address) for name, address in found], field
    return [], "From"


def _without_list(name: str, message: Message) -> str:
    passed_on = _VIA.match(name)
    return passed_on["name"].strip(" '\"") if passed_on and any(field in message for field in _LIST_FIELDS) else name


def identifier(message: Message) -> str | None:
    """Return the Message-ID in its angle brackets, or None."""
    for value in values(message, "Message-ID"):
        if found := _IDENTIFIER.search(value):
            return found[0]
        bare = "".join(value.split()).strip("<>")
        if bare:
            return f"<{bare[:998]}>"
    return None


def answered(message: Message) -> tuple[str, ...]:
    """Return the Message-IDs of what a message answers, the nearest first."""
    direct = [each for value in values(message, "In-Reply-To") for each in _IDENTIFIER.findall(value)]
    thread = [each for value in values(message, "References") for each in _IDENTIFIER.findall(value)]
    own = identifier(message)
    return tuple(each for each in dict.fromkeys((*direct, *reversed(thread))) if each != own)[:_MOST_ANSWERED]


def sent(value: str) -> Sent:
    """Read a date field: RFC 5322, ISO 8601, or what else people's programs write.

    >>> sent("Mon, 1 Mar 2021 23:40:00 +0330").label
    '2021-03-01 23:40 +03:30'
    >>> sent("Tue, 02 Mar 2021 00:10:00 -0000").label
    '2021-03-02 00:10 -00:00'
    >>> sent("Tue, 31 Feb 2021 00:10:00 +0000").problem
    'Its date is impossible: "Tue, 31 Feb 2021 00:10:00 +0000".'
    """
    worded = decoded(value)[:200]
    if not worded:
        return Sent("")
    moment = _moment(worded)
    if moment and moment.year < _FIRST_YEAR:
        return Sent(worded, problem=f'Its date is that of a clock that was not set: "{worded}".')
    if moment:
        return Sent(worded, moment, moment.date().isoformat())
    day = read_date(worded)
    return Sent(worded, day=day, problem="" if day else f'Its date is impossible: "{worded}".')


def _moment(worded: str) -> datetime | None:
    if _ISO.match(worded):
        try:
            moment = datetime.fromisoformat(worded)
        except ValueError:
            return None
        return moment
    try:
        parts = email.utils.parsedate_tz(worded)
        if parts is None:
            return None
        moment = datetime(*parts[:6])  # noqa: DTZ001 - the zone is put in below
        if parts[9] is None or re.search(r"-0000\b", worded):
            return moment
        zone = timedelta(seconds=parts[9])
        return moment.replace(tzinfo=timezone(zone) if zone else UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def received(message: Message) -> tuple[Sent | None, Sent | None]:
    """Return when the first server and when the last one took a message in, by their own clocks."""
    stamps = [sent(value.rpartition(";")[2]) for value in _ends(values(message, "Received")) if ";" in value]
    dated = [stamp for stamp in stamps if stamp.moment and stamp.moment.tzinfo]
    return (dated[-1], dated[0]) if dated else (None, None)


def _ends(fields: list[str]) -> list[str]:
    return fields if len(fields) <= 1 else [fields[0], fields[-1]]


def list_name(message: Message) -> str:
    """Return the name of the mailing list that passed a message on; without one, its identifier; or nothing."""
    value = words(message, "List-Id")
    name, bracket, rest = value.partition("<")
    return name.strip(' "') or (rest.partition(">")[0].strip() if bracket else "")


def shown(pairs: Iterable[tuple[str, str]], names: Mapping[str, str] | None = None) -> list[str]:
    """Return what people are called: by name, and by address where no name is known."""
    known = names or {}
    return list(dict.fromkeys(name or known.get(address.lower(), address) for name, address in pairs))


def _raw(value: object) -> str:
    return _unescaped(_FOLD.sub(" ", str(value)[: 2 * _LONGEST])).replace("\x00", "").strip()


def _unescaped(value: str) -> str:
    """Decode the bytes that the library hides in surrogates."""
    if value.isascii() or not any("\udc80" <= sign <= "\udcff" for sign in value):
        return value
    try:
        content = value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode()
    return in_charset(content)[0]


def _in_charset(content: bytes, charset: str | None) -> str:
    if charset:
        return in_charset(content, charset)[0]
    try:
        return content.decode("raw-unicode-escape")  # as the library escapes what stands beside encoded words
    except UnicodeError:
        return in_charset(content)[0]


def _name(name: str, address: str) -> str:
    """Return a display name without the quotes that some programs put around it; none if it is the address."""
    shown_name = decoded(name).strip()
    while len(shown_name) > 1 and shown_name[0] == shown_name[-1] and shown_name[0] in "'\"":
        shown_name = shown_name[1:-1].strip()
    return "" if shown_name.lower() == address.strip().lower() else shown_name


def _unstructured(value: str) -> list[tuple[str, str]]:
    """Return the addresses in a broken list, or the whole as one name."""
    found = [("", address) for address in _ADDRESS.findall(value)]
    named = decoded(value[:500]).strip(" <>;,\"'")
    is_name = bool(re.search(r"\w", named)) and not named.endswith(":")
    return found or ([(named, "")] if is_name else [])
