"""Queries asked of one record after the other, for those that SQLite can't take."""

import sqlite3
from collections.abc import Iterator
from typing import Literal, TypeVar

import msgspec

from quotearchive.model import Description, Document, Quote, Speaker
from quotearchive.query import Query, document_entry, quote_entry

Value = TypeVar("Value", Quote, Document)


def matching(database: sqlite3.Connection, table: Literal["quotes", "documents"], query: Query) -> Iterator[int]:
    """Yield the numbers of the quotes or documents that a query matches."""
    return _quotes(database, query) if table == "quotes" else _documents(database, query)


def _quotes(database: sqlite3.Connection, query: Query) -> Iterator[int]:
    rows = database.execute(
        "SELECT r.id, r.record, d.description FROM records r JOIN quotes q ON q.id = r.id"
        " LEFT JOIN documents d ON d.id = q.document"
    )
    names = _names(database)
    for number, record, known in rows:
        quote = _decoded(Quote, number, record)
        description = Description(slug="", title="") if known is None else msgspec.json.decode(known, type=Description)
        if query.matches(quote_entry(quote, msgspec.structs.replace(description, id=quote.document), names)):
            yield number


def _documents(database: sqlite3.Connection, query: Query) -> Iterator[int]:
    select = "SELECT id, record FROM records WHERE id IN (SELECT id FROM quotes WHERE document = ?)"
    names = _names(database)
    for number, record in database.execute("SELECT id, record FROM texts"):
        quotes = [_decoded(Quote, *row) for row in database.execute(select, (number,))]
        if query.matches(document_entry(_decoded(Document, number, record), quotes, names)):
            yield number


def _names(database: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Give the other names of speakers, by name."""
    records = database.execute("SELECT record FROM known_speakers ORDER BY id")
    speakers = (msgspec.json.decode(record, type=Speaker) for (record,) in records)
    return {speaker.name: speaker.aliases for speaker in speakers}


def _decoded(kind: type[Value], number: int, record: bytes) -> Value:
    return msgspec.structs.replace(msgspec.json.decode(record, type=kind), id=number)
