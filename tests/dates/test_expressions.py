"""EDTF of levels 0 and 1."""

import pytest

from quotearchive.dates import parse_date
from quotearchive.dates.expressions import is_edtf
from tests.dates.specification import SPECIFICATION


@pytest.mark.parametrize("edtf", [edtf for edtf, *_ in SPECIFICATION])
def test_every_example_of_the_specification_is_read(edtf: str) -> None:
    assert parse_date(edtf) == edtf
    assert is_edtf(edtf)


@pytest.mark.parametrize("edtf", ["1943-21~", "Y17000?", "1943-21~/1944-22"])
def test_seasons_and_long_years_may_be_doubted(edtf: str) -> None:
    assert is_edtf(edtf)


@pytest.mark.parametrize("edtf", ["", "spring", "2001-25", "20X1", "[1943,1945]", "1985/1984", "../..", "2021-02-29"])
def test_level_2_and_what_cannot_be_is_refused(edtf: str) -> None:
    assert not is_edtf(edtf)
