"""One writer at a time: a lock beside the archive, which says who holds it and goes with its holder."""

import contextlib
import datetime as dt
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import filelock

from quotearchive.store import files
from quotearchive.store.errors import ArchiveLockedError, ArchiveUnwritableError, ForeignLockError
from quotearchive.store.rights import NEW_MODE, share

#: Seconds to wait for another writer before giving up, by default.
LOCK_TIMEOUT: Final = 10.0

#: Seconds after which a waiting command says so.
NOTICEABLE: Final = 1.0

#: Bytes of a lock file that are read: it holds one short line.
_LINE: Final = 200

#: Seconds between two looks at a lock that can't be opened.
_PAUSE: Final = 0.05

#: The bits of a mode that a lock takes over from its file.
_READ_AND_WRITE: Final = 0o666

#: How the line in a lock begins.
_SIGNATURE: Final = b"process "

#: Called with the holder of the lock: the process and since when, or nothing if that is not known.
OnWait = Callable[[str], None]


@contextlib.contextmanager
def writing(path: Path, lock_timeout: float | None = None, on_wait: OnWait | None = None) -> Iterator[None]:
    """Be the only writer of an archive while the block runs, and remove what one left that was killed.

    The system frees the lock of a process that dies, so a dead holder never blocks. Who may write the archive
    may open the lock, whoever made it.

    Args:
        path: The archive; the lock is a file beside it while it is held.
        lock_timeout: Seconds to wait for another writer; None for `LOCK_TIMEOUT`.
        on_wait: Called with the name of the other writer if the wait takes a noticeable time.

    Raises:
        ArchiveLockedError: Another process did not finish in that time.
        ArchiveUnwritableError: It can't be written, or the lock can't be made.
        WriteProtectedError: Its mode says that it must not be.
        ForeignLockError: What has the lock's name is another file.
    """
    files.refuse_protected(path)
    seconds = LOCK_TIMEOUT if lock_timeout is None else lock_timeout
    name = Path(f"{path}.lock")
    if _is_foreign(name):
        raise ForeignLockError(path, name)
    lock = filelock.FileLock(name, mode=_mode_of(path))
    try:
        files.make_folder(path.parent)
        _acquire(lock, name, seconds, on_wait)
    except filelock.Timeout as error:
        raise ArchiveLockedError(path, seconds, _holder(name), None if _can_open(name) else name) from error
    except OSError as error:
        raise ArchiveUnwritableError(path, error) from error
    held = None
    try:
        held = _seen(name)
        share(path, name)
        _sign(name)
        files.tidy(path)
        yield
    finally:
        _remove(name, held)  # while it is held: whoever waits for it notices, and makes a new one
        with contextlib.suppress(OSError):  # what was written stays written
            lock.release()


def _is_foreign(name: Path) -> bool:
    """Check whether a file that has a lock's name is none: a lock holds a signature or nothing."""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(name.stat().st_mode):
            return True  # a pipe would be waited for without end
        with name.open("rb") as file:
            return not _SIGNATURE.startswith(file.read(len(_SIGNATURE)))
    return False


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


def _mode_of(path: Path) -> int:
    """Return the mode of a file's lock: who may write the one may open the other."""
    seen = _seen(path)
    return seen.st_mode & _READ_AND_WRITE if seen else NEW_MODE


def _acquire(lock: filelock.BaseFileLock, name: Path, lock_timeout: float, on_wait: OnWait | None) -> None:
    try:
        _wait(lock, name, min(lock_timeout, NOTICEABLE))
    except filelock.Timeout:
        if lock_timeout <= NOTICEABLE:
            raise
        if on_wait:
            on_wait(_holder(name))
        _wait(lock, name, lock_timeout - NOTICEABLE)


def _wait(lock: filelock.BaseFileLock, name: Path, seconds: float) -> None:
    """Wait for a lock, also for one that another user made and that can't be opened."""
    end = time.monotonic() + seconds
    while True:
        try:
            lock.acquire(timeout=max(0.0, end - time.monotonic()))
        except PermissionError:
            if _seen(name) is None:
                raise
            if time.monotonic() >= end:
                raise filelock.Timeout(str(name)) from None
            time.sleep(_PAUSE)
        else:
            return


def _can_open(name: Path) -> bool:
    try:
        with name.open("r+b"):
            return True
    except OSError as error:
        return not isinstance(error, PermissionError)


def _sign(name: Path) -> None:
    """Write into the lock who holds it; a disk that is full doesn't keep anyone from holding it."""
    since = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    with contextlib.suppress(OSError):
        name.write_text(f"{_SIGNATURE.decode()}{os.getpid()}, since {since}\n", encoding="utf-8")


def _holder(name: Path) -> str:
    """Return who holds a lock: the process, since when, and whose it is if not ours; empty if that is not known."""
    seen = _seen(name)
    if seen is None:
        return ""
    signed = ""
    with contextlib.suppress(OSError), name.open("rb") as file:
        signed = " ".join(file.read(_LINE).decode(errors="replace").split())
    is_ours = sys.platform == "win32" or seen.st_uid == os.geteuid()
    return signed if is_ours else ", ".join((signed or "a process", f"of {_owner(name, seen)}"))


def _owner(name: Path, seen: os.stat_result) -> str:
    try:
        return f"user {name.owner()}"
    except (KeyError, OSError):
        return f"user {seen.st_uid}"
