"""The results of reading a file: its text, and the metadata that the text states of itself."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from quotearchive.fields import Kind, fields_of
from quotearchive.model import Document

#: Fields that hold several values; of the others the first one found counts.
PLURAL: Final = frozenset(field.name for field in fields_of(Document, Kind.NAMES))

_NUMBERS: Final = frozenset(field.name for field in fields_of(Document, Kind.COUNT))

#: By the name of a document's field, what the document states of itself, without what it does not state.
Metadata = Mapping[str, Any]


class Extracted(msgspec.Struct, frozen=True):
    """One value that was extracted from a document, with its evidence.

    Attributes:
        field: The name of the document's field that it fills.
        value: What was understood; a date is EDTF.
        line: The number of its line, from 1; 0 if it is from no line (a file's name, the text as a whole).
        words: The words of that line that it was extracted from.
    """

    field: str
    value: str
    line: int = 0
    words: str = ""


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader of a format makes of a file's decoded text.

    Attributes:
        text: The document's canonical text.
        extracted: What it states of itself, the most important first.
        remarks: Sentences for the user on what was passed over.
    """

    text: str
    extracted: tuple[Extracted, ...] = ()
    remarks: tuple[str, ...] = ()


class Reading(Extract, frozen=True, kw_only=True):
    """A file that was read.

    Attributes:
        metadata: What `extracted` amounts to; always with a title, for which the file's name is the last resort.
        source_sha256: SHA-256 of the file's bytes, in hexadecimal.
        encoding: The Python name of the encoding it was read in.
        is_encoding_guessed: Whether the bytes only suggest that encoding and don't declare or prove it.
    """

    metadata: Metadata
    source_sha256: str
    encoding: str
    is_encoding_guessed: bool = False


#: Takes a file's canonical text and its name. It may raise a `QuoteArchiveError`.
Reader = Callable[[str, str], Extract]


def metadata_of(extracted: Iterable[Extracted]) -> Metadata:
    """Sum up what was extracted; of a field with one value the first one found counts.

    >>> metadata_of((Extracted("place", "Paris"), Extracted("place", "Rome"), Extracted("authors", "A")))
    {'place': 'Paris', 'authors': ('A',)}
    """
    found: dict[str, dict[str, None]] = {}
    for each in extracted:
        found.setdefault(each.field, {})[each.value] = None
    return {
        field: tuple(values) if field in PLURAL else (int if field in _NUMBERS else str)(next(iter(values)))
        for field, values in found.items()
    }
