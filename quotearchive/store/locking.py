"""One writer at a time: a lock beside the archive, which says who holds it and goes with its holder."""

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import filelock

from quotearchive.errors import ArchiveLockedError, ArchiveUnwritableError
from quotearchive.store.files import NEW_MODE

#: Seconds to wait for another writer before giving up, unless told otherwise.
PATIENCE: Final = 10.0

#: Seconds after which a waiting command says so.
NOTICEABLE: Final = 1.0

#: Bytes of a lock file that are read: it holds one short line.
_LINE: Final = 200

#: Is told who holds the lock: the process and since when, or nothing if that is not known.
Waiting = Callable[[str], None]


@contextlib.contextmanager
def locked(path: Path, patience: float = PATIENCE, waiting: Waiting | None = None) -> Iterator[None]:
    """Be the only writer of a file while the block runs.

    The system frees the lock of a process that dies, so a dead holder never blocks.

    Args:
        path: The file; the lock is a file beside it while it is held.
        patience: Seconds to wait for another writer.
        waiting: Is called once if that takes a noticeable time.

    Raises:
        ArchiveLockedError: Another writer did not finish in that time.
        ArchiveUnwritableError: The lock can't be made.
    """
    name = Path(f"{path}.lock")
    lock = filelock.FileLock(name, mode=NEW_MODE)
    try:
        _acquire(lock, name, patience, waiting)
    except filelock.Timeout as error:
        raise ArchiveLockedError(path, patience, _holder(name)) from error
    except OSError as error:
        raise ArchiveUnwritableError(path, error) from error
    try:
        held = _seen(name)
        _sign(name)
        yield
    finally:
        _remove(name, held)  # while it is held: whoever waits for it notices, and makes a new one
        lock.release()


def _seen(name: Path) -> os.stat_result | None:
    with contextlib.suppress(OSError):
        return name.stat()
    return None


def _remove(name: Path, held: os.stat_result | None) -> None:
    """Remove the lock, unless somebody did already and the name stands for another's."""
    now = _seen(name)
    if now and held and os.path.samestat(now, held):
        with contextlib.suppress(OSError):
            name.unlink()


def _acquire(lock: filelock.BaseFileLock, name: Path, patience: float, waiting: Waiting | None) -> None:
    try:
        lock.acquire(timeout=min(patience, NOTICEABLE))
    except filelock.Timeout:
        if patience <= NOTICEABLE:
            raise
        if waiting:
            waiting(_holder(name))
        lock.acquire(timeout=patience - NOTICEABLE)


def _sign(name: Path) -> None:
    """Write into the lock who holds it; a disk that is full doesn't keep anyone from holding it."""
    since = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    with contextlib.suppress(OSError):
        name.write_text(f"process {os.getpid()}, since {since}\n", encoding="utf-8")


def _holder(name: Path) -> str:
    """Read who holds a lock; empty if that is not known."""
    try:
        with name.open("rb") as file:
            return file.read(_LINE).decode(errors="replace").strip()
    except OSError:
        return ""
