"""Files that are no archive, such as exports, written so that they are the old one or the new one at every instant."""

import contextlib
import errno
import glob
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final

from quotearchive.store.errors import UnkeptRightsError
from quotearchive.store.files import claim, sync_folder, written_beside
from quotearchive.store.rights import keep_rights, set_mode

#: How the name of a file ends that is not finished.
_UNFINISHED: Final = ".part"


def write(path: Path, pieces: Iterable[bytes], mode: int) -> None:
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
    with written_beside(path, pieces, _UNFINISHED, partial(_give_rights, path, mode)) as temporary:
        temporary.replace(path)
    with contextlib.suppress(PermissionError):  # a folder that may be written but not read
        sync_folder(path.parent)


def _remove_abandoned(path: Path) -> None:
    """Remove the unfinished files of `write` whose process is no more."""
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f".{glob.escape(path.name)}.????????{_UNFINISHED}"):
            _remove_if_abandoned(left)


def _remove_if_abandoned(left: Path) -> None:
    with contextlib.suppress(OSError):
        if left.is_file():
            with left.open("rb") as file:
                claim(file.fileno())
            left.unlink()


def _give_rights(path: Path, mode: int, temporary: Path) -> None:
    """Set the rights of a new file: those of the one that it replaces, or those of any new file."""
    is_new = not os.path.lexists(path)
    try:
        keep_rights(path, temporary)
    except UnkeptRightsError as error:
        raise PermissionError(errno.EPERM, "it is another user's, and would not stay so") from error
    if is_new:
        set_mode(temporary, mode)
