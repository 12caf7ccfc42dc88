"""Failures to find a passage."""

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from quotearchive.anchoring.comparison import Difference
from quotearchive.errors import USAGE, QuoteArchiveError, excerpt

#: Places of a passage that are listed, so that the question stays on the screen.
_PLACES_LISTED: Final = 10


class TextPlace(NamedTuple):
    """A stretch of a document's text, as messages show it.

    Attributes:
        start: Offset of its first code point.
        end: Offset behind its last code point.
        words: The stretch itself, perhaps with some of its context.
    """

    start: int
    end: int
    words: str


class PassageError(QuoteArchiveError):
    """A passage can't be taken from a document, whose name is added where it is known."""

    document: str = "the document"

    def in_document(self, document: str) -> Self:
        """Return the same error with the document's name in its sentence."""
        named = type(self).__new__(type(self))
        named.__dict__.update(self.__dict__, document=document)
        return named


class EmptyPassageError(PassageError):
    """A passage holds no words."""

    exit_code = USAGE

    def __str__(self) -> str:
        return f"The passage is empty. Give some words of {self.document}."


class SpanError(PassageError):
    """A span is empty or reaches beyond the text."""

    exit_code = USAGE

    def __init__(self, start: int, end: int, length: int) -> None:
        self.start, self.end, self.length = start, end, length

    def __str__(self) -> str:
        fault = "is empty" if self.start >= self.end else "reaches beyond the text"
        return (
            f"The span {self.start}:{self.end} {fault}. A span of {self.document} is START:END "
            f"with 0 <= START < END <= {self.length}."
        )


class AmbiguousPassageError(PassageError):
    """A passage occurs several times.

    Args:
        passage: What was typed.
        places: The places in order, each with the words around it; perhaps only the first of them.
        count: How many places there are.
    """

    def __init__(self, passage: str, places: Sequence[TextPlace], count: int) -> None:
        self.passage, self.places, self.count = passage, tuple(places), count

    def __str__(self) -> str:
        sentence = f"{excerpt(self.passage)} occurs {self.count:,} times in {self.document}:"
        listed = self.places[:_PLACES_LISTED]
        lines = [f"  {number}. {place.start}:{place.end}  {place.words}" for number, place in enumerate(listed, 1)]
        more = self.count - len(listed)
        lines += [f"  and {more:,} more"] if more else []
        return "\n".join([sentence, *lines])


class OccurrenceError(PassageError):
    """A passage occurs fewer times than was asked for."""

    exit_code = USAGE

    def __init__(self, passage: str, occurrence: int, count: int) -> None:
        self.passage, self.occurrence, self.count = passage, occurrence, count

    def __str__(self) -> str:
        times = "once" if self.count == 1 else f"{self.count:,} times"
        words = excerpt(self.passage)
        return f"There is no occurrence {self.occurrence} of {words}: it occurs {times} in {self.document}."


class PassageNotFoundError(PassageError):
    """A passage is not in the document.

    Args:
        passage: What was typed.
        nearest: The most similar passage of the document; None if there is none.
        mismatch: The first difference between what was typed (the old words) and what the document has.
    """

    def __init__(self, passage: str, *, nearest: TextPlace | None = None, mismatch: Difference | None = None) -> None:
        self.passage, self.nearest, self.mismatch = passage, nearest, mismatch

    def __str__(self) -> str:
        at = self.mismatch.old_start if self.mismatch else 0
        refusal = f"Not in {self.document}: {excerpt(self.passage, at)}."
        return " ".join(filter(None, (refusal, self._nearest_words(), self._difference())))

    def _nearest_words(self) -> str:
        if self.nearest is None:
            return "No similar passage was found."
        start, end, words = self.nearest
        at = self.mismatch.new_start if self.mismatch else 0
        return f"The nearest passage is {excerpt(words, at)} at {start}:{end}."

    def _difference(self) -> str:
        if self.mismatch is None:
            return ""
        typed, found = self.mismatch.old, self.mismatch.new
        if typed.strip() and found.strip():
            return f"First difference: {excerpt(typed)} where the document has {excerpt(found)}."
        extra = f"{excerpt(found)} is left out" if found.strip() else f"{excerpt(typed)} is not in the document"
        return f"First difference: {extra}."
