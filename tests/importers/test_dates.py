"""Dates and times of other programs."""

import pytest

from quotearchive.importers.dates import calendar_date, instant, readable_date


@pytest.mark.parametrize(
    ("first", "last", "is_approximate", "date"),
    [
        ([1943, 5, 2], None, False, "1943-05-02"),
        ([1943, 5], None, True, "1943-05~"),
        ([2021], [2022], False, "2021/2022"),
        ([2021, 13], None, False, None),
    ],
)
def test_figures_become_edtf(
    first: list[int], last: list[int] | None, *, is_approximate: bool, date: str | None
) -> None:
    assert calendar_date(first, last, is_approximate=is_approximate) == date


@pytest.mark.parametrize(("words", "date"), [("12 February 2021", "2021-02-12"), ("n.d.", None), (" ", None)])
def test_words_become_edtf_or_nothing(words: str, date: str | None) -> None:
    assert readable_date(words) == date


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("2024-05-01 10:00:00.123456+02:00", "2024-05-01T08:00:00Z"),
        ("2024-05-01 10:00", "2024-05-01T10:00:00Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("May", ""),
        ("", ""),
    ],
)
def test_times_become_utc_or_nothing(words: str, time: str) -> None:
    assert instant(words) == time
