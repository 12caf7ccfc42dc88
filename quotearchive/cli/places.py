"""Where the archive is."""

from pathlib import Path
from typing import Final

#: The name of an archive where none is given.
ARCHIVE_NAME: Final = "archive.json"


def find_archive(folder: Path) -> Path | None:
    """Find the archive of a folder: its own, or that of the nearest folder above, as git finds its own.

    Args:
        folder: An absolute path.
    """
    paths = (above / ARCHIVE_NAME for above in (folder, *folder.parents))
    return next((path for path in paths if path.is_file()), None)


def at_home(path: Path) -> Path | None:
    """Put the home folder in the place of a `~` or `~name` that a path begins with; None if nobody knows it."""
    try:
        return path.expanduser()
    except RuntimeError:
        return None
