"""E-mail (RFC 5322, MIME) as letters.

The text begins with the lines that a printed e-mail has: From, To, Cc, Date, Subject. So two messages that say the same
("Thanks!") are two texts, and a subject can be quoted. Then follow the words of the message, those that it repeats too.

Its segments are:

- one of the kind `message` at the beginning: its label is the time it was sent ("message of 2021-03-01 23:40 +03:30"),
  its `ref` the Message-ID;
- of the kind `section`, first the `header`, whose `ref` is the Message-ID of what the letter answers; then, as often as
  they change, the words of the sender under the sender's name, `quoted from Omid Rahimi, 2021-03-01` (or `quoted`,
  where nobody is named) for words that are repeated, and `signature`.
"""

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

import msgspec

from quotearchive.errors import QuoteArchiveError
from quotearchive.model import QUOTED, Segment
from quotearchive.readers.builder import TextBuilder
from quotearchive.readers.extracts import Extract, Extracted, Options
from quotearchive.readers.languages import guess_language
from quotearchive.readers.mail import headers
from quotearchive.readers.mail.headers import Sent
from quotearchive.readers.mail.history import Stretch, stretches
from quotearchive.readers.mail.parts import Parts, parts_of

#: Parts of a message that are read; the library takes minutes over some hundred thousand.
PARTS: Final = 2000

#: Where a part's beginning is declared, and the lines that may be one.
_BOUNDARY: Final = re.compile(
    rb"""boundary\*?[0-9]{0,3}\*?\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE
)
_DASHES: Final = re.compile(rb"^--([^\r\n]{1,210})", re.MULTILINE)

#: What comes before the header in files of mail programs: a mark, blank lines, the line that begins a mailbox.
_LEAD: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\r\n:]*\r?\n)?(?:>From [^\r\n]*\r?\n)?")

_COUNTED: Final = re.compile(rb"\s{0,20}([0-9]{1,10})[ \t]*\r?\n(?=[!-9;-~]{1,100}:)")

#: How many days may lie between sending and arrival before one of the clocks must be wrong.
_DAYS: Final = 2

#: Code points of the sender's own words by which their language is told.
_SAMPLE: Final = 3000

_ADDRESSEES: Final = ("To", "Cc", "Bcc")


class TooManyPartsError(QuoteArchiveError):
    """A message with more parts than anybody sends."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} has more than {PARTS:,} parts, or they are nested too deep. It was not read.")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message stands in a mailbox.

    Attributes:
        member: Which one it is: `message 3`; None for one that is alone.
        names: What the people in the mailbox are called, by their addresses in lower case.
    """

    member: str | None = None
    names: Mapping[str, str] = {}


_ALONE: Final = Place()


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:  # noqa: ARG001
    """Read an e-mail.

    Args:
        content: The file.
        name: Its name.
        options: Nothing of it concerns e-mail.

    Raises:
        QuoteArchiveError: It is no e-mail, or has too many parts.
    """
    counted = _COUNTED.match(content)
    if counted:  # as Apple's Mail keeps them, with its own notes below
        content = content[counted.end() : counted.end() + int(counted[1])]
    letter = read_message(content, name)
    if not letter.extracted:
        nothing = f"{name!r} is no e-mail: it has no header fields."
        raise QuoteArchiveError(nothing)
    yield letter


def read_message(content: bytes, name: str, place: Place = _ALONE) -> Extract:
    """Read one message.

    Args:
        content: All of it.
        name: What to call it in an error.
        place: Where it stands in a mailbox.

    Raises:
        TooManyPartsError: It has too many parts.
    """
    content = content[_lead(content) :]
    if _counted_parts(content) > PARTS:
        raise TooManyPartsError(name)
    try:
        message = message_from_bytes(content)
        parts = parts_of(message)
    except RecursionError:
        message = BytesHeaderParser().parsebytes(content)
        parts = Parts([], [], ["Its parts are nested too deep; only its header was read."])
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        message = BytesHeaderParser().parsebytes(content)
        parts = Parts([], [], ["Its parts are damaged; only its header was read."])
    return compose(message, parts, place)


def _lead(content: bytes) -> int:
    found = _LEAD.match(content)
    return found.end() if found else 0


def _counted_parts(content: bytes) -> int:
    boundaries = {(quoted or bare).rstrip() for quoted, bare in _BOUNDARY.findall(content)}
    if not boundaries:
        return 0
    lines = (line.rstrip() for line in _DASHES.findall(content))
    return sum(line in boundaries or line.removesuffix(b"--") in boundaries for line in lines)


def compose(message: Message, parts: Parts, place: Place = _ALONE) -> Extract:
    """Make a document of a message's header fields and of its parts."""
    letter = _Letter(message, parts, place)
    letter.write()
    return letter.extract()


class _Letter:
    """A message that becomes a document."""

    def __init__(self, message: Message, parts: Parts, place: Place) -> None:
        self._message = message
        self._parts = parts
        self._place = place
        self._builder = TextBuilder()
        self._authors, self._author_field = headers.author(message)
        self._subject = headers.words(message, "Subject")
        self._date_field = next((each for each in ("Date", "Resent-Date") if headers.values(message, each)), "Date")
        self._sent = headers.sent(next(iter(headers.values(message, self._date_field)), ""))
        self._key = headers.identifier(message)
        self._answers = headers.answered(message)
        self._stretches: tuple[Stretch, ...] = stretches(parts.rows)
        self._remarks = list(parts.remarks)

    def write(self) -> None:
        """Build the text."""
        self._builder.mark("message", self._label(), self._key)
        self._builder.mark("section", "header", next(iter(self._answers), None))
        self._builder.paragraph("\n".join(self._lines()))
        for stretch in self._stretches:
            self._builder.mark("section", self._section(stretch))
            for paragraph in stretch.paragraphs:
                self._builder.paragraph(paragraph)
        if not self._stretches:
            self._remarks.insert(0, "It has no words but those of its header.")

    def _label(self) -> str:
        if label := self._sent.label:
            return f"message of {label}"
        return self._place.member or "message"

    def _lines(self) -> Iterator[str]:
        """Yield the header as a printed e-mail has it."""
        for field in (self._author_field, *_ADDRESSEES):
            people = headers.people(self._message, field)
            if people:
                shown = (f"{name} <{address}>" if name and address else name or address for name, address in people)
                yield f"{'From' if field == self._author_field else field}: {', '.join(shown)}"
        if self._sent.words:
            yield f"Date: {self._sent.words}"
        yield f"Subject: {self._subject}"

    def _section(self, stretch: Stretch) -> str:
        if stretch.kind == "own":
            return ", ".join(headers.shown(self._authors, self._place.names)) or "sender"
        if stretch.kind == "signature":
            return "signature"
        return f"{QUOTED} from {stretch.label}" if stretch.label else QUOTED

    def extract(self) -> Extract:
        """Return the document."""
        is_letter = bool(self._authors or self._subject or self._sent.words or self._key)
        return Extract(
            text=self._builder.text,
            extracted=tuple(self._extracted()) if is_letter else (),
            remarks=tuple(self._remarks),
            segments=_first_of_each(self._builder.segments),
            reader="e-mail",
            member=self._place.member,
            key=self._key,
            answers=self._answers,
            enclosures=tuple(self._parts.members),
        )

    def _extracted(self) -> Iterator[Extracted]:
        yield self._title()
        yield Extracted("kind", "letter", source="e-mail")
        field = self._author_field
        for name in headers.shown(self._authors, self._place.names):
            yield Extracted("authors", name, words=self._words(field), source=f"header {field}")
        yield from self._recipients()
        yield from self._dates()
        yield from self._circumstances()
        own = "\n".join(paragraph for each in self._stretches if each.kind == "own" for paragraph in each.paragraphs)
        if tag := guess_language(own[:_SAMPLE]):
            yield Extracted("language", tag)

    def _words(self, field: str) -> str:
        return headers.decoded(next(iter(headers.values(self._message, field)), ""))[:1000]

    def _title(self) -> Extracted:
        if self._subject:
            return Extracted("title", self._subject, words=self._subject, source="header Subject")
        senders = ", ".join(headers.shown(self._authors, self._place.names))
        made = " ".join(filter(None, ("E-mail", f"from {senders}" if senders else "")))
        return Extracted("title", f"{made}, {self._sent.day}" if self._sent.day else made, source="no header Subject")

    def _recipients(self) -> Iterator[Extracted]:
        for field in _ADDRESSEES:
            for name in headers.shown(headers.people(self._message, field), self._place.names):
                yield Extracted("recipients", name, words=self._words(field), source=f"header {field}")

    def _dates(self) -> Iterator[Extracted]:
        """Yield when it was sent by the sender's clock, and when it arrived by that of the last server."""
        sent, field = self._sent, self._date_field
        first, last = headers.received(self._message)
        if sent.day:
            yield Extracted("date", sent.day, words=sent.words, source=f"header {field}")
            yield Extracted("date_words", sent.words, words=sent.words, source=f"header {field}")
        else:
            guessed = first or headers.sent(headers.words(self._message, "X-OriginalArrivalTime"))
            if guessed.day:
                yield Extracted("date", guessed.day, words=guessed.words, source="header Received", is_guess=True)
            self._remarks.append(sent.problem or "No header says when it was sent.")
        if sent.moment and not sent.moment.tzinfo:
            self._remarks.append(f'Its date names no time zone: "{sent.words}".')
        if last and last.day:
            if _are_near(sent, last):
                yield Extracted("received", last.day, words=last.words, source="header Received")
            elif sent.day:
                self._remarks.append(
                    f"It was sent on {sent.day} and received on {last.day}: a clock was wrong, or it took long."
                )

    def _circumstances(self) -> Iterator[Extracted]:
        """Yield the list or body that it comes from, and where it is to be found."""
        listed = headers.list_name(self._message)
        organization = headers.words(self._message, "Organization")
        if listed or organization:
            source = "header List-Id" if listed else "header Organization"
            yield Extracted("publisher", listed or organization, words=listed or organization, source=source)
        address = headers.words(self._message, "Archived-At").strip("<>")
        if address.startswith(("http://", "https://")):
            yield Extracted("url", address, words=address, source="header Archived-At")


def _are_near(sent: Sent, last: Sent) -> bool:
    if not sent.moment or not last.moment:
        return not sent.day
    days = (last.moment.replace(tzinfo=None).date() - sent.moment.date()).days
    return -1 <= days <= _DAYS


def _first_of_each(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Leave out the label of a section that is that of the one before it."""
    kept: list[Segment] = []
    last: dict[str, str] = {}
    for segment in segments:
        if last.get(segment.kind) != segment.label:
            kept.append(segment)
        last[segment.kind] = segment.label
    return tuple(kept)
