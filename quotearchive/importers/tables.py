"""Tables of text: rows by the names of their columns, whatever the marks between cells."""

import csv
import io
from collections.abc import Callable, Iterator

from quotearchive.importers.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import LIMIT, Row, rows


def delimiter(head: str) -> str:
    r"""Return the sign that separates the cells of a table, by its first line.

    >>> delimiter('"document";"text, and more"'), delimiter("a\tb")
    (';', '\t')
    """
    outside = "".join(head.split('"')[::2])
    return max(",;\t", key=outside.count)


def head_cells(text: str) -> list[str]:
    r"""Return the names of the columns, in lower case.

    >>> head_cells("Document,Text\nletter,No.")
    ['document', 'text']
    """
    try:
        head = next(_reader(text), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in head]


def table_rows(text: str, make: Callable[[int, dict[str, str]], Row]) -> Iterator[Row]:
    """Yield a row for each row of a table that isn't blank.

    Args:
        text: The table; its first line names the columns.
        make: Makes a row of its number, which a spreadsheet shows beside it, from 2, and its cells by column.

    Raises:
        UnusableFileError: It is no table.
    """
    columns = head_cells(text)
    numbered = ((number, cells) for number, cells in enumerate(_reader(text), 1) if number > 1 and any(cells))
    try:
        yield from rows(numbered, lambda number, cells: make(number, _record(columns, cells)))
    except csv.Error as error:
        raise UnusableFileError(str(error)) from error


def _reader(text: str) -> Iterator[list[str]]:
    """Read cells of any length: the module's own limit would refuse a long quotation."""
    csv.field_size_limit(LIMIT)
    table = text.lstrip("\ufeff")
    return csv.reader(io.StringIO(table, newline=""), delimiter=delimiter(table.partition("\n")[0]))


def _record(columns: list[str], cells: list[str]) -> dict[str, str]:
    if any(cells[len(columns) :]):
        raise MalformedRowError(found=f"it has {len(cells)} cells, and there are {len(columns)} columns")
    return dict(zip(columns, cells, strict=False))
