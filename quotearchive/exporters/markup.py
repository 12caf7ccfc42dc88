"""Texts as the inside of elements: their quotes cut so that elements can be put around them, in legal characters.

Elements nest and quotes need not: a quote is cut where a paragraph or another quote ends within it.
"""

import heapq
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, takewhile
from typing import Final

import msgspec

from quotearchive.model import Description, Document, Passage, Quote, Segment, outward
from quotearchive.text import paragraphs

#: A language tag that HTML and XML may bear.
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")

#: All that is no `Char` of XML 1.0 (https://www.w3.org/TR/xml/#charsets).
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Where Unicode has pictures of control characters: ␀ for NUL, ␛ for escape.
_PICTURES: Final = 0x2400

_LAST_CONTROL: Final = 0x1F


class MarkedSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A span of text that is one element.

    Attributes:
        start: Offset of its first code point.
        end: Offset behind its last code point.
        quote: The quote that it is of.
        number: Its number among the spans of its quote, from 1.
    """

    start: int
    end: int
    quote: Quote
    number: int

    @property
    def name(self) -> str:
        """Its `xml:id`; the first bears the name of the quote."""
        return f"quote-{self.quote.id}" + (f"-{self.number}" if self.number > 1 else "")


def marked_spans(document: Document, quotes: Iterable[Quote]) -> list[MarkedSpan]:
    """Cut quotes at the ends of paragraphs and of each other, so that what overlaps is nested.

    Returns:
        Spans in the order in which their elements begin.
    """
    waiting = _cut_at_paragraphs(document, quotes)
    heapq.heapify(waiting)
    found: list[MarkedSpan] = []
    open_ends: list[int] = []
    counts: dict[int, int] = {}
    while waiting:
        start, negative_end, depth, order, quote = heapq.heappop(waiting)
        end = -negative_end
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        if open_ends and end > open_ends[-1]:
            heapq.heappush(waiting, (open_ends[-1], -end, depth, order, quote))
            end = open_ends[-1]
        open_ends.append(end)
        counts[quote.id] = counts.get(quote.id, 0) + 1
        found.append(MarkedSpan(start=start, end=end, quote=quote, number=counts[quote.id]))
    return found


def _cut_at_paragraphs(document: Document, quotes: Iterable[Quote]) -> list[tuple[int, int, int, int, Quote]]:
    """Cut passages at paragraphs; each with its start, its end negated, its depth and its order."""
    spans = paragraphs(document.text)
    ends = [end for _, end in spans]
    known = {quote.id: quote for quote in quotes}
    found: list[tuple[int, int, int, int, Quote]] = []
    for quote in known.values():
        depth = sum(1 for _ in outward(quote, known.get))
        for passage in () if quote.missing else quote.passages:
            for first, last in takewhile(_begins_before(passage), spans[bisect_right(ends, passage.start) :]):
                start, end = max(first, passage.start), min(last, passage.end)
                found.append((start, -end, depth, len(found), quote))
    return found


def _begins_before(passage: Passage) -> Callable[[tuple[int, int]], bool]:
    return lambda span: span[0] < passage.end


def pieces(text: str, spans: Iterable[MarkedSpan]) -> Iterator[tuple[str, int, MarkedSpan | None]]:
    """Cut a text where its paragraphs and the spans in them begin and end.

    Args:
        text: The text.
        spans: Spans that nest, in the order in which they begin.

    Yields:
        Words; 1 where an element begins behind them, -1 where one ends, 0 at the end of the text; and the span
        that is the element, None for a paragraph.
    """
    blocks = ((start, end, None) for start, end in paragraphs(text))
    elements = heapq.merge(blocks, ((span.start, span.end, span) for span in spans), key=lambda element: element[0])
    position = 0
    still_open: list[tuple[int, MarkedSpan | None]] = []
    for start, end, opened in chain(elements, [(len(text), len(text), None)]):
        while still_open and still_open[-1][0] <= start:
            closing, closed = still_open.pop()
            yield text[position:closing], -1, closed
            position = closing
        yield text[position:start], int(start < len(text)), opened
        position = start
        still_open.append((end, opened))


class Milestones:
    """The segments of a text, dealt out where they begin while the text is gone through in pieces.

    Args:
        segments: Those to deal out, by where they start.

    Attributes:
        position: Where the text was left.
    """

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._waiting = deque(segments)
        self.position = 0

    def cut(self, words: str) -> Iterator[str | Segment]:
        """Yield the next words of the text, cut where segments begin, and those segments.

        >>> list(Milestones([Segment(3, "page", "2")]).cut("To be"))
        ['To ', Segment(start=3, kind='page', label='2', ref=None), 'be']
        """
        start, end = self.position, self.position + len(words)
        done = start
        while self._waiting and self._waiting[0].start < end:
            segment = self._waiting.popleft()
            if segment.start > done:
                yield words[done - start : segment.start - start]
                done = segment.start
            yield segment
        if done < end:
            yield words[done - start :]
        self.position = end


def language_tag(document: Description) -> str:
    """Return the language of a document if it is one that `lang` may bear, else nothing."""
    tag = document.language or ""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def legal(text: str) -> str:
    r"""Put a stand-in for each character that XML forbids, so that all others keep their places.

    >>> legal("a\x1b[31m\ufffe")
    'a␛[31m�'
    """
    return _ILLEGAL.sub(lambda sign: _stand_in(ord(sign.group())), text)


def _stand_in(code: int) -> str:
    return chr(_PICTURES + code) if code <= _LAST_CONTROL else "\ufffd"
