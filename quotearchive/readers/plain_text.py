"""Plain text: its title, and whether its lines make it a report, a letter or something else."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import msgspec

from quotearchive.readers.datelines import find_date_line, read_byline, read_dateline
from quotearchive.readers.extracts import Extract, Extracted
from quotearchive.readers.languages import guess_language
from quotearchive.readers.letters import find_letter
from quotearchive.readers.lines import Line, first_lines
from quotearchive.readers.set_phrases import FURNITURE, bare

#: How many of the first lines may hold the title, a byline or a date of their own: the masthead of a text.
_MASTHEAD: Final = 15

#: The longest title in characters; a longer first line is a paragraph.
_LONGEST_TITLE: Final = 200

#: The size of an advertisement that a browser saves in its place: "728 x 90".
_AD_SIZE: Final = re.compile(r"[0-9]{2,4} ?[x×*] ?[0-9]{2,4}")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)


def extract(text: str, name: str) -> Extract:  # noqa: ARG001
    r"""Extract the metadata that a plain text states; the whole of it stays the document's text.

    Args:
        text: The canonical text.
        name: The file's name, which plain text has no use for.

    >>> extract("728 x 90\n\nOn liberty\n\nThe struggle between ...", "liberty.txt").extracted
    (Extracted(field='title', value='On liberty', line=3, words='On liberty'), ...)
    """
    return Extract(text=text, extracted=describe(text))


def describe(text: str) -> tuple[Extracted, ...]:
    """Extract the metadata that the first and last lines of a text state."""
    lines = first_lines(text)
    letter = find_letter(text, lines)
    extracted = letter or _describe_report(lines)
    tag = guess_language(text)
    return (*extracted, Extracted("language", tag)) if tag else extracted


class _MastheadLine(msgspec.Struct, frozen=True, dict=True):
    """One of the first lines, with what it states; read once, as dates take long to read."""

    line: Line

    @cached_property
    def dateline(self) -> tuple[Extracted, ...]:
        return read_dateline(self.line)

    @cached_property
    def date(self) -> tuple[Extracted, ...]:
        return find_date_line([self.line])

    @cached_property
    def byline(self) -> tuple[Extracted, ...]:
        return read_byline(self.line)

    @property
    def is_title(self) -> bool:
        """Whether it can be a title: no furniture of a web page, address, date, byline, dateline or paragraph."""
        words = self.line.words
        return (
            len(words) <= _LONGEST_TITLE
            and any(sign.isalpha() for sign in words)
            and bare(words) not in FURNITURE
            and not _AD_SIZE.fullmatch(words)
            and not _ADDRESS.fullmatch(words)
            and not (self.date or self.dateline or self.byline)
        )


def _describe_report(lines: tuple[Line, ...]) -> tuple[Extracted, ...]:
    masthead = [_MastheadLine(line) for line in lines[:_MASTHEAD]]
    title = _find_title(masthead)
    below = [each for each in masthead if not title or each.line.number > title.line]
    byline = tuple(found for each in below for found in each.byline)
    dateline = next((each.dateline for each in masthead if each.dateline), ())
    date = dateline or next((each.date for each in masthead if each.date), ())
    is_article = dateline or (byline and date)
    kind = Extracted("kind", "article", date[0].line, date[0].words) if is_article else Extracted("kind", "other")
    return (*((title,) if title else ()), kind, *date, *byline)


def _find_title(masthead: Sequence[_MastheadLine]) -> Extracted | None:
    """Find the first line that can be a title and isn't repeated on the next, as the captions of pictures are."""
    words = [each.line.words for each in masthead]
    repeated = {above for above, below in pairwise(words) if above == below}
    title = next((each.line for each in masthead if each.line.words not in repeated and each.is_title), None)
    return Extracted("title", title.words, title.number, title.words) if title else None
