"""Plain text: its title, and by what its lines say, whether it is a report, a letter or something else."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from quotearchive.readers.datelines import find_byline, find_date_line, find_dateline
from quotearchive.readers.extracts import Extract, Taken
from quotearchive.readers.languages import guess_language
from quotearchive.readers.letters import find_letter
from quotearchive.readers.lines import Line, first_lines
from quotearchive.readers.set_phrases import FURNITURE, bare

#: How many of the first lines may hold the title, a byline or a date of their own: what stands above a text.
_MASTHEAD: Final = 15

#: The longest title in characters; a longer first line is a paragraph.
_LONGEST_TITLE: Final = 200

#: The size of an advertisement that a browser saves in its place: "728 x 90".
_AD_SIZE: Final = re.compile(r"[0-9]{2,4} ?[x×*] ?[0-9]{2,4}")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)


def extract(text: str, name: str) -> Extract:  # noqa: ARG001
    r"""Take from a plain text what it says of itself; the whole of it stays the document's text.

    Args:
        text: The canonical text.
        name: The file's name, which plain text has no use for.

    >>> extract("728 x 90\n\nOn liberty\n\nThe struggle between ...", "liberty.txt").taken
    (Taken(field='title', value='On liberty', line=3, words='On liberty'), ...)
    """
    return Extract(text=text, taken=describe(text))


def describe(text: str) -> tuple[Taken, ...]:
    """Take from a text what its first and last lines say of it."""
    lines = first_lines(text)
    letter = find_letter(text, lines)
    taken = letter or _describe_report(lines)
    tag = guess_language(text)
    return (*taken, Taken("language", tag)) if tag else taken


def _describe_report(lines: tuple[Line, ...]) -> tuple[Taken, ...]:
    masthead = lines[:_MASTHEAD]
    title = find_title(masthead)
    below = [line for line in masthead if not title or line.number > title.line]
    byline = find_byline(below)
    dateline = find_dateline(masthead)
    date = dateline or find_date_line(masthead)
    kind = (
        Taken("kind", "article", *_place_of(dateline or date))
        if dateline or (byline and date)
        else Taken("kind", "other")
    )
    return (*((title,) if title else ()), kind, *date, *byline)


def _place_of(taken: tuple[Taken, ...]) -> tuple[int, str]:
    return taken[0].line, taken[0].words


def find_title(lines: Iterable[Line]) -> Taken | None:
    """Find the first line that can be a title.

    It isn't the furniture of a web page, an address, a date, a byline, a dateline or a paragraph, and not
    repeated on the next line, as the captions of pictures are.
    """
    candidates = list(lines)
    repeated = {line.words for line, following in pairwise(candidates) if line.words == following.words}
    title = next((line for line in candidates if line.words not in repeated and _is_title(line)), None)
    return Taken("title", title.words, title.number, title.words) if title else None


def _is_title(line: Line) -> bool:
    words = line.words
    return (
        len(words) <= _LONGEST_TITLE
        and any(sign.isalpha() for sign in words)
        and bare(words) not in FURNITURE
        and not _AD_SIZE.fullmatch(words)
        and not _ADDRESS.fullmatch(words)
        and not find_date_line([line])
        and not find_dateline([line])
        and not find_byline([line])
    )
