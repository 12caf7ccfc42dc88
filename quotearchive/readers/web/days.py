"""Days in running words, as pages write them for their readers: "12. März 2019", "Mar 12th, 2019", "12/03/2019"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

import msgspec
from babel import Locale, UnknownLocaleError

#: The first year of which pages are told.
_FIRST: Final = 1900

#: A year in two figures is of the last century from this on.
_CENTURY: Final = 80

#: Letters of a month's name that are enough: "Sept", "févr".
_SHORTEST: Final = 3

#: Names of months that Unicode's data lack, with the number of the month.
_OTHER_MONTHS: Final = {"mrz": 3, "jänner": 1, "feber": 2, "sept": 9}

#: Regions in which the month stands before the day.
_MONTH_FIRST: Final = frozenset({"US", "PH"})

_ISO: Final = r"(?P<iso>(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?))(?![\d./-]*\d)"
_EASTERN: Final = r"(?P<east>(?P<y2>(?:19|20)\d\d)\s?[年년.]\s?(?P<m2>\d\d?)\s?[月월.]\s?(?P<d2>\d\d?)\s?[日일.])"
_DOTS: Final = r"(?P<dots>(?P<d3>\d\d?)\.\s?(?P<m3>\d\d?)\.\s?(?P<y3>(?:(?:19|20)\d\d|\d\d(?![\d:.]))))(?![.]?\d)"
_SLASHES: Final = r"(?P<slashes>(?P<a4>\d\d?)(?P<s4>[/-])(?P<b4>\d\d?)(?P=s4)(?P<y4>(?:19|20)\d\d))(?!\d)"
_DAY_FIRST: Final = (
    r"(?P<first>(?P<d5>\d\d?)(?:st|nd|rd|th|er|\.?[ºª°o])?[.,]?[\s-]{1,3}(?:(?:de|of|d['’])\s?)?"
    r"(?P<m5>[^\W\d_]{3,14})[.,]{0,2}[\s-]{1,3}(?:(?:de|del)\s)?(?P<y5>(?:19|20)\d\d))(?!\d)"
)
_MONTH: Final = (
    r"(?P<month>(?P<m6>[^\W\d_]{3,14})\.?\s{1,3}(?P<d6>\d\d?)(?:st|nd|rd|th)?,?\s{1,3}(?P<y6>(?:19|20)\d\d))(?!\d)"
)
_YEAR_FIRST: Final = r"(?P<year>(?P<y7>(?:19|20)\d\d)\.?\s(?P<m7>[^\W\d_]{3,14})\s(?P<d7>\d\d?))(?!\d)"

_DAY: Final = re.compile(
    rf"(?<![\d./-])(?:{_ISO}|{_EASTERN}|{_DOTS}|{_SLASHES}|{_DAY_FIRST}|{_MONTH}|{_YEAR_FIRST})", re.IGNORECASE
)


class Day(msgspec.Struct, frozen=True):
    """A day that stands in words: where it begins and ends there, and what it is, in ISO 8601."""

    start: int
    end: int
    iso: str


def days_in(words: str, tags: Sequence[str]) -> Iterator[Day]:
    """Yield the days that stand in words; what may be two days is none.

    Args:
        words: A line or two.
        tags: The tags of the languages that it may be in; the region of the first one says whether the month or
            the day comes first in figures.

    >>> [day.iso for day in days_in("12. März 2019, geändert am 1.4.2020", ["de"])]
    ['2019-03-12', '2020-04-01']
    >>> [day.iso for day in days_in("03/04/2021", ["en-US"])], [*days_in("03/04/2021", ["en"])]
    (['2021-03-04'], [])
    """
    for found in _DAY.finditer(words):
        if iso := _read(found, tags):
            yield Day(*found.span(), iso)


def _read(found: re.Match[str], tags: Sequence[str]) -> str | None:
    if found["iso"]:
        return day_of(found["y1"], found["m1"], found["d1"])
    if found["east"]:
        return day_of(found["y2"], found["m2"], found["d2"])
    if found["dots"]:
        return day_of(_year(found["y3"]), found["m3"], found["d3"])
    if found["slashes"]:
        return _slashed(found, next(iter(tags), ""))
    name, day, year = next((found[f"m{n}"], found[f"d{n}"], found[f"y{n}"]) for n in (5, 6, 7) if found[f"m{n}"])
    month = _month(name, tags)
    return day_of(year, month, day) if month else None


def _slashed(found: re.Match[str], tag: str) -> str | None:
    one, other, year = found["a4"], found["b4"], found["y4"]
    day_first, month_first = day_of(year, other, one), day_of(year, one, other)
    language, _, region = tag.partition("-")
    if not (day_first and month_first) or day_first == month_first:
        return day_first or month_first
    if region.upper() in _MONTH_FIRST and language == "en":
        return month_first
    return day_first if language and (language != "en" or region) else None


def day_of(year: str | int, month: str | int, day: str | int) -> str | None:
    """Return a day in ISO 8601, if there is such a day and it may be a page's."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year >= _FIRST else None


def _year(figures: str) -> int:
    year = int(figures)
    return year if year >= _FIRST else year + (1900 if year >= _CENTURY else 2000)


def _month(name: str, tags: Sequence[str]) -> int | None:
    key = name.casefold()
    for language in dict.fromkeys((*(tag.partition("-")[0].lower() for tag in tags), "en")):
        months = _months(language)
        if key in months:
            return months[key]
        begun = {number for full, number in months.items() if len(key) >= _SHORTEST and full.startswith(key)}
        if len(begun) == 1:
            return begun.pop()
    return None


@lru_cache(maxsize=32)
def _months(language: str) -> dict[str, int]:
    """Return the names of months in a language, in lower case, in Unicode's data."""
    try:
        names = Locale.parse(language).months if language else {}
    except (UnknownLocaleError, ValueError, TypeError):
        return dict(_OTHER_MONTHS)
    found = {
        name.casefold().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in names.get(context, {}).get(width, {}).items()
    }
    return _OTHER_MONTHS | found
