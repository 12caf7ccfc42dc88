"""Spans between quotation marks, without judging what they are.

One pass finds the marks, one stack a paragraph pairs them. An opening mark that nothing closes runs to the end of its
paragraph; a closing mark that nothing opened is ignored. Straight marks and marks used the wrong way round are told
apart by the characters beside them. What apostrophes look like is data of the language.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from quotearchive.model import Span

#: The closing marks that each opening mark may have: „A“ is German, ”A” Swedish, »A« German books, “A" careless.
PAIRS: Final = {
    "“": '”"″“',
    "„": '“”"‟',
    "‟": '”"',
    "”": '”"“',
    "″": "″",
    '"': '"”″',
    "''": "''",
    "``": "''",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "‘": "’'",
    "‚": "‘’'",
    "'": "'’",
}
#: Marks that are single: they also serve as apostrophes, and in most texts mark a quotation inside another.
SINGLE: Final = frozenset("‘‚'‹›")
#: A quotation that a line leaves open is closed by a lone mark at most so many lines later: verse and broken letters.
FARTHEST_CLOSING: Final = 12
#: Nesting beyond this many levels is noise; real texts stop at three.
DEEPEST: Final = 4
#: A quotation that ends with one of these and a closing mark is surely closed: ‘the dogs’ home,’ ends at the comma.
_STOPS: Final = frozenset('.,!?…;:—–-”"»')
_MARK: Final = re.compile(r"[\"“”„‟″«»「」『』‘‚‹›]|'{2,}|``|’(?!\w)|'(?<!\w')(?=\S)|'(?<=\S')(?!\w)")
_ELISION: Final = re.compile(r"['‘’](?:\d0s|\d\ds|em|til|tis|twas|twere|cause|bout|n)\b", re.IGNORECASE)
_LEANING_GUILLEMET: Final = re.compile(r"(?<!\S)([«»])\w|\w[.,!?]?([«»])(?!\S)")
_EMPTY: Final = frozenset(" \t\n\r\xa0\u202f\u200b\u200e\u200f\u2009")
_BEFORE_OPENING: Final = _EMPTY | frozenset("([{—–-:/“\"„«‘'…>*_‚،؛¿¡「『")


class QuotedSpan(msgspec.Struct):
    """The stretch of text between two marks; filled while it is read, and left alone afterwards.

    Attributes:
        start: First code point after the opening mark.
        end: Code point after the last one before the closing mark.
        mark: The opening mark.
        paragraph: Index of the paragraph it opens in.
        closed: Whether its closing mark was found.
        outer: The span that encloses it.
        after: Code point after the closing mark.
    """

    start: int
    end: int
    mark: str
    paragraph: int
    closed: bool = False
    outer: "QuotedSpan | None" = None
    after: int = 0

    @property
    def is_single(self) -> bool:
        """Whether its marks are single ones."""
        return self.mark in SINGLE


class _Mark(msgspec.Struct, gc=False):
    """A quotation mark where it stands, and whether it may open or close a quotation.

    It is firm behind a full stop, a comma or the like; if a firmer closing mark follows, it is doubted: an apostrophe.
    """

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    firm: bool = False
    doubted: bool = False


def find_spans(text: str, paragraphs: list[Span]) -> list[QuotedSpan]:
    """Pair the quotation marks of a text.

    Args:
        text: The whole text.
        paragraphs: Its half-open spans, sorted, as `layout.paragraphs` returns them.

    Returns:
        Spans sorted by start, an enclosing one before what it encloses; none without a letter or a digit.

    >>> [span.mark for span in find_spans("‘No,’ he said.", [(0, 14)])]
    ['‘']
    """
    spans: list[QuotedSpan] = []
    open_at_end: list[QuotedSpan] = []
    for index, marks in _marks_by_paragraph(text, paragraphs):
        pairing = _Pairing(text, marks, index, paragraphs[index][1])
        for mark in marks:
            pairing.read(mark)
        _close_across_lines(open_at_end, pairing)
        open_at_end = pairing.finish()
        spans += pairing.spans
    kept = [span for span in spans if any(map(str.isalnum, text[span.start : span.end]))]
    kept.sort(key=lambda span: (span.start, -span.end))
    _forget_dropped(kept)
    return kept


def _forget_dropped(kept: list[QuotedSpan]) -> None:
    """Let each span lie in the nearest one that was kept: what looked like an opening mark may be an apostrophe."""
    known = set(map(id, kept))
    for span in kept:
        while span.outer and (id(span.outer) not in known or span.outer.end < span.end):
            span.outer = span.outer.outer


def _close_across_lines(open_at_end: list[QuotedSpan], pairing: "_Pairing") -> None:
    """Close what an earlier line left open with a closing mark that nothing in this line opened."""
    loose = pairing.loose
    if loose and open_at_end and pairing.paragraph - open_at_end[0].paragraph <= FARTHEST_CLOSING:
        span = open_at_end[0]
        if loose.sign in PAIRS[span.mark]:
            span.end, span.after, span.closed = loose.start, loose.end, True


class _Pairing:
    """The stack that pairs the marks of one paragraph."""

    def __init__(self, text: str, marks: list[_Mark], paragraph: int, end: int) -> None:
        self.spans: list[QuotedSpan] = []
        self.loose: _Mark | None = None
        self.paragraph = paragraph
        self._text = text
        self._end = end
        self._stack: list[QuotedSpan] = []
        self._balance = sum(mark.closes - mark.opens for mark in marks if mark.sign not in SINGLE and mark.sign != "’")
        _doubt_apostrophes(marks)

    def read(self, mark: _Mark) -> None:
        """Open or close a span at a mark."""
        if mark.sign == "’" or mark.sign in SINGLE:
            self._read_single(mark)
            return
        self._balance -= mark.closes - mark.opens
        depth = self._depth_of_partner(mark)
        if depth is not None and (mark.closes or not mark.opens):
            self._close(depth, mark)
        elif mark.opens or (mark.sign == '"' and not mark.closes):
            self._open(mark)
        elif not self.spans and not self._stack and not self.loose:
            self.loose = mark

    def finish(self) -> list[QuotedSpan]:
        """Let what is open run to the paragraph's end; return the double-marked ones."""
        left = [span for span in self._stack if not span.is_single]
        for span in left:
            self._stop(span, self._end)
        return left

    def _read_single(self, mark: _Mark) -> None:
        partner = self._stack[-1] if self._stack else None
        if mark.closes and partner and mark.sign in PAIRS[partner.mark] and partner.is_single:
            if not mark.doubted:
                self._close(len(self._stack) - 1, mark)
        elif mark.opens:
            if partner and partner.is_single:
                self._stack.pop()
            self._push(mark)

    def _open(self, mark: _Mark) -> None:
        """Open a double-marked span; one that is open already and will not be closed was a stray."""
        same = [span for span in self._stack if span.mark == mark.sign]
        if same and self._balance <= len(same):
            depth = self._stack.index(same[-1])
            self._stop(same[-1], mark.start)
            del self._stack[depth:]
        self._push(mark)

    def _push(self, mark: _Mark) -> None:
        if len(self._stack) < DEEPEST:
            outer = self._stack[-1] if self._stack else None
            self._stack.append(QuotedSpan(mark.end, self._end, mark.sign, self.paragraph, outer=outer))

    def _depth_of_partner(self, mark: _Mark) -> int | None:
        for depth in range(len(self._stack) - 1, -1, -1):
            if mark.sign in PAIRS[self._stack[depth].mark]:
                return depth
        return None

    def _close(self, depth: int, mark: _Mark) -> None:
        span = self._stack[depth]
        span.end, span.after, span.closed = mark.start, mark.end, True
        for inner in self._stack[depth + 1 :]:
            if not inner.is_single:
                self._stop(inner, mark.start)
        del self._stack[depth:]
        self.spans.append(span)

    def _stop(self, span: QuotedSpan, end: int) -> None:
        end = span.start + len(self._text[span.start : end].rstrip())
        span.end = span.after = end
        self.spans.append(span)


def _doubt_apostrophes(marks: list[_Mark]) -> None:
    """Doubt each single closing mark that a firmer one follows: ‘the dogs’ home,’."""
    firmer = False
    for mark in reversed(marks):
        if mark.sign in "’'" and mark.closes:
            mark.doubted = firmer and not mark.firm
            firmer = firmer or mark.firm
        else:
            firmer = False


def _marks_by_paragraph(text: str, paragraphs: list[Span]) -> Iterator[tuple[int, list[_Mark]]]:
    reversed_guillemets = "»" in text and _uses_reversed_guillemets(text)
    index, marks = 0, list[_Mark]()
    for match in _MARK.finditer(text):
        while index < len(paragraphs) and match.start() >= paragraphs[index][1]:
            if marks:
                yield index, marks
                marks = []
            index += 1
        if index == len(paragraphs):
            return
        marks += _read_marks(text, match, reversed_guillemets=reversed_guillemets)
    if marks:
        yield index, marks


def _read_marks(text: str, match: re.Match[str], *, reversed_guillemets: bool) -> list[_Mark]:
    """Return a mark with whether it may open and close; nothing for an apostrophe or a sign for inches."""
    start, end = match.span()
    sign = match[0]
    before = text[start - 1] if start else "\n"
    behind = text[end] if end < len(text) else "\n"
    if sign in "‘'’" and _ELISION.match(text, start):
        return []
    if sign in '"″' and before.isdigit() and behind.isdigit():
        return []
    if sign[:2] == "''":
        return _read_apostrophes(start, end, opens=before in _BEFORE_OPENING and behind not in _EMPTY)
    if sign in "«»" and reversed_guillemets:
        return [_Mark(start, end, sign, opens=sign == "»", closes=sign == "«")]
    opens, closes = _directions(sign, before, behind)
    return [_Mark(start, end, sign, opens=opens, closes=closes, firm=before in _STOPS)]


def _read_apostrophes(start: int, end: int, *, opens: bool) -> list[_Mark]:
    """Read two apostrophes as a double mark, and a third one as a single mark inside it."""
    inner = start + 2 if opens else start
    double = _Mark(*((start, start + 2) if opens else (end - 2, end)), "''", opens=opens, closes=not opens)
    if end - start != len("'''"):
        return [double]
    single = _Mark(inner, inner + 1, "'", opens=opens, closes=not opens, firm=True)
    return [double, single] if opens else [single, double]


def _directions(sign: str, before: str, behind: str) -> tuple[bool, bool]:
    """Return whether a mark may open and whether it may close, by the characters beside it."""
    free_before, free_behind, joined = before in _BEFORE_OPENING, behind in _EMPTY, behind.isalnum()
    match sign:
        case '"' | "″":
            return free_before and not free_behind, before not in _EMPTY
        case "'" | "’":
            return sign == "'" and free_before and joined, before not in _EMPTY and not joined
        case "“" | "‘":
            return sign == "“" or not free_behind, not free_before and not joined
        case "”":
            return before in _EMPTY and not free_behind, True
        case _:
            return sign in "„‟«‹「『‚``", sign in "»›」』"


def _uses_reversed_guillemets(text: str) -> bool:
    """Check for »A« rather than «A»: the first guillemet that touches a word on one side only shows it."""
    match = _LEANING_GUILLEMET.search(text)
    return match is not None and (match[1] == "»" or match[2] == "«")
