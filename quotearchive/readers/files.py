"""Find the files to read, and read their bytes: the one door of this room to the disk."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from quotearchive.errors import QuoteArchiveError, TooLargeError, UnreadableFileError
from quotearchive.readers.errors import EmptyFolderError, MissingFileError

#: Bytes of the largest file that is read: some hundred times the longest novel, and a text that size and
#: its folded form still fit into the memory of an ordinary machine.
LIMIT: Final = 256 * 2**20


#: How files begin that are hidden, or that Word and LibreOffice lay beside an open document.
_BY_PRODUCTS: Final = (".", "~$")

#: How files end that are still being loaded.
_UNFINISHED: Final = (".part", ".crdownload", ".download", ".partial")

#: Files that Windows keeps in folders.
_OF_WINDOWS: Final = frozenset(("thumbs.db", "desktop.ini"))


class PassedOver(msgspec.Struct, frozen=True):
    """A file of a folder whose suffix is of no format that is read."""

    path: Path


Found = Path | PassedOver | QuoteArchiveError


def load(path: Path, limit: int = LIMIT) -> bytes:
    """Read a file's bytes in one go, so that one that grows meanwhile yields what it held.

    Args:
        path: The file.
        limit: The most bytes that it may have.

    Raises:
        MissingFileError: If it isn't there.
        UnreadableFileError: If the system refuses, or it is a folder.
        TooLargeError: If it is larger than the limit.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError as error:
        raise MissingFileError(path) from error
    except OSError as error:
        raise UnreadableFileError(str(path), error.strerror or str(error)) from error
    except ValueError as error:  # a name with a NUL
        raise MissingFileError(path) from error
    if len(content) > limit:
        raise TooLargeError(str(path), limit)
    return content


def find_files(paths: Iterable[Path], suffixes: Iterable[str]) -> Iterator[Found]:
    """Yield the files that paths stand for, as `gather` does; suffixes are in lower case, with the dot.

    Folders behind symbolic links are not entered, so that none is met twice.
    """
    known = tuple(suffixes)
    for path in paths:
        if path.is_dir():
            yield from _below(path, known)
        elif _exists(path):
            yield path
        else:
            yield MissingFileError(path)


def _exists(path: Path) -> bool:
    """Check whether a path leads anywhere; where that is unknown, `load` explains why."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


def _below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Found]:
    refused: list[OSError] = []
    is_empty = True
    for path in _walk(folder, refused):
        is_known = path.name.lower().endswith(suffixes)
        is_empty = is_empty and not is_known
        yield path if is_known else PassedOver(path)
    yield from (UnreadableFileError(str(error.filename), error.strerror or str(error)) for error in refused)
    if is_empty and not refused:
        yield EmptyFolderError(folder)


def is_by_product(name: str) -> bool:
    """Check whether a file is hidden, or is what a program left beside the files that people mean.

    >>> [is_by_product(name) for name in (".DS_Store", "~$letter.docx", "letter.pdf.part", "letter.docx")]
    [True, True, True, False]
    """
    return name.startswith(_BY_PRODUCTS) or name.lower().endswith(_UNFINISHED) or name.lower() in _OF_WINDOWS


def _walk(folder: Path, refused: list[OSError]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            # A file without an end is skipped; a broken link is better reported.
            if not is_by_product(name) and (path.is_file() or path.is_symlink()):
                yield path
