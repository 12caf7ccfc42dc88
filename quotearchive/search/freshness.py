"""Where the index is kept, how it is known to be current, and how it becomes so.

The index is a file in a cache folder, named for the archive's path. It notes the archive's size, times and
place on the disk when it was read; while these are the same, the archive is too. The file's own time of
change is set to the archive's whenever the index was changed, so that whatever else touches the file, or
fails while changing it, is noticed before a word is read from it. The file can be lost at any time.
"""

import contextlib
import os
import sqlite3
import stat
import sys
from binascii import crc32
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from quotearchive.errors import ArchiveError
from quotearchive.search.schema import NOTED, TABLES, VERSION, digest
from quotearchive.search.tables import ChangedRecord, Record, Tables

#: Reads all records of an archive.
Reader = Callable[[], Iterable[Record]]

#: Seconds to wait for another process that is changing the index, which takes milliseconds.
_TIMEOUT: Final = 2.0

#: Seconds that a command which has done its work waits for it. The next search will bring the index up to date.
_SHORT_TIMEOUT: Final = 0.2

#: Bytes of memory for new words while the index is made; more makes it faster.
_NEW_WORDS: Final = 16 * 2**20

#: The part of the records from which making the index anew is faster than changing it.
_MANY: Final = 1 / 4

_FAST: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"

#: A change that fails half-way leaves a file that is known to be unsound, so nothing need be written twice.
_SOUND: Final = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = NORMAL;"


class _UnsoundError(Exception):
    """The file is no index of ours, was touched by somebody else, or would take too long to change."""


class FileState(msgspec.Struct, frozen=True):
    """What tells one state of a file from another.

    Attributes:
        size: In bytes.
        modified: When its content changed, in nanoseconds.
        changed: When anything of it changed, in nanoseconds.
        inode: Its number on the disk.
    """

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> "FileState | None":
        """Return the state of a file; None if it can't be seen."""
        try:
            seen = path.stat()
        except OSError:
            return None
        return cls(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)

    def __str__(self) -> str:
        return f"{VERSION} {self.size} {self.modified} {self.changed} {self.inode}"


def index_path(archive: Path, folder: Path) -> Path:
    """Return the file of an archive's index.

    Should two archives ever share a name, each finds the other's index out of date, and answers rightly.
    """
    path = os.fsencode(os.path.realpath(archive))
    return folder / f"{crc32(path):08x}{crc32(path[::-1]):08x}.index"


def is_trusted(archive: Path, folder: Path) -> bool:
    """Check that nobody but the user can have written an archive's index.

    Args:
        archive: The archive.
        folder: Where indexes are kept.
    """
    return sys.platform == "win32" or all(map(_is_private, (folder, index_path(archive, folder))))


def _is_private(path: Path) -> bool:
    """Check that a file or folder is the user's alone to write; what can't be seen is not read either."""
    try:
        seen = path.stat()
    except OSError:
        return True
    return seen.st_uid == os.geteuid() and not seen.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def open_current(archive: Path, folder: Path | None, read: Reader) -> sqlite3.Connection:
    """Open an archive's index and bring it up to date.

    Args:
        archive: The archive.
        folder: Where indexes are kept; None to keep this one in memory.
        read: Reads all records of the archive, and raises an `ArchiveError` if it can't.

    Raises:
        ArchiveError: The archive can't be read.
    """
    state = FileState.of(archive)
    if folder is None or state is None:
        return in_memory(archive, read)
    path = index_path(archive, folder)
    with contextlib.suppress(sqlite3.Error, OSError), contextlib.ExitStack() as unless_kept:
        database = unless_kept.enter_context(contextlib.closing(_connect(path, _TIMEOUT)))
        if _sound_note(database, path) == str(state):
            unless_kept.pop_all()
            return database
    with contextlib.suppress(sqlite3.Error, OSError):
        try:
            _update(archive, path, state, read)
        except (sqlite3.DatabaseError, _UnsoundError):
            _make(archive, path, state, read)
        return _connect(path, _TIMEOUT)
    return in_memory(archive, read)


def in_memory(archive: Path, read: Reader) -> sqlite3.Connection:
    """Make an index that is gone when it is closed."""
    with contextlib.ExitStack() as unless_kept:
        database = sqlite3.connect(":memory:", isolation_level=None)
        unless_kept.enter_context(contextlib.closing(database))
        _fill(database, archive, read)
        unless_kept.pop_all()
    return database


def apply(archive: Path, folder: Path, changes: Iterable[ChangedRecord], before: FileState | None) -> None:
    """Bring the index up to date after a change of the archive, if it was before; else leave it be.

    Whatever is wrong with the cache, the change is stored, and the next search notices.

    Args:
        archive: The archive as it is now.
        folder: Where indexes are kept.
        changes: The records that were changed.
        before: The archive's state before the change.
    """
    path, state = index_path(archive, folder), FileState.of(archive)
    if state is None or before is None or not FileState.of(path):
        return
    with (
        contextlib.suppress(sqlite3.Error, OSError, ArchiveError),
        _changing(path, archive, _SHORT_TIMEOUT) as (database, tables),
    ):
        if _sound_note(database, path) == str(before):
            tables.change(changes)
            _note(database, state)


def fill_pages(database: sqlite3.Connection, archive: Path) -> None:
    """Index the words of documents whose text was not searched yet."""
    path = os.fsdecode(database.execute("SELECT CAST(file AS BLOB) FROM pragma_database_list").fetchone()[0] or b"")
    database.executescript(_SOUND)
    database.execute("BEGIN IMMEDIATE")
    _enlarge(database, "pages")
    Tables(database, archive).fill_pages()
    database.execute("COMMIT")
    if path:
        _seal(database, Path(path))


def _update(archive: Path, path: Path, state: FileState, read: Reader) -> None:
    """Read those records again that changed.

    Raises:
        _UnsoundError: Making the index anew is better.
    """
    with _changing(path, archive, _TIMEOUT) as (database, tables):
        if _sound_note(database, path) is None:
            raise _UnsoundError
        changes, total = _differences(tables, read())
        if len(changes) > _MANY * total:
            raise _UnsoundError
        tables.change(changes)
        _note(database, state)


def _differences(tables: Tables, records: Iterable[Record]) -> tuple[list[ChangedRecord], int]:
    """Compare all records of the archive with the index; return the changes and the number of records."""
    hashes = {table: tables.hashes(table) for table in NOTED}
    changes: list[ChangedRecord] = []
    total = 0
    for table, number, record in records:
        known = hashes.get(table)
        if known is not None:
            total += 1
            if known.pop(number, None) != digest(record):
                changes.append((table, number, record))
    changes += [(table, number, None) for table, left in hashes.items() for number in left]
    return changes, total


def _make(archive: Path, path: Path, state: FileState, read: Reader) -> None:
    """Make the index anew, beside the old one, and put it in its place."""
    import tempfile  # noqa: PLC0415 - 2 ms, of which a search that finds the index current has no need

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as database:
            _fill(database, archive, read, state)
            _seal(database, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _fill(database: sqlite3.Connection, archive: Path, read: Reader, state: FileState | None = None) -> None:
    """Put a whole archive into an empty index."""
    records = read()
    database.executescript(f"{_FAST} BEGIN; {TABLES}")
    _enlarge(database, "words")
    Tables(database, archive).fill(records)
    if state is not None:
        _note(database, state)
    database.execute("COMMIT")


@contextlib.contextmanager
def _changing(path: Path, archive: Path, timeout: float) -> Iterator[tuple[sqlite3.Connection, Tables]]:
    """Change an index in one transaction, and seal it."""
    with contextlib.closing(_connect(path, timeout)) as database:
        database.executescript(_SOUND)
        database.execute("BEGIN IMMEDIATE")
        yield database, Tables(database, archive)
        if database.total_changes:
            database.execute("COMMIT")
            _seal(database, path)


def _enlarge(database: sqlite3.Connection, table: str) -> None:
    database.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', ?)", (_NEW_WORDS,))


def _note(database: sqlite3.Connection, state: FileState) -> None:
    database.execute("INSERT OR REPLACE INTO noted VALUES ('state', ?)", (str(state),))


def _seal(database: sqlite3.Connection, path: Path) -> None:
    """Set the file's time of change to that of the archive which was noted."""
    modified = int(_noted(database).split()[2])
    os.utime(path, ns=(modified, modified))


def _connect(path: Path, timeout: float) -> sqlite3.Connection:
    """Open a file that is there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=timeout, isolation_level=None, uri=True)


def _noted(database: sqlite3.Connection) -> str:
    """Return the state of the archive that was noted; empty if none was."""
    row = database.execute("SELECT value FROM noted WHERE name = 'state'").fetchone()
    return str(row[0]) if row else ""


def _sound_note(database: sqlite3.Connection, path: Path) -> str | None:
    """Return the state that was noted; None if the index is of another version or was touched since."""
    note, seen = _noted(database), FileState.of(path)
    is_sound = seen is not None and note.startswith(f"{VERSION} ") and note.split()[2] == str(seen.modified)
    return note if is_sound else None
