"""Taguette's projects, which are SQLite databases: documents, highlights and tags.

A document is HTML; its text is taken out of it, with paragraphs apart. A highlight's offsets count the
bytes, in UTF-8, of all text in that HTML, and its snippet says what it was: where the two differ, the snippet
is looked for. Tags become topics; a tag's dots, which stand for levels there, become slashes. See the models
in https://gitlab.com/remram44/taguette.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from quotearchive.errors import EmptyTextError, MalformedRowError, UnusableFileError
from quotearchive.importers.html_text import HtmlText
from quotearchive.importers.interface import DocumentRow, Naming, QuoteRow, RefusedRow, Row, passage
from quotearchive.importers.times import instant
from quotearchive.model import Document, Passage, Quote
from quotearchive.text import canonical, folded

#: What messages call the format.
_NAME: Final = "taguette"

_TABLES: Final = frozenset({"documents", "highlights", "highlight_tags", "tags"})

#: Steps of SQLite's machine between two looks at how long it takes, and how many such looks there are: a
#: project of 100,000 highlights takes a few of them.
_STEPS: Final = 1_000_000
_PATIENCE: Final = 500

#: Where a database says that it keeps a journal ahead, which one in memory can't have, and what it says if
#: it keeps none.
_JOURNAL: Final = slice(18, 20)
_PLAIN: Final = b"\x01\x01"


class _Document(msgspec.Struct, frozen=True, array_like=True):
    id: int
    name: str
    contents: str
    created: str | None


class _Highlight(msgspec.Struct, frozen=True, array_like=True):
    id: int
    document: int
    start: int
    end: int
    snippet: str


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each document and each highlight.

    Raises:
        UnusableFileError: It is no such database.
    """
    try:
        yield from _rows(_opened(content))
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise UnusableFileError(_NAME, str(error)) from error


def _opened(content: bytes) -> sqlite3.Connection:
    """Open a database in memory, where nothing that it holds is run but what is asked of its tables."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content[: _JOURNAL.start] + _PLAIN + content[_JOURNAL.stop :])
    connection.text_factory = lambda words: words.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    looks = iter(range(_PATIENCE))
    connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    missing = _TABLES - {name for (name,) in found}
    if missing:
        reason = f"it has no table {', '.join(sorted(missing))}"
        raise UnusableFileError(_NAME, reason)
    return connection


def _rows(connection: sqlite3.Connection) -> Iterator[Row]:
    texts: dict[int, HtmlText] = {}
    for values in connection.execute("SELECT id, name, contents, created FROM documents ORDER BY id"):
        row = _document(values, texts)
        if row is not None:
            yield row
    tags = _tags(connection)
    query = "SELECT id, document_id, start_offset, end_offset, snippet FROM highlights ORDER BY id"
    for values in connection.execute(query):
        yield _highlight(values, texts, tags)


def _document(values: tuple[Any, ...], texts: dict[int, HtmlText]) -> Row:
    try:
        known = msgspec.convert(values, _Document)
    except msgspec.ValidationError as error:
        return RefusedRow(row=_number(values[0]), error=MalformedRowError(f"a document: {error}"))
    texts[known.id] = html = HtmlText(known.contents)
    if not html.text.strip():
        return RefusedRow(row=known.id, error=EmptyTextError())
    document = Document(
        slug="",
        title=" ".join(known.name.split()) or f"Document {known.id}",
        text=canonical(html.text),
        added=instant(known.created or ""),
    )
    return DocumentRow(row=known.id, naming=_naming(known.id), document=document)


def _highlight(values: tuple[Any, ...], texts: dict[int, HtmlText], tags: dict[int, list[str]]) -> Row:
    try:
        known = msgspec.convert(values, _Highlight)
    except msgspec.ValidationError as error:
        return RefusedRow(row=_number(values[0]), error=MalformedRowError(str(error)))
    if known.document not in texts:
        found = f"there is no document {known.document}"
        return RefusedRow(row=known.id, error=MalformedRowError(found))
    quote = Quote(
        document=0,
        passages=(_passage(known, texts[known.document]),),
        topics=tuple(_topic(tag) for tag in tags[known.id]),
    )
    return QuoteRow(row=known.id, naming=_naming(known.document), quote=quote)


def _passage(known: _Highlight, html: HtmlText) -> Passage:
    """Take the words at the offsets, if they are those of the snippet; else the snippet's own."""
    snippet = HtmlText(known.snippet).text.strip()
    placed = html.passage(known.start, known.end)
    if placed and (not snippet or folded(placed.exact).split() == folded(snippet).split()):
        return placed
    return passage(canonical(snippet))


def _tags(connection: sqlite3.Connection) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = "SELECT highlight_id, path FROM highlight_tags JOIN tags ON tags.id = tag_id ORDER BY path"
    for number, path in connection.execute(query):
        if isinstance(path, str) and path.strip("/. "):
            found[number].append(path)
    return found


def _topic(tag: str) -> str:
    """Write a tag's levels as a topic's.

    >>> _topic("prison.conditions"), _topic("the U.S. press")
    ('prison/conditions', 'the U.S. press')
    """
    levels = tag.split(".")
    is_path = all(level and level.strip() == level for level in levels)
    return "/".join(levels) if is_path else tag


def _naming(number: int) -> Naming:
    return Naming(key=f"document {number}")


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
