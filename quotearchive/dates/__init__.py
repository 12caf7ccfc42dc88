"""Dates as EDTF (levels 0 and 1): read from what people write, and their first and last day.

EDTF is the Library of Congress's Extended Date/Time Format, now part of ISO 8601-2
(https://www.loc.gov/standards/datetime/). This module and `extent` cost next to nothing to import, because
every command that sorts by date needs them; what needs libraries lives in `expressions` (EDTF beyond plain
dates) and `words` (dates in words), which are loaded when such a date is first read.
"""

from quotearchive.dates.extent import EARLIEST, LATEST, bounds, find_bounds, is_plain

__all__ = ["EARLIEST", "LATEST", "bounds", "find_bounds", "is_plain", "parse_date"]


def parse_date(words: str, language: str | None = None) -> str:
    """Read a date, in EDTF or in words, as EDTF.

    Args:
        words: EDTF of level 0 or 1, or a date in English, French, German, Spanish, Persian or Arabic, in the
            Gregorian or the Persian calendar.
        language: A BCP 47 tag that settles what figures mean (`03/04/2021`) where the words can't.

    Raises:
        UnreadableDateError: If it is no date that is understood.
        AmbiguousDateError: If figures can be read in two ways.

    >>> parse_date("1943-03/1943-05")
    '1943-03/1943-05'
    >>> parse_date("le 24 mars 1943")
    '1943-03-24'
    >>> parse_date("early spring 1943")
    '1943-21~'
    >>> parse_date("۲۴ بهمن ۱۳۹۹")
    '2021-02-12'
    """
    stripped = words.strip()
    if is_plain(stripped):
        return stripped
    from quotearchive.dates.words import read  # noqa: PLC0415 - its libraries take some 400 ms

    return read(stripped, language)
