"""Read files: one module a format, which makes a text of a file and takes what it says of itself.

A new format is one module with a function of the type `Reader`, and one line in `READERS`.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final

from quotearchive.errors import TooLargeError
from quotearchive.readers import markdown, plain_text
from quotearchive.readers.encodings import decode
from quotearchive.readers.errors import EmptyFileError
from quotearchive.readers.extracts import Extract, Fields, Reader, Reading, Taken, sum_up
from quotearchive.readers.files import LIMIT, Found, PassedOver, find_files, load
from quotearchive.text import canonical

__all__ = [
    "LIMIT",
    "READERS",
    "Extract",
    "Fields",
    "Found",
    "PassedOver",
    "Reader",
    "Reading",
    "Taken",
    "decode",
    "gather",
    "load",
    "read",
]

#: The reader of each suffix. A file with another suffix that is named outright is read as plain text.
READERS: Final[dict[str, Reader]] = {
    ".md": markdown.extract,
    ".markdown": markdown.extract,
    ".txt": plain_text.extract,
    ".text": plain_text.extract,
}


def read(source: Path | bytes, *, name: str | None = None) -> Reading:
    r"""Read a file: its text, and what that text says of itself.

    Args:
        source: A file, or the bytes of one that has no path, such as standard input.
        name: Its name, whose suffix tells the format and which is the title if the text offers none;
            without it, the path's own.

    Raises:
        MissingFileError: If it isn't there.
        UnreadableFileError: If the system refuses to read it.
        TooLargeError: If it has more than `LIMIT` bytes.
        EmptyFileError: If it holds nothing or only white space.
        NotTextError: If it isn't text.
        FrontMatterError: If it is Markdown whose front matter is no YAML.

    >>> read(b"# On liberty\n\nThe struggle ...", name="liberty.md").fields.title
    'On liberty'
    """
    called = name or (source.name if isinstance(source, Path) else "-")
    content = load(source) if isinstance(source, Path) else source
    if len(content) > LIMIT:
        raise TooLargeError(called, LIMIT)
    if not content or content.isspace():
        raise EmptyFileError(called)
    decoded = decode(content, called)
    text = canonical(decoded.text)
    extract = READERS.get(PurePath(called).suffix.lower(), plain_text.extract)(text, called)
    if not extract.text or extract.text.isspace():
        raise EmptyFileError(called)
    taken = _with_title(extract.taken, called)
    return Reading(
        text=extract.text,
        taken=taken,
        remarks=extract.remarks,
        fields=sum_up(taken),
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=decoded.encoding,
        is_encoding_guessed=decoded.is_guessed,
    )


def gather(paths: Iterable[Path]) -> Iterator[Found]:
    """Give the files that paths stand for, folders opened, and an error in the place of each that is none.

    Files that are named outright are given whatever their suffix; of folders, those of the formats that are
    read, sorted, without hidden ones; the others are given as passed over.
    """
    return find_files(paths, READERS)


def _with_title(taken: tuple[Taken, ...], name: str) -> tuple[Taken, ...]:
    if any(each.field == "title" for each in taken):
        return taken
    return (*taken, Taken("title", PurePath(name).stem or name))
