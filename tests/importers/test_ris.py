"""References in RIS."""

import pytest

from quotearchive.importers import IMPORTERS
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.ris import read_date


@pytest.mark.parametrize("content", ["", "TY", "nothing at all"])
def test_a_file_without_references_is_refused(content: str) -> None:
    with pytest.raises(UnusableFileError):
        list(IMPORTERS["ris"].read(content))


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2021/2/12/", "2021-02-12"),
        ("2021///", "2021"),
        ("1943///1943~", "1943~"),
        ("2021/02//spring", "2021-02"),
        ("12 February 2021", "2021-02-12"),
        ("n.d.", None),
        ("", None),
    ],
)
def test_dates_are_read(words: str, date: str | None) -> None:
    assert read_date(words) == date
