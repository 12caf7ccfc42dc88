"""Dates and times of other programs, as the model has them."""

import datetime as dt

from quotearchive.dates import parse_date
from quotearchive.errors import QuoteArchiveError


def calendar_date(first: list[int], last: list[int] | None = None, *, is_approximate: bool = False) -> str | None:
    """Write years, months and days as EDTF; None if there is no such day.

    >>> calendar_date([1943, 5], is_approximate=True), calendar_date([2021], [2022])
    ('1943-05~', '2021/2022')
    """
    doubt = "~" if is_approximate else ""
    days = [_day(day) + doubt for day in (first, last or []) if day]
    return readable_date("/".join(days))


def readable_date(words: str) -> str | None:
    """Read a date in words or figures; None if it can't be read.

    >>> readable_date("12 February 2021"), readable_date("n.d.")
    ('2021-02-12', None)
    """
    try:
        return parse_date(words) if words.strip() else None
    except QuoteArchiveError:
        return None


def _day(numbers: list[int]) -> str:
    year, *rest = numbers[:3]
    return "-".join([f"{year:04}", *(f"{number:02}" for number in rest)])


def instant(words: str) -> str:
    """Read a time as ISO 8601 in UTC; empty if it is none. A time without a zone is taken for UTC.

    >>> instant("2024-05-01 10:00:00.123456+02:00")
    '2024-05-01T08:00:00Z'
    >>> instant("May")
    ''
    """
    try:
        time = dt.datetime.fromisoformat(words.strip())
        zoned = time if time.tzinfo else time.replace(tzinfo=dt.UTC)
        return zoned.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""
