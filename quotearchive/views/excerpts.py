"""Parts of long texts, with what matters in them marked."""

from collections.abc import Sequence
from typing import Final

from rich.text import Text

from quotearchive.model import GAP, Passage, Span
from quotearchive.views.cells import LEFT_OUT, PASSAGE, QUIET, words

#: Code points of a quote that a table shows before it shortens it around what was found.
ROOM: Final = 280

#: Code points of a passage's surroundings that are shown on each side of it.
SURROUNDINGS: Final = 160


def excerpt(text: str, marks: Sequence[Span], room: int = ROOM) -> Text:
    """Return a short text whole, and of a long one the parts around its marks.

    Args:
        text: The words.
        marks: Half-open spans that were found, sorted; may be empty.
        room: About how many code points to show.
    """
    if len(text) <= room:
        return words(text, marks)
    shown = Text()
    last = 0
    for start, end in _windows(text, marks, room):
        if start > last:
            shown.append(f"{LEFT_OUT} " if not shown else f" {LEFT_OUT} ", QUIET)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start]
        shown.append_text(words(text[start:end], inside))
        last = end
    if last < len(text):
        shown.append(f" {LEFT_OUT}", QUIET)
    return shown


def in_context(passages: Sequence[Passage], text: str) -> Text:
    """Return passages, marked, each with some of the text around it."""
    shown = Text()
    for passage in passages:
        if shown:
            shown.append(GAP, QUIET)
        start = _word_start(text, max(0, passage.start - SURROUNDINGS))
        end = _word_end(text, min(len(text), passage.end + SURROUNDINGS))
        before = f"{LEFT_OUT} " if start else ""
        behind = f" {LEFT_OUT}" if end < len(text) else ""
        shown.append(before, QUIET)
        shown.append_text(words(text[start : passage.start])).append("⟦", "reverse")
        shown.append_text(words(text[passage.start : passage.end], [(0, len(passage.exact))], PASSAGE))
        shown.append("⟧", "reverse").append_text(words(text[passage.end : end]))
        shown.append(behind, QUIET)
    return shown


def _windows(text: str, marks: Sequence[Span], room: int) -> list[Span]:
    """Return the spans of a text to show: those around its first marks, widened to whole words."""
    if not marks:
        return [(0, _word_end(text, room))]
    windows: list[Span] = []
    margin = max(room // (2 * min(len(marks), 3)), 40)
    for start, end in marks[:3]:
        window = (_word_start(text, max(0, start - margin)), _word_end(text, min(len(text), end + margin)))
        if windows and window[0] <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(window[1], windows[-1][1]))
        else:
            windows.append(window)
    return windows


def _word_start(text: str, offset: int) -> int:
    """Return where the word at an offset begins, if that is near."""
    begin = max(text.rfind(space, max(0, offset - 20), offset) for space in " \n")
    return begin + 1 if begin >= 0 else offset


def _word_end(text: str, offset: int) -> int:
    """Return where the word at an offset ends, if that is near."""
    ends = [found for space in " \n" if (found := text.find(space, offset, offset + 20)) >= 0]
    return min(ends, default=offset)
