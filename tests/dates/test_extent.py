"""The first and the last day of a date."""

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.dates import EARLIEST, LATEST, bounds
from quotearchive.dates.errors import UnreadableDateError
from tests.dates.specification import SPECIFICATION


@pytest.mark.parametrize(("edtf", "earliest", "latest"), SPECIFICATION)
def test_every_example_of_the_specification_has_its_bounds(edtf: str, earliest: str, latest: str) -> None:
    assert bounds(edtf) == (earliest, latest)


ORDER = [
    "-1985",
    "-0044-03",
    "-0001",
    "0000",
    "0001",
    "0987-05",
    "1943~",
    "1943-03",
    "1943-21",
    "1943-24",
    "Y17000",
    "Y170000002",
]


def test_bounds_sort_like_time() -> None:
    assert sorted(set(ORDER), key=bounds) == ORDER
    assert all(EARLIEST < bounds(date)[0] <= bounds(date)[1] < LATEST for date in ORDER)


@pytest.mark.parametrize("edtf", ["", "1943-13", "1943-02-30", "spring", "1943/1942", "../..", "1943-", "XX43-0X"])
def test_what_is_not_edtf_has_no_bounds(edtf: str) -> None:
    with pytest.raises(UnreadableDateError):
        bounds(edtf)


@given(st.dates(), st.sampled_from(["", "?", "~", "%"]), st.sampled_from([4, 7, 10]))
def test_bounds_are_those_of_the_library(day: object, mark: str, length: int) -> None:
    edtf = str(day)[:length] + mark
    parsed = parse_edtf(edtf)
    ends = (parsed.lower_strict(), parsed.upper_strict())
    assert bounds(edtf) == tuple(f"{end.tm_year:04}-{end.tm_mon:02}-{end.tm_mday:02}" for end in ends)
