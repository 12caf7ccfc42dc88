"""The tables of the index, and the rows that records of the archive make.

Nothing in them is not in the archive. No column that is compared holds NULL, because SQL neither affirms nor
denies what it does not know, and a query does. Columns of folded values hold each value behind a line feed,
which occurs in none of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

import msgspec

from quotearchive.anchoring.places import CITED, Places, number_of
from quotearchive.dates import find_bounds
from quotearchive.model import Description, Document, Quote, Segment, Speaker
from quotearchive.query.fields import QUERY_FIELDS, TRAITS, values_of
from quotearchive.query.words import VERSION as WORDS
from quotearchive.query.words import folded_value

Value = TypeVar("Value", Description, Document, Quote, Speaker)

#: What is known of a date: its first day, its last day, and itself.
Dates = tuple[str, str, str]

#: Bytes of a record's hash: no two of any archive's records will have the same by chance.
_HASH: Final = 16

#: First day, last day and date of what has none: the first is behind all dates, the last before all.
UNDATED: Final[Dates] = ("~~~", "", "")

#: Beyond any number that is asked for, and no more than SQLite takes.
_LARGEST: Final = 2**62

#: From more than any number to less than any: what has none is found by none.
_NO_NUMBERS: Final = (_LARGEST, -1)

#: The columns of documents and of quotes that hold a value as it is, and those of folded values.
_DOCUMENT_COLUMNS: Final[Mapping[str, Callable[[Description], object]]] = {
    "slug": lambda document: document.slug,
    "kind": lambda document: document.kind,
    "language": lambda document: document.language or "",
    "added": lambda document: document.added,
}
_QUOTE_COLUMNS: Final[Mapping[str, Callable[[Quote], object]]] = {
    "position": lambda quote: quote.passages[0].start if quote.passages else 0,
    "created": lambda quote: quote.created,
    "traits": lambda quote: " ".join(trait for trait, has in TRAITS.items() if has(quote)),
}
_TEXTS: Final = [field for field in QUERY_FIELDS.values() if field.kind in {"text", "reference"}]
_DOCUMENT_VALUES: Final = {field.column: field.document for field in _TEXTS if field.document}
_QUOTE_VALUES: Final = {field.column: field.quote for field in _TEXTS if field.quote and field.where == "{}"}


def _columns(*names: Iterable[str]) -> str:
    return ", ".join(f"{name} NOT NULL" for each in names for name in each)


#: What `related` holds of a document: the attributes with people, and those with numbers of other documents.
PEOPLE: Final = ("authors", "recipients", "signatories")
DOCUMENTS: Final = ("replies_to", "encloses")

#: `documents.description` is without segments, of which a transcript has thousands. In `placed`, a quote has a row
#: for each labelled part of its document that it touches: its label and its reference, each between line feeds, and
#: its numbers from the lowest to the highest, or two that hold none between them.
#: `related.target` is the number of a person, or of a document where letters are related.
TABLES: Final = f"""
CREATE TABLE noted (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL,
    earliest NOT NULL, latest NOT NULL, dated NOT NULL, {_columns(_DOCUMENT_COLUMNS, _DOCUMENT_VALUES)},
    description BLOB NOT NULL, paged INTEGER NOT NULL DEFAULT 0, segments BLOB NOT NULL
);
CREATE TABLE texts (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE related (part TEXT, target INTEGER, document INTEGER, PRIMARY KEY (part, target, document)) WITHOUT ROWID;
CREATE TABLE quotes (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL, document INTEGER NOT NULL, speaker INTEGER NOT NULL,
    recipient INTEGER NOT NULL, earliest NOT NULL, latest NOT NULL, dated NOT NULL, has_date INTEGER NOT NULL,
    {_columns(_QUOTE_COLUMNS, _QUOTE_VALUES)}, locator TEXT NOT NULL DEFAULT ''
);
CREATE TABLE placed (
    quote INTEGER NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL
);
CREATE TABLE records (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE people (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, name_key TEXT NOT NULL, speaker_values TEXT NOT NULL,
    quotes INTEGER NOT NULL DEFAULT 0, documents INTEGER NOT NULL DEFAULT 0, first TEXT, last TEXT
);
CREATE TABLE aliases (person INTEGER, alias_key TEXT, PRIMARY KEY (person, alias_key)) WITHOUT ROWID;
CREATE TABLE topics (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, topic_values TEXT NOT NULL,
    quotes INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE known_speakers (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, name TEXT, record BLOB NOT NULL);
CREATE TABLE known_topics (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, record BLOB NOT NULL);
CREATE TABLE tagged (topic INTEGER, quote INTEGER, PRIMARY KEY (topic, quote)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='ascii');
CREATE VIRTUAL TABLE pages USING fts5(text, content='', tokenize='ascii');
"""

#: Made when the tables are full, which is faster.
INDEXES: Final = (
    "CREATE INDEX quotes_by_document ON quotes (document)",
    "CREATE INDEX quotes_by_speaker ON quotes (speaker, earliest, latest)",
    "CREATE INDEX quotes_by_recipient ON quotes (recipient) WHERE recipient > 0",
    "CREATE INDEX tagged_by_quote ON tagged (quote)",
    "CREATE INDEX placed_by_quote ON placed (quote)",
    "CREATE INDEX placed_by_kind ON placed (kind, low, high)",
    "CREATE INDEX documents_by_slug ON documents (slug)",
    "CREATE INDEX related_by_document ON related (document)",
    "CREATE INDEX people_by_key ON people (name_key)",
)

#: Names the tables and what is in them. An index with another version is made anew; the number changes with what
#: a column holds, the rest by itself.
VERSION: Final = f"5/{WORDS}/{','.join(TRAITS)}/{_DOCUMENT_VALUES}/{_QUOTE_VALUES}".replace(" ", "")

#: Tables of the archive, and those of the index that note what was read of them.
NOTED: Final = {
    "documents": "documents",
    "quotes": "quotes",
    "speakers": "known_speakers",
    "topics": "known_topics",
}


def digest(record: bytes) -> bytes:
    """Return the hash by which a changed record is known."""
    from hashlib import blake2b  # noqa: PLC0415 - 2 ms, of which a search that finds the index current has no need

    return blake2b(record, digest_size=_HASH).digest()


def stored(kind: type[Value], number: int, record: bytes) -> Value:
    """Return a record's value."""
    return msgspec.structs.replace(msgspec.json.decode(record, type=kind), id=number)


def document_row(document: Description, record: bytes) -> tuple[object, ...]:
    """Return the row of a document."""
    return (
        *(document.id, digest(record), *dates(document.date)),
        *(value(document) for value in _DOCUMENT_COLUMNS.values()),
        *(folded_values(values_of(document, attributes)) for attributes in _DOCUMENT_VALUES.values()),
        msgspec.json.encode(msgspec.structs.replace(document, segments=())),
        0,
        msgspec.json.encode(document.segments),
    )


def place_rows(quote: Quote, places: Places) -> Iterator[tuple[object, ...]]:
    """Yield a row for each part of the document that can be asked for and that a quote touches."""
    for place in () if quote.missing else places.places(quote.passages):
        if place.kind in CITED:
            following = (*place.segments[1:], place.end)
            for segment, behind in zip(place.segments, following, strict=True):
                yield (quote.id, place.kind, _label(segment), *_numbers(segment, behind))


def _label(segment: Segment) -> str:
    names = (segment.label, segment.ref) if isinstance(segment.ref, str) else (segment.label,)
    return "".join(f"\n{folded_value(name)}" for name in names) + "\n"


def _numbers(segment: Segment, behind: Segment | None) -> tuple[int, int]:
    """Return the numbers that lead to a segment; a time lasts to the next one."""
    number = number_of(segment)
    if number is None or abs(number) > _LARGEST:
        return _NO_NUMBERS
    if segment.kind != "time":
        return number, number
    until = number_of(behind) if behind else _LARGEST
    return number, number if until is None else max(number, min(until - 1, _LARGEST))


def dates(date: str | None) -> Dates:
    """Return the first day, the last day and the date itself; `UNDATED` if it can't be read."""
    bounds = find_bounds(date)
    return (*bounds, date) if bounds and date else UNDATED


def folded_values(values: Iterable[str]) -> str:
    """Fold values, each behind a line feed."""
    return "".join(f"\n{folded_value(value)}" for value in values if value)


def quote_row(
    quote: Quote, record: bytes, people: tuple[int, int], document: Dates, places: Places | None
) -> tuple[object, ...]:
    """Return the row of a quote.

    Args:
        quote: The quote.
        record: Its record.
        people: The numbers of its speaker and of whom it was said to.
        document: The dates of its document, which hold where it has none of its own.
        places: The places of its document; None where that is missing.
    """
    own = dates(quote.said) if quote.said else None
    return (
        *(quote.id, digest(record), quote.document, *people, *(own or document), own is not None),
        *(value(quote) for value in _QUOTE_COLUMNS.values()),
        *(folded_values(values_of(quote, attributes)) for attributes in _QUOTE_VALUES.values()),
        (places.locate(quote) if places else None) or "",
    )
