"""Read files: one module a format, which makes a text of a file and extracts its metadata.

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
from quotearchive.readers.extracts import Extract, Extracted, Metadata, Reader, Reading, metadata_of
from quotearchive.readers.files import LIMIT, Found, PassedOver, find_files, load
from quotearchive.text import canonical

__all__ = [
    "LIMIT",
    "READERS",
    "Extract",
    "Extracted",
    "Found",
    "Metadata",
    "PassedOver",
    "Reader",
    "Reading",
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
    r"""Read a file: its text, and the metadata that the text states of itself.

    Args:
        source: A file, or the bytes of one that has no path, such as standard input.
        name: Its name, whose suffix determines the format and which is the title if the text offers none;
            without it, the path's own.

    Raises:
        MissingFileError: If it isn't there.
        UnreadableFileError: If the system refuses to read it.
        TooLargeError: If it has more than `LIMIT` bytes.
        EmptyFileError: If it holds nothing or only white space.
        NotTextError: If it isn't text.
        FrontMatterError: If it is Markdown whose front matter is no YAML.

    >>> read(b"# On liberty\n\nThe struggle ...", name="liberty.md").metadata["title"]
    'On liberty'
    """
    file_name = name or (source.name if isinstance(source, Path) else "-")
    content = load(source) if isinstance(source, Path) else source
    if len(content) > LIMIT:
        raise TooLargeError(file_name, LIMIT)
    if not content or content.isspace():
        raise EmptyFileError(file_name)
    decoded = decode(content, file_name)
    text = canonical(decoded.text)
    extract = READERS.get(PurePath(file_name).suffix.lower(), plain_text.extract)(text, file_name)
    if not extract.text or extract.text.isspace():
        raise EmptyFileError(file_name)
    extracted = extract.extracted
    if not any(each.field == "title" for each in extracted):
        extracted += (Extracted("title", PurePath(file_name).stem or file_name),)
    return Reading(
        text=extract.text,
        extracted=extracted,
        remarks=extract.remarks,
        metadata=metadata_of(extracted),
        source_sha256=hashlib.sha256(content).hexdigest(),
        encoding=decoded.encoding,
        is_encoding_guessed=decoded.is_guessed,
    )


def gather(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield the files that paths stand for, those in folders too, and an error for each path that leads nowhere.

    Files that are named outright are yielded whatever their suffix. Of a folder, the files of the formats that are
    read are yielded, sorted, without hidden ones; all other files are yielded as passed over.
    """
    return find_files(paths, READERS)
