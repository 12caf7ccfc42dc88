"""Tables of text: rows by the names of their columns, whatever the marks between cells."""

import csv
import io
from collections.abc import Iterator

from quotearchive.importers.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import LIMIT, RefusedRow


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


def records(text: str, name: str) -> Iterator[tuple[int, dict[str, str] | RefusedRow]]:
    """Yield the rows of a table that aren't blank, each with its number.

    Args:
        text: The table; its first line names the columns.
        name: What messages call the format.

    Yields:
        The number that a spreadsheet shows beside the row, from 2, and its cells by column; or what is wrong
        with it.

    Raises:
        UnusableFileError: It is no table.
    """
    columns = head_cells(text)
    lines = _reader(text)
    try:
        for number, cells in enumerate(lines, 1):
            if number > 1 and any(cells):
                yield number, _record(number, columns, cells)
    except csv.Error as error:
        raise UnusableFileError(name, str(error)) from error


def _reader(text: str) -> Iterator[list[str]]:
    """Read cells of any length: the module's own limit would refuse a long quotation."""
    csv.field_size_limit(LIMIT)
    table = text.lstrip("\ufeff")
    return csv.reader(io.StringIO(table, newline=""), delimiter=delimiter(table.partition("\n")[0]))


def _record(number: int, columns: list[str], cells: list[str]) -> dict[str, str] | RefusedRow:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        found = f"it has {len(cells)} cells, and there are {len(columns)} columns"
        return RefusedRow(row=number, error=MalformedRowError(found))
    return dict(zip(columns, cells, strict=False))
