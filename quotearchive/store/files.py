"""The disk: one writer at a time, and a file that is the old one or the new one at every instant."""

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from quotearchive.errors import (
    ArchiveUnreadableError,
    ArchiveUnwritableError,
    UnconfirmedWriteError,
)
from quotearchive.store.encoding import Piece

#: Mode of a new archive: what it holds can endanger people, so its owner alone reads it.
NEW_MODE: Final = 0o600

#: What a file system says that has no hard links; the old content is copied there.
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})

#: What a file system says whose folders can't be synchronised; it keeps its own promises.
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF})


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


def tidy(path: Path) -> None:
    """Remove what a writer left that was killed. The caller is the only writer."""
    for left in path.parent.glob(f".{_escaped(path.name)}.*.tmp"):
        with contextlib.suppress(OSError):
            left.unlink()


def _escaped(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def replace(path: Path, pieces: Iterable[Piece], keep: Path | None = None) -> None:
    """Replace a file's content at once, keeping its mode and owner and, beside it, the old content.

    When this returns, the new content is on the disk; when it raises, the old content is untouched.

    Args:
        path: The file.
        pieces: The new content.
        keep: What the old content is to be called, if not as the backup.

    Raises:
        ArchiveUnwritableError: The disk is full, the folder is read-only, or any other cause it names.
        UnconfirmedWriteError: The system can't say whether the new content is on the disk.
    """
    old = keep or backup_of(path)
    try:
        temporary = _written(path, pieces)
        try:
            has_old = _keep_old(path, old)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ArchiveUnwritableError(path, error) from error
    try:
        _sync_folder(path.parent)
    except OSError as error:
        _take_back(path, old if has_old else None, error)
        raise ArchiveUnwritableError(path, error) from error


def _take_back(path: Path, old: Path | None, cause: OSError) -> None:
    """Put the old content back, because the new one may not be on the disk."""
    try:
        if old is None:
            path.unlink()
        else:
            _name_also(old, path)
    except OSError as error:
        raise UnconfirmedWriteError(path, cause) from error


def _written(path: Path, pieces: Iterable[Piece]) -> Path:
    """Write the content to a temporary file beside the path, and wait until it is on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            _keep_rights(path, temporary)
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _keep_rights(path: Path, temporary: Path) -> None:
    """Give a new file the mode and, where the system allows it, the owner of the one that it replaces."""
    try:
        old = path.stat()
    except FileNotFoundError:
        temporary.chmod(NEW_MODE)
        return
    new = temporary.stat()
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, old.st_uid, old.st_gid)
    temporary.chmod(stat.S_IMODE(old.st_mode))


def _keep_old(path: Path, name: Path) -> bool:
    """Give the old content another name; False if there is none."""
    if not path.exists():
        return False
    _name_also(path, name)
    return True


def _name_also(path: Path, name: Path) -> None:
    """Let another name, which may exist, stand for a file: at once, and without copying where that goes."""
    spare = path.with_name(f".{path.name}.old.tmp")
    spare.unlink(missing_ok=True)
    try:
        _link(path, spare)
        spare.replace(name)
    except BaseException:
        with contextlib.suppress(OSError):
            spare.unlink(missing_ok=True)
        raise


def _link(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(path, name)
        with name.open("rb") as file:
            os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
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
