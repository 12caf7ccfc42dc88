"""The disk: one writer at a time, and a file that is the old one or the new one at every instant."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import filelock

from quotearchive.errors import ArchiveLockedError, ArchiveUnreadableError, ArchiveUnwritableError
from quotearchive.store.encoding import Piece

#: Mode of a new archive: what it holds can endanger people, so its owner alone reads it.
NEW_MODE: Final = 0o600

#: Seconds to wait for another writer before giving up, unless told otherwise.
PATIENCE: Final = 10.0


def read(path: Path) -> bytes | None:
    """Read a file whole; None if there is none.

    Raises:
        ArchiveUnreadableError: It is there but can't be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ArchiveUnreadableError(path, error) from error


def backup_of(path: Path) -> Path:
    """Name the file that holds an archive as it was before its last change."""
    return path.with_name(f"{path.name}.bak")


@contextlib.contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Be the only writer of a file while the block runs.

    Args:
        path: The file; the lock is a file beside it, which stays there and says nothing.
        patience: Seconds to wait for another writer.

    Raises:
        ArchiveLockedError: Another writer did not finish in that time.
        ArchiveUnwritableError: The lock can't be made.
    """
    lock = filelock.FileLock(f"{path}.lock", mode=NEW_MODE)
    try:
        lock.acquire(timeout=patience)
    except filelock.Timeout as error:
        raise ArchiveLockedError(path, patience) from error
    except OSError as error:
        raise ArchiveUnwritableError(path, error) from error
    try:
        yield
    finally:
        lock.release()


def replace(path: Path, pieces: Iterable[Piece], keep: Path | None = None) -> None:
    """Replace a file's content at once, keeping its mode and, beside it, the old content as `.bak`.

    Args:
        path: The file.
        pieces: The new content.
        keep: What the old content is to be called, if not as the backup.

    When this returns, the new content is on the disk; when it raises, the old content is untouched.

    Raises:
        ArchiveUnwritableError: The disk is full, the folder is read-only, or any other cause it names.
    """
    try:
        temporary = _written(path, pieces)
        try:
            _keep_old(path, keep or backup_of(path))
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise ArchiveUnwritableError(path, error) from error


def _written(path: Path, pieces: Iterable[Piece]) -> Path:
    """Write the content to a temporary file beside the path, and wait until it is on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            temporary.chmod(_mode(path))
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return NEW_MODE


def _keep_old(path: Path, name: Path) -> None:
    """Give the old content another name; a second name for the same file costs no copying."""
    if not path.exists():
        return
    spare = path.with_name(f".{path.name}.bak.tmp")
    spare.unlink(missing_ok=True)
    os.link(path, spare)
    spare.replace(name)


def _sync_folder(folder: Path) -> None:
    """Wait until the folder's new entries are on the disk, where folders can be opened for that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
