"""What a reader gives: the text of a file, and what that text says of itself."""

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

#: Fields that hold several values; of the others the first finding counts.
_PLURAL: Final = frozenset({"authors", "recipients", "signatories"})


class Taken(msgspec.Struct, frozen=True):
    """One value that was taken from a document, with the place it was taken from.

    Attributes:
        field: The name of the field of `Fields` that it fills.
        value: What was understood; a date is EDTF.
        line: The number of the line, from 1; 0 if it is from no line (a file's name, the text as a whole).
        words: The words that it was taken from, as they stand there.
    """

    field: str
    value: str
    line: int = 0
    words: str = ""


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """What a document says of itself. None and empty mean that it says nothing, or nothing sure.

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
        taken: What it says of itself, in the order of importance.
        remarks: Sentences on what was passed over, for the user to know.
    """

    text: str
    taken: tuple[Taken, ...] = ()
    remarks: tuple[str, ...] = ()


class Reading(Extract, frozen=True, kw_only=True):
    """A file that was read.

    Attributes:
        fields: What `taken` amounts to.
        sha256: SHA-256 of the file's bytes, in hexadecimal.
        encoding: The Python name of the encoding it was read in.
        is_encoding_guessed: Whether the bytes only suggest that encoding and don't declare or prove it.
    """

    fields: Fields
    sha256: str
    encoding: str
    is_encoding_guessed: bool = False


#: Takes a file's canonical text and its name. It may raise a `QuoteArchiveError`.
Reader = Callable[[str, str], Extract]


def sum_up(taken: Iterable[Taken]) -> Fields:
    """Make fields of what was taken; of a field with one value the first finding counts.

    >>> taken = (Taken("place", "Paris"), Taken("place", "Rome"), Taken("authors", "A"))
    >>> sum_up(taken)
    Fields(kind=None, title=None, authors=('A',), ... place='Paris', ...)
    """
    single: dict[str, str] = {}
    plural: dict[str, dict[str, None]] = {field: {} for field in _PLURAL}
    for each in taken:
        if each.field in plural:
            plural[each.field][each.value] = None
        else:
            single.setdefault(each.field, each.value)
    return msgspec.convert(
        {**single, **{field: list(values) for field, values in plural.items()}}, Fields, strict=False
    )
