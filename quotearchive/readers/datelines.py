"""Datelines and bylines: where and when a text was written by its own account, and who is named above it.

A report opens its first paragraph with the place, the date and a dash ("Iran, February 12, 2021—In an open
letter ..."); a letter has them on a line of their own ("Paris, le 24 mars 1943").
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from quotearchive.dates import parse_date
from quotearchive.dates.errors import AmbiguousDateError, UnreadableDateError
from quotearchive.readers.extracts import Extracted
from quotearchive.readers.lines import Line
from quotearchive.readers.set_phrases import BYLINES, DATE_LABELS, RECEIVED_LABELS, SOURCES, behind
from quotearchive.text.phrases import phrases

#: How far into a paragraph the dash that ends a dateline may be, in characters.
_REACH: Final = 100

#: The longest place and the longest date in words, in characters and words.
_LONGEST_PLACE: Final = 40
_LONGEST_DATE: Final = 40
_MOST_WORDS: Final = 5

#: The dashes that end a dateline: "PARIS — ", "Iran, February 12, 2021–In", "LONDON (Reuters) - ".
_DASHES: Final = ("—", "–", " - ", " -- ", "―")

#: What a publisher's name has and a person's doesn't: a slash, capitals throughout, or such a word.
_ORGANISATION: Final = re.compile(
    r"/|\b(?:[A-Z]{3,}|news|agency|press|times|post|network|radio|tv|service|institute|foundation|committee|"
    r"association|watch|international|centre|center|council|office|desk|staff)\b",
)

#: Parts of names that are written small.
_SMALL_WORDS: Final = frozenset(
    phrases("de | da | di | du | del | la | le | des | von | zu | van | den | der | bin | ibn | al | el")
)

_YEAR: Final = re.compile(r"[0-9۰-۹٠-٩]{4}")
_AGENCY: Final = re.compile(r"\s*\(([^()]{2,30})\)\s*$")
_COMMAS: Final = re.compile("[,،]")


def read_dateline(line: Line) -> tuple[Extracted, ...]:
    """Read a line that opens with a place and a date or an agency, and a dash.

    >>> [(each.field, each.value) for each in read_dateline(Line(9, "Iran, February 12, 2021—In an open"))]
    [('place', 'Iran'), ('date', '2021-02-12'), ('date_words', 'February 12, 2021')]
    """
    opening = line.words[:_REACH]
    cuts = [opening.find(dash) for dash in _DASHES if dash in opening]
    return _read_opening(line.number, opening[: min(cuts)].rstrip(" -")) if cuts else ()


def find_date_line(lines: Iterable[Line]) -> tuple[Extracted, ...]:
    """Find the first line that is nothing but a date, perhaps with a place or a word for it before.

    >>> [(each.field, each.value) for each in find_date_line([Line(1, "Berlin, den 3. Mai 1933")])]
    [('place', 'Berlin'), ('date', '1933-05-03'), ('date_words', 'den 3. Mai 1933')]
    """
    for line in lines:
        if len(line.words) > _LONGEST_PLACE + _LONGEST_DATE or not _YEAR.search(line.words):
            continue
        if extracted := _read_place_and_date(line.number, behind(line.words, DATE_LABELS) or line.words):
            return extracted
    return ()


def find_received(lines: Iterable[Line]) -> tuple[Extracted, ...]:
    """Find the day that a letter arrived, as it is noted on it."""
    for line in lines:
        noted = behind(line.words, RECEIVED_LABELS)
        if noted and (date := read_date(noted)):
            return (Extracted("received", date, line.number, line.words),)
    return ()


def read_byline(line: Line) -> tuple[Extracted, ...]:
    """Read a line that names who wrote or published a text.

    >>> [(each.field, each.value) for each in read_byline(Line(8, "Reporting by PMOI/MEK"))]
    [('publisher', 'PMOI/MEK')]
    >>> [(each.field, each.value) for each in read_byline(Line(2, "By Jane Doe and John Roe"))]
    [('authors', 'Jane Doe'), ('authors', 'John Roe')]
    """
    if len(line.words) > _REACH:
        return ()
    if source := behind(line.words, SOURCES):
        return (Extracted("publisher", source.rstrip("."), line.number, line.words),)
    named = behind(line.words, BYLINES) or ""
    return tuple(Extracted(field, name, line.number, line.words) for field, name in _named(named.rstrip(".")))


@lru_cache(maxsize=256)  # dates take long to read, and a title must be none
def read_date(words: str) -> str | None:
    """Read a date that has a year, or None; what could mean two days means nothing here."""
    if not _YEAR.search(words) or len(words) > _LONGEST_DATE:
        return None
    try:
        return parse_date(words)
    except (UnreadableDateError, AmbiguousDateError):
        return None


def is_name(words: str) -> bool:
    """Check whether words can be a person's name: two to six, each with a capital where the script has them.

    >>> is_name("Hashem Khastar"), is_name("Ludwig van Beethoven"), is_name("By the river")
    (True, True, False)
    """
    parts = words.split()
    return 2 <= len(parts) <= 6 and all(_is_name_part(part) for part in parts)  # noqa: PLR2004


def _is_name_part(part: str) -> bool:
    letters = [sign for sign in part if sign.isalpha()]
    is_clean = all(sign.isalpha() or sign in ".'’-\u200c" or unicodedata.combining(sign) for sign in part)
    return part in _SMALL_WORDS or (bool(letters) and not letters[0].islower() and is_clean)


def _named(names: str) -> list[tuple[str, str]]:
    if _ORGANISATION.search(names):
        return [("publisher", names)]
    people = [name.strip() for name in re.split(r",| and | und | et | y | و ", names)]
    return [("authors", name) for name in people] if all(is_name(name) for name in people) else []


def _read_opening(number: int, opening: str) -> tuple[Extracted, ...]:
    agency = _AGENCY.search(opening)
    stem = opening[: agency.start()] if agency else opening
    publisher = (Extracted("publisher", agency[1], number, opening),) if agency else ()
    if extracted := _read_place_and_date(number, stem):
        return (*extracted, *publisher) if any(each.field == "place" for each in extracted) else ()
    if publisher and _is_place(stem):
        return (Extracted("place", stem, number, opening), *publisher)
    return ()


def _read_place_and_date(number: int, words: str) -> tuple[Extracted, ...]:
    """Split at the comma behind which a date begins, or, in some languages, before which it ends."""
    if date := read_date(words):
        return _dated(number, words, None, words, date)
    for comma in list(_COMMAS.finditer(words))[:_MOST_WORDS]:
        before, after = words[: comma.start()].strip(), words[comma.end() :].strip()
        if _is_place(before) and (date := read_date(after)):
            return _dated(number, words, before, after, date)
        if _is_place(after) and (date := read_date(before)):
            return _dated(number, words, after, before, date)
    return ()


def _dated(number: int, words: str, place: str | None, date_words: str, date: str) -> tuple[Extracted, ...]:
    placed = (Extracted("place", place, number, words),) if place else ()
    return (*placed, Extracted("date", date, number, words), Extracted("date_words", date_words, number, words))


def _is_place(words: str) -> bool:
    """Check whether words can be a place: few, without figures, the first with a capital where there are any.

    >>> _is_place("Evin prison"), _is_place("he said"), _is_place("12")
    (True, False, False)
    """
    parts = words.split()
    return (
        0 < len(parts) <= _MOST_WORDS
        and len(words) <= _LONGEST_PLACE
        and parts[0][0].isalpha()
        and not parts[0][0].islower()
        and not any(sign.isdigit() or sign in '“”"«»:;!?' for sign in words)
    )
