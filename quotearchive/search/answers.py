"""What the index answers, in few statements that look at few rows."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

import msgspec

from quotearchive.model import Description, Document, Quote, QuoteHit, Speaker, Topic, in_reading_order, relay
from quotearchive.names.people import SpeakerSummary
from quotearchive.names.topics import TopicSummary, topic_key, upward
from quotearchive.query import And, Query, Words, conditions_of, highlights, sought
from quotearchive.search.excerpts import Excerpt, excerpts
from quotearchive.search.scanning import matching
from quotearchive.search.schema import UNDATED
from quotearchive.search.statements import Sql, is_too_long, joined, match, of_documents, of_quotes

Sort = Literal["relevance", "date", "said", "document", "speaker", "added"]
Table = Literal["quotes", "documents"]
Facet = Literal["speaker", "topic", "document", "year", "kind", "language"]

#: What quotes are sorted by; what is not known comes last, whichever way.
_QUOTE_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "date": ("(SELECT earliest FROM documents WHERE id = q.document)", "q.document", "q.position"),
    "said": ("q.earliest", "q.document", "q.position"),
    "document": ("(SELECT document_values FROM documents WHERE id = q.document)", "q.document", "q.position"),
    "speaker": ("(SELECT speaker_values FROM speakers WHERE id = q.speaker)", "q.document", "q.position"),
    "added": ("q.created",),
}

_DOCUMENT_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "date": ("d.earliest",),
    "said": ("d.earliest",),
    "document": ("d.document_values",),
    "speaker": ("nullif(d.author_values, '')",),
    "added": ("d.added",),
}

_KEYS: Final[dict[str, dict[str, tuple[str, ...]]]] = {"quotes": _QUOTE_KEYS, "documents": _DOCUMENT_KEYS}

#: What is counted, and where it is found.
_FACETS: Final[dict[str, tuple[str, str]]] = {
    "speaker": ("s.name", "LEFT JOIN speakers s ON s.id = q.speaker"),
    "topic": ("t.path", "LEFT JOIN tagged g ON g.quote = q.id LEFT JOIN topics t ON t.id = g.topic"),
    "document": ("d.slug", "LEFT JOIN documents d ON d.id = q.document"),
    "year": ("nullif(substr(q.earliest, 1, 4), '~~~')", ""),
    "kind": ("d.kind", "LEFT JOIN documents d ON d.id = q.document"),
    "language": ("nullif(d.language, '')", "LEFT JOIN documents d ON d.id = q.document"),
}


_WRITE: Final = {"quotes": of_quotes, "documents": of_documents}

#: Of more words than this, those that stand as they were typed don't come first: nobody types such a phrase by chance.
_LONGEST_PHRASE: Final = 250

#: Where the words of each are.
_WORDS: Final = {"quotes": "words", "documents": "pages"}


class Order(msgspec.Struct, frozen=True):
    """In which order hits come, and how many of them.

    Attributes:
        by: What they are sorted by. Relevance is bm25, with whole phrases first.
        reverse: The other way round.
        limit: How many at most; 0 for all.
    """

    by: Sort = "relevance"
    reverse: bool = False
    limit: int = 0


class Hits(msgspec.Struct, frozen=True):
    """The quotes that were found.

    Attributes:
        findings: As many of them as were asked for.
        total: How many there are.
    """

    findings: tuple[QuoteHit, ...]
    total: int


class DocumentHit(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was found.

    Attributes:
        document: What is known of it.
        quotes: How many quotes it has.
        excerpts: Parts of its text around what was found.
    """

    document: Description
    quotes: int
    excerpts: tuple[Excerpt, ...]


class DocumentHits(msgspec.Struct, frozen=True):
    """The documents that were found.

    Attributes:
        hits: As many of them as were asked for.
        total: How many there are.
    """

    hits: tuple[DocumentHit, ...]
    total: int


class Listing(msgspec.Struct, frozen=True):
    """Documents that are listed.

    Attributes:
        documents: As many of them as were asked for, each with how many quotes it has.
        total: How many there are.
    """

    documents: tuple[tuple[Description, int], ...]
    total: int


def find_quotes(database: sqlite3.Connection, query: Query, order: Order) -> Hits:
    """Find the quotes that a query asks for."""
    numbers, total = _find(database, "quotes", query, order)
    return Hits(tuple(_findings(database, numbers, query)), total)


def find_documents(database: sqlite3.Connection, query: Query, order: Order) -> DocumentHits:
    """Find the documents that a query asks for; their texts must be indexed."""
    numbers, total = _find(database, "documents", query, order)
    return DocumentHits(tuple(_document_hit(database, number, query) for number in numbers), total)


def number_of(database: sqlite3.Connection, table: Table, query: Query) -> int:
    """Count the quotes or documents that a query finds; the documents' texts must be indexed."""
    condition = _condition(database, table, query)
    statement = f"SELECT count(*) FROM {table} {table[0]} WHERE {condition.text}"
    return int(database.execute(statement, condition.values).fetchone()[0])


def has_unread_texts(database: sqlite3.Connection) -> bool:
    """Say whether there are documents whose texts are not indexed."""
    return bool(database.execute("SELECT EXISTS (SELECT 1 FROM documents WHERE NOT paged)").fetchone()[0])


def count(database: sqlite3.Connection, query: Query, facet: Facet) -> list[tuple[str | None, int]]:
    """Count what a query finds by a facet, the most frequent first; None for what is not known."""
    value, join = _FACETS[facet]
    condition = _condition(database, "quotes", query)
    statement = f"SELECT {value}, count(*) FROM quotes q {join} WHERE {condition.text} GROUP BY 1 ORDER BY 2 DESC, 1"
    return database.execute(statement, condition.values).fetchall()


def list_documents(database: sqlite3.Connection, query: Query, order: Order) -> Listing:
    """List documents, each with how many quotes it has; texts must be indexed if words are asked for."""
    numbers, total = _find(database, "documents", query, order)
    return Listing(
        tuple((find_description(database, number), _quotes_of(database, number)) for number in numbers), total
    )


def _quotes_of(database: sqlite3.Connection, document: int) -> int:
    select = "SELECT count(*) FROM quotes WHERE document = ?"
    return int(database.execute(select, (document,)).fetchone()[0])


def list_speakers(database: sqlite3.Connection) -> list[SpeakerSummary]:
    """Give all speakers, those with most quotes first, and last those who are known but not quoted."""
    rows = database.execute("SELECT name, id, record FROM known_speakers ORDER BY id")
    known = {name: _speaker(number, record) for name, number, record in rows}
    counted = database.execute(
        "SELECT name, quotes, documents, first, last FROM speakers ORDER BY quotes DESC, speaker_values, name"
    ).fetchall()
    quoted = {name for name, *_ in counted}
    return [
        *(_standing(known.get(name) or Speaker(name=name), *counts) for name, *counts in counted),
        *(SpeakerSummary(speaker=known[name]) for name in sorted(known.keys() - quoted)),
    ]


def _standing(speaker: Speaker, quotes: int, documents: int, first: str | None, last: str | None) -> SpeakerSummary:
    return SpeakerSummary(speaker=speaker, quotes=quotes, documents=documents, first=first, last=last)


def _speaker(number: int, record: bytes) -> Speaker:
    return msgspec.structs.replace(msgspec.json.decode(record, type=Speaker), id=number)


def list_topics(database: sqlite3.Connection) -> list[TopicSummary]:
    """Give all topics and those above them, in the order of the tree, each with what lies under it."""
    own: dict[str, tuple[int, int]] = {
        path: (number, quotes) for path, number, quotes in database.execute("SELECT path, id, quotes FROM topics")
    }
    rows = database.execute("SELECT record FROM known_topics")
    known = {topic.path: topic for topic in (msgspec.json.decode(record, type=Topic) for (record,) in rows)}
    below: dict[str, list[int]] = {above: [] for path in known for above in upward(path)}
    for path, (number, _) in own.items():
        for above in upward(path):
            below.setdefault(above, []).append(number)
    spelled = {topic_key(path): path for path in sorted(below, reverse=True)}
    return [
        TopicSummary(
            path=path,
            own=own.get(path, (0, 0))[1],
            whole=_number_on(database, below[path]),
            description=known[path].description if path in known else None,
        )
        for path in sorted(spelled.values(), key=lambda path: path.split("/"))
    ]


def _number_on(database: sqlite3.Connection, topics: Sequence[int]) -> int:
    """Count the quotes on any of some topics. One topic has counted its own."""
    if len(topics) == 1:
        statement = "SELECT quotes FROM topics WHERE id = ?"
    else:
        places = ", ".join("?" * len(topics))
        statement = f"SELECT count(DISTINCT quote) FROM tagged WHERE topic IN ({places})"
    return int(database.execute(statement, topics).fetchone()[0])


def find_quote(database: sqlite3.Connection, number: int) -> QuoteHit | None:
    """Give a quote with its document and who passes it on; None if there is none of that number."""
    return next(_findings(database, [number], And()), None)


def find_document(database: sqlite3.Connection, number: int) -> Document:
    """Give a document with its text, which must be there."""
    (record,) = database.execute("SELECT record FROM texts WHERE id = ?", (number,)).fetchone()
    return msgspec.structs.replace(msgspec.json.decode(record, type=Document), id=number)


def quotes_of(database: sqlite3.Connection, document: int) -> list[Quote]:
    """Give a document's quotes in reading order."""
    rows = database.execute("SELECT id FROM quotes WHERE document = ?", (document,)).fetchall()
    return in_reading_order(filter(None, (_quote(database, number) for (number,) in rows)))


def numbers(database: sqlite3.Connection, query: Query) -> list[int]:
    """Give the numbers of the quotes that a query asks for, ascending."""
    condition = _condition(database, "quotes", query)
    statement = f"SELECT q.id FROM quotes q WHERE {condition.text} ORDER BY q.id"
    return [number for (number,) in database.execute(statement, condition.values)]


def list_slugs(database: sqlite3.Connection) -> dict[int, str]:
    """Give the slug of each document by its number."""
    return dict(database.execute("SELECT id, slug FROM documents"))


def _find(database: sqlite3.Connection, table: Table, query: Query, order: Order) -> tuple[list[int], int]:
    """Find numbers, as many as were asked for, and count how many there are."""
    if is_too_long(query) or order.by != "relevance":
        keys = [Sql(key) for key in _KEYS[table].get(order.by, ())]
        source = _condition(database, table, query).within(f"{table} {table[0]} WHERE {{}}")
    else:
        source, keys = _ranked(table, query)
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


def _condition(database: sqlite3.Connection, table: Table, query: Query) -> Sql:
    """Write a query as a condition; one that is too long for SQLite is asked of each row."""
    if not is_too_long(query):
        return _WRITE[table](query)
    numbers = msgspec.json.encode(list(matching(database, table, query))).decode()
    return Sql(f"{table[0]}.id IN (SELECT value FROM json_each(?))", (numbers,))


def _ranked(table: Table, query: Query) -> tuple[Sql, list[Sql]]:
    """Write what is searched, and its relevance: lower is better.

    Where all words must occur, they are what is looked up first. Where some of them may be missing, each
    row that has any of them gets a score.
    """
    row, words = table[0], _WORDS[table]
    own = [part for part in conditions_of(query) if isinstance(part, Words)]
    if own:
        others = And(tuple(part for part in conditions_of(query) if not isinstance(part, Words)))
        condition = joined([Sql(f"{words} MATCH ?", (match(own),)), _WRITE[table](others)], "AND")
        source = condition.within(f"{words} CROSS JOIN {table} {row} ON {row}.id = {words}.rowid WHERE {{}}")
        return source, [*_is_no_phrase(own, words), Sql(f"{words}.rank")]
    condition = _WRITE[table](query)
    wanted = sought(query)
    if not wanted:
        return condition.within(f"{table} {row} WHERE {{}}"), []
    score = f"SELECT rowid AS found, bm25({words}) AS score FROM {words} WHERE {words} MATCH ?"
    scored = Sql(f"{table} {row} LEFT JOIN ({score}) ON found = {row}.id WHERE ", (match(wanted, "OR"),))
    return Sql(scored.text + condition.text, scored.values + condition.values), [Sql("ifnull(score, 0)")]


def _is_no_phrase(words: Sequence[Words], table: str) -> Iterator[Sql]:
    """Put those first in which several words stand as they were typed, one behind the other."""
    if 1 < len(words) <= _LONGEST_PHRASE:
        *whole, last = words
        phrase = Words(" ".join(each.text for each in words), last.is_prefix)
        if not any(each.is_prefix for each in whole):
            select = f"{table}.rowid NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"
            yield Sql(select, (match([phrase]),))


def _findings(database: sqlite3.Connection, numbers: Iterable[int], query: Query) -> Iterator[QuoteHit]:
    descriptions: dict[int, Description] = {}
    for number in numbers:
        quote = _quote(database, number)
        if quote is not None:
            if quote.document not in descriptions:
                descriptions[quote.document] = find_description(database, quote.document)
            yield QuoteHit(
                quote=quote,
                document=descriptions[quote.document],
                marks=tuple(highlights(query, quote.text)),
                relay=relay(quote, _outer(database, quote)),
            )


def _outer(database: sqlite3.Connection, quote: Quote) -> dict[int, Quote]:
    """Give the quotes that a quote is said in, directly or through others."""
    found: dict[int, Quote] = {}
    number = quote.within
    while number is not None and number not in found and (outer := _quote(database, number)):
        found[number] = outer
        number = outer.within
    return found


def _quote(database: sqlite3.Connection, number: int) -> Quote | None:
    try:
        row = database.execute("SELECT record FROM records WHERE id = ?", (number,)).fetchone()
    except OverflowError:  # no record has so large a number
        return None
    return row and msgspec.structs.replace(msgspec.json.decode(row[0], type=Quote), id=number)


def find_description(database: sqlite3.Connection, number: int) -> Description:
    """Give what is known of a document; of one that is missing, that it is."""
    row = database.execute("SELECT description FROM documents WHERE id = ?", (number,)).fetchone()
    if row is None:
        return Description(id=number, slug=f"missing-{number}", title="[document missing]")
    return _description(number, row[0])


def _description(number: int, record: bytes) -> Description:
    return msgspec.structs.replace(msgspec.json.decode(record, type=Description), id=number)


def _document_hit(database: sqlite3.Connection, number: int, query: Query) -> DocumentHit:
    text = find_document(database, number).text
    return DocumentHit(
        document=find_description(database, number),
        quotes=_quotes_of(database, number),
        excerpts=tuple(excerpts(text, highlights(query, text))),
    )
