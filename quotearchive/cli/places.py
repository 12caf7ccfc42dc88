"""The place of the archive, and whether somebody else may have put it there."""

import os
import stat
import sys
from pathlib import Path
from typing import Final

from quotearchive.cli.errors import NoFolderError

#: The name of an archive when none is given.
ARCHIVE_NAME: Final = "archive.json"

#: The administrator, who can change every file anyway.
_ROOT: Final = 0


def current_folder() -> Path:
    """Return the current folder.

    Raises:
        NoFolderError: It is gone, or can't be reached.
    """
    try:
        return Path.cwd()
    except OSError as error:
        raise NoFolderError(error) from error


def find_archive(folder: Path) -> Path | None:
    """Find the archive of a folder: in it, or in the nearest folder above, as git does.

    Args:
        folder: An absolute path.

    Raises:
        NoFolderError: A folder can't be read.
    """
    paths = (above / ARCHIVE_NAME for above in (folder, *folder.parents))
    try:
        return next((path for path in paths if path.is_file()), None)
    except OSError as error:
        raise NoFolderError(error) from error


def suspicion(path: Path) -> str:
    """Return why somebody else may have put an archive where it was found; empty if nobody can have.

    The conditions are those of git for a repository that it finds and for its folder
    (https://git-scm.com/docs/git-config, safe.directory).
    """
    if sys.platform == "win32":
        return ""
    folder = path.parent.stat()
    strangers = {path.lstat().st_uid, path.stat().st_uid, folder.st_uid} - _trusted()
    if strangers:
        return f"belongs to {_user(min(strangers))}"
    is_open = folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX
    return "is in a folder that everybody can write to" if is_open else ""


def is_here(path: Path) -> bool:
    """Check whether a file is in the current folder."""
    try:
        return path.parent.samefile(".")
    except OSError:
        return False


def at_home(path: Path) -> Path | None:
    """Return a path with the home folder for a leading `~` or `~name`; None if that is unknown."""
    try:
        return path.expanduser()
    except RuntimeError:
        return None


def _trusted() -> set[int]:
    """Return the numbers of the user, of the administrator, and of whoever became administrator by sudo."""
    own = os.geteuid()
    by_sudo = os.environ.get("SUDO_UID", "") if own == _ROOT else ""
    return {own, _ROOT, *([int(by_sudo)] if by_sudo.isdecimal() and len(by_sudo) <= len(str(2**32)) else [])}


def _user(number: int) -> str:
    import pwd  # noqa: PLC0415 - not on every system

    try:
        return f"the user {pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"the user {number}"
