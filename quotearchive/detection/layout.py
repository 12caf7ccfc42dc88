"""Paragraphs of a text, whether a line is a paragraph or only a line.

A paragraph bounds a quotation: an opening mark that nothing closes runs to the end of its paragraph and no further.
Most texts of today have one paragraph a line; letters and public-domain books are wrapped at a fixed width, and a
blank line parts their paragraphs.
"""

import re
from itertools import pairwise
from typing import Final

from quotearchive.model import Span

#: Lines longer than this (code points) are paragraphs of their own: nobody wraps by hand at such a width.
WIDEST_WRAP: Final = 120
#: Lists and verse have lines shorter than this (code points); columns of print have not.
NARROWEST_WRAP: Final = 40
#: Share of line breaks that must lie where a word no longer fitted for the text to count as wrapped.
WRAPPED_SHARE: Final = 0.8
#: The fewest line breaks that show anything.
FEWEST_BREAKS: Final = 2
#: How much narrower than the widest line (code points) a wrapped line may be: ragged editors and joined words.
SLACK: Final = 4

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE: Final = re.compile(r"[^\n]+")


def is_wrapped(text: str) -> bool:
    """Check whether the text's lines were broken at a fixed width.

    A wrapped line ends where the first word of the next one did not fit any more; verse, lists and paragraphs of one
    line do not.

    Args:
        text: The whole text, with line feeds as line ends.

    Returns:
        True if at least `WRAPPED_SHARE` of the line breaks inside blocks are explained by a width.
    """
    lines = [line.strip() for line in text.split("\n")]
    breaks = [
        (len(line), len(line) + 1 + len(below.split(None, 1)[0])) for line, below in pairwise(lines) if line and below
    ]
    if len(breaks) < FEWEST_BREAKS:
        return False
    width = sorted(length for length, _ in breaks)[int(len(breaks) * 0.9)]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return False
    full = sum(with_next > width - SLACK for _, with_next in breaks)
    return full >= WRAPPED_SHARE * len(breaks)


def paragraphs(text: str, *, wrapped: bool) -> list[Span]:
    """Cut a text into paragraphs.

    Args:
        text: The whole text, with line feeds as line ends.
        wrapped: Whether its lines were broken at a width; if not, each is a paragraph.

    Returns:
        Half-open spans in code points, sorted, none of them blank.

    >>> paragraphs(chr(10).join(["One.", "", "Two."]), wrapped=False)
    [(0, 4), (6, 10)]
    """
    if not wrapped:
        return [match.span() for match in _LINE.finditer(text) if not match[0].isspace()]
    ends = [(match.start(), match.end()) for match in _BLANK_LINE.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [(start, stop) for start, stop in zip(starts, stops, strict=True) if text[start:stop].strip()]
