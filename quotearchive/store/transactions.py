"""Values out of the archive's records, and changes that are written once."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from quotearchive.errors import ArchiveMissingError, DamagedArchiveError, NewerFormatError
from quotearchive.model import Description, Document, Quote, in_reading_order
from quotearchive.store import files
from quotearchive.store.layout import Records, parse
from quotearchive.store.storage import ArchiveStorage

#: The format that this version writes. A later one may add fields, which are kept, without raising it.
FORMAT: Final = 1

#: Which table holds which values.
_TABLES: Final[Mapping[type[msgspec.Struct], str]] = {
    Document: "documents",
    Description: "documents",
    Quote: "quotes",
}

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


_IDENTITIES: Final = msgspec.json.Decoder(dict[str, Identity])

Value = TypeVar("Value", Document, Description, Quote)
Stored = Document | Quote


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

    def quotes_of(self, document: int) -> tuple[Quote, ...]:
        """Give a document's quotes in reading order."""
        return tuple(in_reading_order(quote for quote in self.quotes() if quote.document == document))

    def identities(self) -> dict[int, Identity]:
        """Give each document's slug and hash by its number, without decoding the texts."""
        table = self._table(Document)
        raw = table.untouched
        try:
            named = msgspec.convert(table, dict[str, Identity]) if raw is None else _IDENTITIES.decode(raw)
            return {int(number): identity for number, identity in named.items()}
        except ValueError as error:
            raise DamagedArchiveError(self._storage.path, str(error)) from error

    def _table(self, kind: type[msgspec.Struct]) -> Records:
        return self._tables.setdefault(_TABLES[kind], Records(self._storage.path))

    def _find(self, kind: type[Value], number: int) -> Value | None:
        return self._decoded(kind, str(number)) if str(number) in self._table(kind) else None

    def _all(self, kind: type[Value]) -> Iterator[Value]:
        for number in list(self._table(kind)):
            yield self._decoded(kind, number)

    def _decoded(self, kind: type[Value], number: str) -> Value:
        table = self._table(kind)
        raw = table.undecoded(number)
        try:
            value = (
                msgspec.convert(dict(table[number]), kind)
                if raw is None
                else msgspec.json.decode(raw, type=kind)
            )
            return msgspec.structs.replace(value, id=int(number))
        except (ValueError, TypeError) as error:
            message = f"record {number} of {_TABLES[kind]} is not as it should be ({error})"
            raise DamagedArchiveError(self._storage.path, message) from error


class Transaction(Snapshot):
    """A snapshot that can be changed; what was changed is written at the end of the transaction."""

    def __init__(self, storage: ArchiveStorage, tables: Mapping[str, Records]) -> None:
        super().__init__(storage, tables)
        self._own = dict(
            self._tables.setdefault(_SELF, Records(self._storage.path)).get("1", {"format": FORMAT})
        )
        self._changed = False

    def add(self, value: Stored) -> int:
        """Store a new value and give its number, which no other value ever had."""
        number = self._next_number(type(value))
        self._store(msgspec.structs.replace(value, id=number), {})
        return number

    def put(self, value: Stored) -> None:
        """Store a changed value under its number; fields this version doesn't know stay with it."""
        old = self._table(type(value))[str(value.id)]
        known = {field.encode_name for field in msgspec.structs.fields(value)}
        self._store(value, {key: old[key] for key in old if key not in known})

    def remove(self, value: Stored) -> None:
        """Remove a value."""
        del self._table(type(value))[str(value.id)]
        self._changed = True

    def write(self) -> None:
        """Write the archive once, if anything changed."""
        if self._changed:
            self._tables[_SELF]["1"] = self._own
            self._storage.write(self._tables)

    def _store(self, value: Stored, unknown: Mapping[str, Any]) -> None:
        fields = msgspec.to_builtins(msgspec.structs.replace(value, id=0))
        self._table(type(value))[str(value.id)] = {**fields, **unknown}
        self._changed = True

    def _next_number(self, kind: type[msgspec.Struct]) -> int:
        name = _TABLES[kind]
        last: dict[str, int] = dict(self._own.get("last", {}))
        highest = max(map(int, self._table(kind)), default=0)
        last[name] = max(highest, last.get(name, 0)) + 1
        self._own["last"] = last
        return last[name]


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
    def transaction(self, *, create: bool = False) -> Iterator[Transaction]:
        """Read the archive, let the block change it, and write it once; write nothing if the block fails.

        Args:
            create: Make the archive where there is none.

        Raises:
            ArchiveMissingError: There is none and none was to be made.
            ArchiveLockedError: Another process is writing it.
            ArchiveUnwritableError: It can't be written.
        """
        if not create and not self.path.exists():
            raise ArchiveMissingError(self.path)
        with files.locked(self.path, self._patience):
            transaction = Transaction(self._storage, self._read_tables() or {})
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
