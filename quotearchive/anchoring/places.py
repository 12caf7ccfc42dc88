"""The place of a quote: its page, minute, message, chapter or paragraph, from its offsets and the document's segments.

A quote keeps offsets alone. Where these are is told from the segments of its document whenever it is asked, so that
no quote can name a page on which it is not.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import msgspec

from quotearchive.model import QUOTED, SEGMENT_KINDS, Document, Passage, Quote, Segment, Span
from quotearchive.text import folded, milliseconds, paragraphs

#: What stands before the labels of a kind in a citation: for one, and for several.
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "page": ("p. ", "pp. "),
    "message": ("message ", "messages "),
    "paragraph": ("paragraph ", "paragraphs "),
}

#: The kinds in the order in which a citation names them. A turn is not among them: its label is the speaker.
CITED: Final = ("message", "section", "page", "time")

#: How the labels of sections of an e-mail begin that aren't the sender's own words.
NOT_OWN: Final = (QUOTED, "header", "signature")

#: Parts of a citation beside which the number of the paragraph still says more.
_FEW: Final = 1

#: Control characters, line ends among them, which no label holds.
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Place(msgspec.Struct, frozen=True):
    """Where a passage is, in segments of one kind.

    Attributes:
        kind: One of the model's segment kinds.
        segments: Those that the passage touches, at least one.
        end: The segment behind them, where the last one of them ends; None at the end of the text.
    """

    kind: str
    segments: tuple[Segment, ...]
    end: Segment | None = None

    @property
    def first(self) -> Segment:
        """The segment in which the passage begins."""
        return self.segments[0]

    @property
    def last(self) -> Segment:
        """The segment in which it ends."""
        return self.segments[-1]


class Citation(msgspec.Struct, frozen=True):
    """One part of a locator.

    Attributes:
        kind: A segment kind, or `paragraph`.
        labels: First and last label of each stretch; the same twice where that is one segment.
    """

    kind: str
    labels: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The labels alone, such as `12–13, 40`."""
        return ", ".join(first if first == last else f"{first}–{last}" for first, last in self.labels)

    def __str__(self) -> str:
        one, several = _WORDS.get(self.kind, ("", ""))
        if self.kind == "message" and not self.labels[0][0].isdecimal():
            return self.words
        is_one = len(self.labels) == 1 and self.labels[0][0] == self.labels[0][1]
        return f"{one if is_one else several}{self.words}"


class Places:
    """The places of one document.

    Args:
        text: Its text.
        segments: The labelled stretches of it.
    """

    def __init__(self, text: str, segments: Sequence[Segment] = ()) -> None:
        self._text = text
        self._segments: dict[str, list[Segment]] = {kind: [] for kind in SEGMENT_KINDS}
        for segment in sorted(segments, key=lambda each: each.start):
            self._segments.setdefault(segment.kind, []).append(segment)
        self._starts = {kind: [each.start for each in found] for kind, found in self._segments.items()}

    @classmethod
    def of(cls, document: Document) -> "Places":
        """Return the places of a document."""
        return cls(document.text, document.segments)

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [start for start, _ in paragraphs(self._text)]

    def place(self, kind: str, start: int, end: int) -> Place | None:
        """Return where a stretch of the text is in segments of a kind; None where no such segment is.

        >>> pages = (Segment(0, "page", "iv", 4), Segment(10, "page", "v", 5))
        >>> place = Places("Some words and others.", pages).place("page", 5, 12)
        >>> place.first.label, place.last.label
        ('iv', 'v')
        """
        starts, segments = self._starts[kind], self._segments[kind]
        first = max(0, bisect_right(starts, start) - 1)
        behind = bisect_left(starts, max(end, start + 1))
        found = tuple(each for each in segments[first:behind] if each.label and not self._is_over(each, start))
        return Place(kind, found, segments[behind] if behind < len(segments) else None) if found else None

    def _is_over(self, segment: Segment, offset: int) -> bool:
        """Check whether a section of a message is left behind because another message has begun."""
        messages = self._starts["message"]
        return segment.kind == "section" and bisect_right(messages, segment.start) < bisect_right(messages, offset)

    def places(self, passages: Iterable[Passage]) -> Iterator[Place]:
        """Yield where passages are, in segments of each kind."""
        for passage in passages:
            found = (self.place(kind, passage.start, passage.end) for kind in SEGMENT_KINDS)
            yield from (each for each in found if each)

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph that holds an offset, from 1, or of the one before it."""
        return max(1, bisect_right(self._paragraphs, offset))

    def cited(self, passages: Sequence[Passage]) -> tuple[Citation, ...]:
        """Return the parts of a citation that lead to passages, the widest first."""
        if not passages:
            return ()
        parts: list[Citation] = []
        within: Segment | None = None
        for kind in CITED:
            found = [place for each in passages if (place := self.place(kind, each.start, each.end))]
            if found and not (within and within.kind == "message" and _are_own(found)):
                labels = _stretches(
                    (each.first.start, each.last.start, each.first.label, each.last.label, each.end) for each in found
                )
                parts.append(Citation(kind, labels))
                is_one = len({each.start for place in found for each in (place.first, place.last)}) == 1
                within = found[0].first if is_one else None
        parts = self._without_needless_section(parts)
        is_timed = any(part.kind == "time" for part in parts)
        if is_timed or len(parts) > _FEW or (parts and within is None):
            return tuple(parts)
        return (*parts, self._cited_paragraphs(passages, self._first_paragraph(passages, within)))

    def _first_paragraph(self, passages: Sequence[Passage], within: Segment | None) -> int:
        """Return where paragraphs are counted from: in an e-mail from the words below its header."""
        if within is None or within.kind != "message":
            return within.start if within else 0
        sections = (each for each in self._segments["section"] if each.start >= within.start)
        below = next((each.start for each in sections if each.label != "header"), within.start)
        return below if all(each.start >= below for each in passages) else within.start

    def _without_needless_section(self, parts: list[Citation]) -> list[Citation]:
        """Leave out the section where pages are cited and no other pages have these labels."""
        cited = {label for part in parts if part.kind == "page" for pair in part.labels for label in pair}
        if not cited or any(self._pages[label] > 1 for label in cited):
            return parts
        return [part for part in parts if part.kind != "section"]

    @cached_property
    def _pages(self) -> Counter[str]:
        return Counter(segment.label for segment in self._segments["page"])

    def _cited_paragraphs(self, passages: Sequence[Passage], start: int) -> Citation:
        """Number the paragraphs from a start on; one that it lies in is the first."""
        before = max(1, bisect_right(self._paragraphs, start)) - 1 if start else 0
        spans = [(self.paragraph(each.start) - before, self.paragraph(each.end - 1) - before) for each in passages]
        merged = _merged(spans)
        return Citation("paragraph", tuple((str(first), str(last)) for first, last in merged))

    def locator(self, passages: Sequence[Passage]) -> str:
        r"""Return where passages are, as a person cites it; empty for none.

        >>> pages = (Segment(0, "page", "12", 12), Segment(26, "page", "13", 13))
        >>> def passage(start, end): return Passage(start=start, end=end, exact="")
        >>> places = Places("One sentence.\n\nAnother.\n\nA third one.", pages)
        >>> places.locator([passage(15, 22)]), places.locator([passage(15, 30)])
        ('p. 12, paragraph 2', 'pp. 12–13')
        """
        return ", ".join(map(str, self.cited(passages)))

    def message_ids(self, passages: Iterable[Passage]) -> tuple[str, ...]:
        """Return the Message-ID of each message in which passages are, for those that have one.

        >>> passage = Passage(start=2, end=4, exact="")
        >>> Places("An e-mail.", [Segment(0, "message", "message 1", "<1@example.org>")]).message_ids([passage])
        ('<1@example.org>',)
        """
        found = (self.place("message", each.start, each.end) for each in passages)
        refs = (each.ref for place in found if place for each in place.segments)
        return tuple(dict.fromkeys(ref for ref in refs if isinstance(ref, str)))

    def locate(self, quote: Quote) -> str | None:
        """Return the locator of a quote; None for one whose words the document no longer has."""
        return (None if quote.missing else self.locator(quote.passages)) or None

    def find(self, kind: str, wanted: str) -> list[Span]:
        """Return the stretches of the text with a label, a number, or labels from one to another (`12-15`, `iv..x`).

        >>> pages = (Segment(0, "page", "iv", 4), Segment(5, "page", "v", 5), Segment(9, "page", "vi", 6))
        >>> places = Places("Some words.", pages)
        >>> places.find("page", "V"), places.find("page", "4-5"), places.find("page", "12")
        ([(5, 9)], [(0, 9)], [])
        """
        segments = self._segments[kind]
        found = self._called(kind, wanted)
        if not found:
            first, last = self._range(kind, wanted)
            found = list(range(first, last + 1)) if first is not None and last is not None else []
        ends = [*(each.start for each in segments[1:]), len(self._text)]
        return _joined([(segments[number].start, ends[number]) for number in found])

    def _range(self, kind: str, wanted: str) -> tuple[int | None, int | None]:
        for sign in ("..", "–", "-"):
            first, _, last = wanted.partition(sign)
            starts, ends = self._called(kind, first), self._called(kind, last)
            if starts and ends:
                return starts[0], ends[-1]
        return None, None

    def _called(self, kind: str, wanted: str) -> list[int]:
        segments, label = self._segments[kind], folded(wanted.strip())
        by_label = [number for number, each in enumerate(segments) if label and folded(each.label) == label]
        return by_label or [
            number for number, each in enumerate(segments) if label.isdecimal() and number_of(each) == int(label)
        ]


def number_of(segment: Segment) -> int | None:
    """Return the number of a segment: milliseconds of a time, else that of its label, or of its place in the file.

    >>> number_of(Segment(0, "page", "12", 20)), number_of(Segment(0, "page", "iv", 4))
    (12, 4)
    >>> number_of(Segment(0, "time", "00:14:05"))
    845000
    """
    if segment.kind == "time":
        return segment.ref if isinstance(segment.ref, int) else milliseconds(segment.label)
    label = folded(segment.label).strip()
    if label.isascii() and label.isdecimal() and len(label) < 16:  # noqa: PLR2004 - what every database counts
        return int(label)
    return segment.ref if isinstance(segment.ref, int) else None


def has_own_words(segment: Segment) -> bool:
    """Check whether a segment of an e-mail is a section of its sender's own words, which needs no name in a citation.

    >>> has_own_words(Segment(90, "section", "Omid Rahimi")), has_own_words(Segment(0, "section", "quoted"))
    (True, False)
    """
    return segment.kind == "section" and not segment.label.startswith(NOT_OWN)


def without_day(locator: str, day: str | None) -> str:
    """Leave the day of a message out of a locator beside which it stands anyway.

    >>> without_day("message of 2021-03-01 23:40 +03:30, paragraph 3", "2021-03-01")
    'message of 23:40 +03:30, paragraph 3'
    >>> without_day("message of 2021-03-01, paragraph 3", "2021-03-01")
    'message of 2021-03-01, paragraph 3'
    """
    return locator.replace(f"message of {day} ", "message of ", 1) if day else locator


def has_controls(label: str) -> bool:
    """Check whether a label has line ends or other control characters, which none may have."""
    return _CONTROLS.search(label) is not None


def sound(segments: Iterable[Segment], text: str) -> tuple[Segment, ...]:
    """Return those segments that a text can have, in their order, with labels of one line."""
    kept = (
        Segment(each.start, each.kind, _CONTROLS.sub(" ", " ".join(each.label.split())).strip(), each.ref)
        for each in segments
        if each.kind in SEGMENT_KINDS and 0 <= each.start <= len(text)
    )
    return tuple(sorted(kept, key=lambda each: each.start))


def _are_own(found: Iterable[Place]) -> bool:
    return all(has_own_words(each) for place in found for each in place.segments)


def _stretches(found: "Iterable[tuple[int, int, str, str, Segment | None]]") -> tuple[tuple[str, str], ...]:
    """Join stretches of segments that touch: the starts of the first and the last, their labels, and what is behind."""
    joined: list[tuple[int, int, str, str, Segment | None]] = []
    for each in sorted(found, key=lambda one: one[:2]):
        before = joined[-1] if joined else None
        if before and (each[0] <= before[1] or (before[4] and each[0] == before[4].start)):
            joined[-1] = (before[0], each[1], before[2], each[3], each[4]) if each[1] > before[1] else before
        else:
            joined.append(each)
    return tuple(dict.fromkeys((first, last) for _, _, first, last, _ in joined))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined
