"""Quotes and documents of the index by their numbers, and letters among letters."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from quotearchive.model import Correspondence, Description, Document, Quote, QuoteHit, Segment, in_reading_order, relay
from quotearchive.query import And, Query, highlights
from quotearchive.search.schema import stored

#: Quotes in the order of a list of numbers, with the descriptions of their documents.
_HITS: Final = """
SELECT r.id, r.record, q.document, d.description, q.locator
FROM json_each(?) asked JOIN records r ON r.id = asked.value JOIN quotes q ON q.id = r.id
    LEFT JOIN documents d ON d.id = q.document
ORDER BY asked.key
"""

#: The documents in which somebody of a document has a part: one that is asked for, where its own part is another.
_SHARED: Final = """
d.id IN (SELECT r.document FROM related r JOIN people p ON p.id = r.target WHERE r.part = '{part}' AND p.name_key IN (
    SELECT p.name_key FROM related r JOIN people p ON p.id = r.target WHERE r.document = ?1 AND r.part = '{own}'))
"""


def _between(authors: str, recipients: str) -> str:
    return _SHARED.format(part="authors", own=authors) + "AND" + _SHARED.format(part="recipients", own=recipients)


#: The letter next to a document, before it or after it, between the same people, in either direction. Of the letters
#: of one day, such as the e-mails of a mailbox, those added first are the earlier ones.
_NEIGHBOUR: Final = f"""
SELECT d.slug FROM documents d, documents own
WHERE own.id = ?1 AND own.dated > '' AND d.dated > ''
    AND (d.earliest, d.latest, d.id) {{sign}} (own.earliest, own.latest, own.id)
    AND ({_between("authors", "recipients")} OR {_between("recipients", "authors")})
ORDER BY d.earliest {{way}}, d.latest {{way}}, d.id {{way}} LIMIT 1
"""

#: The documents that name a document, by when they were written.
_NAMING: Final = """
SELECT slug FROM documents WHERE id IN (SELECT document FROM related WHERE part = ? AND target = ?)
ORDER BY earliest, latest, slug
"""


def hits(database: sqlite3.Connection, numbers: Iterable[int], query: Query) -> Iterator[QuoteHit]:
    """Yield quotes with their documents and what a query finds in them, in the order of their numbers."""
    descriptions: dict[int, Description] = {}
    asked = msgspec.json.encode(list(numbers)).decode()
    for number, record, document, description, locator in database.execute(_HITS, (asked,)):
        quote = stored(Quote, number, record)
        if document not in descriptions:
            descriptions[document] = _description(document, description)
        yield QuoteHit(
            quote=quote,
            document=descriptions[document],
            marks=tuple(highlights(query, quote.text)),
            relay=relay(quote, _outer(database, quote)),
            locator=locator or None,
        )


def find_quote(database: sqlite3.Connection, number: int) -> QuoteHit | None:
    """Return a quote with its document and who passes it on; None if there is none of that number."""
    return next(hits(database, [number], And()), None)


def quotes_of(database: sqlite3.Connection, document: int) -> list[Quote]:
    """Return a document's quotes in reading order."""
    select = "SELECT r.id, r.record FROM quotes q JOIN records r ON r.id = q.id WHERE q.document = ?"
    return in_reading_order(stored(Quote, *row) for row in database.execute(select, (document,)))


def quotes_by(database: sqlite3.Connection, speaker: str) -> list[Quote]:
    """Return the quotes of the speaker of a name, by number."""
    select = (
        "SELECT r.id, r.record FROM people p JOIN quotes q ON q.speaker = p.id JOIN records r ON r.id = q.id"
        " WHERE p.name = ? ORDER BY r.id"
    )
    return [stored(Quote, *row) for row in database.execute(select, (speaker,))]


def number_of_quotes(database: sqlite3.Connection, document: int) -> int:
    """Count the quotes of a document."""
    select = "SELECT count(*) FROM quotes WHERE document = ?"
    return int(database.execute(select, (document,)).fetchone()[0])


def find_document(database: sqlite3.Connection, number: int) -> Document:
    """Return a document with its text, which must be there."""
    (record,) = database.execute("SELECT record FROM texts WHERE id = ?", (number,)).fetchone()
    return stored(Document, number, record)


def find_description(database: sqlite3.Connection, number: int, *, is_whole: bool = False) -> Description:
    """Return a document without its text; of one that is missing, a description that says so.

    Args:
        database: The index.
        number: The document's number.
        is_whole: Whether its segments are wanted too, of which there may be thousands.
    """
    row = database.execute("SELECT description FROM documents WHERE id = ?", (number,)).fetchone()
    description = _description(number, row and row[0])
    if not (is_whole and row):
        return description
    (segments,) = database.execute("SELECT segments FROM documents WHERE id = ?", (number,)).fetchone()
    return msgspec.structs.replace(description, segments=msgspec.json.decode(segments, type=tuple[Segment, ...]))


def list_slugs(database: sqlite3.Connection) -> dict[int, str]:
    """Return the slug of each document by its number."""
    return dict(database.execute("SELECT id, slug FROM documents"))


def _outer(database: sqlite3.Connection, quote: Quote) -> dict[int, Quote]:
    """Return the quotes that a quote is said in, directly or through others."""
    found: dict[int, Quote] = {}
    number = quote.within
    while number is not None and number not in found and (outer := _find(database, number)):
        found[number] = outer
        number = outer.within
    return found


def _find(database: sqlite3.Connection, number: int) -> Quote | None:
    try:
        row = database.execute("SELECT record FROM records WHERE id = ?", (number,)).fetchone()
    except OverflowError:  # no record has so large a number
        return None
    return row and stored(Quote, number, row[0])


def _description(number: int, record: bytes | None) -> Description:
    if record is None:
        return Description(id=number, slug=f"missing-{number}", title="[document missing]")
    return stored(Description, number, record)


def correspondence(database: sqlite3.Connection, number: int) -> Correspondence:
    """Return what a document has to do with others: the letters before and after it, and replies."""
    document = find_description(database, number)
    named = msgspec.json.encode([document.replies_to, *document.encloses]).decode()
    select = "SELECT id, slug FROM documents WHERE id IN (SELECT value FROM json_each(?))"
    slugs = dict(database.execute(select, (named,)))
    return Correspondence(
        before=next(_slugs(database, _NEIGHBOUR.format(sign="<", way="DESC"), number), None),
        after=next(_slugs(database, _NEIGHBOUR.format(sign=">", way="ASC"), number), None),
        replies_to=slugs.get(document.replies_to or 0),
        replies=tuple(_slugs(database, _NAMING, "replies_to", number)),
        encloses=tuple(slugs[each] for each in document.encloses if each in slugs),
        enclosed_in=tuple(_slugs(database, _NAMING, "encloses", number)),
    )


def _slugs(database: sqlite3.Connection, select: str, *values: object) -> Iterator[str]:
    return (slug for (slug,) in database.execute(select, values))
