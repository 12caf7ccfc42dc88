"""Quotes as a table for spreadsheets: RFC 4180, one quote a row, with a byte order mark for Excel.

A cell that a spreadsheet would take for a formula begins with an apostrophe, as a spreadsheet's own text
cells do; `text.restore_cell` takes it away again. Names and topics are joined by `; `. The columns are `COLUMNS`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from quotearchive.exporters.entry import Entry, entries
from quotearchive.exporters.interface import Options
from quotearchive.model import Description, Selection
from quotearchive.text import join_names, neutralise_cell

#: What each column holds. The order stays; new ones come last.
COLUMNS: Final = {
    "quote": "the quote's number",
    "document": "the document's slug",
    "title": "the document's title",
    "kind": "letter, article, statement, speech, interview or other",
    "authors": "who wrote the document; names joined by '; '",
    "recipients": "to whom it is addressed",
    "date": "when it was written or published, EDTF",
    "place": "where",
    "publisher": "by whom",
    "url": "where it was found",
    "language": "its language, BCP 47",
    "text": "the quote; passages joined by ' […] '",
    "positions": "where the passages stand in the document: start:end in code points, joined by '; '",
    "paragraph": "the number of the paragraph in which the quote begins",
    "speaker": "who said it",
    "quoted by": "who passes it on, outward",
    "to": "to whom it was said",
    "topics": "joined by '; '",
    "said": "when it was said, EDTF",
    "note": "the archivist's own words",
    "within": "the number of the quote that it is said in",
    "created": "when it was stored, ISO 8601 in UTC",
    "modified": "when it was last changed",
    "role": "what the speaker was then",
    "mention": "how the document names the speaker there",
}

#: Excel reads a file without it in the code page of the machine.
_BYTE_ORDER_MARK: Final = "\ufeff"


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield the table, a piece for each document."""
    del options
    yield _BYTE_ORDER_MARK + _lines([tuple(COLUMNS)])
    for selection in selections:
        if selection.quotes:
            document = _safe(_document_cells(selection.document))
            rows = (_safe(_quote_cells(entry)) for entry in entries(selection))
            yield _lines((number, *document, *rest) for number, *rest in rows)


def _document_cells(document: Description) -> tuple[str | None, ...]:
    return (
        document.slug,
        document.title,
        document.kind,
        join_names(document.authors),
        join_names(document.recipients),
        document.date,
        document.place,
        document.publisher,
        document.url,
        document.language,
    )


def _quote_cells(entry: Entry) -> tuple[str | None, ...]:
    quote = entry.quote
    return (
        str(quote.id),
        quote.text,
        "; ".join([f"{place.start}:{place.end}" for place in entry.places]),
        str(entry.places[0].paragraph) if entry.places else "",
        quote.speaker,
        join_names(entry.relay[1:]),
        quote.to,
        join_names(quote.topics),
        quote.said,
        quote.note,
        str(quote.within or ""),
        quote.created,
        quote.modified,
        quote.role,
        quote.mention,
    )


def _safe(cells: Iterable[str | None]) -> list[str]:
    return ["" if not cell else cell if cell[0].isalnum() else neutralise_cell(cell) for cell in cells]


def _lines(rows: Iterable[Sequence[str]]) -> str:
    sheet = io.StringIO(newline="")
    csv.writer(sheet, quoting=csv.QUOTE_ALL).writerows(rows)
    return sheet.getvalue()
