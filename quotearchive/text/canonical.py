"""The form in which a document's text is kept, its hash and its paragraphs."""

import hashlib
import re
import unicodedata
from itertools import groupby

#: Code points in a row that may all be combining marks before they are put in order here. Normalizing
#: takes time quadratic in the length of such a run; the Stream-Safe Text Format allows 30
#: (https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format).
_LONG_RUN = re.compile(r"[^\x00-\u02ff]{31,}")

#: A blank line between two others, and the white space behind it.
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")

_LINE_END = re.compile(r"\n")


def canonical(text: str) -> str:
    r"""Return a text as the archive keeps it.

    That is NFC, with `\n` for CRLF and CR, and without a byte order mark at its start. All other
    characters stay. Canonical text is returned as it is.

    >>> canonical("\ufeffCafe\u0301\r\nTeheran\r")
    'Café\nTeheran\n'
    """
    text = text.lstrip("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _LONG_RUN.sub(_put_in_order, text))


def _put_in_order(run: re.Match[str]) -> str:
    """Decompose a run of characters and sort its marks, which leaves its NFC the same."""
    characters = "".join(unicodedata.normalize("NFD", character) for character in run[0])
    groups = groupby(characters, key=lambda character: unicodedata.combining(character) > 0)
    return "".join(
        character
        for is_marks, group in groups
        for character in (sorted(group, key=unicodedata.combining) if is_marks else group)
    )


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Find the blocks of a text that blank lines separate, or its lines if it has no blank line.

    Returns:
        Half-open spans in code points, in order, without the white space at their ends; none is empty.

    >>> paragraphs("Dear sir,\n\nI write\nto you.\n")
    [(0, 9), (11, 26)]
    >>> paragraphs("Dear sir,\nI write to you.")
    [(0, 9), (10, 25)]
    """
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    separators = list(_BLANK_LINE.finditer(text, start, end)) or list(_LINE_END.finditer(text, start, end))
    starts = [start, *(separator.end() for separator in separators)]
    ends = [*(separator.start() for separator in separators), end]
    spans = (_trimmed(text, *span) for span in zip(starts, ends, strict=True))
    return [(first, last) for first, last in spans if first < last]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    block = text[start:end]
    return start + len(block) - len(block.lstrip()), start + len(block.rstrip())
