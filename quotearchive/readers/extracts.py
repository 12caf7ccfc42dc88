"""The results of reading a file: its text, and the metadata that the text states of itself."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from quotearchive.fields import Kind, fields_of
from quotearchive.model import Document, Original, Segment

#: Fields that hold several values; of the others the first one found counts.
PLURAL: Final = frozenset(field.name for field in fields_of(Document, Kind.NAMES))

_NUMBERS: Final = frozenset(field.name for field in fields_of(Document, Kind.COUNT))

#: By the name of a document's field, what the document states of itself, without what it does not state.
Metadata = Mapping[str, Any]


class Extracted(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """One value that was extracted from a document, with its evidence.

    Attributes:
        field: The name of the document's field that it fills.
        value: What was understood; a date is EDTF.
        line: The number of its line, from 1; 0 if it is from no line (a file's name, the text as a whole).
        words: The words of that line that it was extracted from.
        source: Where the file says it, if not in the words of its text: `og:title`, `XMP dc:title`, `header Date`.
        is_guess: Whether it is only guessed: it is shown, and never stored unless the user says it.
    """

    field: str
    value: str
    line: int = 0
    words: str = ""
    source: str = ""
    is_guess: bool = False


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The wishes of a user for how a file is read.

    Attributes:
        whole_page: Whether everything that a web page shows is its text, navigation too, not the main text alone.
        language: The tag of the language, by which words are recognised in a picture; None if it isn't said.
    """

    whole_page: bool = False
    language: str | None = None


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A file within a file, to be read by the reader of its own format: an attachment, a file in an archive.

    Attributes:
        name: Its name in there, perhaps with folders.
        content: Its bytes.
    """

    name: str
    content: bytes


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A file, or a part of one, that can't be read.

    Attributes:
        name: What it is called.
        message: What is wrong with it, as a sentence.
        is_wordless: Whether that is only that it has no words for people, which nobody expects of a picture in a
            letter.
    """

    name: str
    message: str
    is_wordless: bool = False


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader of a format makes of a file, or of one of the documents in it.

    Attributes:
        text: The document's canonical text.
        extracted: What it states of itself, the most important first.
        remarks: Sentences for the user on what was passed over, or may be wrong.
        segments: The labelled stretches of the text, by where they start.
        url: The address that the file was retrieved from, as the file itself says.
        retrieved: When it was retrieved, as the file itself says, in EDTF or ISO 8601 with its zone.
        reader: What made the text, with versions.
        is_recognised: Whether the text was recognised in a picture.
        member: Which of several documents in the file it is: `message 3`.
        key: What others know it by: a Message-ID.
        answers: The keys of what it answers, the nearest first.
        enclosures: Files that were sent with it.
    """

    text: str
    extracted: tuple[Extracted, ...] = ()
    remarks: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    url: str | None = None
    retrieved: str | None = None
    reader: str = ""
    is_recognised: bool = False
    member: str | None = None
    key: str | None = None
    answers: tuple[str, ...] = ()
    enclosures: tuple[Member, ...] = ()


class Reading(Extract, frozen=True, kw_only=True):
    """A document that was read from a file.

    Attributes:
        metadata: What `extracted` amounts to; always with a title, for which the file's name is the last resort.
        original: The file, not kept so far.
        encoding: The Python name of the encoding it was read in; empty where the format has no need of one.
        is_encoding_guessed: Whether the bytes only suggest that encoding and don't declare or prove it.
        enclosed_in: The place, among the documents of the same file, of the one that it was sent with.
    """

    metadata: Metadata
    original: Original
    encoding: str = ""
    is_encoding_guessed: bool = False
    enclosed_in: int | None = None


#: What reading a file yields.
Outcome = Reading | Refused

#: Takes a file's bytes, its name and the wishes of the user. It may raise a `QuoteArchiveError`.
Reader = Callable[[bytes, str, Options], Iterable[Extract | Member | Refused]]

#: The same for the formats that are text: takes the canonical text and the name.
TextReader = Callable[[str, str], Extract]


def metadata_of(extracted: Iterable[Extracted]) -> Metadata:
    """Sum up what was extracted; of a field with one value the first one found counts.

    >>> metadata_of((Extracted("place", "Paris"), Extracted("place", "Rome"), Extracted("authors", "A")))
    {'place': 'Paris', 'authors': ('A',)}
    """
    found: dict[str, dict[str, None]] = {}
    for each in extracted:
        if each.is_guess:
            continue
        found.setdefault(each.field, {})[each.value] = None
    return {
        field: tuple(values) if field in PLURAL else (int if field in _NUMBERS else str)(next(iter(values)))
        for field, values in found.items()
    }
