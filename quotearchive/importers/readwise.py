"""Readwise's table of highlights: the export of a library, and the form in which it takes tables in.

The columns are `Highlight`, `Book Title`, `Book Author`, `Amazon Book ID`, `Note`, `Color`, `Tags`,
`Location Type`, `Location`, `Highlighted at` and `Document tags`; or `Highlight`, `Title`, `Author`, `URL`,
`Note` and `Location` (https://readwise.io/export, https://readwise.io/import_bulk). Tags become topics. Where
a highlight stands in the book as pages or Kindle's locations is not kept.
"""

import re
from collections.abc import Iterator
from typing import Final

from quotearchive.importers.dates import instant
from quotearchive.importers.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import Naming, QuoteRow, Row, passage
from quotearchive.importers.tables import head_cells, table_rows
from quotearchive.model import Quote

#: Tags of one cell; Readwise's own begin with a dot and control how it treats the highlight.
_TAG: Final = re.compile(r"[^,;]+")


def read(content: str) -> Iterator[Row]:
    """Yield a row for each highlight.

    Raises:
        UnusableFileError: It is no table, or has no column of highlights.
    """
    if "highlight" not in head_cells(content):
        raise UnusableFileError(found="its first line names no column 'Highlight'")
    return table_rows(content, _row)


def _row(number: int, cells: dict[str, str]) -> Row:
    words = cells.get("highlight", "").strip()
    if not words:
        raise MalformedRowError(found="it has no words")
    title = cells.get("book title") or cells.get("title") or ""
    return QuoteRow(
        row=number,
        naming=Naming(title=title.strip() or None, url=cells.get("url") or None),
        quote=Quote(
            document=0,
            passages=(passage(words),),
            topics=tuple(_tags(cells.get("tags", ""))),
            note=cells.get("note", "").strip() or None,
            created=instant(cells.get("highlighted at", "")),
        ),
    )


def _tags(cell: str) -> Iterator[str]:
    tags = (tag.strip() for tag in _TAG.findall(cell))
    return (tag for tag in tags if tag.strip("/ ") and not tag.startswith("."))
