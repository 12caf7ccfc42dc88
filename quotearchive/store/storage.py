"""TinyDB's access to the archive: a storage for its own classes, and a database that several programs may change."""

import codecs
import contextlib
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Table as TinyTable

from quotearchive.store import files
from quotearchive.store.errors import ChangedMeanwhileError, NotTablesError, ReadOnlyError, StorageOptionError
from quotearchive.store.lines import Table, parse, refuse_broken_text, render
from quotearchive.store.locks import OnWait, writing
from quotearchive.store.strict_json import decode_record, encode

#: Tables as TinyDB passes them.
Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]

#: Readings that are remembered: TinyDB reads at most once more between reading what it changes and writing it.
_READINGS: Final = 2

#: The access modes of TinyDB that only read.
_READ_ONLY: Final = frozenset({"r", "rb"})

#: Options that the safety and the layout of an archive settle, with the values that agree with them.
_SETTLED: Final[Mapping[str, tuple[object, ...]]] = {
    "access_mode": (*_READ_ONLY, "r+", "rb+"),
    "indent": (None,),
    "separators": (None, (",", ":")),
    "ensure_ascii": (False,),
    "sort_keys": (False,),
    "skipkeys": (False,),
    "check_circular": (True,),
    "cls": (None,),
}


class _Reading(NamedTuple):
    """What was read, or written last.

    Attributes:
        content: The file; None if there was none.
        lines: Its tables, undecoded.
        tables: Its tables.
        given: The object in which TinyDB got them, and in which it gives them back.
    """

    content: bytes | None
    lines: Mapping[str, Table]
    tables: Tables
    given: Tables | None


class ArchiveStorage(Storage):  # type: ignore[misc, unused-ignore]
    """A storage for TinyDB that keeps the archive's layout and replaces the file at once.

    It is used as TinyDB's `JSONStorage` is. Nothing is created before the first write. What is written has one
    record on a line, a record that nobody changed stays byte for byte as it was, and the file as it was before
    is kept beside it as `NAME.bak`.

    Every write takes the archive's lock and is refused if the file is no longer what was last read, so
    nobody's change is lost; whoever meets that tries the operation again. TinyDB itself reads before it asks
    for a write, and a table notes which number it gives next: with several programs that insert, use
    `ArchiveDatabase`, which holds the lock from the reading on and never has to be tried again.

    Args:
        path: The archive. A symbolic link is followed, and stays one.
        create_dirs: Whether to make the folders that it is in, when it is first written.
        encoding: UTF-8, by any of its names, or None.
        access_mode: `r+`, or `r` to read alone.
        lock_timeout: Seconds to wait for another writer; None for as many as usual.
        on_wait: Called with the name of the other writer if the wait takes a noticeable time.
        options: Those of `json.dumps`. `default` and `allow_nan` are passed on; the others are settled by
            the layout of an archive, and only refused if they contradict it.

    Raises:
        StorageOptionError: An option contradicts the layout of an archive, or would endanger what it holds.
        TypeError: There is no such option.
        FileNotFoundError: There is no such file to read, or no folder for it.
    """

    def __init__(  # noqa: PLR0913 - the first four are TinyDB's
        self,
        path: Path | str,
        create_dirs: bool = False,  # noqa: FBT001, FBT002 - as TinyDB has it
        encoding: str | None = None,
        access_mode: str = "r+",
        *,
        lock_timeout: float | None = None,
        on_wait: OnWait | None = None,
        **options: Any,  # noqa: ANN401 - those of json.dumps
    ) -> None:
        self.path = Path(os.path.realpath(path))
        _refuse_options(encoding, access_mode, options)
        self._access_mode = access_mode
        self._lock_timeout = lock_timeout
        self._on_wait = on_wait
        self._options = {name: value for name, value in options.items() if name not in _SETTLED}
        self._depth = 0
        self._readings: deque[_Reading] = deque(maxlen=_READINGS)
        if access_mode in _READ_ONLY:
            self.path.stat()
        elif not create_dirs:
            self.path.parent.stat()

    def read(self) -> dict[str, Any] | None:
        """Read the tables.

        Returns:
            The records by number for each table name; None where the file is missing or empty.

        Raises:
            ArchiveUnreadableError: The file is there but can't be read.
            DamagedArchiveError: The file holds something else than tables.
        """
        content = files.read(self.path)
        lines = _parsed(content, self.path) if content else {}
        tables = {
            name: {number: decode_record(raw, self.path) for number, raw in table.items()}
            for name, table in lines.items()
        }
        given = {**tables} if content else None
        self._readings.append(_Reading(content, lines, tables, given))
        return given

    def write(self, data: Tables) -> None:
        """Replace the file by these tables.

        Raises:
            ReadOnlyError: The storage was opened to read alone.
            NotTablesError: They are no tables of records.
            ChangedMeanwhileError: The file is no longer what was read, or another program gave the number of a
                record that is inserted to one of its own.
            ArchiveLockedError: Another process is writing it.
            ArchiveUnwritableError: The old file is untouched.
            TypeError: A value can't be stored as JSON; the old file is untouched.
        """
        if self._access_mode in _READ_ONLY:
            raise ReadOnlyError(self.path, self._access_mode)
        _refuse_no_tables(data)
        with self.alone():
            reading = self._reading_of(data)
            self._refuse_taken_numbers(data, reading.tables)
            lines = {name: self._laid_out(table, reading.lines.get(name)) for name, table in data.items()}
            content = b"".join(render(lines))
            files.replace(self.path, [content], reading.content)
        self._readings.clear()
        self._readings.append(_Reading(content, lines, {name: {**table} for name, table in data.items()}, data))

    def _laid_out(self, table: Mapping[str, Mapping[str, Any]], old: Table | None) -> Table:
        """Lay out a table; a record that is what it was keeps its line."""
        known = dict(old.items()) if old else {}
        lines = {}
        for number, record in table.items():
            line, raw = encode(record, **self._options), known.get(str(number))
            is_same = raw is not None and (line == raw or line == encode(decode_record(raw, self.path)))
            lines[str(number)] = raw if is_same and raw is not None else line
        return Table.of(self.path, lines)

    def _reading_of(self, data: Tables) -> "_Reading":
        """Find what was read when these tables were.

        All tables are dropped whatever they are. Tables that nothing was read for are the first of an empty file.
        """
        if not self._readings or not data:
            self.read()
        empty = (reading for reading in self._readings if not reading.content)
        return next((reading for reading in self._readings if reading.given is data), next(empty, self._readings[-1]))

    def _refuse_taken_numbers(self, data: Tables, known: Tables) -> None:
        """Refuse a record that takes the place of another: TinyDB changes records, and replaces none.

        A table of TinyDB counts on from the number that it gave last, whatever others inserted since.
        """
        for name, table in data.items():
            old = known.get(name)
            if old is None or old is table:
                continue
            if any(table[number] is not old[number] for number in table if number in old):
                raise ChangedMeanwhileError(self.path)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only writer while the block runs; inside of it, it may be asked for again.

        Raises:
            ArchiveLockedError: Another process is writing it.
            ArchiveUnwritableError: It can't be written.
            WriteProtectedError: Its mode says that it must not be.
        """
        with contextlib.ExitStack() as stack:
            if not self._depth and self._access_mode not in _READ_ONLY:
                stack.enter_context(writing(self.path, self._lock_timeout, self._on_wait))
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1


def _parsed(content: bytes, path: Path) -> dict[str, Table]:
    refuse_broken_text(content, path)
    return parse(content, path)


def _refuse_options(encoding: str | None, access_mode: str, options: Mapping[str, Any]) -> None:
    is_other = encoding is not None and codecs.lookup(encoding).name != "utf-8"
    for name, value in {"encoding": encoding, "access_mode": access_mode, **options}.items():
        if value not in _SETTLED.get(name, (value,)) or (name == "encoding" and is_other):
            raise StorageOptionError(name, value)
    json.dumps(None, **options)  # which refuses what is no option of its own


def _refuse_no_tables(data: object) -> None:
    tables = data.values() if isinstance(data, Mapping) else [None]
    for table in tables:
        records = table.values() if isinstance(table, Mapping) else [None]
        if not all(isinstance(record, Mapping) for record in records):
            raise NotTablesError(data)


class ArchiveTable(TinyTable):  # type: ignore[misc, unused-ignore]
    """A table of `ArchiveDatabase`, which keeps no results: another program may change what they were found in."""

    def __init__(self, storage: ArchiveStorage, name: str, **options: Any) -> None:  # noqa: ANN401 - TinyDB's own
        super().__init__(storage, name, **{"cache_size": 0, **options})

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a record and return its number."""
        with self._alone():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert records and return their numbers."""
        with self._alone():
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update the records that meet a condition, or insert one if none does."""
        with self._alone():
            return super().upsert(document, cond)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._alone():
            super()._update_table(updater)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with cast("ArchiveStorage", self._storage).alone():
            self._next_id = None  # another program may have given it
            yield


class ArchiveDatabase(TinyDB):  # type: ignore[misc, unused-ignore]
    """A TinyDB whose operations hold the archive's lock from what they read to what they write.

    Any number of programs may use it on one archive at the same time. Options of the storage go
    to `ArchiveStorage`.
    """

    table_class = ArchiveTable  # type: ignore[assignment, unused-ignore]
    default_storage_class = ArchiveStorage  # type: ignore[assignment, unused-ignore]

    def drop_table(self, name: str) -> None:
        """Remove a table."""
        with cast("ArchiveStorage", self.storage).alone():
            super().drop_table(name)
