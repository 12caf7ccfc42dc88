"""Sources in CSL-JSON."""

import json
from typing import Any

import pytest

from quotearchive.importers import IMPORTERS
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import DocumentRow, RefusedRow
from tests.importers.conftest import Import


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [["1943", "5", 2]]}, "1943-05-02"),
        ({"date-parts": [[1943, 5]], "circa": 1}, "1943-05~"),
        ({"date-parts": [[1943], [1944]]}, "1943/1944"),
        ({"raw": "12 February 2021"}, "2021-02-12"),
        ({"literal": "n.d."}, None),
        ({"date-parts": [[2021, 13]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [[10**30]]}, None),
    ],
)
def test_dates_of_csl_are_read(issued: dict[str, Any], date: str | None) -> None:
    (row,) = IMPORTERS["csl-json"].read(json.dumps([{"title": "A", "issued": issued}]).encode())
    assert isinstance(row, DocumentRow)
    assert row.document.date == date


def test_a_date_that_cannot_be_told_is_said(imported: Import) -> None:
    report = imported(json.dumps([{"id": "letter-to-anna", "issued": {"literal": "n.d."}, "type": "book"}]))
    assert report.remarks == ("The date of item 1 can't be read: n.d..",)


@pytest.mark.parametrize(
    "item",
    [
        3,
        "x",
        None,
        [],
        {"title": 1},
        {"author": "x"},
        {"author": [{"literal": []}, 3]},
        {"issued": {"date-parts": 3}},
    ],
)
def test_an_item_that_is_not_as_it_should_be_is_refused(item: object) -> None:
    (row, _) = IMPORTERS["csl-json"].read(json.dumps([item, {"title": "A"}]).encode())
    assert isinstance(row, RefusedRow)


@pytest.mark.parametrize("content", [b"", b"3", b'{"items":3}', b"[" * 100_000])
def test_a_file_without_items_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableFileError):
        list(IMPORTERS["csl-json"].read(content))
