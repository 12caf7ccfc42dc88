"""Records of the archive into the tables of the index, and out of them again."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from quotearchive.errors import DamagedArchiveError
from quotearchive.model import Description, Document, Quote, Speaker
from quotearchive.query.entries import QUOTE_TRAITS, described, find_bounds
from quotearchive.query.words import plainly, spaced, spaced_all
from quotearchive.search.schema import INDEXES, UNDATED
from quotearchive.search.upkeep import Altered, Record

#: Bytes of a record's hash: no two of any archive's records will have the same by chance.
_HASH: Final = 16

#: Records that are put in at a time: the more, the faster, and the more memory.
_CHUNK: Final = 2000

_COUNT_OF_SPEAKER: Final = """
UPDATE speakers SET
    (quotes, documents) = (SELECT count(*), count(DISTINCT document) FROM quotes WHERE speaker = speakers.id),
    first = (SELECT dated FROM quotes WHERE speaker = speakers.id AND dated > ''
        ORDER BY earliest, latest, id LIMIT 1),
    last = (SELECT dated FROM quotes WHERE speaker = speakers.id AND dated > ''
        ORDER BY latest DESC, earliest DESC, id LIMIT 1)
"""
_COUNT_OF_TOPIC: Final = "UPDATE topics SET quotes = (SELECT count(*) FROM tagged WHERE topic = topics.id)"

#: Tables of the archive, and those of the index that note what was read of them.
TABLES: Final = {
    "documents": "documents",
    "quotes": "quotes",
    "speakers": "known_speakers",
    "topics": "known_topics",
}

#: What is known of a date: its first day, its last day, and itself.
Dates = tuple[str, str, str]

#: A record: its number, and its JSON.
Numbered = tuple[int, bytes]

Row = TypeVar("Row")
Value = TypeVar("Value", Description, Document, Quote, Speaker)


def digest(record: bytes) -> bytes:
    """Give the hash by which a changed record is known."""
    return blake2b(record, digest_size=_HASH).digest()


class Contents:
    """The tables of one index, while records are put into them.

    Args:
        connection: The database, with its tables.
        archive: The file that the records are from, for what has to be said of it.
    """

    def __init__(self, connection: sqlite3.Connection, archive: Path) -> None:
        self._database = connection
        self._archive = archive
        self._speakers: set[int] = set()
        self._topics: set[int] = set()
        self._known: dict[tuple[str, str], int] = {}

    def hashes(self, table: str) -> dict[int, bytes]:
        """Give the hashes of all records that the index has of a table of the archive."""
        return dict(self._database.execute(f"SELECT id, hash FROM {TABLES[table]}"))

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """Raise numbers that no index can hold as damage."""
        try:
            yield
        except OverflowError as error:
            raise DamagedArchiveError(self._archive, "a record holds a number that is too large") from error

    def fill(self, records: Iterable[Record]) -> None:
        """Put all records of an archive in, where none were.

        Raises:
            DamagedArchiveError: One is not as it should be.
        """
        with self._reading():
            self._fill(records)

    def _fill(self, records: Iterable[Record]) -> None:
        tables: dict[str, list[Numbered]] = {table: [] for table in TABLES}
        for table, number, record in records:
            if table in tables:
                tables[table].append((number, record))
        self._put_speakers(tables["speakers"])
        self._put_topics(tables["topics"])
        self._put_documents(tables["documents"])
        self._put_quotes(tables["quotes"])
        for index in INDEXES:
            self._database.execute(index)
        self._settle()

    def change(self, changes: Iterable[Altered]) -> None:
        """Put records in the place of those of the same numbers, and take those out that are no more.

        Raises:
            DamagedArchiveError: One is not as it should be.
        """
        with self._reading():
            self._change(changes)

    def _change(self, changes: Iterable[Altered]) -> None:
        tables: dict[str, dict[int, bytes | None]] = {table: {} for table in TABLES}
        for table, number, record in changes:
            if table in tables:
                tables[table][number] = record
        self._remove_speakers(tables["speakers"])
        self._put_speakers(_there(tables["speakers"]))
        self._remove("known_topics", tables["topics"])
        self._put_topics(_there(tables["topics"]))
        self._remove_documents(tables["documents"])
        self._put_documents(_there(tables["documents"]))
        self._redate(tables["documents"])
        self._remove_quotes(tables["quotes"])
        self._put_quotes(_there(tables["quotes"]))
        self._settle()

    def _put_speakers(self, records: Iterable[Numbered]) -> None:
        """Note what is known of speakers; by their other names their quotes are found from now on."""
        for number, record in records:
            speaker = self.decode(Speaker, number, record)
            self._insert("known_speakers", 4, [(number, digest(record), speaker.name, record)])
            self._call(speaker.name)

    def _remove_speakers(self, numbers: Iterable[int]) -> None:
        select = "SELECT name FROM known_speakers WHERE id = ?"
        for number in numbers:
            names = [name for (name,) in self._database.execute(select, (number,))]
            self._remove("known_speakers", [number])
            for name in names:
                self._call(name)

    def _call(self, name: str) -> None:
        """Let a speaker who is quoted be found by all names that are known."""
        names = _joined(self._names(name))
        self._database.execute("UPDATE speakers SET speaker_values = ? WHERE name = ?", (names, name))

    def _names(self, name: str) -> tuple[str, ...]:
        """Give all names of a speaker."""
        select = "SELECT id, record FROM known_speakers WHERE name = ? ORDER BY id DESC LIMIT 1"
        row = self._database.execute(select, (name,)).fetchone()
        return self.decode(Speaker, *row).names if row else (name,)

    def _put_topics(self, records: Iterable[Numbered]) -> None:
        self._insert("known_topics", 3, ((number, digest(record), record) for number, record in records))

    def _remove(self, table: str, numbers: Iterable[int]) -> None:
        self._database.executemany(f"DELETE FROM {table} WHERE id = ?", ((number,) for number in numbers))

    def _put_documents(self, records: Iterable[Numbered]) -> None:
        for chunk in _chunks(records):
            columns = (self._document_columns(number, record) for number, record in chunk)
            self._insert("documents", 18, columns)
            self._insert("texts", 2, chunk)

    def _put_quotes(self, records: Iterable[Numbered]) -> None:
        """Put quotes in; their documents must be there already."""
        for chunk in _chunks(records):
            quotes = [self.decode(Quote, number, record) for number, record in chunk]
            dates = self._document_dates({quote.document for quote in quotes})
            hashed = [(quote, digest(record)) for quote, (_, record) in zip(quotes, chunk, strict=True)]
            self._insert("quotes", 13, (self._quote_columns(*each, dates) for each in hashed))
            self._insert("records", 2, chunk)
            self._insert("tagged", 2, (tag for quote in quotes for tag in self._tags(quote)))
            texts = spaced_all([quote.text for quote in quotes])
            self._insert("words (rowid, text)", 2, zip((quote.id for quote in quotes), texts, strict=True))

    def _remove_documents(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            row = self._database.execute("SELECT paged FROM documents WHERE id = ?", (number,)).fetchone()
            if row is None:
                continue
            if row[0]:
                self._forget_page(number)
            self._database.execute("DELETE FROM documents WHERE id = ?", (number,))
            self._database.execute("DELETE FROM texts WHERE id = ?", (number,))

    def _remove_quotes(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            row = self._database.execute("SELECT record FROM records WHERE id = ?", (number,)).fetchone()
            if row is None:
                continue
            old = self.decode(Quote, number, row[0])
            self._forget("words", number, old.text)
            self._speakers.add(self._speaker(old.speaker))
            self._topics |= {topic for topic, _ in self._tags(old)}
            for table, key in (("quotes", "id"), ("records", "id"), ("tagged", "quote")):
                self._database.execute(f"DELETE FROM {table} WHERE {key} = ?", (number,))

    def fill_pages(self) -> None:
        """Put the texts of documents in whose words are not there yet."""
        rows = self._database.execute(
            "SELECT id, record FROM texts WHERE id IN (SELECT id FROM documents WHERE NOT paged)"
        )
        texts = ((number, self.decode(Document, number, record).text) for number, record in rows)
        self._insert("pages (rowid, text)", 2, ((number, spaced(text)) for number, text in texts))
        self._database.execute("UPDATE documents SET paged = 1 WHERE NOT paged")

    def _settle(self) -> None:
        """Count again what the speakers and topics of changed quotes have; those without a quote go."""
        one = " WHERE id = ?"
        self._database.executemany(_COUNT_OF_SPEAKER + one, ((number,) for number in self._speakers))
        self._database.executemany(_COUNT_OF_TOPIC + one, ((number,) for number in self._topics))
        self._database.execute("DELETE FROM speakers WHERE quotes = 0")
        self._database.execute("DELETE FROM topics WHERE quotes = 0")
        self._known.clear()

    def decode(self, kind: type[Value], number: int, record: bytes) -> Value:
        """Read a record.

        Raises:
            DamagedArchiveError: It is not as it should be.
        """
        try:
            return msgspec.structs.replace(msgspec.json.decode(record, type=kind), id=number)
        except ValueError as error:
            name = f"{kind.__name__.lower()}s" if kind is not Description else "documents"
            message = f"record {number} of {name} is not as it should be ({error})"
            raise DamagedArchiveError(self._archive, message) from error

    def _document_columns(self, number: int, record: bytes) -> tuple[object, ...]:
        document = self.decode(Description, number, record)
        fields = described(document)
        values = (fields["document"], fields["author"], document.recipients)
        others = (fields[name] for name in ("kind", "place", "publisher", "language"))
        return (
            number,
            digest(record),
            document.slug,
            document.kind,
            document.language or "",
            *_dates(document.date),
            document.added,
            0,
            *map(_joined, (*values, *others)),
            msgspec.json.encode(document),
        )

    def _quote_columns(self, quote: Quote, hash_: bytes, dates: Mapping[int, Dates]) -> tuple[object, ...]:
        own = _dates(quote.said) if quote.said else None
        speaker = self._speaker(quote.speaker)
        self._speakers.add(speaker)
        return (
            quote.id,
            hash_,
            quote.document,
            speaker,
            *(own or dates.get(quote.document, UNDATED)),
            own is not None,
            quote.passages[0].start if quote.passages else 0,
            quote.created,
            " ".join(trait for trait, has in QUOTE_TRAITS.items() if has(quote)),
            _joined([quote.to or ""]),
            _joined([quote.note or ""]),
        )

    def _tags(self, quote: Quote) -> Iterator[tuple[int, int]]:
        for path in set(quote.topics):
            topic = self._named("topics", "path", path)
            self._topics.add(topic)
            yield topic, quote.id

    def _speaker(self, name: str | None) -> int:
        """Give the number that stands for a speaker; 0 for nobody known."""
        return self._named("speakers", "name", name) if name else 0

    def _named(self, table: str, column: str, name: str) -> int:
        if (table, name) not in self._known:
            select = f"SELECT id FROM {table} WHERE {column} = ?"
            row = self._database.execute(select, (name,)).fetchone()
            self._known[table, name] = row[0] if row else self._new_name(table, column, name)
        return self._known[table, name]

    def _new_name(self, table: str, column: str, name: str) -> int:
        insert = f"INSERT INTO {table} ({column}, {table[:-1]}_values) VALUES (?, ?)"
        names = self._names(name) if table == "speakers" else (name,)
        return int(self._database.execute(insert, (name, _joined(names))).lastrowid or 0)

    def _document_dates(self, documents: Iterable[int]) -> dict[int, Dates]:
        select = "SELECT earliest, latest, dated FROM documents WHERE id = ?"
        found = ((number, self._database.execute(select, (number,)).fetchone()) for number in documents)
        return {number: row for number, row in found if row}

    def _redate(self, documents: Iterable[int]) -> None:
        """Give quotes that have no date of their own that of their document, which may have changed."""
        for number in documents:
            rows = self._database.execute(
                "SELECT DISTINCT speaker FROM quotes WHERE document = ? AND NOT has_date", (number,)
            ).fetchall()
            if rows:
                self._speakers.update(speaker for (speaker,) in rows)
                dates = self._document_dates([number]).get(number, UNDATED)
                self._database.execute(
                    "UPDATE quotes SET (earliest, latest, dated) = (?, ?, ?) WHERE document = ? AND NOT has_date",
                    (*dates, number),
                )

    def _forget_page(self, number: int) -> None:
        row = self._database.execute("SELECT record FROM texts WHERE id = ?", (number,)).fetchone()
        self._forget("pages", number, self.decode(Document, number, row[0]).text)

    def _forget(self, table: str, number: int, text: str) -> None:
        """Take a text out of a table of words, which must be told what it was."""
        self._database.execute(
            f"INSERT INTO {table} ({table}, rowid, text) VALUES ('delete', ?, ?)",
            (number, spaced(text)),
        )

    def _insert(self, table: str, columns: int, rows: Iterable[Sequence[object]]) -> None:
        places = ", ".join("?" * columns)
        self._database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _dates(date: str | None) -> Dates:
    bounds = find_bounds(date)
    return (*bounds, date) if bounds and date else UNDATED


def _joined(values: Iterable[str]) -> str:
    return "".join(f"\n{plainly(value)}" for value in values if value)


def _there(records: Mapping[int, bytes | None]) -> Iterator[Numbered]:
    return ((number, record) for number, record in records.items() if record is not None)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk
