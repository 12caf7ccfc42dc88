"""A table of quotes, one a row: what `export --format csv` writes, or one of the user's own.

These columns are read, whatever their order and case; only `text` and one of `document` and `title` must be
there (neither of those, if the user names the document):

    text        the quote; several passages are joined by ` […] `
    document    the document's slug, or its title
    title       its title
    url         its address
    quote       the quote's number in the archive that it came from (or its words, where there is no `text`)
    positions   where the passages are, `start:end` in code points, joined by `; `
    speaker, role, mention, to, said, note
    topics      joined by `; `
    within      the number of the quote that it is said in
    created, modified

An apostrophe that keeps a spreadsheet from running a cell is removed. The table's columns on documents are not
read: their fields come in another format.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from quotearchive.importers.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import NOWHERE, Naming, QuoteRow, Row, field_values, passage
from quotearchive.importers.tables import head_cells, table_rows
from quotearchive.model import GAP, Passage, Quote
from quotearchive.text import restore_cell

_POSITION: Final = re.compile(r"\s*([0-9]{1,12}):([0-9]{1,12})\s*")

_NUMBER: Final = re.compile(r"[0-9]{1,15}")


def read(content: str) -> Iterator[Row]:
    """Yield a row for each row of the table.

    Raises:
        UnusableFileError: It is no table, or has no column of quotes.
    """
    columns = set(head_cells(content))
    words = "text" if "text" in columns else "quote"
    if words not in columns:
        raise UnusableFileError(found="its first line names no column 'text'")
    return table_rows(content, partial(_row, words))


def _row(words: str, number: int, record: dict[str, str]) -> Row:
    cells = {name: restore_cell(cell) for name, cell in record.items()}
    if not cells.get(words, "").strip():
        raise MalformedRowError(found=f"its {words} is empty")
    key = cells.get("quote", "").strip() if words != "quote" else ""
    within = cells.get("within", "").strip()
    if not all(_NUMBER.fullmatch(each) for each in (key, within) if each):
        raise MalformedRowError(found=f"{within or key} is not the number of a quote")
    times = {name: cells[name] for name in ("created", "modified") if cells.get(name)}
    quote = {"document": 0, "passages": passages(cells[words], cells.get("positions", ""))}
    return QuoteRow(
        row=number,
        naming=Naming(
            slug=cells.get("document") or None,
            title=cells.get("title") or cells.get("document") or None,
            url=cells.get("url") or None,
        ),
        quote=msgspec.convert({**quote, **field_values(Quote, cells), **times, "id": int(key or 0)}, Quote),
        key=key,
        within=within,
    )


def passages(words: str, positions: str = "") -> tuple[Passage, ...]:
    """Divide the words of a quote into its passages.

    Args:
        words: All passages, joined by ` […] `.
        positions: Their places as the column has them; may be empty, or those of other words.

    >>> [each.exact for each in passages("To be […] not", "0:5; 9:12")]
    ['To be', 'not']
    """
    places = [_POSITION.fullmatch(place) for place in positions.split(";") if place.strip()]
    spans = [(int(place[1]), int(place[2])) for place in places if place]
    if spans and sum(end - start for start, end in spans) + len(GAP) * (len(spans) - 1) == len(words):
        return tuple(_cut(words, spans))
    parts = words.split(GAP)
    starts = [start for start, _ in spans] if len(spans) == len(parts) else [NOWHERE] * len(parts)
    return tuple(passage(part, start) for part, start in zip(parts, starts, strict=True))


def _cut(words: str, spans: list[tuple[int, int]]) -> Iterator[Passage]:
    offset = 0
    for start, end in spans:
        yield passage(words[offset : offset + end - start], start)
        offset += end - start + len(GAP)
