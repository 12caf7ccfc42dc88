"""Quotes as a table for spreadsheets: RFC 4180, one quote a row, with a byte order mark for Excel.

A cell that a spreadsheet would take for a formula begins with an apostrophe, as a spreadsheet's own text
cells do; `text.restore_cell` takes it away again. Names and topics are joined by `; `. The columns are the
fields by their names, and besides them: `quote`, its number; `document`, the slug; `text`, the passages joined by
` […] `; `positions`, where they are in the document (`start:end` in code points); `paragraph`, the number of the one
in which the quote begins; `locator`, its place as a person cites it (`p. 12, paragraph 3`); `recognised`, `yes` where
the words were recognised in a picture; `quoted by`, who passes it on, outward; `created` and `modified`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from quotearchive.exporters.context import QuoteInContext, cell, in_context
from quotearchive.exporters.interface import Options
from quotearchive.fields import FIELDS
from quotearchive.model import Document, Quote, Selection
from quotearchive.text import join_names, neutralise_cell

#: The columns that the table had at first, in their order, which stays.
_FIRST: Final = (
    *("quote", "document", "title", "kind", "authors", "recipients", "date", "place", "publisher", "url", "language"),
    *("text", "positions", "paragraph", "speaker", "quoted by", "to", "topics", "said", "note", "within"),
    *("created", "modified", "role", "mention"),
)

#: All columns: fields that had none at first come last, then what is told of a quote's place and of its words.
COLUMNS: Final = (
    *dict.fromkeys((*_FIRST, *(field.name for kind in (Document, Quote) for field in FIELDS[kind]))),
    "locator",
    "recognised",
)

#: Excel reads a file without it in the code page of the machine.
_BYTE_ORDER_MARK: Final = "\ufeff"


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield the table, a piece for each document."""
    del options
    yield _BYTE_ORDER_MARK + _lines([COLUMNS])
    for selection in selections:
        if selection.quotes:
            document = _cells(Document, selection.document) | {"document": selection.document.slug}
            yield _lines(_row(document, entry) for entry in in_context(selection))


def _row(document: Mapping[str, str], entry: QuoteInContext) -> list[str]:
    quote = entry.quote
    cells = {
        **document,
        **_cells(Quote, quote),
        "quote": str(quote.id),
        "text": quote.text,
        "positions": "" if quote.missing else "; ".join([f"{each.start}:{each.end}" for each in quote.passages]),
        "paragraph": str(entry.paragraphs[0]) if entry.paragraphs else "",
        "locator": entry.locator,
        "recognised": "yes" if entry.document.is_recognised else "",
        "quoted by": join_names(entry.relay[1:]),
        "created": quote.created,
        "modified": quote.modified,
    }
    return [_safe(cells[column]) for column in COLUMNS]


def _cells(kind: type[Document | Quote], record: Document | Quote) -> dict[str, str]:
    return {field.name: cell(getattr(record, field.name)) for field in FIELDS[kind]}


def _safe(words: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return words if not words or words[0].isalnum() else neutralise_cell(words)


def _lines(rows: Iterable[Sequence[str]]) -> str:
    sheet = io.StringIO(newline="")
    csv.writer(sheet, quoting=csv.QUOTE_ALL).writerows(rows)
    return sheet.getvalue()
