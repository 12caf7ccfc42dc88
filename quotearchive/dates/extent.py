"""The first and the last day that an EDTF date can mean, as strings that sort.

Only arithmetic, no library: an index asks it for every record. What it gets was read by `parse_date`
before it was stored, so it refuses what it can't compute but doesn't judge every fine point of EDTF.
"""

import re
from functools import lru_cache
from typing import Final

from quotearchive.dates.errors import UnreadableDateError

#: Sorts before every day: the start of a range that is open or unknown at its beginning.
EARLIEST: Final = "-"

#: Sorts after every day: the end of a range that is open or unknown at its end.
LATEST: Final = "~"

#: First and last month of a season and the years to add to its end. EDTF leaves the months open; these are
#: the meteorological seasons of the northern hemisphere, as other EDTF software takes them. Winter is
#: counted in the year in which it begins.
_SEASONS: Final = {21: (3, 5, 0), 22: (6, 8, 0), 23: (9, 11, 0), 24: (12, 2, 1)}

#: Digits of a year in a sort key. Longer years than that are refused; the universe is younger.
_DIGITS: Final = 12

_PLAIN: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_POINT: Final = re.compile(
    r"(?:Y(?P<long>-?[1-9][0-9]{4,11})"
    r"|(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?:T[0-9:]{8}(?:Z|[+-][0-9:]{2,5})?)?)[?~%]?"
)


def bounds(edtf: str) -> tuple[str, str]:
    """Return the earliest and the latest day of an EDTF date, for sorting and searching.

    Days of the years 0 to 9999 are ISO 8601. Other years are written so that plain string comparison sorts
    them: earlier ones before `0`, later ones after `9`; such strings are keys, not dates. Marks of doubt
    (`?`, `~`, `%`) don't widen the bounds. An unknown end counts as an open one, since it excludes nothing.

    Args:
        edtf: A date of EDTF level 0 or 1.

    Raises:
        UnreadableDateError: If it isn't one.

    >>> bounds("2021-02")
    ('2021-02-01', '2021-02-28')
    >>> bounds("1943-24~")
    ('1943-12-01', '1944-02-29')
    >>> bounds("../1943")
    ('-', '1943-12-31')
    >>> bounds("-0044") < bounds("0044") < bounds("Y17000")
    True
    """
    return (edtf, edtf) if len(edtf) == len("YYYY-MM-DD") and is_plain(edtf) else _bounds(edtf)


def find_bounds(edtf: str | None) -> tuple[str, str] | None:
    """Return the first and last day of a date; None if there is none or it can't be read.

    >>> find_bounds("2021-02"), find_bounds("soon")
    (('2021-02-01', '2021-02-28'), None)
    """
    try:
        return bounds(edtf) if edtf else None
    except UnreadableDateError:
        return None


def is_plain(edtf: str) -> bool:
    """Check whether a date is an existing day, month or year of four digits, with no marks.

    >>> is_plain("2020-02-29"), is_plain("2021-02-29"), is_plain("1943~")
    (True, False, False)
    """
    parts = _PLAIN.fullmatch(edtf)
    if parts is None:
        return False
    year, month, day = parts.groups("01")
    return 1 <= int(month) <= 12 and 1 <= int(day) <= _days(int(year), int(month))  # noqa: PLR2004


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[str, str]:
    start, slash, end = edtf.partition("/")
    if not slash:
        return _point(edtf, edtf)
    if {start, end} <= {"", ".."}:
        raise UnreadableDateError(edtf)
    earliest = EARLIEST if start in {"", ".."} else _point(start, edtf)[0]
    latest = LATEST if end in {"", ".."} else _point(end, edtf)[1]
    if earliest > latest:
        raise UnreadableDateError(edtf)
    return earliest, latest


def _point(point: str, edtf: str) -> tuple[str, str]:
    parts = _POINT.fullmatch(point)
    if parts is None:
        raise UnreadableDateError(edtf)
    year = parts["long"] or parts["year"]
    first, last = sorted(int(year.replace("X", digit)) for digit in "09")
    months = _months(parts["month"])
    if months is None:
        raise UnreadableDateError(edtf)
    from_month, to_month, years = months
    days = _days(last + years, to_month)
    first_day, last_day = (1, days) if parts["day"] in {None, "XX"} else (int(parts["day"]), int(parts["day"]))
    if not 1 <= first_day <= last_day <= days:
        raise UnreadableDateError(edtf)
    return _key(first, from_month, first_day), _key(last + years, to_month, last_day)


def _months(month: str | None) -> tuple[int, int, int] | None:
    """Return the first month, the last one and the years between them, or None if there is no such month."""
    if month in {None, "XX"}:
        return 1, 12, 0
    number = int(month or 0)
    return (number, number, 0) if 1 <= number <= 12 else _SEASONS.get(number)  # noqa: PLR2004


def _days(year: int, month: int) -> int:
    if month == 2:  # noqa: PLR2004
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def _key(year: int, month: int, day: int) -> str:
    if year < 0:
        shown = f"-{10**_DIGITS + year:0{_DIGITS}}"  # the complement: larger for later years
    else:
        shown = f"{year:04}" if year <= 9999 else f"Y{year:0{_DIGITS}}"  # noqa: PLR2004
    return f"{shown}-{month:02}-{day:02}"
