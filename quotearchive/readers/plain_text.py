"""Plain text: its title, and whether its lines make it a report, a letter or something else."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quotearchive.readers.datelines import find_date_line, read_byline, read_dateline
from quotearchive.readers.extracts import Extract, Extracted
from quotearchive.readers.languages import guess_language
from quotearchive.readers.letters import find_letter
from quotearchive.readers.lines import Line, first_lines
from quotearchive.readers.set_phrases import FURNITURE, bare
from quotearchive.readers.talk.transcripts import Transcript, find_transcript

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
    found = find_transcript(text)
    if found is None:
        return Extract(text=text, extracted=describe(text))
    return Extract(text=found.text, extracted=describe_transcript(found), segments=found.segments)


def describe_transcript(found: Transcript) -> tuple[Extracted, ...]:
    """Extract the metadata that the lines above the first turn state, and what the speakers make it."""
    above = tuple(line for line in first_lines(found.text[: found.begins]) if line.words.strip("*_# "))
    stated = _describe_report(above) if above else ()
    known = {each.field for each in found.extracted}
    tag = guess_language(found.text[found.begins :])
    return (
        *(each for each in stated if each.field != "kind" and (each.field not in known or each.field == "authors")),
        *(each for each in found.extracted if each.field != "authors" or not any(s.field == "authors" for s in stated)),
        *((Extracted("language", tag),) if tag else ()),
    )


def describe(text: str) -> tuple[Extracted, ...]:
    """Extract the metadata that the first and last lines of a text state."""
    lines = first_lines(text)
    letter = find_letter(text, lines)
    extracted = letter or _describe_report(lines)
    tag = guess_language(text)
    return (*extracted, Extracted("language", tag)) if tag else extracted


def _describe_report(lines: tuple[Line, ...]) -> tuple[Extracted, ...]:
    masthead = lines[:_MASTHEAD]
    title = _find_title(masthead)
    below = [line for line in masthead if not title or line.number > title.line]
    byline = tuple(found for line in below for found in read_byline(line))
    dateline = next(filter(None, map(read_dateline, masthead)), ())
    date = dateline or find_date_line(masthead)
    is_article = dateline or (byline and date)
    kind = Extracted("kind", "article", date[0].line, date[0].words) if is_article else Extracted("kind", "other")
    return (*((title,) if title else ()), kind, *date, *byline)


def _find_title(masthead: Sequence[Line]) -> Extracted | None:
    """Find the first line that can be a title and isn't repeated on the next, as the captions of pictures are."""
    repeated = {above.words for above, below in pairwise(masthead) if above.words == below.words}
    title = next((line for line in masthead if line.words not in repeated and _is_title(line)), None)
    return Extracted("title", title.words, title.number, title.words) if title else None


def _is_title(line: Line) -> bool:
    """Check for a title: no furniture of a web page, address, date, byline, dateline or paragraph."""
    words = line.words
    return (
        len(words) <= _LONGEST_TITLE
        and any(sign.isalpha() for sign in words)
        and bare(words) not in FURNITURE
        and not _AD_SIZE.fullmatch(words)
        and not _ADDRESS.fullmatch(words)
        and not (find_date_line([line]) or read_dateline(line) or read_byline(line))
    )
