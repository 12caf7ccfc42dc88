"""The tables of the index, and the rows that records of the archive make.

Nothing in them is not in the archive. No column that is compared holds NULL, because SQL neither affirms nor
denies what it does not know, and a query does. Columns of folded values hold each value behind a line feed,
which occurs in none of them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

import msgspec

from quotearchive.dates import find_bounds
from quotearchive.model import Description, Document, Quote, Speaker
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

#: `related.target` is the number of a person, or of a document where letters are related.
TABLES: Final = f"""
CREATE TABLE noted (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL,
    earliest NOT NULL, latest NOT NULL, dated NOT NULL, {_columns(_DOCUMENT_COLUMNS, _DOCUMENT_VALUES)},
    description BLOB NOT NULL, paged INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE texts (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE related (part TEXT, target INTEGER, document INTEGER, PRIMARY KEY (part, target, document)) WITHOUT ROWID;
CREATE TABLE quotes (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL, document INTEGER NOT NULL, speaker INTEGER NOT NULL,
    recipient INTEGER NOT NULL, earliest NOT NULL, latest NOT NULL, dated NOT NULL, has_date INTEGER NOT NULL,
    {_columns(_QUOTE_COLUMNS, _QUOTE_VALUES)}
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
    "CREATE INDEX documents_by_slug ON documents (slug)",
    "CREATE INDEX related_by_document ON related (document)",
    "CREATE INDEX people_by_key ON people (name_key)",
)

#: Names the tables and what is in them. An index with another version is made anew; the number changes with what
#: a column holds, the rest by itself.
VERSION: Final = f"3/{WORDS}/{','.join(TRAITS)}/{_DOCUMENT_VALUES}/{_QUOTE_VALUES}".replace(" ", "")

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
        msgspec.json.encode(document),
        0,
    )


def dates(date: str | None) -> Dates:
    """Return the first day, the last day and the date itself; `UNDATED` if it can't be read."""
    bounds = find_bounds(date)
    return (*bounds, date) if bounds and date else UNDATED


def folded_values(values: Iterable[str]) -> str:
    """Fold values, each behind a line feed."""
    return "".join(f"\n{folded_value(value)}" for value in values if value)


def quote_row(quote: Quote, record: bytes, people: tuple[int, int], document: Dates) -> tuple[object, ...]:
    """Return the row of a quote.

    Args:
        quote: The quote.
        record: Its record.
        people: The numbers of its speaker and of whom it was said to.
        document: The dates of its document, which hold where it has none of its own.
    """
    own = dates(quote.said) if quote.said else None
    return (
        *(quote.id, digest(record), quote.document, *people, *(own or document), own is not None),
        *(value(quote) for value in _QUOTE_COLUMNS.values()),
        *(folded_values(values_of(quote, attributes)) for attributes in _QUOTE_VALUES.values()),
    )
