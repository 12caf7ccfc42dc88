"""Parts of a document's text around what was found in it, fit to be quoted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from quotearchive.model import Span

#: Code points of an excerpt, about; a sentence or two.
ROOM: Final = 240

#: Excerpts of one document that are shown; the one with most hits first in the text's own order.
MOST: Final = 3

#: Where an excerpt may well begin or end: behind a sentence, or at a line's end. `re` compiles it once.
_BREAK: Final = r"(?<=[.!?…؟])[\"'”’»)\]]*\s+|(?<=[。！？])[」』）]*\s*|\s*\n\s*"


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a text.

    Attributes:
        start: Offset of its first code point in the text.
        end: Offset behind its last one.
        text: Its words.
        marks: Half-open spans in `text`, in code points, of what was found.
    """

    start: int
    end: int
    text: str
    marks: tuple[Span, ...]


def excerpts(text: str, marks: Sequence[Span]) -> list[Excerpt]:
    """Cut out the parts of a text with most of what was found, in the text's order.

    Args:
        text: The document's text.
        marks: Half-open spans in code points, sorted, that don't overlap; may be empty.

    >>> [part.text for part in excerpts("No. He was free. Yes.", [(7, 10)])]
    ['He was free.']
    """
    groups = sorted(_groups(marks), key=len, reverse=True)[:MOST]
    return [_cut(text, group) for group in sorted(groups)]


def _groups(marks: Iterable[Span]) -> Iterator[list[Span]]:
    """Group marks that one excerpt can hold."""
    group: list[Span] = []
    for mark in marks:
        if group and mark[1] - group[0][0] > ROOM:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _cut(text: str, marks: Sequence[Span]) -> Excerpt:
    """Widen marks to whole sentences where they end near, and else to whole words."""
    first, last = marks[0][0], marks[-1][1]
    around = max(ROOM - (last - first), 0) // 2
    start = _start(text, first, max(0, first - around))
    end = _end(text, last, min(len(text), last + around))
    inside = tuple((a - start, b - start) for a, b in marks)
    return Excerpt(start=start, end=end, text=text[start:end], marks=inside)


def _start(text: str, first: int, far: int) -> int:
    breaks = [found.end() for found in re.compile(_BREAK).finditer(text, far, first)]
    if breaks or not far:
        return breaks[-1] if breaks else len(text) - len(text.lstrip())
    space = text.find(" ", far, first)
    return space + 1 if space >= 0 else far


def _end(text: str, last: int, far: int) -> int:
    found = re.compile(_BREAK).search(text, last, far)
    if found or far == len(text):
        part = text[last : found.end()] if found else text[last:]
        return last + len(part.rstrip())
    space = text.rfind(" ", last, far)
    return space if space >= 0 else far
