"""Dates of the Persian calendar (Solar Hijri), as Iran and Afghanistan write them, through persiantools."""

import re
from typing import Final

from persiantools.jdatetime import JalaliDate

#: The months in Persian, in the spellings of Latin script that English texts use, and in Dari.
_MONTHS: Final = (
    ("فروردین", "farvardin", "حمل", "hamal"),
    ("اردیبهشت", "ordibehesht", "ordibehest", "ثور", "sawr"),
    ("خرداد", "khordad", "جوزا", "jawza"),
    ("تیر", "tir", "سرطان", "saratan"),
    ("مرداد", "امرداد", "mordad", "amordad", "اسد", "asad"),
    ("شهریور", "shahrivar", "سنبله", "sonbola", "sunbula"),
    ("مهر", "mehr", "میزان", "mizan"),
    ("آبان", "aban", "عقرب", "aqrab"),
    ("آذر", "azar", "قوس", "qaws"),
    ("دی", "dey", "day", "جدی", "jadi"),
    ("بهمن", "bahman", "دلو", "dalw"),
    ("اسفند", "esfand", "حوت", "hut"),
)

_NUMBERS: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}

#: Persian years that are read as such: 1898 to 2120. In these persiantools agrees with the astronomical
#: calendar on every new year, before them not always; and no Gregorian year of living memory is among them.
_YEARS: Final = range(1277, 1500)

_DAY: Final = re.compile(r"([0-9]{1,2})\s+(?:of\s+)?([^\W\d_]+),?\s+([0-9]{4})")
_MONTH: Final = re.compile(r"([^\W\d_]+),?\s+([0-9]{4})")
_FIGURES: Final = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})")
_YEAR: Final = re.compile(r"(?:سال )?([0-9]{4})")
_DECADE: Final = re.compile(r"دهه ([0-9]{3}0)")


def read_persian(words: str, *, is_certain: bool) -> str | None:
    """Read a date of the Persian calendar as EDTF in the Gregorian one; None if it is none.

    A month or a year of the Persian calendar lies in two Gregorian ones, so it becomes a range of days.

    Args:
        words: In lower case, with ASCII digits and single blanks.
        is_certain: Whether figures alone (`1399/11/24`, `1399`) are of this calendar: they are in Persian.

    >>> read_persian("24 bahman 1399", is_certain=False)
    '2021-02-12'
    >>> read_persian("bahman 1399", is_certain=False)
    '2021-01-20/2021-02-18'
    """
    if (parts := _DAY.fullmatch(words)) and parts[2] in _NUMBERS:
        return _gregorian(int(parts[3]), _NUMBERS[parts[2]], int(parts[1]))
    if (parts := _MONTH.fullmatch(words)) and parts[1] in _NUMBERS:
        number = _NUMBERS[parts[1]]
        return _range((int(parts[2]), number), (int(parts[2]), number))
    return _read_figures(words) if is_certain else None


def gregorian_year(year: int) -> int | None:
    """Return the Gregorian year in which a Persian year begins, or None if it is no year of this calendar.

    >>> gregorian_year(1322), gregorian_year(1943)
    (1943, None)
    """
    return year + 621 if year in _YEARS else None


def _read_figures(words: str) -> str | None:
    if parts := _FIGURES.fullmatch(words):
        return _gregorian(int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := _YEAR.fullmatch(words):
        return _range((int(parts[1]), 1), (int(parts[1]), 12))
    if parts := _DECADE.fullmatch(words):
        return _range((int(parts[1]), 1), (int(parts[1]) + 9, 12))
    return None


def _gregorian(year: int, month: int, day: int) -> str | None:
    if year not in _YEARS:
        return None
    try:
        return str(JalaliDate(year, month, day).to_gregorian())  # type: ignore[no-untyped-call]
    except ValueError:
        return None


def _range(first: tuple[int, int], last: tuple[int, int]) -> str | None:
    """Return the days from the start of a month to the end of one, which has 31, 30 or 29 days."""
    start = _gregorian(*first, 1)
    end = next((found for day in (31, 30, 29) if (found := _gregorian(*last, day))), None)
    return f"{start}/{end}" if start and end else None
