"""EDTF dates as the calendar dates that other formats know.

Other formats know days, months, years and intervals of them; seasons and decades they know at most by their
limits. What a format can't express is kept as words where it has a place for them.
"""

import re
from typing import Final

import msgspec

from quotearchive.dates import bounds
from quotearchive.dates.errors import UnreadableDateError

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: A year, which is never 0, a month or a day; months beyond the twelfth are seasons.
_PLAIN: Final = r"((?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?)([~?%]?)"

_EDTF: Final = re.compile(f"{_PLAIN}(?:/{_PLAIN})?")


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """When something was.

    Attributes:
        first: A year, month or day, ISO 8601.
        last: The same as `first`, or the end of an interval.
        approximate: Whether either is doubtful.
    """

    first: str
    last: str
    approximate: bool = False


def period(edtf: str | None) -> Period | None:
    """Read a date; None where it is not known or is not one of years, months and days.

    >>> period("1943~")
    Period(first='1943', last='1943', approximate=True)
    >>> period("2021-02-30")
    """
    found = _EDTF.fullmatch(edtf or "")
    if found is None:
        return None
    first, doubt, last, more_doubt = found.groups()
    if not all(map(limits, (first, last or first))):
        return None
    return Period(first=first, last=last or first, approximate=bool(doubt or more_doubt))


def limits(edtf: str | None) -> tuple[str, str] | None:
    """Return the first and the last day that a date allows; None where either is not known.

    >>> limits("1943-21~")
    ('1943-03-01', '1943-05-31')
    >>> limits("../1943")
    """
    try:
        found = bounds(edtf) if edtf else ("", "")
    except UnreadableDateError:
        return None
    return found if all(_DAY.fullmatch(day) for day in found) else None


def numbers(day: str) -> list[int]:
    """Take a date apart.

    >>> numbers("2021-02")
    [2021, 2]
    """
    return [int(part) for part in day.split("-")]
