"""What a value that is typed for a field asks for."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from quotearchive.dates import find_bounds
from quotearchive.query.conditions import Dated, Holds, Numbered, Placed, Query, Trait
from quotearchive.query.fields import QUERY_FIELDS, TRAITS
from quotearchive.query.words import folded_value

#: Beyond any number that is stored, and no more than SQLite takes.
_DIGITS: Final = 18

_NUMBERS: Final = re.compile(rf"([0-9]{{1,{_DIGITS}}})(?:(?:\.\.|-)([0-9]{{1,{_DIGITS}}}))?")
_TIME: Final = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{2})"
_TIMES: Final = re.compile(rf"{_TIME}(?:(?:\.\.|-){_TIME})?")
_DATES: Final = re.compile(r"(>=|<=|>|<|)(.+)")

#: Sorts behind every date.
_LAST: Final = "~~"


def condition(field: str, value: str) -> Query | None:
    """Return the condition that a field has a value; None if the field can't have it.

    Args:
        field: One of `QUERY_FIELDS`.
        value: As typed, without quotation marks around it.

    >>> condition("said", ">=2021")
    Dated(field='said', value='>=2021', low='2021-01-01', high='~~')
    >>> condition("said", "soon") is None
    True
    """
    return _READ[QUERY_FIELDS[field].kind](field, value)


def _text(field: str, value: str) -> Query | None:
    held = Holds(field, value, QUERY_FIELDS[field].at_beginning)
    return held if held.folded else None


def _number(field: str, value: str) -> Query | None:
    parts = _NUMBERS.fullmatch(value.strip())
    return Numbered(field, int(parts[1]), int(parts[2] or parts[1])) if parts else None


def _reference(field: str, value: str) -> Query | None:
    return (_number(field, value) if value.strip().isdigit() else None) or _text(field, value)


def _trait(field: str, value: str) -> Query | None:
    name = f"{field}:{value.casefold()}"
    return Trait(name) if name in TRAITS else None


def _place(field: str, value: str) -> Query | None:
    """Read a label, a number, or numbers from one to another; a time is the whole of its second."""
    if field == "time":
        parts = _TIMES.fullmatch(value.strip())
        if not parts:
            return None
        first, last = _seconds(*parts.groups()[:3]), _seconds(*parts.groups()[3:]) if parts[6] else None
        return Placed(field, value, first * 1000, (first if last is None else last) * 1000 + 999)
    parts = _NUMBERS.fullmatch(folded_value(value))
    if parts:
        return Placed(field, value, int(parts[1]), int(parts[2] or parts[1]))
    return Placed(field, value) if folded_value(value) else None


def _seconds(hours: str | None, minutes: str, seconds: str) -> int:
    return (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)


def _date(field: str, value: str) -> Query | None:
    """Read a date or a range. A key just beyond a bound is made by adding to it or taking from it."""
    if re.search(r"\s", value) or not (parts := _DATES.fullmatch(value)):
        return None
    found = find_bounds(_edtf(parts[2]))
    if found is None:
        return None
    earliest, latest = found
    low, high = {
        "": (earliest, latest),
        ">=": (earliest, _LAST),
        ">": (f"{latest}!", _LAST),
        "<=": ("", latest),
        "<": ("", earliest[:-1]),
    }[parts[1]]
    return Dated(field, value, low, high)


def _edtf(value: str) -> str:
    """Write a range as EDTF does.

    >>> _edtf("2021-01..2021-06"), _edtf("2021.."), _edtf("../2021")
    ('2021-01/2021-06', '2021/..', '../2021')
    """
    first, dots, last = value.partition("..")
    return f"{first or '..'}/{last or '..'}" if dots and "/" not in value else value


_READ: Final[Mapping[str, Callable[[str, str], Query | None]]] = {
    "text": _text,
    "reference": _reference,
    "number": _number,
    "date": _date,
    "trait": _trait,
    "place": _place,
}
