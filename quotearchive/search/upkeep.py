"""Where the index is kept, and how it is known to be current.

The index is a file in a cache folder, named for the archive's path. It notes the archive's size, times and
place on the disk when it was read; while these are the same, the archive is too. The file's own time of
change is set to the archive's whenever the index was changed, so that whatever else touches the file, or
fails while changing it, is noticed before a word is read from it. The file can be lost at any time.

What brings it up to date is in `renewing`, which is loaded when that is needed.
"""

import contextlib
import os
import sqlite3
import stat
import sys
from binascii import crc32
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from quotearchive.search.schema import VERSION

#: Seconds to wait for another process that is changing the index, which takes milliseconds.
PATIENCE: Final = 2.0

#: A record of the archive: its table, its number, and its JSON; where it was altered, None if it is no more.
Record = tuple[str, int, bytes]
Altered = tuple[str, int, bytes | None]

#: Gives all records of an archive.
Reader = Callable[[], Iterable[Record]]


class Stamp(msgspec.Struct, frozen=True):
    """What tells one state of a file from another.

    Attributes:
        size: In bytes.
        modified: When its content changed, in nanoseconds.
        changed: When anything of it changed, in nanoseconds.
        place: Its number on the disk.
    """

    size: int
    modified: int
    changed: int
    place: int

    @classmethod
    def of(cls, path: Path) -> "Stamp | None":
        """Give the stamp of a file; None if it can't be seen."""
        try:
            seen = path.stat()
        except OSError:
            return None
        return cls(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)

    def __str__(self) -> str:
        return f"{VERSION} {self.size} {self.modified} {self.changed} {self.place}"


def place_of(archive: Path, folder: Path) -> Path:
    """Name the file of an archive's index.

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
    return sys.platform == "win32" or all(map(_is_private, (folder, place_of(archive, folder))))


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
        read: Reads all records of the archive, and says what is wrong if it can't.

    Raises:
        ArchiveError: The archive can't be read.
    """
    stamp = Stamp.of(archive)
    if folder is None or stamp is None:
        return in_memory(archive, read)
    path = place_of(archive, folder)
    with contextlib.suppress(sqlite3.Error, OSError):
        database = connect(path, PATIENCE)
        if sound_note(database, path) == str(stamp):
            return database
        database.close()
    from quotearchive.search import renewing  # noqa: PLC0415 - not needed while nothing changed

    with contextlib.suppress(sqlite3.Error, OSError):
        renewing.renew(archive, path, stamp, read)
        return connect(path, PATIENCE)
    return in_memory(archive, read)


def in_memory(archive: Path, read: Reader) -> sqlite3.Connection:
    """Make an index that is gone when it is closed."""
    from quotearchive.search import renewing  # noqa: PLC0415 - not needed while there is a file

    database = sqlite3.connect(":memory:", isolation_level=None)
    renewing.fill(database, archive, read)
    return database


def apply(archive: Path, folder: Path, altered: Iterable[Altered], before: Stamp | None) -> None:
    """Bring the index up to date after a change of the archive, if it was before; else leave it be.

    Whatever is wrong with the cache, the change is stored, and the next search notices.

    Args:
        archive: The archive as it is now.
        folder: Where indexes are kept.
        altered: The records that were changed.
        before: The archive's stamp before the change.
    """
    path, stamp = place_of(archive, folder), Stamp.of(archive)
    if stamp is not None and before is not None and Stamp.of(path):
        from quotearchive.search import renewing  # noqa: PLC0415 - not needed where there is no file

        renewing.take_over(archive, path, altered, before, stamp)


def fill_pages(database: sqlite3.Connection, archive: Path) -> None:
    """Index the words of documents whose text was not searched yet."""
    from quotearchive.search import renewing  # noqa: PLC0415 - not needed once they are

    renewing.fill_pages(database, archive)


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """Open a file that is there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=patience, isolation_level=None, uri=True)


def noted(database: sqlite3.Connection) -> str:
    """Give the stamp that was noted; empty if none was."""
    row = database.execute("SELECT value FROM noted WHERE name = 'stamp'").fetchone()
    return str(row[0]) if row else ""


def sound_note(database: sqlite3.Connection, path: Path) -> str | None:
    """Give the stamp that was noted; None if the index is of another version or was touched since."""
    note, seen = noted(database), Stamp.of(path)
    is_sound = seen is not None and note.startswith(f"{VERSION} ") and note.split()[2] == str(seen.modified)
    return note if is_sound else None
