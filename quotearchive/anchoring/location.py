"""Find words that someone typed or pasted in a text.

`locate` climbs a ladder and returns the rung on which it found them; see `Rung`. On each rung the words are tried
as they were given, without surrounding white space, without a pair of quotation marks around them and
without an ellipsis at either end.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Final

import msgspec

from quotearchive.anchoring.errors import (
    AmbiguousPassageError,
    EmptyPassageError,
    OccurrenceError,
    SpanError,
    TextPlace,
)
from quotearchive.anchoring.near_misses import find_nearest
from quotearchive.model import CONTEXT, Passage, Span
from quotearchive.text import Folded, canonical, fold, folded

#: Pairs of quotation marks that may be typed around a passage, the opening one first.
_PAIRS: Final = ("“”", '""', "„“", "„”", "””", "«»", "»«", "‘’", "''", "‚‘", "‹›", "›‹", "「」", "『』")

#: What is between the two ends of a passage in folded text, where … is three dots: `a ... b`,
#: `a […] b`, `a (...) b`.
_GAP: Final = re.compile(r"[\[(] ?\.{3,} ?[\])]|\.{3,}")

#: Ellipses at a passage's ends, which mean that the text goes on there.
_OPEN_START: Final = re.compile(r"\s*(?:[\[(]\s?)?(?:…|\.{3,})(?:\s?[\])])?\s*")
_OPEN_END: Final = re.compile(r"\s*(?:[\])]\s?)?(?:…|\.{3,})(?:\s?[\[(])?\s*")

#: Gaps that are tried: a passage may itself hold ellipses that are the text's own, but not many.
_GAPS: Final = 8

#: Places that are listed when a passage is ambiguous; all are counted.
LISTED: Final = 100

#: Code points that may be compared in looking for further places, for each code point of the text.
#: Only a long passage that overlaps itself again and again, which no prose does, comes near it.
_EFFORT: Final = 8


class Rung(StrEnum):
    """How a passage was found."""

    EXACT = "exact"  #: character for character
    FOLDED = "folded"  #: after folding both, see `quotearchive.text.folding`
    ENDS = "ends"  #: from its first to its last words, with an ellipsis between them


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a passage in a text, and how it was found.

    Attributes:
        start: Offset of its first code point.
        end: Offset behind its last code point.
        rung: How it was found.
    """

    start: int
    end: int
    rung: Rung


def take(text: str, start: int, end: int) -> Passage:
    """Cut a passage with its context out of a text.

    Args:
        text: Canonical text.
        start: Offset of its first code point.
        end: Offset behind its last code point.

    Raises:
        SpanError: The span is empty or reaches beyond the text.

    >>> take("resign immediately.", 7, 18).exact
    'immediately'
    """
    if not 0 <= start < end <= len(text):
        raise SpanError(start, end, len(text))
    return Passage(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def locate(text: str, passage: str, *, occurrence: int | None = None) -> Location:
    """Find the place in a text that holds a passage.

    Args:
        text: Canonical text.
        passage: Words as someone typed or pasted them; `first words ... last words` means all from the
            first to the last, unless the text itself has that ellipsis.
        occurrence: Which of several places is meant, from 1, in the order of the text. Places are
            counted on the rung on which there are any.

    Raises:
        EmptyPassageError: The passage holds no words.
        AmbiguousPassageError: There are several places and `occurrence` is not given.
        OccurrenceError: There are fewer places than `occurrence` says, or it is below 1.
        PassageNotFoundError: There is none; the error holds the nearest words and the first difference.

    >>> locate("He wrote: “You’ve lost.”", "you've lost")
    Location(start=11, end=22, rung=<Rung.FOLDED: 'folded'>)
    """
    words = canonical(passage)
    if not words.strip():
        raise EmptyPassageError(passage)
    search = _Search(text, words)
    for rung, spans in search.rungs():
        location = _choose(text, passage, spans, rung, occurrence)
        if location:
            return location
    raise find_nearest(text, search.folded_text, list(_undressed(words.strip()))[-1])


def _choose(text: str, passage: str, spans: Iterator[Span], rung: Rung, occurrence: int | None) -> Location | None:
    """Return the one place or the one that is wanted; None if there is no place at all."""
    listed = list(islice(spans, LISTED))
    wanted = 1 if occurrence is None else occurrence
    if len(listed) == 1 and wanted == 1:
        return Location(start=listed[0][0], end=listed[0][1], rung=rung)
    if not listed:
        return None
    count = len(listed)
    for place in spans:
        count += 1
        if count == wanted:
            listed.append(place)
    if occurrence is None:
        raise AmbiguousPassageError(passage, [_place(text, *place) for place in listed], count)
    if not 1 <= wanted <= count:
        raise OccurrenceError(passage, wanted, count)
    start, end = listed[min(wanted, len(listed)) - 1]
    return Location(start=start, end=end, rung=rung)


def _place(text: str, start: int, end: int) -> TextPlace:
    context = text[max(0, start - CONTEXT) : min(end, start + 2 * CONTEXT) + CONTEXT]
    return TextPlace(start, end, " ".join(context.split()))


class _Search:
    """One passage looked for in one text, which is folded once and only if need be."""

    def __init__(self, text: str, words: str) -> None:
        self._text = text
        self._words = words

    @cached_property
    def folded_text(self) -> str:
        return folded(self._text)

    @cached_property
    def _folding(self) -> Folded:
        return fold(self._text)

    def rungs(self) -> Iterator[tuple[Rung, Iterator[Span]]]:
        """Yield the ways to look for the passage, the strictest first."""
        yield Rung.EXACT, find_all(self._words, self._text)
        for words in _undressed(self._words.strip()):
            needle = folded(words).strip()
            yield Rung.EXACT, find_all(words, self._text)
            if needle:
                yield Rung.FOLDED, self._unfolded(find_all(needle, self.folded_text))
        for words in _undressed(self._words.strip()):
            needle = folded(words).strip()
            for gap in islice(_GAP.finditer(needle), _GAPS):
                first, last = needle[: gap.start()].strip(), needle[gap.end() :].strip()
                if first and last:
                    yield Rung.ENDS, self._unfolded(_stretches(first, last, self.folded_text))

    def _unfolded(self, spans: Iterator[Span]) -> Iterator[Span]:
        """Map spans back to the text. Two within one character of the text are one place."""
        before = None
        for place in spans:
            unfolded = self._folding.span(*place)
            if unfolded != before:
                yield unfolded
            before = unfolded


def _undressed(words: str) -> Iterator[str]:
    """Yield words as they are and without what is put around a quotation."""
    yield words
    for undress in (_without_marks, _without_ellipses, _without_marks):
        bare = undress(words).strip()
        if bare and bare != words:
            words = bare
            yield words


def _without_marks(words: str) -> str:
    return words[1:-1] if words[:1] + words[-1:] in _PAIRS else words


def _without_ellipses(words: str) -> str:
    start = _OPEN_START.match(words)
    words = words[start.end() :] if start else words
    end = _OPEN_END.match(words[::-1])
    return words[: -end.end()] if end else words


def find_all(needle: str, haystack: str) -> Iterator[Span]:
    """Yield all places of a string, also those that overlap."""
    effort = _EFFORT * (len(haystack) + len(needle))
    start = haystack.find(needle)
    while start >= 0 and effort > 0:
        yield start, start + len(needle)
        effort -= len(needle)
        start = haystack.find(needle, start + 1)


def _stretches(first: str, last: str, haystack: str) -> Iterator[Span]:
    """Yield the stretches from each place of the first words to the nearest last words behind it."""
    end = 0
    for _, first_end in find_all(first, haystack):
        if end < first_end + len(last):
            found = haystack.find(last, first_end)
            if found < 0:
                return
            end = found + len(last)
        yield first_end - len(first), end
