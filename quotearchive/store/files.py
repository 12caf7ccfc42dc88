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
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from quotearchive.store.encoding import Piece
from quotearchive.store.errors import (
    ArchiveUnreadableError,
    ArchiveUnwritableError,
    ChangedMeanwhileError,
    NotRegularError,
    ReservedNameError,
    UnconfirmedWriteError,
    UnkeptRightsError,
    WriteProtectedError,
)

if sys.platform != "win32":
    import fcntl

#: How names of backups and locks end.
_RESERVED: Final = frozenset({".bak", ".lock"})

#: Mode of a new archive: what it holds can endanger people, so its owner alone reads it.
NEW_MODE: Final = 0o600

#: The mode of a file that somebody may write.
_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

#: The attribute that grants rights to users and groups by name.
ACCESS_LIST: Final = "system.posix_acl_access"

#: Attributes that the system gives a new file itself, and that only the administrator may set.
_OF_THE_SYSTEM: Final = ("security.", "trusted.")

#: What a file system says that has no extended attributes.
_NO_ATTRIBUTES: Final = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})

#: What a file system says that has no hard links; the old content is copied there.
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})

#: What a file system says that has no locks on files that are open for reading alone.
_NO_FILE_LOCKS: Final = frozenset({errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})

#: What a file system says whose files all have the rights that it was mounted with, such as CIFS.
_NO_RIGHTS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})

#: Bytes that are compared at a time.
_BLOCK: Final = 2**20

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


def backup_of(path: Path) -> Path:
    """Name the file that holds an archive as it was before its last change."""
    return path.with_name(f"{path.name}.bak")


def tidy(path: Path) -> None:
    """Remove what a writer left that was killed, if the folder lets us. The caller is the only writer."""
    left = re.compile(rf"\.{re.escape(path.name)}\.[a-z0-9_]+\.tmp")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if left.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def replace(path: Path, pieces: Iterable[Piece], instead_of: Sequence[Piece] | None, keep: Path | None = None) -> None:
    """Replace a file's content at once, keeping its rights and, beside it, the old content.

    When this returns, the new content is on the disk; when it raises, the old content is untouched.

    Args:
        path: The file.
        pieces: The new content.
        instead_of: What the file held when it was read; None if there was none.
        keep: What the old content is to be called, if not as the backup.

    Raises:
        ChangedMeanwhileError: It holds something else now.
        ArchiveUnwritableError: The disk is full, the folder is read-only, or any other cause it names.
        UnconfirmedWriteError: The system can't say whether the new content is on the disk.
    """
    old = None if instead_of is None else keep or backup_of(path)
    try:
        temporary = _written(path, pieces)
        try:
            if instead_of is None or old is None:
                _create(path, temporary)
            else:
                _exchange(path, temporary, old, instead_of)
        finally:
            _drop(temporary)
    except OSError as error:
        raise ArchiveUnwritableError(path, error) from error
    try:
        sync_folder(path.parent)
    except OSError as error:
        _take_back(path, old, error)
        raise ArchiveUnwritableError(path, error) from error


def _create(path: Path, temporary: Path) -> None:
    """Name a new file, unless something else has it by now."""
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


def _exchange(path: Path, temporary: Path, old: Path, expected: Sequence[Piece]) -> None:
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
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ChangedMeanwhileError(path) from None
    except OSError as error:
        if error.errno not in _NO_FILE_LOCKS:
            raise


def _holds(path: Path, expected: Sequence[Piece]) -> bool:
    """Check whether a file holds exactly this content."""
    with path.open("rb") as file:
        for piece in expected:
            view = memoryview(piece)
            for start in range(0, view.nbytes, _BLOCK):
                part = bytes(view[start : start + _BLOCK])
                if file.read(len(part)) != part:
                    return False
        return not file.read(1)


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


def _written(path: Path, pieces: Iterable[Piece]) -> Path:
    """Write the content to a temporary file beside the path, and wait until it is on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            keep_rights(path, temporary)
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:  # another writer tidied it away, and so believes that it is the only one
        raise ChangedMeanwhileError(path) from None
    except BaseException:
        _drop(temporary)
        raise
    return temporary


def keep_rights(path: Path, temporary: Path) -> None:
    """Give a new file the owner, the rights and the attributes of the one that it replaces, and never wider rights."""
    try:
        old = path.stat()
    except FileNotFoundError:
        set_mode(temporary, NEW_MODE)
        return
    _keep_owner(path, old, temporary)
    _keep_attributes(path, temporary)  # before the mode: in an access list, the group's bits are a mask
    set_mode(temporary, stat.S_IMODE(old.st_mode))


def set_mode(file: Path, mode: int) -> None:
    """Set a file's mode; that a file system knows no such thing matters only if it has another.

    Raises:
        OSError: It has another one, and that can't be changed.
    """
    try:
        file.chmod(mode)
    except OSError as error:
        if error.errno not in _NO_RIGHTS or stat.S_IMODE(file.stat().st_mode) != mode:
            raise


def _keep_owner(path: Path, old: os.stat_result, temporary: Path) -> None:
    new = temporary.stat()
    try:
        if new.st_gid != old.st_gid:
            os.chown(temporary, -1, old.st_gid)
        if new.st_uid != old.st_uid:
            os.chown(temporary, old.st_uid, -1)
    except PermissionError:
        if temporary.stat().st_gid != old.st_gid or not _is_shared(path, old):
            raise UnkeptRightsError(path, "its owner and group") from None


def _is_shared(path: Path, old: os.stat_result) -> bool:
    """Check whether a file's group may do what its owner may, who then loses nothing when a member writes it."""
    shared = stat.S_IRGRP | stat.S_IWGRP
    return old.st_mode & shared == shared and ACCESS_LIST not in _attributes(path)


def _keep_attributes(path: Path, temporary: Path) -> None:
    """Copy access lists and other extended attributes, and take away what the folder gives to new files."""
    kept = _attributes(path)
    for name in sorted(kept | _attributes(temporary)):
        try:
            if name in kept:
                os.setxattr(temporary, name, os.getxattr(path, name))
            elif not name.startswith(_OF_THE_SYSTEM):
                os.removexattr(temporary, name)
        except OSError:
            if not name.startswith(_OF_THE_SYSTEM):
                raise UnkeptRightsError(path, f"its attribute {name}") from None


def _attributes(path: Path) -> set[str]:
    """Return the names of a file's extended attributes, access lists among them; none where there is no such thing."""
    if sys.platform != "linux":
        return set()
    try:
        return set(os.listxattr(path))
    except OSError as error:
        if error.errno not in _NO_ATTRIBUTES:
            raise
        return set()


def share(path: Path, name: Path) -> None:
    """Let those who may open a file also open another beside it, as far as the system lets us."""
    with contextlib.suppress(OSError):
        os.chown(name, -1, path.stat().st_gid)
    with contextlib.suppress(OSError):
        if ACCESS_LIST in _attributes(path):
            os.setxattr(name, ACCESS_LIST, os.getxattr(path, ACCESS_LIST))


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


@contextlib.contextmanager
def _spare(path: Path, of: Path) -> Iterator[Path]:
    """Give a file another name, beside `path`, until it is renamed or the block ends."""
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
            if error.errno not in _NO_RIGHTS:  # where there are none, the times were copied before
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
