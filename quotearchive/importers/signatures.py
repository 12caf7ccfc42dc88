"""How files of each format begin, by which a file's format is determined."""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from quotearchive.importers.tables import head_cells

#: Bytes of a file that are looked at.
_BEGINNING: Final = 2**16

#: How files begin that are no text.
_SIGNATURES: Final = ((b"PK\x03\x04", "qdpx"), (b"SQLite format 3\x00", "taguette"))

#: What JSON of each format has early on, the surest first.
_JSON: Final = (
    (re.compile(r'^\{\s*"type"\s*:\s*"(?:document|quote)"'), "jsonl"),
    (re.compile(r'^\[\s*\{\s*"type"\s*:\s*"(?:document|quote)"'), "json"),
    (re.compile(r'"(?:TextQuoteSelector|AnnotationCollection|AnnotationPage|Annotation)"'), "web-annotation"),
    (re.compile(r'^\{\s*(?:"total"\s*:\s*\d+\s*,\s*)?"rows"\s*:'), "web-annotation"),
    (re.compile(r'"(?:uri|target)"\s*:.*"(?:uri|target)"\s*:', re.DOTALL), "web-annotation"),
    (re.compile(r'"(?:issued|author|title|URL|publisher|id)"\s*:'), "csl-json"),
)

#: The line of a Kindle clipping below its title, with its kind and time.
_CLIPPING: Final = re.compile(r"^.*\n- .*\|", re.MULTILINE)

#: How a reference in RIS begins.
_REFERENCE: Final = re.compile(r"^(?:\d+\.\s*)?TY {2}- ", re.MULTILINE)

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
    ways: tuple[Callable[[str], str | None], ...] = (_as_json, _as_ris, _as_clippings, _as_table)
    return next((name for name in (way(text) for way in ways) if name), None)


def _text(beginning: bytes) -> str:
    is_wide = beginning[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return beginning.decode("utf-16" if is_wide else "utf-8-sig", "replace").lstrip("\ufeff \r\n\t")


def _as_json(text: str) -> str | None:
    if text[:1] not in {"[", "{"}:
        return None
    return next((name for pattern, name in _JSON if pattern.search(text)), "json" if text[:1] == "[" else None)


def _as_ris(text: str) -> str | None:
    return "ris" if _REFERENCE.match(text) else None


def _as_clippings(text: str) -> str | None:
    return "kindle" if "\n==========" in text and _CLIPPING.match(text) else None


def _as_table(text: str) -> str | None:
    columns = set(head_cells(text))
    if _HIGHLIGHT in columns:
        return "readwise"
    return "csv" if columns & _QUOTES else None
