"""The disk: one writer at a time, and a file that is the old one or the new one at every instant."""

import contextlib
import errno
import itertools
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from quotearchive.store.background import in_background
from quotearchive.store.errors import (
    ArchiveUnreadableError,
    ArchiveUnwritableError,
    ChangedMeanwhileError,
    NotRegularError,
    ReservedNameError,
    UnconfirmedWriteError,
    WriteProtectedError,
)
from quotearchive.store.rights import NEW_MODE, NO_RIGHTS, keep_rights
from quotearchive.store.strict_json import Raw

if sys.platform != "win32":
    import fcntl

#: How names of backups and locks end.
_RESERVED: Final = frozenset({".bak", ".lock"})

#: The mode of a file that somebody may write.
_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

#: What a file system says that has no hard links; the old content is copied there.
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})

#: What a file system says that has no locks on files that are open for reading alone.
_NO_FILE_LOCKS: Final = frozenset({errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})

#: Bytes that are compared at a time.
_BLOCK: Final = 2**18

#: What a file system says whose folders can't be synchronised; it keeps its own promises.
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF})


def read(path: Path) -> bytes | None:
    """Read a file whole; None if there is none.

    Raises:
        NotRegularError: It is a device or a pipe, which may have no end, or a folder.
        ArchiveUnreadableError: It is there but can't be read.
    """
    try:
        _refuse_irregular(path, path.stat())
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ArchiveUnreadableError(path, error) from error


def _refuse_irregular(path: Path, seen: os.stat_result) -> None:
    if not stat.S_ISREG(seen.st_mode):
        raise NotRegularError(path)


def is_there(path: Path) -> bool:
    """Check whether there is a file of that name, whatever it is.

    Raises:
        ArchiveUnreadableError: The system can't say.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ArchiveUnreadableError(path, error) from error
    return True


def refuse_protected(path: Path) -> None:
    """Refuse to replace a file that its owner protected, or that is not ours to write.

    Its mode says so; the system itself would let whoever may write the folder replace it.

    Raises:
        ReservedNameError: It is named as a backup or a lock is.
        WriteProtectedError: It is protected.
        ArchiveUnreadableError: The system can't say.
    """
    if path.suffix in _RESERVED:
        raise ReservedNameError(path)
    if not is_there(path):
        return
    effective = os.access in os.supports_effective_ids
    if not path.stat().st_mode & _WRITABLE or not os.access(path, os.W_OK, effective_ids=effective):
        raise WriteProtectedError(path)


def backup_of(path: Path) -> Path:
    """Return the path of the backup, which is the archive before its last change."""
    return path.with_name(f"{path.name}.bak")


def tidy(path: Path) -> None:
    """Remove what a writer left that was killed, if the folder lets us. The caller is the only writer."""
    left = re.compile(rf"\.{re.escape(path.name)}\.[a-z0-9_]+\.tmp")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if left.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def replace(
    path: Path,
    pieces: Iterable[Raw],
    instead_of: bytes | None,
    keep: Path | None = None,
    *,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Replace a file's content at once, keeping its rights and, beside it, the old content.

    When this returns, the new content is on the disk; when it raises, the old content is untouched.

    Args:
        path: The file.
        pieces: The new content.
        instead_of: What the file held when it was read; None if there was none.
        keep: What the old content is to be called, if not as the backup.
        check: Called while the disk is busy; what it raises leaves the file as it is.

    Raises:
        ChangedMeanwhileError: It holds something else now.
        ArchiveUnwritableError: The disk is full, the folder is read-only, or any other cause it names.
        UnconfirmedWriteError: The system can't say whether the new content is on the disk.
    """
    old = None if instead_of is None else keep or backup_of(path)
    try:
        with contextlib.ExitStack() as stack:
            with in_background(check):
                temporary = stack.enter_context(written_beside(path, pieces, ".tmp", partial(_keep_rights, path)))
            if instead_of is None or old is None:
                _create(path, temporary)
            else:
                _exchange(path, temporary, old, instead_of)
    except OSError as error:
        raise ArchiveUnwritableError(path, error) from error
    try:
        sync_folder(path.parent)
    except OSError as error:
        _take_back(path, old, error)
        raise ArchiveUnwritableError(path, error) from error


@contextlib.contextmanager
def written_beside(
    path: Path, pieces: Iterable[Raw], suffix: str, give_rights: Callable[[Path], None]
) -> Iterator[Path]:
    """Write content to a temporary file beside a path, where it may be renamed to it once it is on the disk.

    Args:
        path: The file that it is for.
        pieces: The content.
        suffix: How the name of the temporary file ends.
        give_rights: Gives the temporary file its rights. Until then it is its owner's alone.

    Raises:
        OSError: It can't be written.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=suffix, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with contextlib.suppress(OSError):
                claim(file.fileno())
            file.writelines(pieces)
            give_rights(temporary)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        _drop(temporary)


def claim(descriptor: int) -> None:
    """Hold a file for as long as it is open here; Windows does so by itself.

    Raises:
        OSError: Another process holds it, or the file system knows no such thing.
    """
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _keep_rights(path: Path, temporary: Path) -> None:
    try:
        keep_rights(path, temporary)
    except FileNotFoundError:  # another writer tidied it away, and so believes that it is the only one
        raise ChangedMeanwhileError(path) from None


def _create(path: Path, temporary: Path) -> None:
    """Put a new file in its place, unless something else is there by now."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise ChangedMeanwhileError(path) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise ChangedMeanwhileError(path) from None
        temporary.replace(path)


def _exchange(path: Path, temporary: Path, old: Path, expected: bytes) -> None:
    """Put the new file where the old one is, which gets another name, if the old one is what was read."""
    try:
        with _guarded(path) as guarded, _spare(path, of=path) as spare:
            if not _holds(path, expected):
                raise ChangedMeanwhileError(path)
            _keep_what_was_written_late(path, old)
            spare.replace(old)
            if not os.path.samestat(path.stat(), guarded):  # another program put its own file there just now
                raise ChangedMeanwhileError(path)
            temporary.replace(path)
    except FileNotFoundError:
        raise ChangedMeanwhileError(path) from None


def _keep_what_was_written_late(path: Path, old: Path) -> None:
    """Keep under another name a backup that somebody wrote after the archive that came after it.

    They have opened the file before it became the backup, and believe that it is the archive.
    """
    with contextlib.suppress(FileNotFoundError):
        _refuse_irregular(old, old.stat())
        if old.stat().st_mtime_ns > path.stat().st_mtime_ns:
            _link(old, free_name(old))


def free_name(path: Path) -> Path:
    """Find a name beside a file, and much like its own, that nothing has."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in itertools.count(1))
    return next(name for name in numbered if not os.path.lexists(name))


@contextlib.contextmanager
def _guarded(path: Path) -> Iterator[os.stat_result]:
    """Keep other writers from replacing the file, even those that hold a lock because ours was deleted.

    Whoever replaces a file holds this lock on the file itself, which nobody can delete. It yields what the file is.
    """
    if sys.platform == "win32":
        yield path.stat()
        return
    file = path.open("rb", buffering=0)
    try:
        _lock(file.fileno(), path)
        seen = os.fstat(file.fileno())
        if not os.path.samestat(seen, path.stat()):
            raise ChangedMeanwhileError(path)
        yield seen
    finally:
        with contextlib.suppress(OSError):  # only read; the new file is in its place by now
            file.close()


def _lock(descriptor: int, path: Path) -> None:
    """Lock a file that is open, where the system has such locks."""
    try:
        claim(descriptor)
    except BlockingIOError:
        raise ChangedMeanwhileError(path) from None
    except OSError as error:
        if error.errno not in _NO_FILE_LOCKS:
            raise


def _holds(path: Path, expected: bytes) -> bool:
    """Check whether a file holds exactly this content."""
    block, at = bytearray(_BLOCK), 0
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            if not expected.startswith(memoryview(block)[:size], at):
                return False
            at += size
    return at == len(expected)


def _take_back(path: Path, old: Path | None, cause: OSError) -> None:
    """Put the old content back, because the new one may not be on the disk."""
    try:
        if old is None:
            path.unlink()
        else:
            with _spare(path, of=old) as spare:
                spare.replace(path)
    except OSError as error:
        raise UnconfirmedWriteError(path, cause) from error


@contextlib.contextmanager
def _spare(path: Path, of: Path) -> Iterator[Path]:
    """Link a file to another name, beside `path`, until that is renamed or the block ends."""
    spare = path.with_name(f".{path.name}.old.tmp")
    spare.unlink(missing_ok=True)
    try:
        _link(of, spare)
        yield spare
    finally:
        _drop(spare)  # it is there still if it was renamed to a name of the same file, which does nothing


def _drop(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()


def _link(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        name.touch(NEW_MODE)
        shutil.copyfile(path, name)
        try:
            shutil.copystat(path, name)
        except OSError as error:
            if error.errno not in NO_RIGHTS:  # where there are none, the times were copied before
                raise
        with name.open("rb") as file:
            os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that is there after a power cut.

    Raises:
        OSError: It can't be made.
    """
    missing = list(itertools.takewhile(lambda each: not each.exists(), (folder, *folder.parents)))
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the folder's new entries are on the disk, where folders can be opened for that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)
