"""TinyDB's access to the archive: a storage for its own classes, and a database that several programs may change."""

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Table

from quotearchive.store import files, layout
from quotearchive.store.encoding import Piece
from quotearchive.store.errors import ChangedMeanwhileError
from quotearchive.store.locking import PATIENCE, Waiting, locked

#: Tables as TinyDB passes them.
Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]


#: Readings that are remembered: TinyDB reads at most once more between reading what it changes and writing it.
_READINGS: Final = 2


class _Reading(NamedTuple):
    """What was read, or written last.

    Attributes:
        content: The file; None if there was none.
        tables: Its tables.
        given: The object in which TinyDB got them, and in which it gives them back.
    """

    content: Sequence[Piece] | None
    tables: Tables
    given: Tables | None


class ArchiveStorage(Storage):  # type: ignore[misc, unused-ignore]
    """A storage for TinyDB that decodes records when they are looked into and replaces the file at once.

    A table is a `layout.Records`, whose records are decoded one by one. Nothing is created before the first
    write. What is written stands on one line a record, and the file as it was before is kept beside it as
    `NAME.bak`.

    Every write takes the archive's lock and is refused if the file is no longer what was last read, so
    nobody's change is lost; whoever meets that tries the operation again. TinyDB itself reads before it asks
    for a write, and a table notes which number it gives next: with several programs that insert, use
    `ArchiveDatabase`, which holds the lock from the reading on and never has to be tried again.

    Args:
        path: The archive. A symbolic link is followed, and stays one.
        patience: Seconds to wait for another writer.
        waiting: Is told who the other writer is, if waiting takes a noticeable time.
    """

    def __init__(self, path: Path | str, patience: float = PATIENCE, waiting: Waiting | None = None) -> None:
        self.path = Path(os.path.realpath(path))
        self._patience = patience
        self._waiting = waiting
        self._depth = 0
        self._readings: deque[_Reading] = deque(maxlen=_READINGS)

    def read(self) -> dict[str, Any] | None:
        """Read the tables; their records stay undecoded until they are looked into.

        Returns:
            A `layout.Records` for each table name; None where the file is missing or empty.

        Raises:
            ArchiveUnreadableError: The file is there but can't be read.
            DamagedArchiveError: The file holds something else than tables.
        """
        content = self.content()
        if not content:
            return None
        tables = layout.parse(content, self.path)
        given = {**tables}
        self._readings[-1] = _Reading([content], tables, given)
        return given

    def content(self) -> bytes | None:
        """Read the file's bytes, which the next write replaces and nothing else; None if there is no file.

        Raises:
            ArchiveUnreadableError: The file is there but can't be read.
        """
        content = files.read(self.path)
        self._readings.append(_Reading(None if content is None else [content], {}, None))
        return content

    def write(self, data: Tables) -> None:
        """Replace the file by these tables.

        Raises:
            ChangedMeanwhileError: It is no longer what was read, or another program gave the number of a record
                that is inserted to one of its own.
            ArchiveLockedError: Another process is writing it.
            ArchiveUnwritableError: The old file is untouched.
            TypeError: A value can't be stored as JSON; the old file is untouched.
        """
        with self.alone():
            reading = self._reading_of(data)
            self._refuse_taken_numbers(data, reading.tables)
            content = list(layout.render(data, self.path))
            files.replace(self.path, content, reading.content)
        self._readings.clear()
        self._readings.append(_Reading(content, data, data))

    def _reading_of(self, data: Tables) -> "_Reading":
        """Find what was read when these tables were.

        All tables are dropped whatever they are. Tables that nothing was read for are the first of an empty file.
        """
        if not self._readings or not data:
            self.content()
        empty = (reading for reading in self._readings if not any(reading.content or ()))
        return next((reading for reading in self._readings if reading.given is data), next(empty, self._readings[-1]))

    def _refuse_taken_numbers(self, data: Tables, known: Tables) -> None:
        """Refuse a record that stands in the place of another: TinyDB changes records, and replaces none.

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
            if not self._depth:
                files.refuse_protected(self.path)
                stack.enter_context(locked(self.path, self._patience, self._waiting))
                files.tidy(self.path)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1


class ArchiveTable(Table):  # type: ignore[misc, unused-ignore]
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

    Any number of programs may use it on one archive at the same time. What TinyDB is told of its storage
    goes to `ArchiveStorage`.
    """

    table_class = ArchiveTable  # type: ignore[assignment, unused-ignore]
    default_storage_class = ArchiveStorage  # type: ignore[assignment, unused-ignore]

    def drop_table(self, name: str) -> None:
        """Remove a table."""
        with cast("ArchiveStorage", self.storage).alone():
            super().drop_table(name)
