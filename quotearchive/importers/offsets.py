"""Places in a text as another program counts them, in code points of the text.

Programs count a text in different units, and the line ends of Windows as one or as two:

    quotearchive, QualCoder   code points, as the REFI-QDA standard (1.5, 10.2) and the W3C's model have it
    NVivo                     UTF-16 units, line ends as two
    Taguette                  bytes of UTF-8
    Hypothesis                UTF-16 units
    ATLAS.ti, MAXQDA, others  not written down anywhere

The name of the program is not enough, as versions and platforms differ. So it is found out for each
file, by all of its places together: where a program states the words, the counting that has them is
right; else the program's own, if at least half of the places that differ begin and end at words in it and not
inside them; else the one in which most do. In a text without characters beyond U+FFFF and without CRLF all
countings are the same.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import Final

import msgspec

from quotearchive.importers.interface import passage
from quotearchive.model import CONTEXT, Passage, Span
from quotearchive.text import canonical, folded

#: What programs put behind words that they have shortened.
_CUT: Final = "….\u00a0 "

#: Letters of stated words that are enough if they don't look shortened: a code's name may be short.
_ENOUGH: Final = 4

#: Code points of a text that may be one of the stated words: its white space may be wider.
_SPREAD: Final = 8

#: The part of the places that must begin and end at words for a counting to be believed, where countings
#: differ, and for another to be believed beside the best: of places in English that are counted wrongly an
#: eighth do.
_BELIEVED: Final = 0.5

#: By how many places a counting must lead another for that not to be meant.
_LEAD: Final = 3

#: Code points between two places whose distance from the start is known: what is counted at most to find
#: a place, and how finely a text is measured.
_STEP: Final = 1024

#: Where a text can be divided so that the canonical forms of the parts are that of the whole: before ASCII,
#: which joins nothing before it, but not within CRLF.
_DIVISION: Final = re.compile("(?<!\r)[\x00-\x7f]")

_LINE_END: Final = re.compile("\r\n")

#: Letters of scripts that put no space between words, so that a place between two of them shows nothing.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U0001b000-\U0001b2ff\U00020000-\U0003ffff]"
)


class Unit(StrEnum):
    """What a program counts."""

    CODE_POINTS = "code points"
    UTF_16 = "UTF-16 units"
    BYTES = "bytes of UTF-8"


#: How each unit is encoded, and the bytes of one.
_ENCODINGS: Final[Mapping[Unit, tuple[str, int]]] = {Unit.UTF_16: ("utf-16-le", 2), Unit.BYTES: ("utf-8", 1)}


class Counting(msgspec.Struct, frozen=True):
    """A way to count a text.

    Attributes:
        unit: What is counted.
        is_joined: Whether CRLF is counted as one line end, and not as the two characters that it is.
    """

    unit: Unit
    is_joined: bool = False

    def __str__(self) -> str:
        return f"{self.unit}, line ends as one" if self.is_joined else self.unit.value


#: As the standards have it.
STANDARD: Final = Counting(Unit.CODE_POINTS)

#: What texts on other programs' platforms are counted in.
_COUNTINGS: Final = tuple(
    Counting(unit, is_joined) for unit in (Unit.CODE_POINTS, Unit.UTF_16) for is_joined in (False, True)
)


class Mark(msgspec.Struct, frozen=True):
    """A place as a program has it.

    Attributes:
        start: Offset of its first unit.
        end: Offset behind its last unit.
        stated: What the program states the words to be, perhaps cut short, or something else altogether.
        is_whole: Whether the stated words are never cut short.
    """

    start: int
    end: int
    stated: Sequence[str] = ()
    is_whole: bool = False


class Offsets:
    r"""A text in which places are found by any counting.

    >>> Offsets("😀 One.\r\nTwo.").span(Mark(8, 11), Counting(Unit.UTF_16, is_joined=True))
    (8, 11)

    Args:
        text: The text as the file has it, without a byte order mark.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._scales: dict[Unit, _Scale] = {}
        self._joined: Offsets | None = None

    @cached_property
    def _line_ends(self) -> list[int]:
        """The places of the line ends of two characters in the text in which they are one."""
        return [found.start() - before for before, found in enumerate(_LINE_END.finditer(self.text))]

    def span(self, mark: Mark, counting: Counting) -> Span | None:
        """Find the place of a mark.

        Returns:
            Half-open, in code points of the text; None if it is not there, empty, or within a character.
        """
        start, end = self.place(mark.start, counting), self.place(mark.end, counting)
        return (start, end) if start is not None and end is not None and start < end else None

    def place(self, offset: int, counting: Counting) -> int | None:
        """Find an offset in code points of the text; None if it is not there, or within a character."""
        if counting.is_joined and self._line_ends:
            self._joined = self._joined or Offsets(self.text.replace("\r\n", "\n"))
            place = self._joined.place(offset, Counting(counting.unit))
            return None if place is None else place + bisect_left(self._line_ends, place)
        if counting.unit not in self._scales:
            self._scales[counting.unit] = _Scale(self.text, counting.unit)
        return self._scales[counting.unit].place(offset)

    def spans(self, mark: Mark, countings: Iterable[Counting]) -> dict[Counting, Span]:
        """Find the places that a mark has in several countings, as far as it has one."""
        found = ((counting, self.span(mark, counting)) for counting in countings)
        return {counting: span for counting, span in found if span}

    def matching(self, spans: Mapping[Counting, Span], mark: Mark) -> list[Counting]:
        """Return the countings in which the words there are those that the program states."""
        likeness = {
            counting: max((self._likeness(span, stated, mark) for stated in mark.stated), default=0)
            for counting, span in spans.items()
        }
        best = max(likeness.values(), default=0)
        return [counting for counting, each in likeness.items() if each == best > 0]

    def _likeness(self, span: Span, stated: str, mark: Mark) -> int:
        """Compare words: 2 for the same, 1 for much the same or their beginning, 0 for other words."""
        start, end = span
        words = self.text[start : min(end, start + _SPREAD * len(stated))]
        if stated and canonical(words) == canonical(stated):
            return 2
        return int(_agrees(words, stated, may_be_cut=not mark.is_whole))

    def is_whole(self, span: Span) -> bool:
        """Check whether a place neither begins nor ends inside a word."""
        return not any(_is_inside(self.text, end) for end in span)

    def passage(self, start: int, end: int) -> Passage:
        """Cut out a passage as the canonical text has it, with its place there."""
        text = self.text
        return passage(
            canonical(text[start:end]),
            self._canonical_place(start),
            prefix=canonical(text[max(0, start - CONTEXT) : start]),
            suffix=canonical(text[end : end + CONTEXT]),
        )

    def _canonical_place(self, offset: int) -> int:
        starts, lengths = self._divisions
        division = bisect_right(starts, offset) - 1
        return lengths[division] + len(canonical(self.text[starts[division] : offset]))

    @cached_property
    def _divisions(self) -> tuple[list[int], list[int]]:
        """Divide the text; return where each part starts, in it and in its canonical form."""
        starts = [0]
        while division := _DIVISION.search(self.text, starts[-1] + _STEP):
            starts.append(division.start())
        parts = (self.text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True))
        return starts, [0, *accumulate(len(canonical(part)) for part in parts)]


class _Scale:
    """A text measured in a unit."""

    def __init__(self, text: str, unit: Unit) -> None:
        self._text = text
        self._encoding, self._size = _ENCODINGS.get(unit, ("", 1))
        parts = (text[start : start + _STEP] for start in range(0, len(text), _STEP)) if self._encoding else ()
        self._units = [0, *accumulate(len(self._encoded(part)) // self._size for part in parts)]

    def _encoded(self, part: str) -> bytes:
        return part.encode(self._encoding, "surrogatepass")

    def place(self, offset: int) -> int | None:
        """Find a place in code points; None if it is not in the text, or within a character."""
        if not self._encoding:
            return offset if 0 <= offset <= len(self._text) else None
        if not 0 <= offset <= self._units[-1]:
            return None
        step = max(0, bisect_left(self._units, offset) - 1)
        part = self._encoded(self._text[step * _STEP : (step + 1) * _STEP])
        try:
            before = part[: (offset - self._units[step]) * self._size].decode(self._encoding, "surrogatepass")
        except UnicodeDecodeError:
            return None
        return None if "\ud800" <= before[-1:] <= "\udbff" else step * _STEP + len(before)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """How the places of a file are counted.

    Attributes:
        counting: The counting that is believed.
        rivals: Others that can be meant.
        fits: Whether it can be believed.
    """

    counting: Counting
    rivals: tuple[Counting, ...] = ()
    fits: bool = True


def judge(
    texts: Iterable[tuple[Offsets, Sequence[Mark]]],
    expected: Counting,
    *,
    is_known: bool = True,
    countings: Sequence[Counting] = _COUNTINGS,
) -> Judgement:
    r"""Find out in which counting the places of a file are given.

    Args:
        texts: Its texts, each with its marks.
        expected: The counting that the program is known to use, or the standard's.
        is_known: Whether the program is known: its counting is then believed if it fits, whatever else does.
        countings: Those that are possible.

    >>> marks = [Mark(11, 16)]
    >>> str(judge([(Offsets("😀 He said hello and left."), marks)], STANDARD).counting)
    'UTF-16 units'
    """
    order = (expected, *(each for each in countings if each != expected))
    scores = dict.fromkeys(order, 0)
    judged = 0
    for offsets, marks in texts:
        for mark in marks:
            fitting = _fitting(offsets, mark, order)
            judged += fitting is not None
            for counting in fitting or ():
                scores[counting] += 1
    if is_known and scores[expected] >= judged * _BELIEVED:
        return Judgement(counting=expected)
    best = max(order, key=lambda counting: scores[counting])
    enough = min(scores[best] * _BELIEVED, scores[best] - _LEAD)
    rivals = (each for each in order if each != best and scores[each] > enough)
    return Judgement(counting=best, rivals=tuple(rivals), fits=scores[best] >= judged * _BELIEVED)


def _fitting(offsets: Offsets, mark: Mark, countings: Sequence[Counting]) -> list[Counting] | None:
    """Choose the countings that a mark speaks for; None if it has the same place in all of them."""
    spans = offsets.spans(mark, countings)
    if not spans or (len(spans) == len(countings) and len(set(spans.values())) == 1):
        return None
    matching = offsets.matching(spans, mark)
    return matching or [counting for counting, span in spans.items() if offsets.is_whole(span)]


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a mark.

    Attributes:
        span: Half-open, in code points of the text; None if it has none that can be believed.
        is_confirmed: Whether the words there are those that the program states.
        is_doubtful: Whether it has another place in another counting that can be meant.
        is_usual: Whether it is where the standard's counting has it.
    """

    span: Span | None
    is_confirmed: bool = False
    is_doubtful: bool = False
    is_usual: bool = True


def settle(offsets: Offsets, mark: Mark, verdict: Judgement, countings: Sequence[Counting] = _COUNTINGS) -> Placement:
    """Find the place of a mark once it is known how its file counts.

    The words that the program states count for more than how it counts elsewhere.
    """
    spans = offsets.spans(mark, dict.fromkeys((STANDARD, verdict.counting, *countings)))
    usual, span = spans.get(STANDARD), spans.get(verdict.counting)
    matching = [spans[counting] for counting in offsets.matching(spans, mark)]
    if matching and (span in matching or len(set(matching)) == 1):
        span = span if span in matching else matching[0]
        return Placement(span=span, is_confirmed=True, is_usual=span == usual)
    if not verdict.fits and len(set(spans.values())) > 1:
        return Placement(span=None, is_doubtful=True)
    is_doubtful = any(spans.get(rival, span) != span for rival in verdict.rivals)
    return Placement(span=span, is_doubtful=is_doubtful, is_usual=span == usual)


def _agrees(words: str, stated: str, *, may_be_cut: bool) -> bool:
    short = _bare(stated.rstrip(_CUT))
    if not short:
        return False
    bare = _bare(words)
    is_enough = len(short) >= _ENOUGH or stated.rstrip(_CUT) != stated.rstrip()
    is_beginning = may_be_cut and is_enough and len(bare) > len(short) and bare.startswith(short)
    return is_beginning or bare == _bare(stated)


def _bare(words: str) -> str:
    return "".join(folded(canonical(words)).split())


def _is_inside(text: str, place: int) -> bool:
    around = text[max(0, place - 1) : place + 1]
    is_letters = around.isalnum() and not _UNSPACED.search(around)
    return len(around) > 1 and (is_letters or unicodedata.combining(around[1]) > 0)
