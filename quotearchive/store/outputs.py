"""Files that are no archive, such as exports, written so that they are the old one or the new one at every instant."""

import contextlib
import errno
import glob
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from quotearchive.store.errors import UnkeptRightsError
from quotearchive.store.files import keep_rights, set_mode, sync_folder

if sys.platform != "win32":
    import fcntl

#: How the name of a file ends that is not finished.
_UNFINISHED: Final = ".part"


def put(path: Path, pieces: Iterable[bytes], mode: int) -> None:
    """Write a file that is no archive, whole or not at all; its old content is not kept.

    When this returns, the content is on the disk. A process that is killed leaves at most a temporary file
    beside the path, which the next call removes. Any number of processes may write the same path.

    Args:
        path: The file, not a link to it.
        pieces: Its content. What they raise while they are made leaves the file as it was.
        mode: The rights of a file that was not there; one that was keeps its own.

    Raises:
        OSError: The disk is full, the folder is read-only, or any other cause.
    """
    _remove_abandoned(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_UNFINISHED, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with contextlib.suppress(OSError):
                _claim(file.fileno())
            file.writelines(pieces)
            _give_rights(path, temporary, mode)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    with contextlib.suppress(PermissionError):  # a folder that may be written but not read
        sync_folder(path.parent)


def _remove_abandoned(path: Path) -> None:
    """Remove the unfinished files of `put` whose process is no more."""
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f".{glob.escape(path.name)}.????????{_UNFINISHED}"):
            _remove_if_abandoned(left)


def _remove_if_abandoned(left: Path) -> None:
    with contextlib.suppress(OSError):
        if left.is_file():
            with left.open("rb") as file:
                _claim(file.fileno())
            left.unlink()


def _claim(descriptor: int) -> None:
    """Hold a file for as long as it is open here; Windows does so by itself.

    Raises:
        OSError: Another process holds it, or the file system knows no such thing.
    """
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _give_rights(path: Path, temporary: Path, mode: int) -> None:
    """Give a new file the rights of the one that it replaces, or those of any new file."""
    is_new = not os.path.lexists(path)
    try:
        keep_rights(path, temporary)
    except UnkeptRightsError as error:
        raise PermissionError(errno.EPERM, "it is another user's, and would not stay so") from error
    if is_new:
        set_mode(temporary, mode)
