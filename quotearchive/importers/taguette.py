"""Taguette's projects, which are SQLite databases: documents, highlights and tags.

A document is HTML; its text is taken out of it, with paragraphs apart. A highlight's offsets count the
bytes, in UTF-8, of all text in that HTML, and its snippet has the words: where the two differ however one
counts, the snippet is looked for. Tags become topics; a tag's dots, which stand for levels there, become
slashes. See the models in https://gitlab.com/remram44/taguette.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from quotearchive.importers.dates import instant
from quotearchive.importers.errors import EmptyTextError, MalformedRowError, UnusableFileError
from quotearchive.importers.html_text import HtmlText
from quotearchive.importers.interface import DocumentRow, Naming, QuoteRow, RefusedRow, Row, passage
from quotearchive.importers.offsets import Counting, Judgement, Mark, Offsets, Placement, Unit, judge, settle
from quotearchive.model import Document, Passage, Quote
from quotearchive.text import canonical

_TABLES: Final = frozenset({"documents", "highlights", "highlight_tags", "tags"})

#: Steps of SQLite's machine between two looks at how long it takes, and how many such looks there are: a
#: project of 100,000 highlights takes a few of them.
_STEPS: Final = 1_000_000
_PATIENCE: Final = 500

#: How much longer than a database's bytes what is read of it may be: it may be kept in UTF-16, as a row of
#: numbers of a few bytes, or be nearly empty.
_WIDTH: Final = 2
_ROW: Final = 1
_SLACK: Final = 2**20

#: What Taguette counts, and what else is tried.
_BYTES: Final = Counting(Unit.BYTES)
_COUNTINGS: Final = (_BYTES, Counting(Unit.CODE_POINTS), Counting(Unit.UTF_16))

#: Where a database notes that it keeps a write-ahead log, which one in memory can't have, and the note of one
#: that keeps none.
_JOURNAL: Final = slice(18, 20)
_PLAIN: Final = b"\x01\x01"


class _Document(msgspec.Struct, frozen=True, array_like=True):
    id: int
    name: str
    contents: str
    created: str | None


class _Highlight(msgspec.Struct, array_like=True):
    id: int
    document: int
    start: int
    end: int
    snippet: str
    stated: str = ""

    @property
    def mark(self) -> Mark:
        return Mark(self.start, self.end, (self.stated,) if self.stated else (), is_whole=True)


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each document and each highlight.

    Raises:
        UnusableFileError: It is no such database.
    """
    try:
        yield from _Project(_opened(content), len(content)).rows()
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise UnusableFileError(str(error)) from error


def _opened(content: bytes) -> sqlite3.Connection:
    """Open a database in memory, where nothing that it holds is run but our queries of its tables."""
    connection = sqlite3.connect(":memory:")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _SLACK + _WIDTH * len(content))
    connection.deserialize(content[: _JOURNAL.start] + _PLAIN + content[_JOURNAL.stop :])
    connection.text_factory = lambda words: words.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    looks = iter(range(_PATIENCE))
    connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    missing = _TABLES - {name for (name,) in found}
    if missing:
        raise UnusableFileError(found=f"it has no table {', '.join(sorted(missing))}")
    for table in _TABLES:
        if any(hidden for *_, hidden in connection.execute(f"PRAGMA table_xinfo({table})")):
            raise UnusableFileError(found=f"its table {table} has columns that are computed, which no project has")
    return connection


class _Project:
    """A project that is being read.

    Args:
        connection: The database.
        size: Its bytes: what is read of it can't be more, but for what is the same bytes several times.
    """

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._connection = connection
        self._left = _SLACK + _WIDTH * size
        self._texts: dict[int, HtmlText] = {}

    def rows(self) -> Iterator[Row]:
        documents = [self._document(values) for values in self._select("documents", "id, name, contents, created")]
        tags = self._tags()
        columns = "id, document_id, start_offset, end_offset, snippet"
        highlights = [self._highlight(values) for values in self._select("highlights", columns)]
        marks: dict[int, list[Mark]] = defaultdict(list)
        for each in highlights:
            if not isinstance(each, RefusedRow):
                marks[each.document].append(each.mark)
        offsets = {number: Offsets(html.source) for number, html in self._texts.items()}
        verdict = judge(((offsets[number], found) for number, found in marks.items()), _BYTES, countings=_COUNTINGS)
        yield from _remarked(documents, verdict)
        for each in highlights:
            if isinstance(each, RefusedRow):
                yield each
            else:
                yield self._quote(each, settle(offsets[each.document], each.mark, verdict, _COUNTINGS), tags[each.id])

    def _quote(self, known: _Highlight, settled: Placement, tags: list[str]) -> QuoteRow:
        quote = Quote(document=0, passages=(self._passage(known, settled),), topics=tuple(map(_topic, tags)))
        return QuoteRow(row=known.id, naming=_naming(known.document), quote=quote)

    def _select(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table, unless they are more than the database can hold."""
        for values in self._connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1"):  # noqa: S608 - our own words
            self._left -= _ROW + sum(len(value) for value in values if isinstance(value, str | bytes))
            if self._left < 0:
                raise UnusableFileError(found="it gives more than it holds")
            yield values

    def _document(self, values: tuple[Any, ...]) -> Row:
        try:
            known = msgspec.convert(values, _Document)
            html = HtmlText(known.contents)
        except (msgspec.ValidationError, MalformedRowError) as error:
            reason = error.found if isinstance(error, MalformedRowError) else str(error)
            return RefusedRow(row=_number(values[0]), error=MalformedRowError(f"a document: {reason}"))
        self._texts[known.id] = html
        if not html.text.strip():
            return RefusedRow(row=known.id, error=EmptyTextError())
        document = Document(
            slug="",
            title=" ".join(known.name.split()) or f"Document {known.id}",
            text=canonical(html.text),
            added=instant(known.created or ""),
        )
        return DocumentRow(row=known.id, naming=_naming(known.id), document=document)

    def _highlight(self, values: tuple[Any, ...]) -> _Highlight | RefusedRow:
        try:
            known = msgspec.convert(values, _Highlight)
            known.stated = HtmlText(known.snippet).text.strip()
        except (msgspec.ValidationError, MalformedRowError) as error:
            reason = error.found if isinstance(error, MalformedRowError) else str(error)
            return RefusedRow(row=_number(values[0]), error=MalformedRowError(reason))
        if known.document not in self._texts:
            found = f"there is no document {known.document}"
            return RefusedRow(row=known.id, error=MalformedRowError(found))
        return known

    def _passage(self, known: _Highlight, settled: Placement) -> Passage:
        """Return the words at the offsets if they are those of the snippet; else the snippet's own."""
        placed = self._texts[known.document].passage(settled.span) if settled.span else None
        is_confirmed = settled.is_confirmed or not known.stated
        return placed if placed and is_confirmed else passage(canonical(known.stated))

    def _tags(self) -> dict[int, list[str]]:
        """Return the tags of each highlight, each once."""
        paths = dict(self._select("tags", "id, path"))
        found: dict[int, dict[str, None]] = defaultdict(dict)
        for number, tag in self._select("highlight_tags", "highlight_id, tag_id"):
            path = paths.get(tag)
            if isinstance(path, str) and path.strip("/. "):
                found[number][path] = None
        return defaultdict(list, {number: sorted(tags) for number, tags in found.items()})


def _remarked(documents: list[Row], verdict: Judgement) -> Iterator[Row]:
    """Yield documents, the first with a remark if places were not counted as Taguette counts."""
    said = f"The positions of highlights were counted in {verdict.counting}, not in {_BYTES} as Taguette counts."
    remarks = () if verdict.counting == _BYTES else (said,)
    for row in documents:
        if isinstance(row, DocumentRow):
            yield msgspec.structs.replace(row, remarks=remarks)
            remarks = ()
        else:
            yield row


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
