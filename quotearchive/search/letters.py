"""Letters among letters: what came before and after, and what answers what."""

import sqlite3
from collections.abc import Iterator
from typing import Final

import msgspec

from quotearchive.model import Correspondence
from quotearchive.search.records import find_description

#: The documents in which somebody of a document has a part: one that is asked for, where its own part is another.
_SHARED: Final = """
d.id IN (SELECT r.document FROM related r JOIN people p ON p.id = r.target WHERE r.part = '{part}' AND p.name_key IN (
    SELECT p.name_key FROM related r JOIN people p ON p.id = r.target WHERE r.document = ?1 AND r.part = '{own}'))
"""


def _between(authors: str, recipients: str) -> str:
    return _SHARED.format(part="authors", own=authors) + "AND" + _SHARED.format(part="recipients", own=recipients)


#: The letter next to a document, before it or after it, between the same people, in either direction.
_NEIGHBOUR: Final = f"""
SELECT d.slug FROM documents d, documents own
WHERE own.id = ?1 AND own.dated > '' AND d.dated > ''
    AND (d.earliest, d.latest, d.slug) {{sign}} (own.earliest, own.latest, own.slug)
    AND ({_between("authors", "recipients")} OR {_between("recipients", "authors")})
ORDER BY d.earliest {{way}}, d.latest {{way}}, d.slug {{way}} LIMIT 1
"""

#: The documents that name a document, by when they were written.
_NAMING: Final = """
SELECT slug FROM documents WHERE id IN (SELECT document FROM related WHERE part = ? AND target = ?)
ORDER BY earliest, latest, slug
"""


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
