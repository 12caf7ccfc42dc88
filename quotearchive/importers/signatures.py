"""How files of each format begin, by which a file's format is determined."""

import re
from pathlib import PurePath
from typing import Final

from quotearchive.importers.tables import head_cells

#: Bytes of a file that are looked at.
_BEGINNING: Final = 2**16

#: How files begin that are no text.
_SIGNATURES: Final = ((b"PK\x03\x04", "qdpx"), (b"SQLite format 3\x00", "taguette"))

#: How files begin that are text, the surest first.
_PATTERNS: Final = tuple(
    (re.compile(pattern, re.DOTALL), name)
    for pattern, name in (
        (r'\{\s*"type"\s*:\s*"(?:document|quote)"', "jsonl"),
        (r'\[\s*\{\s*"type"\s*:\s*"(?:document|quote)"', "json"),
        (r'[\[{].*"(?:TextQuoteSelector|AnnotationCollection|AnnotationPage|Annotation)"', "web-annotation"),
        (r'\{\s*(?:"total"\s*:\s*\d+\s*,\s*)?"rows"\s*:', "web-annotation"),
        (r'[\[{].*"(?:uri|target)"\s*:.*"(?:uri|target)"\s*:', "web-annotation"),
        (r'[\[{].*"(?:issued|author|title|URL|publisher|id)"\s*:', "csl-json"),
        (r"\[", "json"),
        (r"(?:\d+\.\s*)?TY {2}- ", "ris"),
        (r"[^\n]*\n- [^|\n]*\|.*\n={10}", "kindle"),
    )
)

#: Columns of which a table of quotes has one.
_QUOTES: Final = frozenset({"text", "quote"})

#: The column in which Readwise has the words.
_HIGHLIGHT: Final = "highlight"


def format_of(path: PurePath, content: bytes) -> str | None:
    r"""Return the name of a file's format; None if neither its name nor its content shows it.

    >>> format_of(PurePath("a.txt"), b'{"type":"document","title":"A"}')
    'jsonl'
    >>> format_of(PurePath("a.txt"), b"TY  - NEWS\nTI  - A")
    'ris'
    """
    beginning = content[:_BEGINNING]
    signed = next((name for signature, name in _SIGNATURES if beginning.startswith(signature)), None)
    if signed or (path.suffix.lower() == ".jsonl" and not content):
        return signed or "jsonl"
    text = _text(beginning)
    columns = set(head_cells(text))
    table = "readwise" if _HIGHLIGHT in columns else "csv" if columns & _QUOTES else None
    return next((name for pattern, name in _PATTERNS if pattern.match(text)), table)


def _text(beginning: bytes) -> str:
    is_wide = beginning[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return beginning.decode("utf-16" if is_wide else "utf-8-sig", "replace").lstrip("\ufeff \r\n\t")
