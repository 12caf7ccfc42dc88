"""Records of the archive into the tables of the index, and out of them again."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Final, TypeVar

from quotearchive.anchoring.places import Places
from quotearchive.errors import DamagedArchiveError
from quotearchive.model import Description, Document, Quote, Speaker
from quotearchive.names import key
from quotearchive.query.words import spaced, spaced_all
from quotearchive.search.schema import (
    DOCUMENTS,
    INDEXES,
    NOTED,
    PEOPLE,
    UNDATED,
    Dates,
    Value,
    digest,
    document_row,
    folded_values,
    place_rows,
    quote_row,
    stored,
)

#: A record of the archive: its table, its number, and its JSON; where it was changed, None if it is no more.
Record = tuple[str, int, bytes]
ChangedRecord = tuple[str, int, bytes | None]

#: Records that are put in at a time: the more, the faster, and the more memory.
_CHUNK: Final = 2000

_COUNT_OF_SPEAKER: Final = """
UPDATE people SET
    (quotes, documents) = (SELECT count(*), count(DISTINCT document) FROM quotes WHERE speaker = people.id),
    first = (SELECT dated FROM quotes WHERE speaker = people.id AND dated > ''
        ORDER BY earliest, latest, id LIMIT 1),
    last = (SELECT dated FROM quotes WHERE speaker = people.id AND dated > ''
        ORDER BY latest DESC, earliest DESC, id LIMIT 1)
WHERE id = ?
"""
_COUNT_OF_TOPIC: Final = "UPDATE topics SET quotes = (SELECT count(*) FROM tagged WHERE topic = topics.id) WHERE id = ?"

_DELETE_STRANGER: Final = f"""
DELETE FROM people WHERE id = ? AND quotes = 0
    AND NOT EXISTS (SELECT 1 FROM quotes WHERE recipient = people.id AND recipient > 0)
    AND NOT EXISTS (SELECT 1 FROM related WHERE target = people.id AND part IN {PEOPLE})
"""

#: A record: its number, and its JSON.
Numbered = tuple[int, bytes]

Row = TypeVar("Row")


class Tables:
    """The tables of one index, while records are put into them.

    Args:
        connection: The database, with its tables.
        archive: The file that the records are from, for what has to be said of it.
    """

    def __init__(self, connection: sqlite3.Connection, archive: Path) -> None:
        self._database = connection
        self._archive = archive
        self._people: set[int] = set()
        self._topics: set[int] = set()
        self._known: dict[tuple[str, str], int] = {}

    def hashes(self, table: str) -> dict[int, bytes]:
        """Return the hashes of all records that the index has of a table of the archive."""
        return dict(self._database.execute(f"SELECT id, hash FROM {NOTED[table]}"))

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
        tables: dict[str, list[Numbered]] = {table: [] for table in NOTED}
        for table, number, record in records:
            if table in tables:
                tables[table].append((number, record))
        with self._reading():
            self._put(tables)
            for index in INDEXES:
                self._database.execute(index)
            self._settle()

    def change(self, changes: Iterable[ChangedRecord]) -> None:
        """Put records in the place of those of the same numbers, and take those out that are no more.

        Raises:
            DamagedArchiveError: One is not as it should be.
        """
        tables: dict[str, dict[int, bytes | None]] = {table: {} for table in NOTED}
        for table, number, record in changes:
            if table in tables:
                tables[table][number] = record
        with self._reading():
            self._remove_speakers(tables["speakers"])
            self._remove("known_topics", tables["topics"])
            self._remove_documents(tables["documents"])
            self._remove_quotes(tables["quotes"])
            self._put({table: [(number, new) for number, new in each.items() if new] for table, each in tables.items()})
            self._redate(tables["documents"])
            self._relocate(set(tables["documents"]), set(tables["quotes"]))
            self._settle()

    def _put(self, tables: Mapping[str, Sequence[Numbered]]) -> None:
        """Put records in, those first to which others refer."""
        self._put_speakers(tables["speakers"])
        self._insert("known_topics", ((number, digest(record), record) for number, record in tables["topics"]))
        self._put_documents(tables["documents"])
        self._put_quotes(tables["quotes"])

    def _put_speakers(self, records: Iterable[Numbered]) -> None:
        """Note the records of speakers, whose quotes are found by all of their names from now on."""
        for number, record in records:
            speaker = self.decode(Speaker, number, record)
            self._insert("known_speakers", [(number, digest(record), speaker.name, record)])
            self._call(speaker.name)

    def _remove_speakers(self, numbers: Iterable[int]) -> None:
        select = "SELECT name FROM known_speakers WHERE id = ?"
        for number in numbers:
            names = [name for (name,) in self._database.execute(select, (number,))]
            self._remove("known_speakers", [number])
            for name in names:
                self._call(name)

    def _call(self, name: str) -> None:
        """Let a person whom the archive names be found by all names that are known."""
        row = self._database.execute("SELECT id FROM people WHERE name = ?", (name,)).fetchone()
        if row:
            self._spell(row[0], self._names(name))

    def _spell(self, person: int, names: Sequence[str]) -> None:
        """Note all names of a person, the own one first."""
        self._database.execute("UPDATE people SET speaker_values = ? WHERE id = ?", (folded_values(names), person))
        self._database.execute("DELETE FROM aliases WHERE person = ?", (person,))
        self._insert("aliases", {(person, key(alias)) for alias in names[1:]})

    def _names(self, name: str) -> tuple[str, ...]:
        """Return all names of a person."""
        select = "SELECT id, record FROM known_speakers WHERE name = ? ORDER BY id DESC LIMIT 1"
        row = self._database.execute(select, (name,)).fetchone()
        return self.decode(Speaker, *row).names if row else (name,)

    def _remove(self, table: str, numbers: Iterable[int]) -> None:
        self._database.executemany(f"DELETE FROM {table} WHERE id = ?", ((number,) for number in numbers))

    def _put_documents(self, records: Iterable[Numbered]) -> None:
        for chunk in _chunks(records):
            documents = [self.decode(Description, number, record) for number, record in chunk]
            rows = (document_row(document, record) for document, (_, record) in zip(documents, chunk, strict=True))
            self._insert("documents", rows)
            self._insert("texts", chunk)
            self._insert("related", (related for document in documents for related in self._related(document)))

    def _related(self, document: Description) -> Iterator[tuple[str, int, int]]:
        """Yield whom and what a document has to do with, each once."""
        for part in PEOPLE:
            for person in {self._person(name) for name in getattr(document, part)}:
                yield part, person, document.id
        for part in DOCUMENTS:
            held = getattr(document, part)
            for number in {held} if isinstance(held, int) else set(held or ()):
                yield part, number, document.id

    def _put_quotes(self, records: Iterable[Numbered]) -> None:
        """Put quotes in; their documents must be there already."""
        for chunk in _chunks(records):
            quotes = [self.decode(Quote, number, record) for number, record in chunk]
            dates = self._document_dates({quote.document for quote in quotes})
            placed: list[tuple[object, ...]] = []
            rows: dict[int, tuple[object, ...]] = {}
            records_of = {quote.id: record for quote, (_, record) in zip(quotes, chunk, strict=True)}
            for quote, places in self._placed(quotes):
                known = dates.get(quote.document, UNDATED)
                rows[quote.id] = quote_row(quote, records_of[quote.id], self._people_of(quote), known, places)
                placed += place_rows(quote, places) if places else ()
            self._insert("quotes", (rows[quote.id] for quote in quotes))
            self._insert("placed", placed)
            self._insert("records", chunk)
            self._insert("tagged", (tag for quote in quotes for tag in self._tags(quote)))
            texts = spaced_all([quote.text for quote in quotes])
            self._insert("words (rowid, text)", zip((quote.id for quote in quotes), texts, strict=True))

    def _placed(self, quotes: Iterable[Quote]) -> Iterator[tuple[Quote, Places | None]]:
        """Yield quotes, those of one document together, with the places of it, whose text is read once."""
        select = "SELECT record FROM texts WHERE id = ?"
        for number, group in groupby(sorted(quotes, key=attrgetter("document")), key=attrgetter("document")):
            row = self._database.execute(select, (number,)).fetchone()
            places = Places.of(self.decode(Document, number, row[0])) if row else None
            yield from ((quote, places) for quote in group)

    def _relocate(self, documents: AbstractSet[int], quotes: AbstractSet[int]) -> None:
        """Update the places of the quotes of changed documents, but for quotes just put in."""
        select = "SELECT r.id, r.record FROM quotes q JOIN records r ON r.id = q.id WHERE q.document = ?"
        rows = [row for number in documents for row in self._database.execute(select, (number,))]
        found = [self.decode(Quote, *row) for row in rows if row[0] not in quotes]
        for quote, places in self._placed(found):
            locator = (places.locate(quote) if places else None) or ""
            self._database.execute("UPDATE quotes SET locator = ? WHERE id = ?", (locator, quote.id))
            self._database.execute("DELETE FROM placed WHERE quote = ?", (quote.id,))
            self._insert("placed", place_rows(quote, places) if places else ())

    def _remove_documents(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            paged = "SELECT record FROM texts WHERE id = ? AND id IN (SELECT id FROM documents WHERE paged)"
            for (record,) in self._database.execute(paged, (number,)).fetchall():
                self._forget("pages", number, self.decode(Document, number, record).text)
            rows = self._database.execute("SELECT part, target FROM related WHERE document = ?", (number,))
            self._people |= {target for part, target in rows if part in PEOPLE}
            for table, column in (("documents", "id"), ("texts", "id"), ("related", "document")):
                self._database.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))

    def _remove_quotes(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            for (record,) in self._database.execute("SELECT record FROM records WHERE id = ?", (number,)).fetchall():
                old = self.decode(Quote, number, record)
                self._forget("words", number, old.text)
                self._people.update(self._people_of(old))
                self._topics |= {topic for topic, _ in self._tags(old)}
            for table, column in (("quotes", "id"), ("records", "id"), ("tagged", "quote"), ("placed", "quote")):
                self._database.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))

    def fill_pages(self) -> None:
        """Put the texts of documents in whose words are not there yet."""
        rows = self._database.execute(
            "SELECT id, record FROM texts WHERE id IN (SELECT id FROM documents WHERE NOT paged)"
        )
        texts = ((number, self.decode(Document, number, record).text) for number, record in rows)
        self._insert("pages (rowid, text)", ((number, spaced(text)) for number, text in texts))
        self._database.execute("UPDATE documents SET paged = 1 WHERE NOT paged")

    def _settle(self) -> None:
        """Count again what changed people and topics have; those that nothing names any more go."""
        for table, changed in ((_COUNT_OF_SPEAKER, self._people), (_COUNT_OF_TOPIC, self._topics)):
            self._database.executemany(table, ((number,) for number in changed))
        self._database.executemany(_DELETE_STRANGER, ((number,) for number in self._people))
        self._database.execute("DELETE FROM topics WHERE quotes = 0")
        self._known.clear()

    def decode(self, kind: type[Value], number: int, record: bytes) -> Value:
        """Read a record.

        Raises:
            DamagedArchiveError: It is not as it should be.
        """
        try:
            return stored(kind, number, record)
        except ValueError as error:
            name = f"{kind.__name__.lower()}s" if kind is not Description else "documents"
            message = f"record {number} of {name} is malformed ({error})"
            raise DamagedArchiveError(self._archive, message) from error

    def _people_of(self, quote: Quote) -> tuple[int, int]:
        return self._person(quote.speaker), self._person(quote.to)

    def _tags(self, quote: Quote) -> Iterator[tuple[int, int]]:
        for path in set(quote.topics):
            topic = self._named("topics", "path", path)
            self._topics.add(topic)
            yield topic, quote.id

    def _person(self, name: str | None) -> int:
        """Return the number of a person, who has a part in what changed; 0 for nobody known."""
        person = self._named("people", "name", name) if name else 0
        self._people.add(person)
        return person

    def _named(self, table: str, column: str, name: str) -> int:
        if (table, name) not in self._known:
            select = f"SELECT id FROM {table} WHERE {column} = ?"
            row = self._database.execute(select, (name,)).fetchone()
            new = self._new_person if table == "people" else self._new_topic
            self._known[table, name] = row[0] if row else new(name)
        return self._known[table, name]

    def _new_topic(self, path: str) -> int:
        insert = "INSERT INTO topics (path, topic_values) VALUES (?, ?)"
        return int(self._database.execute(insert, (path, folded_values([path]))).lastrowid or 0)

    def _new_person(self, name: str) -> int:
        insert = "INSERT INTO people (name, name_key, speaker_values) VALUES (?, ?, '')"
        person = int(self._database.execute(insert, (name, key(name))).lastrowid or 0)
        self._spell(person, self._names(name))
        return person

    def _document_dates(self, documents: Iterable[int]) -> dict[int, Dates]:
        select = "SELECT earliest, latest, dated FROM documents WHERE id = ?"
        found = ((number, self._database.execute(select, (number,)).fetchone()) for number in documents)
        return {number: row for number, row in found if row}

    def _redate(self, documents: Iterable[int]) -> None:
        """Date quotes without a date of their own by their document, whose date may have changed."""
        for number in documents:
            rows = self._database.execute(
                "SELECT DISTINCT speaker FROM quotes WHERE document = ? AND NOT has_date", (number,)
            ).fetchall()
            if rows:
                self._people.update(speaker for (speaker,) in rows)
                dates = self._document_dates([number]).get(number, UNDATED)
                self._database.execute(
                    "UPDATE quotes SET (earliest, latest, dated) = (?, ?, ?) WHERE document = ? AND NOT has_date",
                    (*dates, number),
                )

    def _forget(self, table: str, number: int, text: str) -> None:
        """Take a text out of a table of words, which must be told what it was."""
        self._database.execute(
            f"INSERT INTO {table} ({table}, rowid, text) VALUES ('delete', ?, ?)",
            (number, spaced(text)),
        )

    def _insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        left = iter(rows)
        for first in left:
            places = ", ".join("?" * len(first))
            self._database.executemany(f"INSERT INTO {table} VALUES ({places})", chain((first,), left))


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk
