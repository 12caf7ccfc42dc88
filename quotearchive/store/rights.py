"""The rights to an archive's files: kept where a file is replaced, never widened, and respected."""

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path
from typing import Final

from quotearchive.store.errors import UnkeptRightsError

#: Mode of a new archive: what it holds can endanger people, so its owner alone reads it.
NEW_MODE: Final = 0o600

#: The attribute that grants rights to users and groups by name.
ACCESS_LIST: Final = "system.posix_acl_access"

#: Attributes that the system gives a new file itself, and that only the administrator may set.
_OF_THE_SYSTEM: Final = ("security.", "trusted.")

#: What a file system says that has no extended attributes.
_NO_ATTRIBUTES: Final = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})

#: What a file system says whose files all have the rights that it was mounted with, such as CIFS.
NO_RIGHTS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


def keep_rights(path: Path, temporary: Path) -> None:
    """Copy the owner, rights and attributes of a file to the one that replaces it; never give it wider rights."""
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
        if error.errno not in NO_RIGHTS or stat.S_IMODE(file.stat().st_mode) != mode:
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
