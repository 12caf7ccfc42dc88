"""Places in a text as another program counts them, in the text as it is kept here."""

from collections.abc import Sequence
from functools import cached_property

from quotearchive.importers.interface import passage
from quotearchive.model import CONTEXT, Passage
from quotearchive.text import canonical

#: What programs put behind words that they have shortened.
_CUT = "….\u00a0 "


class Offsets:
    r"""The ways in which a text can be counted, of which a program takes one.

    Line ends of two characters are counted as two by most and as one by some; which it is, the words that a
    program says it selected tell.

    >>> Offsets("One.\r\nTwo.").passage(6, 9, [""]).exact
    'Two'
    >>> Offsets("One.\r\nTwo.").passage(5, 8, ["Two"]).exact
    'Two'

    Args:
        text: The text as the file has it, without a byte order mark.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _ways(self) -> tuple[str, ...]:
        return (self._text, self._text.replace("\r\n", "\n")) if "\r\n" in self._text else (self._text,)

    @cached_property
    def _is_canonical(self) -> bool:
        return canonical(self._text) == self._text

    def passage(self, start: int, end: int, told: Sequence[str]) -> Passage | None:
        """Cut out a passage, as it stands in the canonical text.

        Args:
            start: Offset of its first code point, as the program counts.
            end: Offset behind its last code point.
            told: What the program says the words are, perhaps cut short, or something else altogether.

        Returns:
            The passage; None if no way of counting has it.
        """
        found = [text for text in self._ways if 0 <= start < end <= len(text)]
        agreeing = [text for text in found if any(_agrees(text[start:end], words) for words in told)]
        for text in agreeing or found:
            return _taken(text, start, end, is_canonical=self._is_canonical)
        return None


def _agrees(words: str, told: str) -> bool:
    short = canonical(told).rstrip(_CUT)
    return bool(short.strip()) and canonical(words).startswith(short)


def _taken(text: str, start: int, end: int, *, is_canonical: bool) -> Passage:
    """Cut out a passage, with its start and context counted in canonical text."""
    return passage(
        canonical(text[start:end]),
        start if is_canonical else len(canonical(text[:start])),
        prefix=canonical(text[max(0, start - CONTEXT) : start]),
        suffix=canonical(text[end : end + CONTEXT]),
    )
