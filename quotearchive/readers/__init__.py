"""Read files: one module a format, which makes a text of a file and extracts its metadata.

A new format is one module with a function `extract`, and one line in `formats.FORMATS`.
"""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.encodings import decode
from quotearchive.readers.extracts import (
    Extract,
    Extracted,
    Metadata,
    Options,
    Outcome,
    Reading,
    Refused,
    metadata_of,
)
from quotearchive.readers.files import LIMIT, Found, PassedOver, find_files, load
from quotearchive.readers.formats import FORMATS, SUFFIXES, Format
from quotearchive.readers.isolation.batches import File, Results, read_files

__all__ = [
    "FORMATS",
    "LIMIT",
    "Extract",
    "Extracted",
    "File",
    "Format",
    "Found",
    "Metadata",
    "Options",
    "Outcome",
    "PassedOver",
    "Reading",
    "Refused",
    "Results",
    "decode",
    "gather",
    "load",
    "metadata_of",
    "read",
    "read_all",
    "read_files",
]

_DEFAULTS: Final = Options()


def read_all(source: Path | bytes, *, name: str | None = None, options: Options = _DEFAULTS) -> list[Outcome]:
    """Read a file: the documents in it, and what it says of each.

    Args:
        source: A file, or the bytes of one that has no path, such as standard input.
        name: Its name, which is the title if the text offers none; without it, the path's own.
        options: How to read it.

    Returns:
        The documents in it, each before what was sent with it, and what could not be read.

    Raises:
        MissingFileError: If it isn't there.
        UnreadableFileError: If the system refuses to read it.
        TooLargeError: If it has more than `LIMIT` bytes.
        QuoteArchiveError: If nothing of it can be read.
    """
    file_name = name or (source.name if isinstance(source, Path) else "-")
    with contextlib.closing(read_files([File(source, file_name)], options)) as read_ones:
        results = next(read_ones)
    if isinstance(results, QuoteArchiveError):
        raise results
    return [each for each in results if not isinstance(each, PassedOver)]


def read(source: Path | bytes, *, name: str | None = None, options: Options = _DEFAULTS) -> Reading:
    r"""Read a file that is one document, or the first of those in it.

    Args:
        source: A file, or the bytes of one that has no path, such as standard input.
        name: Its name, which is the title if the text offers none; without it, the path's own.
        options: How to read it.

    Raises:
        QuoteArchiveError: As `read_all`, or if the first document can't be read.

    >>> read(b"# On liberty\n\nThe struggle ...", name="liberty.md").metadata["title"]
    'On liberty'
    """
    found = read_all(source, name=name, options=options)
    first = found[0] if found else Refused(name=name or "", message=f"{name or str(source)!r} holds no document.")
    if isinstance(first, Refused):
        raise QuoteArchiveError(first.message)
    return first


def gather(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield the files that paths stand for, those in folders too, and an error for each path that leads nowhere.

    Files that are named outright are yielded whatever their suffix. Of a folder, the files of the formats that are
    read are yielded, sorted, without hidden ones; all other files are yielded as passed over.
    """
    return find_files(paths, SUFFIXES)
