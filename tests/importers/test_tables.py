"""Tables of text."""

import csv
from collections.abc import Iterator

import pytest

from quotearchive.importers import tables
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import PassedRow, RefusedRow
from quotearchive.importers.tables import head_cells, table_rows


def shown(number: int, cells: dict[str, str]) -> PassedRow:
    """Return a row that shows what it is made of."""
    return PassedRow(row=number, reason=str(cells))


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Document,Text", ["document", "text"]),
        ("\ufeffDocument;Text", ["document", "text"]),
        ('"a, b"\tText', ["a, b", "text"]),
        ("", []),
    ],
)
def test_columns_are_named_whatever_the_mark_between_them(head: str, cells: list[str]) -> None:
    assert head_cells(f"{head}\n1,2") == cells


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    *found, refused = table_rows("a,b\n1,2\n\n3\n4,5,6\n", shown)
    assert found == [shown(2, {"a": "1", "b": "2"}), shown(4, {"a": "3"})]
    assert isinstance(refused, RefusedRow)
    assert refused.row == 5
    assert "3 cells" in str(refused.error)


def test_a_cell_may_be_longer_than_the_reader_takes_by_itself() -> None:
    assert list(table_rows("a\n" + "x" * 2**18, shown)) == [shown(2, {"a": "x" * 2**18})]


@pytest.fixture
def _cell_limit() -> Iterator[None]:
    """Put the limit of the csv module back, which is one for all of its readers."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


@pytest.mark.usefixtures("_cell_limit")
def test_what_the_reader_refuses_is_an_error_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LIMIT", 9)
    with pytest.raises(UnusableFileError, match="field larger than field limit"):
        list(table_rows("a\n" + "x" * 10, shown))
