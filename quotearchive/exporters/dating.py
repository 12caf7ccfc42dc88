"""EDTF dates as the calendar dates that other formats know.

Level 0 and the approximate dates of level 1 are understood (https://www.loc.gov/standards/datetime/).
What is not understood is kept as words by each format that has a place for them.
"""

import re
from datetime import date
from typing import Final

import msgspec

_EDTF: Final = re.compile(r"([0-9]{4}(?:-[0-9]{2}){0,2})([~?%]?)(?:/([0-9]{4}(?:-[0-9]{2}){0,2})([~?%]?))?")


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """When something was.

    Attributes:
        first: A year, month or day, ISO 8601.
        last: The same as `first`, or the end of an interval.
        approximate: Whether either is doubtful.
    """

    first: str
    last: str
    approximate: bool = False


def span(edtf: str | None) -> Span | None:
    """Read a date; None where it is not known or can't be told in years, months and days.

    >>> span("1943~")
    Span(first='1943', last='1943', approximate=True)
    >>> span("2021-02-30")
    """
    found = _EDTF.fullmatch(edtf or "")
    if found is None:
        return None
    first, doubt, last, more_doubt = found.groups()
    if not all(_is_in_calendar(day) for day in (first, last or first)):
        return None
    return Span(first=first, last=last or first, approximate=bool(doubt or more_doubt))


def numbers(day: str) -> list[int]:
    """Take a date apart.

    >>> numbers("2021-02")
    [2021, 2]
    """
    return [int(part) for part in day.split("-")]


def _is_in_calendar(day: str) -> bool:
    year, month, number = (*numbers(day), 1, 1)[:3]
    try:
        date(year, month, number)
    except ValueError:
        return False
    return True
