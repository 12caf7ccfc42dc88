"""The first and the last lines of a text, which show what it is."""

from typing import Final

import msgspec

#: How many lines at each end of a text are looked at: a title page, or a letter's last page.
_LINES: Final = 60

#: How many characters of one line are looked at. No heading, dateline or signature is longer.
_WIDTH: Final = 400

#: How many characters at each end of a text are looked at, so that one endless line costs no more.
_REACH: Final = 40_000


class Line(msgspec.Struct, frozen=True):
    """A line with words: its number in the text, from 1, and its words without blanks around them."""

    number: int
    words: str


def first_lines(text: str) -> tuple[Line, ...]:
    r"""Return the first lines of a text that aren't blank, each cut at a width that no heading has.

    >>> first_lines("\nDear Ali,\n\nI write")
    (Line(number=2, words='Dear Ali,'), Line(number=4, words='I write'))
    """
    start = len(text) - len(text.lstrip())
    lines = text[start : start + _REACH].split("\n", _LINES)[:_LINES]
    return _filled(lines, text.count("\n", 0, start) + 1)


def last_lines(text: str) -> tuple[Line, ...]:
    r"""Return the last lines of a text that aren't blank.

    >>> last_lines("I write\n\nYours,\nHashem\n")[-1]
    Line(number=4, words='Hashem')
    """
    end = len(text.rstrip())
    start = max(0, end - _REACH)
    lines = text[start:end].split("\n")
    lines[0] = "" if start else lines[0]  # cut in the middle
    skipped = max(0, len(lines) - _LINES)
    return _filled(lines[skipped:], text.count("\n", 0, start) + 1 + skipped)


def _filled(lines: list[str], number: int) -> tuple[Line, ...]:
    cut = [Line(at, line[:_WIDTH].strip()) for at, line in enumerate(lines, start=number)]
    return tuple(line for line in cut if line.words)
