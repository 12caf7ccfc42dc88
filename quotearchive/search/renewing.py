"""Making the index, and bringing it up to date."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from quotearchive.errors import ArchiveError
from quotearchive.search.contents import TABLES as KNOWN
from quotearchive.search.contents import Contents, digest
from quotearchive.search.schema import TABLES
from quotearchive.search.upkeep import PATIENCE, Altered, Reader, Record, Stamp, connect, noted, sound_note

#: Seconds that a command which has done its work waits for another process that is changing the index. The
#: next search will bring the index up to date.
_LITTLE_PATIENCE: Final = 0.2

#: Bytes of memory for new words while the index is made; more makes it faster.
_NEW_WORDS: Final = 16 * 2**20

#: The part of the records from which making the index anew is faster than changing it.
_MANY: Final = 1 / 4

_FAST: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"

#: A change that fails half-way leaves a file that is known to be unsound, so nothing need be written twice.
_SOUND: Final = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = NORMAL;"


class _UnsoundError(Exception):
    """The file is no index of ours, was touched by somebody else, or would take too long to change."""


def renew(archive: Path, path: Path, stamp: Stamp, read: Reader) -> None:
    """Bring an index up to date: read again what changed, or make it anew where that is better.

    Args:
        archive: The archive.
        path: The index.
        stamp: The archive's, taken before it is read.
        read: Reads all records of the archive.
    """
    try:
        _update(archive, path, stamp, read)
    except (sqlite3.DatabaseError, _UnsoundError):
        _make(archive, path, stamp, read)


def take_over(archive: Path, path: Path, altered: Iterable[Altered], before: Stamp, now: Stamp) -> None:
    """Take a change of the archive into an index that was up to date before it; leave any other be."""
    with (
        contextlib.suppress(sqlite3.Error, OSError, ArchiveError),
        _changing(path, archive, _LITTLE_PATIENCE) as (database, contents),
    ):
        if sound_note(database, path) == str(before):
            contents.change(altered)
            _note(database, now)


def fill_pages(database: sqlite3.Connection, archive: Path) -> None:
    """Index the words of documents whose text was not searched yet."""
    path = os.fsdecode(database.execute("SELECT CAST(file AS BLOB) FROM pragma_database_list").fetchone()[0] or b"")
    database.executescript(_SOUND)
    database.execute("BEGIN IMMEDIATE")
    _enlarge(database, "pages")
    Contents(database, archive).fill_pages()
    database.execute("COMMIT")
    if path:
        _seal(database, Path(path))


def _update(archive: Path, path: Path, stamp: Stamp, read: Reader) -> None:
    """Read those records again that changed.

    Raises:
        _UnsoundError: Making the index anew is better.
    """
    with _changing(path, archive, PATIENCE) as (database, contents):
        if sound_note(database, path) is None:
            raise _UnsoundError
        changes, total = _differences(contents, read())
        if len(changes) > _MANY * total:
            raise _UnsoundError
        contents.change(changes)
        _note(database, stamp)


def _differences(contents: Contents, records: Iterable[Record]) -> tuple[list[Altered], int]:
    """Compare all records of the archive with what the index has; give the changes and how many records."""
    hashes = {table: contents.hashes(table) for table in KNOWN}
    changes: list[Altered] = []
    total = 0
    for table, number, record in records:
        known = hashes.get(table)
        if known is not None:
            total += 1
            if known.pop(number, None) != digest(record):
                changes.append((table, number, record))
    changes += [(table, number, None) for table, left in hashes.items() for number in left]
    return changes, total


def _make(archive: Path, path: Path, stamp: Stamp, read: Reader) -> None:
    """Make the index anew, beside the old one, and put it in its place."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as database:
            fill(database, archive, read, stamp)
            _seal(database, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def fill(database: sqlite3.Connection, archive: Path, read: Reader, stamp: Stamp | None = None) -> None:
    """Put a whole archive into an empty index."""
    records = read()
    database.executescript(f"{_FAST} BEGIN; {TABLES}")
    _enlarge(database, "words")
    Contents(database, archive).fill(records)
    if stamp is not None:
        _note(database, stamp)
    database.execute("COMMIT")


@contextlib.contextmanager
def _changing(path: Path, archive: Path, patience: float) -> Iterator[tuple[sqlite3.Connection, Contents]]:
    """Altered an index in one transaction, and seal it."""
    with contextlib.closing(connect(path, patience)) as database:
        database.executescript(_SOUND)
        database.execute("BEGIN IMMEDIATE")
        yield database, Contents(database, archive)
        if database.total_changes:
            database.execute("COMMIT")
            _seal(database, path)


def _enlarge(database: sqlite3.Connection, table: str) -> None:
    database.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', ?)", (_NEW_WORDS,))


def _note(database: sqlite3.Connection, stamp: Stamp) -> None:
    database.execute("INSERT OR REPLACE INTO noted VALUES ('stamp', ?)", (str(stamp),))


def _seal(database: sqlite3.Connection, path: Path) -> None:
    """Set the file's time of change to that of the archive which was noted."""
    modified = int(noted(database).split()[2])
    os.utime(path, ns=(modified, modified))
