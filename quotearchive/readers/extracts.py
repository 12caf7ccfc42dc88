"""The results of reading a file: its text, and the metadata that the text states of itself."""

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

#: Fields that hold several values; of the others the first one found counts.
PLURAL: Final = frozenset({"authors", "recipients", "signatories"})


class Extracted(msgspec.Struct, frozen=True):
    """One value that was extracted from a document, with its evidence.

    Attributes:
        field: The name of the field of `Metadata` that it fills.
        value: What was understood; a date is EDTF.
        line: The number of its line, from 1; 0 if it is from no line (a file's name, the text as a whole).
        words: The words of that line that it was extracted from.
    """

    field: str
    value: str
    line: int = 0
    words: str = ""


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a document states of itself. None and empty mean that it states nothing, or nothing certain.

    Attributes:
        kind: One of the model's kinds.
        title: Its heading; never None in a `Reading`, where the file's name is the last resort.
        authors: Who wrote it.
        recipients: To whom it is addressed.
        date: When it was written or published, as EDTF.
        date_words: The date as the document words it.
        place: Where it was written.
        publisher: Who published it.
        url: Where it was found.
        language: A BCP 47 tag.
        received: When a letter arrived, as EDTF.
        destination: Where a letter was sent to.
        signatories: Who signed it, if several did; perhaps only some of them.
        signatory_count: How many signed it, if it says so.
    """

    kind: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date: str | None = None
    date_words: str | None = None
    place: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    received: str | None = None
    destination: str | None = None
    signatories: tuple[str, ...] = ()
    signatory_count: int | None = None


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
        metadata: What `extracted` amounts to.
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
    Metadata(kind=None, title=None, authors=('A',), ... place='Paris', ...)
    """
    single: dict[str, str] = {}
    plural: dict[str, dict[str, None]] = {field: {} for field in PLURAL}
    for each in extracted:
        if each.field in plural:
            plural[each.field][each.value] = None
        else:
            single.setdefault(each.field, each.value)
    fields = {**single, **{field: list(values) for field, values in plural.items()}}
    return msgspec.convert(fields, Metadata, strict=False)
