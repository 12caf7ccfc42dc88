"""What a file is, by its content; its name decides only between kinds of text.

A kind is named as its files are suffixed, without the dot: `pdf`, `docx`, `mbox`. The format that has this suffix
reads it.
"""

import bz2
import lzma
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Final

from quotearchive.readers.errors import MisnamedError
from quotearchive.readers.formats import FORMATS, PLAIN_TEXT, Format
from quotearchive.readers.kinds.packages import zip_kind
from quotearchive.readers.kinds.refusals import refusal
from quotearchive.readers.kinds.samples import sample
from quotearchive.readers.kinds.signatures import signed
from quotearchive.readers.kinds.texts import text_kind

#: What unpacks the beginning of a compressed file.
_UNPACKERS: Final[dict[str, Callable[[], Any]]] = {
    "gz": lambda: zlib.decompressobj(zlib.MAX_WBITS | 16),
    "bz2": bz2.BZ2Decompressor,
    "xz": lzma.LZMADecompressor,
}

#: Bytes that are unpacked of one, and the most that they may become.
_PEEKED: Final = 2**16


def kind_of(content: bytes, name: str) -> str:
    """Return the kind of a file; `text` if it is words for people, or bytes that nothing is known of.

    >>> kind_of(b"%PDF-1.7", "letter.txt"), kind_of(b"<!doctype html><p>Dear all", "letter.txt")
    ('pdf', 'html')
    >>> kind_of(b"<b> makes letters bold.", "letter.txt")
    'text'
    """
    kind = signed(content)
    if kind == "zip":
        return zip_kind(content)
    if kind in _UNPACKERS:
        # A compressed tar is unpacked as one, and a WARC is read as one; whatever else is a file in a file.
        inner = signed(peek := _peek(kind, content)) or text_kind(sample(peek), peek, "")
        return inner if inner in {"tar", "warc"} else kind
    return kind or text_kind(sample(content), content, PurePath(name).suffix.lower())


def _peek(kind: str, content: bytes) -> bytes:
    """Unpack the beginning of a compressed file, as far as it can be unpacked."""
    try:
        unpacked: bytes = _UNPACKERS[kind]().decompress(content[:_PEEKED], _PEEKED)
    except (zlib.error, OSError, lzma.LZMAError, EOFError):
        return b""
    return unpacked


def format_of(content: bytes, name: str) -> Format:
    """Return the format of a file.

    Args:
        content: Its bytes.
        name: Its name, whose suffix decides between formats of text.

    Raises:
        UnreadFormatError: It is of a kind that is not read.
        MisnamedError: It is called a file of bytes, and is none.
    """
    kind = kind_of(content, name)
    if kind == "text":
        suffix = PurePath(name).suffix.lower()
        named = next((each for each in FORMATS if suffix in each.suffixes), PLAIN_TEXT)
        if named.shape == "bytes":
            raise MisnamedError(name, named.name)
        return named
    found = next((each for each in FORMATS if each.recognises(kind)), None)
    if found is None:
        raise refusal(kind, name)
    return found
