"""What a query finds in the index, in few statements that look at few rows."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from quotearchive.model import Description, QuoteHit
from quotearchive.query import And, Query, Words, conditions_of, highlights, words_of
from quotearchive.query.conditions import WORD_TABLES, Table, match
from quotearchive.query.sql import Sql, joined
from quotearchive.search.excerpts import excerpts
from quotearchive.search.records import find_description, find_document, hits, number_of_quotes
from quotearchive.search.results import DocumentHit, Facet, Order, Results
from quotearchive.search.schema import UNDATED

#: What quotes and documents are sorted by; what is not known comes last, whichever way.
_KEYS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "quotes": {
        "date": ("(SELECT earliest FROM documents WHERE id = q.document)", "q.document", "q.position"),
        "said": ("q.earliest", "q.document", "q.position"),
        "document": ("(SELECT document_values FROM documents WHERE id = q.document)", "q.document", "q.position"),
        "speaker": ("(SELECT speaker_values FROM people WHERE id = q.speaker)", "q.document", "q.position"),
        "added": ("q.created",),
    },
    "documents": {
        "date": ("d.earliest", "d.latest", "d.slug"),
        "said": ("d.earliest",),
        "document": ("d.document_values",),
        "speaker": ("nullif(d.author_values, '')",),
        "added": ("d.added",),
    },
}

#: What is counted, and where it is found.
_FACETS: Final[dict[str, tuple[str, str]]] = {
    "speaker": ("s.name", "LEFT JOIN people s ON s.id = q.speaker"),
    "topic": ("t.path", "LEFT JOIN tagged g ON g.quote = q.id LEFT JOIN topics t ON t.id = g.topic"),
    "document": ("d.slug", "LEFT JOIN documents d ON d.id = q.document"),
    "year": ("nullif(substr(q.earliest, 1, 4), '~~~')", ""),
    "kind": ("d.kind", "LEFT JOIN documents d ON d.id = q.document"),
    "language": ("nullif(d.language, '')", "LEFT JOIN documents d ON d.id = q.document"),
}

#: Of more words than this, those that occur as typed don't come first: nobody types such a phrase by chance.
_LONGEST_PHRASE: Final = 250

_ALL: Final = Order()
_EVERYTHING: Final = And()


class UnreadTextsError(Exception):
    """Words are asked for in the texts of documents, and some of these are not indexed yet."""


def find_quotes(database: sqlite3.Connection, query: Query, order: Order = _ALL) -> Results[QuoteHit]:
    """Find the quotes that a query asks for."""
    numbers, total = _find(database, "quotes", query, order)
    return Results(tuple(hits(database, numbers, query)), total)


def find_documents(
    database: sqlite3.Connection, query: Query, order: Order = _ALL, *, is_whole: bool = False
) -> Results[DocumentHit]:
    """Find the documents whose text has a query's words, and that are as it says; see `list_documents`."""
    numbers, total = _find(database, "documents", query, order)
    hits = (_document_hit(database, number, query, is_whole=is_whole) for number in numbers)
    return Results(tuple(hits), total)


def list_documents(
    database: sqlite3.Connection, query: Query = _EVERYTHING, order: Order = _ALL, *, is_whole: bool = False
) -> Results[tuple[Description, int]]:
    """List documents, each with how many quotes it has.

    Args:
        database: The index.
        query: Which documents.
        order: How they are sorted, and how many are wanted.
        is_whole: Whether the segments of each are wanted too, of which there may be thousands.
    """
    numbers, total = _find(database, "documents", query, order)
    found = (find_description(database, number, is_whole=is_whole) for number in numbers)
    counted = ((each, number_of_quotes(database, each.id)) for each in found)
    return Results(tuple(counted), total)


def count(database: sqlite3.Connection, table: Table, query: Query) -> int:
    """Count the quotes or the documents that a query finds."""
    condition = _answerable(database, query.sql(table))
    statement = f"SELECT count(*) FROM {table} {table[0]} WHERE {condition.text}"
    return int(database.execute(statement, condition.values).fetchone()[0])


def count_by(database: sqlite3.Connection, query: Query, facet: Facet) -> list[tuple[str | None, int]]:
    """Count what a query finds by a facet, the most frequent first; None for what is not known."""
    value, join = _FACETS[facet]
    condition = query.sql("quotes")
    statement = f"SELECT {value}, count(*) FROM quotes q {join} WHERE {condition.text} GROUP BY 1 ORDER BY 2 DESC, 1"
    return database.execute(statement, condition.values).fetchall()


def quote_numbers(database: sqlite3.Connection, query: Query = _EVERYTHING) -> list[int]:
    """Return the numbers of the quotes that a query asks for, ascending."""
    condition = query.sql("quotes")
    statement = f"SELECT q.id FROM quotes q WHERE {condition.text} ORDER BY q.id"
    return [number for (number,) in database.execute(statement, condition.values)]


def document_numbers(database: sqlite3.Connection, query: Query = _EVERYTHING) -> list[int]:
    """Return the numbers of the documents that have a quote which a query asks for, ascending."""
    condition = query.sql("quotes")
    quoted = f"SELECT q.document FROM quotes q WHERE {condition.text}"
    rows = database.execute(f"SELECT id FROM documents WHERE id IN ({quoted}) ORDER BY id", condition.values)
    return [number for (number,) in rows]


def _answerable(database: sqlite3.Connection, source: Sql) -> Sql:
    """Return what is to be searched.

    Raises:
        UnreadTextsError: The texts that it looks into are not indexed yet.
    """
    unread = "SELECT EXISTS (SELECT 1 FROM documents WHERE NOT paged)"
    if WORD_TABLES["documents"] in source.text and database.execute(unread).fetchone()[0]:
        raise UnreadTextsError
    return source


def _find(database: sqlite3.Connection, table: Table, query: Query, order: Order) -> tuple[list[int], int]:
    """Find numbers, as many as were asked for, and count how many there are."""
    if order.by == "relevance":
        source, keys = _ranked(table, query)
    else:
        source = query.sql(table).within(f"{table} {table[0]} WHERE {{}}")
        keys = [Sql(key) for key in _KEYS[table][order.by]]
    _answerable(database, source)
    rows = database.execute(
        f"SELECT {table[0]}.id FROM {source.text} ORDER BY {_ordering(table, keys, order)} LIMIT ?",
        (*source.values, *(value for key in keys for value in key.values), order.limit or -1),
    )
    numbers = [number for (number,) in rows]
    if not order.limit or len(numbers) < order.limit:
        return numbers, len(numbers)
    return numbers, database.execute(f"SELECT count(*) FROM {source.text}", source.values).fetchone()[0]


def _ordering(table: Table, keys: Sequence[Sql], order: Order) -> str:
    """Write the order, in which what is not known comes last, whichever way."""
    direction = " DESC" if order.reverse else ""
    ordering = ", ".join(f"{key.text}{direction}" for key in (*keys, Sql(f"{table[0]}.id")))
    is_known = keys and order.by != "relevance"
    return f"ifnull({keys[0].text}, '') IN ('', '{UNDATED[0]}'), {ordering}" if is_known else ordering


def _ranked(table: Table, query: Query) -> tuple[Sql, list[Sql]]:
    """Write what is searched, and its relevance: lower is better.

    Where all words must occur, they are what is looked up first. Where some of them may be missing, each
    row that has any of them gets a score.
    """
    row, words = table[0], WORD_TABLES[table]
    own = [part for part in conditions_of(query) if isinstance(part, Words)]
    if own:
        others = And(tuple(part for part in conditions_of(query) if not isinstance(part, Words)))
        condition = joined([Sql(f"{words} MATCH ?", (match(own),)), others.sql(table)], "AND")
        source = condition.within(f"{words} CROSS JOIN {table} {row} ON {row}.id = {words}.rowid WHERE {{}}")
        return source, [*_is_no_phrase(own, words), Sql(f"{words}.rank")]
    condition = query.sql(table)
    wanted = words_of(query)
    if not wanted:
        return condition.within(f"{table} {row} WHERE {{}}"), []
    score = f"SELECT rowid AS found, bm25({words}) AS score FROM {words} WHERE {words} MATCH ?"
    scored = Sql(f"{table} {row} LEFT JOIN ({score}) ON found = {row}.id WHERE ", (match(wanted, "OR"),))
    return Sql(scored.text + condition.text, scored.values + condition.values), [Sql("ifnull(score, 0)")]


def _is_no_phrase(words: Sequence[Words], table: str) -> Iterator[Sql]:
    """Put those first in which several words occur as they were typed, one behind the other."""
    if 1 < len(words) <= _LONGEST_PHRASE:
        *whole, last = words
        phrase = Words(" ".join(each.text for each in words), last.is_prefix)
        if not any(each.is_prefix for each in whole):
            select = f"{table}.rowid NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"
            yield Sql(select, (match([phrase]),))


def _document_hit(database: sqlite3.Connection, number: int, query: Query, *, is_whole: bool) -> DocumentHit:
    text = find_document(database, number).text
    return DocumentHit(
        document=find_description(database, number, is_whole=is_whole),
        quotes=number_of_quotes(database, number),
        excerpts=tuple(excerpts(text, highlights(query, text))),
    )
