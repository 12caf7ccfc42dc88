"""Values out of the archive's records, and changes that are written once."""

import contextlib
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from quotearchive.errors import (
    ArchiveMissingError,
    DamagedArchiveError,
    EditedByHandError,
    LostTextError,
    NewerFormatError,
)
from quotearchive.model import Change, Description, Document, Quote, Speaker, Topic, in_reading_order
from quotearchive.store import files, history
from quotearchive.store.history import Place, Recorded
from quotearchive.store.layout import Records, parse
from quotearchive.store.storage import ArchiveStorage

#: The format that this version writes. A later one may add fields, which are kept, without raising it.
FORMAT: Final = 1

#: Which table holds which values.
_TABLES: Final[Mapping[type[msgspec.Struct], str]] = {
    Document: "documents",
    Description: "documents",
    Quote: "quotes",
    Speaker: "speakers",
    Topic: "topics",
    Recorded: "history",
}

#: The values that are stored, each in its table; the others are parts of them.
_KINDS: Final = (Document, Quote, Speaker, Topic)

#: The archive's record of itself: its format, and the highest number ever given in each table, so that the
#: number of a removed quote never names another one.
_SELF: Final = "archive"


class Identity(msgspec.Struct, frozen=True):
    """As little of a document as it takes to tell it from others.

    Attributes:
        slug: Its name on the command line.
        sha256: The SHA-256 of its text.
    """

    slug: str
    sha256: str = ""


class Link(msgspec.Struct, frozen=True):
    """What a quote refers to.

    Attributes:
        document: The number of its document.
        within: The number of the quote it is said in.
    """

    document: int
    within: int | None = None


class Mention(msgspec.Struct, frozen=True):
    """As little of a quote as it takes to count speakers and topics.

    Attributes:
        document: The number of its document.
        speaker: Who said it.
        to: To whom.
        topics: What it is about.
        said: When, if not when the document was written.
    """

    document: int
    speaker: str | None = None
    to: str | None = None
    topics: tuple[str, ...] = ()
    said: str | None = None


_IDENTITIES: Final = msgspec.json.Decoder(dict[str, Identity])
_LINKS: Final = msgspec.json.Decoder(dict[str, Link])
_MENTIONS: Final = msgspec.json.Decoder(dict[str, Mention])

Part = TypeVar("Part", Identity, Link, Mention)
Value = TypeVar("Value", Document, Description, Quote, Speaker, Topic, Recorded)
Stored = Document | Quote | Speaker | Topic


class Snapshot:
    """The archive as it was at one moment.

    Args:
        storage: Where it was read.
        tables: Its tables.
    """

    def __init__(self, storage: ArchiveStorage, tables: Mapping[str, Records]) -> None:
        self._storage = storage
        self._tables = dict(tables)

    def find_document(self, number: int) -> Document | None:
        """Give a document with its text; None if there is none of that number."""
        return self._find(Document, number)

    def find_description(self, number: int) -> Description | None:
        """Give a document's description; None if there is none of that number."""
        return self._find(Description, number)

    def find_quote(self, number: int) -> Quote | None:
        """Give a quote; None if there is none of that number."""
        return self._find(Quote, number)

    def descriptions(self) -> Iterator[Description]:
        """Yield what is known of each document, in the order of the file."""
        return self._all(Description)

    def documents(self) -> Iterator[Document]:
        """Yield the documents with their texts, in the order of the file."""
        return self._all(Document)

    def quotes(self) -> Iterator[Quote]:
        """Yield the quotes, in the order of the file."""
        return self._all(Quote)

    def speakers(self) -> Iterator[Speaker]:
        """Yield the records of speakers, in the order of the file."""
        return self._all(Speaker)

    def topics(self) -> Iterator[Topic]:
        """Yield the records of topics, in the order of the file."""
        return self._all(Topic)

    def changes(self) -> Iterator[Recorded]:
        """Yield the history, the oldest change first."""
        return self._all(Recorded)

    def find_text(self, sha256: str) -> str:
        """Give a long text that the history keeps.

        Raises:
            LostTextError: It keeps none of that hash.
        """
        for change in self.changes():
            if sha256 in change.texts:
                return change.texts[sha256]
        raise LostTextError(self._storage.path, sha256)

    def quotes_of(self, document: int) -> tuple[Quote, ...]:
        """Give a document's quotes in reading order."""
        return tuple(in_reading_order(quote for quote in self.quotes() if quote.document == document))

    def identities(self) -> dict[int, Identity]:
        """Give each document's slug and hash by its number, without decoding the texts."""
        return self._partly(Document, _IDENTITIES, dict[str, Identity])

    def links(self) -> dict[int, Link]:
        """Give what each quote refers to by its number, without decoding the quotes."""
        return self._partly(Quote, _LINKS, dict[str, Link])

    def mentions(self) -> dict[int, Mention]:
        """Give who said each quote and on what, by its number, without decoding the words."""
        return self._partly(Quote, _MENTIONS, dict[str, Mention])

    def values_of(self, name: str, field: str) -> dict[str, str]:
        """Give one field of every record of a table, by number, where the record has it."""
        table = self._tables.get(name, Records(self._storage.path))
        return {number: table[number][field] for number in table if field in table[number]}

    def _partly(
        self, kind: type[msgspec.Struct], decoder: msgspec.json.Decoder[dict[str, Part]], parts: type
    ) -> dict[int, Part]:
        """Decode a few fields of every record of a table."""
        table = self._table(kind)
        raw = table.untouched
        try:
            decoded: dict[str, Part] = msgspec.convert(table, parts) if raw is None else decoder.decode(raw)
            return {int(number): part for number, part in decoded.items()}
        except ValueError as error:
            raise DamagedArchiveError(self._storage.path, str(error)) from error

    def _table(self, kind: type[msgspec.Struct]) -> Records:
        return self._tables.setdefault(_TABLES[kind], Records(self._storage.path))

    def _find(self, kind: type[Value], number: int) -> Value | None:
        record = self._table(kind).find(str(number))
        return None if record is None else self._value(kind, str(number), record)

    def _all(self, kind: type[Value]) -> Iterator[Value]:
        table = self._table(kind)
        for number in list(table):
            raw = table.undecoded(number)
            yield self._value(kind, number, table[number] if raw is None else raw)

    def _value(self, kind: type[Value], number: str, record: Mapping[str, Any] | msgspec.Raw) -> Value:
        try:
            if isinstance(record, msgspec.Raw):
                value = msgspec.json.decode(record, type=kind)
            else:
                value = msgspec.convert(dict(record), kind)
            return msgspec.structs.replace(value, id=int(number))
        except (ValueError, TypeError) as error:
            message = f"record {number} of {_TABLES[kind]} is not as it should be ({error})"
            raise DamagedArchiveError(self._storage.path, message) from error


class Transaction(Snapshot):
    """A snapshot that can be changed; what was changed is written, with its history, at the end.

    Args:
        storage: Where it was read and is written.
        tables: Its tables.
        change: The command that changes it.
    """

    def __init__(self, storage: ArchiveStorage, tables: Mapping[str, Records], change: Change) -> None:
        super().__init__(storage, tables)
        self._change = change
        own = self._tables.setdefault(_SELF, Records(self._storage.path)).get("1", {"format": FORMAT})
        self._last: dict[str, int] = dict(own.get("last", {}))
        self._own = dict(own)
        self._given: set[str] = set()
        self._before: dict[Place, Mapping[str, Any] | None] = {}

    def add(self, value: Stored) -> int:
        """Store a new value and give its number, which no other value ever had."""
        number = self._next_number(_TABLES[type(value)])
        self._touch(_TABLES[type(value)], str(number), None)
        self._table(type(value)).append(str(number), _fields(value))
        return number

    def put(self, value: Stored) -> None:
        """Store a changed value under its number; fields this version doesn't know stay with it."""
        table, number = self._table(type(value)), str(value.id)
        old = dict(table[number])
        self._touch(_TABLES[type(value)], number, old)
        known = {field.encode_name for field in msgspec.structs.fields(value)}
        table[number] = {**_fields(value), **{key: old[key] for key in old if key not in known}}

    def remove(self, value: Stored) -> None:
        """Remove a value."""
        table, number = self._table(type(value)), str(value.id)
        self._touch(_TABLES[type(value)], number, dict(table[number]))
        del table[number]

    def reverse(self, recorded: Recorded, later: Container[Place] = ()) -> None:
        """Make every record that a change touched what it was before it.

        The caller has seen to it that no later change touched the same fields.

        Args:
            recorded: The change.
            later: The places of records that later changes touched.

        Raises:
            EditedByHandError: A record that it added or changed is gone, or one that it removed is there.
            LostTextError: The history no longer keeps a text that it removed.
        """
        self._change = msgspec.structs.replace(self._change, undoes=recorded.id)
        self._refuse_other_hands(recorded)
        for name, numbers in recorded.added.items():
            for number in map(str, numbers):
                self._touch(name, number, dict(self._tables[name][number]))
                del self._tables[name][number]
        for name, records in (*recorded.changed.items(), *recorded.removed.items()):
            table = self._tables.setdefault(name, Records(self._storage.path))
            for number, before in records.items():
                now = dict(table[number]) if number in table else None
                self._touch(name, number, now)
                old = history.restored(
                    before, now or {}, self.find_text, is_latest=(name, number) not in later
                )
                table.restore(number, _in_order(name, old))

    def _refuse_other_hands(self, recorded: Recorded) -> None:
        for (name, number), _ in recorded.touched():
            table = self._tables.get(name, Records(self._storage.path))
            if (number in table) == (number in recorded.removed.get(name, ())):
                raise EditedByHandError(self._storage.path, recorded.id, name, number)

    def write(self) -> None:
        """Write the archive once, with the history of the change, if anything changed."""
        turns = {place: (old, self._now(place)) for place, old in self._before.items()}
        recorded = history.record(self._change, turns, self._keeps)
        if recorded is None:
            return
        past = self._table(Recorded)
        past.append(str(self._next_number(_TABLES[Recorded])), _fields(recorded))
        self._own["last"] = self._last
        self._tables[_SELF]["1"] = self._own
        self._storage.write(self._tables)

    def _now(self, place: Place) -> Mapping[str, Any] | None:
        name, number = place
        record = self._tables[name].find(number)
        return None if record is None else dict(record)

    def _touch(self, name: str, number: str, old: Mapping[str, Any] | None) -> None:
        """Note what a record was when the transaction began."""
        self._before.setdefault((name, number), old)

    def _keeps(self, sha256: str) -> bool:
        return self._table(Recorded).mentions(f'"{sha256}":"'.encode())

    def _next_number(self, name: str) -> int:
        """Give a number that no record of a table has or had.

        The first one that a transaction gives is looked for in the table's bytes; for more, it is cheaper
        to know the highest.
        """
        table = self._tables.setdefault(name, Records(self._storage.path))
        number = self._last.get(name, 0) + 1
        if name in self._given or name not in self._last or table.holds(str(number)):
            number = max(number, max(map(int, table), default=0) + 1)
        self._last[name] = number
        self._given.add(name)
        return number


def _fields(value: msgspec.Struct) -> dict[str, Any]:
    """Give a value as a record, which does not hold its number."""
    fields = {name: _as_read(each) for name, each in msgspec.to_builtins(value).items()}
    fields.pop("id", None)
    return fields


def _as_read(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """Give a value as reading it back from JSON would, so that the two compare."""
    if isinstance(value, dict):
        return {name: _as_read(each) for name, each in value.items()}
    return [_as_read(each) for each in value] if isinstance(value, tuple | list) else value


def _in_order(name: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Put a record's fields into the order in which values are stored."""
    kind = next((kind for kind in _KINDS if _TABLES[kind] == name), None)
    known = [field.encode_name for field in msgspec.structs.fields(kind)] if kind else []
    return {key: record[key] for key in [*known, *record] if key in record}


class Store:
    """The door to one archive.

    Args:
        path: Its file, which need not exist.
        patience: Seconds to wait for another writer.
    """

    def __init__(self, path: Path, patience: float = files.PATIENCE) -> None:
        self._storage = ArchiveStorage(path)
        self._patience = patience

    @property
    def path(self) -> Path:
        """The archive's file, behind any symbolic link."""
        return self._storage.path

    def read(self) -> Snapshot:
        """Read the archive as it is now.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveUnreadableError: Its file can't be read.
            DamagedArchiveError: Its file holds something else.
            NewerFormatError: A later version wrote it.
        """
        tables = self._read_tables()
        if tables is None:
            raise ArchiveMissingError(self.path)
        return Snapshot(self._storage, tables)

    @contextlib.contextmanager
    def transaction(self, change: Change, *, create: bool = False) -> Iterator[Transaction]:
        """Read the archive, let the block change it, and write it once; write nothing if the block fails.

        Args:
            change: The command, for the history.
            create: Make the archive where there is none.

        Raises:
            ArchiveMissingError: There is none and none was to be made.
            ArchiveLockedError: Another process is writing it.
            ArchiveUnwritableError: It can't be written.
        """
        if not create and not self.path.exists():
            raise ArchiveMissingError(self.path)
        with files.locked(self.path, self._patience):
            transaction = Transaction(self._storage, self._read_tables() or {}, change)
            yield transaction
            transaction.write()

    def _read_tables(self) -> dict[str, Records] | None:
        content = files.read(self.path)
        if content is None:
            return None
        tables = parse(content, self.path)
        self._refuse_others(tables)
        return tables

    def _refuse_others(self, tables: Mapping[str, Records]) -> None:
        """Refuse what is some other program's database, or a later version's archive."""
        if not tables.keys() & {*_TABLES.values(), _SELF}:
            found = f"it has none of an archive's tables, but {', '.join(tables) or 'no table at all'}"
            raise DamagedArchiveError(self.path, found)
        own = tables.get(_SELF, Records(self._storage.path)).get("1", {})
        if isinstance(own.get("format"), int) and own["format"] > FORMAT:
            raise NewerFormatError(self.path, own["format"], FORMAT)
