"""Sources as RIS, with their quotes as notes, as reference managers import them.

A value is one line: line ends in it become spaces. Fields that have no tag are notes (`Received: 1943-05-01`). See https://en.wikipedia.org/wiki/RIS_(file_format).
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import rispy

from quotearchive.exporters.calendar_dates import numbers, period
from quotearchive.exporters.context import BIBLIOGRAPHIC, facts, in_context, remark, retrieved, topics
from quotearchive.exporters.interface import Options
from quotearchive.model import Description, Selection

#: What RIS calls each kind of document.
TYPES: Final = {"letter": "PCOMM", "article": "NEWS", "speech": "SLIDE", "interview": "PCOMM"}

#: Kinds that can't be told from their type.
_UNTYPED: Final = frozenset({"statement", "interview"})


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    """Writes references without numbering them, since each is written alone."""

    def set_header(self, count: int) -> str:
        del count
        return ""


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield a reference for each document."""
    del options
    for selection in selections:
        yield rispy.dumps([_reference(selection)], implementation=_Writer) + "\n"


def _reference(selection: Selection) -> dict[str, Any]:
    document = selection.document
    tagged = BIBLIOGRAPHIC - {"kind"} if document.kind in _UNTYPED else BIBLIOGRAPHIC
    fields = {
        "type_of_reference": TYPES.get(document.kind, "GEN"),
        "id": document.slug,
        "authors": document.authors,
        "secondary_authors": document.recipients,
        "title": document.title,
        "date": _date(document),
        "year": _year(document),
        "place_published": document.place,
        "publisher": document.publisher,
        "urls": (document.url,) if document.url else (),
        "access_date": retrieved(document).replace("-", "/"),
        "language": document.language,
        "keywords": topics(selection),
        "notes": [*facts(document, tagged), *(remark(entry) for entry in in_context(selection))],
    }
    return {name: _lines(value) for name, value in fields.items() if value}


def _lines(value: str | Iterable[str]) -> str | list[str]:
    return " ".join(value.split()) if isinstance(value, str) else [" ".join(line.split()) for line in value]


def _year(document: Description) -> str:
    known = period(document.date)
    return known.first[:4] if known else ""


def _date(document: Description) -> str:
    """Write a date as `year/month/day/anything else`."""
    known = period(document.date)
    if known is None:
        return f"///{document.date}" if document.date else ""
    parts = [f"{number:02}" for number in numbers(known.first)]
    plain = document.date == known.first
    return "/".join([*parts, "", ""][:3]) + ("/" if plain else f"/{document.date}")
