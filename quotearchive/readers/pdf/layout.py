"""The paragraphs of a PDF: lines joined over the ends of lines, columns and pages.

Lines come in the order of the file, which is that in which they are read in all but a few programs' files. A paragraph
ends where a line leaves room for the next line's first word, where the next line is set in or out, where the space to
it or the size of its letters changes, and where it begins an item of a list.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

import msgspec

from quotearchive.readers.pdf.lines import Line

#: How much two sizes of letters may differ and be the same, in points.
_SAME_SIZE: Final = 0.6

#: The distances below are in sizes of the letters.
_SAME_EDGE: Final = 0.7
_NEAR_EDGE: Final = 3.0
_COLUMN_UP: Final = 0.6
_SAME_LINE: Final = 0.35
#: How many pieces back the other parts of a right-to-left line may be: programs write them in no order.
_PIECES: Final = 4

_WIDEST_BLANK: Final = 2.5
_NARROWEST_BLANK: Final = 0.08

#: How much wider than usual the space between two lines of a paragraph may be.
_LOOSE: Final = 1.22

#: The space between lines, in sizes of the letters, where nothing tells what is usual.
_USUAL_LEADING: Final = 1.6

#: A size from which a line is a heading, against that of most letters.
_HEADING: Final = 1.12

#: A size of the letters of footnotes, against that of most letters.
_NOTE: Final = 0.94

#: The part of a page above which no footnote begins.
_NOTES_BELOW: Final = 0.75

#: How far from the end of a line is looked, in characters, so that an endless one costs no more.
_REACH: Final = 300

#: As many lines don't tell where their column ends.
_FEW_LINES: Final = 4

#: What opens an item of a list.
_ITEM: Final = re.compile(
    r"(?:[•◦▪‣●○■□▸►–—*\uf0b7\u2043·-]\s+\S|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s+\S|[•◦▪‣●○■□▸►\uf0b7])",
)
_BARE_ITEM: Final = re.compile(r"[•◦▪‣●○■□▸►–—*\uf0b7\u2043·-]|\(?(?:\d{1,3}|[a-zA-Z])[.)]")

#: What opens a footnote.
_NOTE_MARK: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]|[*†‡§]|\[?\d{1,3}\]?\s|\(?\d{1,3}\)\s")

#: Dots that lead to a page number in a table of contents.
_LEADERS: Final = re.compile(r"(?:\s?[.․…·]){4,}\s*\S{0,6}$")

_OTHER_LEADER: Final = re.compile("[․…·]")
_FEWEST_LEADERS: Final = 4

#: Scripts that are written without blanks.
_UNSPACED: Final = re.compile(
    "[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_SENTENCE_ENDS: Final = tuple(".!?…:;。！？؟۔।»”\"'’)")

#: Words behind which a hyphen is held over: "Rede- und Glaubensfreiheit".
_HELD_OVER: Final = frozenset(
    ("und", "oder", "bzw", "sowie", "bis", "noch", "and", "or", "to", "nor", "et", "ou", "y", "o", "u", "e", "и", "или")
)

_WORD: Final = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
_LAST_WORD: Final = re.compile(r"[^\W_]+(?:[-‐'’][^\W_]+)*$")
_FIRST_WORD: Final = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")

#: How long both parts of a compound are at least that is told by its parts' being words of the document: shorter ones
#: are often the parts of broken words ("with-out").
_LONG_PART: Final = 5

#: An address that a line's end cuts at a sign of its own.
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S*(?<=[/.=&?_%#])$")

_HYPHENS: Final = ("-", "‐")


class Piece(msgspec.Struct):
    """Words of a paragraph that stand on one page."""

    words: str
    page: int


class Paragraph(msgspec.Struct):
    """A paragraph in pieces, one a line.

    Attributes:
        pieces: The words of its lines as they are joined.
        page: The index of the page on which it begins.
        size: The size of its letters in points.
        is_note: Whether it is a footnote.
    """

    pieces: list[Piece]
    page: int
    size: float
    is_note: bool = False

    @property
    def text(self) -> str:
        """All of its words."""
        return "".join(piece.words for piece in self.pieces)


class _Setting(msgspec.Struct):
    """How a document is set: the size of most letters, and by size the usual space between lines."""

    size: float
    leadings: dict[float, float]

    def leading(self, size: float) -> float:
        """Return the widest space between two lines of a paragraph."""
        return self.leadings.get(_rounded(size), size * _USUAL_LEADING / _LOOSE) * _LOOSE


class _Run(msgspec.Struct):
    """Lines that follow each other down a column of a page."""

    lines: list[Line]
    ends: list[float] = []
    starts: list[float] = []


def paragraphs_of(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[Paragraph]:
    """Join the lines of pages, without running ones, to paragraphs.

    Args:
        pages: The lines of each page, in order.
        heights: The heights of the pages, in points.

    Returns:
        The paragraphs in reading order; footnotes, and lines that run up or down a margin, stand at the end of their
        page, before a paragraph that runs over it.
    """
    merged = [_merged([line for line in lines if line.is_upright]) for lines in pages]
    setting = _setting(merged)
    known = _known_words(merged)
    body: list[_Run] = []
    notes: dict[int, list[_Run]] = {}
    for lines, height in zip(merged, heights, strict=True):
        runs = _runs(lines)
        for run in runs:
            at = _notes_start(run, setting, height)
            if at < len(run.lines):
                notes.setdefault(run.lines[0].page, []).append(_Run(run.lines[at:]))
                run.lines = run.lines[:at]
            if run.lines:
                body.append(run)
    for run in body:
        _measure(run)
    paragraphs = _paragraphs(body, setting, known)
    made = _note_paragraphs(notes, known)
    for line in (line for page in pages for line in page if not line.is_upright):
        aside = Paragraph([Piece(line.words, line.page)], line.page, line.size)
        made.setdefault(line.page, []).append(aside)
    return _with_notes(paragraphs, made)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _merged(lines: Sequence[Line]) -> list[Line]:
    """Join what stands on one line and comes in pieces."""
    merged: list[Line] = []
    for line in lines:
        reach = _PIECES if line.is_backward else 1
        near = range(len(merged) - 1, max(-1, len(merged) - 1 - reach), -1)
        at = next((at for at in near if _on_same_line(merged[at], line)), None)
        if at is None:
            merged.append(line)
        else:
            merged[at] = _joined(merged[at], line)
    return merged


def _on_same_line(last: Line, line: Line) -> bool:
    if last.is_backward != line.is_backward or last.is_broken:
        return False
    size = max(last.size, line.size)
    if abs(last.baseline - line.baseline) > _SAME_LINE * size:
        return False
    first, second = sorted((last, line), key=lambda each: each.start)
    return -0.5 * size < second.start - first.end < _WIDEST_BLANK * size


def _joined(last: Line, line: Line) -> Line:
    first, second = sorted((last, line), key=lambda each: each.start)
    larger = max(first, second, key=lambda each: len(each.words))
    blank = " " if second.start - first.end > _NARROWEST_BLANK * larger.size else ""
    if _UNSPACED.match(first.words[-1]) and _UNSPACED.match(second.words[0]):
        blank = ""
    return Line(
        first.words + blank + second.words,
        first.start,
        max(first.end, second.end),
        larger.baseline,
        larger.size,
        line.page,
        second.is_broken,
        line.is_backward,
    )


def _setting(pages: Iterable[Sequence[Line]]) -> _Setting:
    sizes: Counter[float] = Counter()
    spaces: dict[float, Counter[float]] = defaultdict(Counter)
    for lines in pages:
        for line in lines:
            sizes[_rounded(line.size)] += len(line.words)
        for line, below in pairwise(lines):
            space = line.baseline - below.baseline
            if abs(line.size - below.size) < _SAME_SIZE and 0.8 * line.size < space < 2.5 * line.size:
                spaces[_rounded(line.size)][round(space * 2) / 2] += 1
    leadings = {size: _least_usual(counts) for size, counts in spaces.items() if counts.total() > 1}
    return _Setting(max(sizes, key=lambda size: sizes[size]) if sizes else 0.0, leadings)


def _least_usual(spaces: Counter[float]) -> float:
    """Return the narrowest space that is usual: one between paragraphs may be as frequent as one within."""
    most = max(spaces.values())
    return min(space for space, count in spaces.items() if count >= most / 3)


def _known_words(pages: Iterable[Sequence[Line]]) -> AbstractSet[str]:
    """Return the words of a document that no line's end breaks."""
    known: set[str] = set()
    is_rest = False
    for lines in pages:
        for line in lines:
            words = line.words.split()
            known.update(words[is_rest : len(words) - line.is_broken])
            is_rest = line.is_broken
    return set(_WORD.findall(" ".join(known).casefold().replace("‐", "-")))


def _runs(lines: Sequence[Line]) -> list[_Run]:
    runs: list[_Run] = []
    for line in lines:
        last = runs[-1].lines[-1] if runs else None
        if last is None or line.baseline > last.baseline + _COLUMN_UP * line.size:
            runs.append(_Run([line]))
        else:
            runs[-1].lines.append(line)
    return runs


def _notes_start(run: _Run, setting: _Setting, height: float) -> int:
    """Return where the footnotes of a run of lines begin; its end if it has none."""
    at = len(run.lines)
    found = at
    while at > 0:
        line = run.lines[at - 1]
        if line.size > setting.size * _NOTE or line.baseline > height * _NOTES_BELOW:
            break
        at -= 1
        if _NOTE_MARK.match(line.words):
            found = at
    return found


def _measure(run: _Run) -> None:
    """Note of each line where its column begins and ends: the farthest that lines of its size beside it reach."""
    groups: dict[float, list[Line]] = defaultdict(list)
    for line in run.lines:
        groups[_rounded(line.size)].append(line)
    edges: dict[int, tuple[float, float]] = {}
    for size, lines in groups.items():
        ordered = sorted(lines, key=lambda line: line.start)
        cluster: list[Line] = []
        for line in ordered:
            if cluster and line.start - cluster[-1].start > _NEAR_EDGE * max(size, 1):
                _note_edges(cluster, edges)
                cluster = []
            cluster.append(line)
        _note_edges(cluster, edges)
    run.starts = [edges[id(line)][0] for line in run.lines]
    run.ends = [edges[id(line)][1] for line in run.lines]


def _note_edges(cluster: Sequence[Line], edges: dict[int, tuple[float, float]]) -> None:
    start, end = min(line.start for line in cluster), max(line.end for line in cluster)
    for line in cluster:
        edges[id(line)] = (start, end)


class _Place(msgspec.Struct):
    """A line with the edges of its column and the line below it in the column."""

    line: Line
    start: float
    end: float
    below: Line | None


def _places(runs: Iterable[_Run]) -> list[_Place]:
    places = []
    for run in runs:
        count = len(run.lines)
        for at, line in enumerate(run.lines):
            places.append(_Place(line, run.starts[at], run.ends[at], run.lines[at + 1] if at + 1 < count else None))
    return places


def _paragraphs(runs: Sequence[_Run], setting: _Setting, known: AbstractSet[str]) -> list[Paragraph]:
    places = _places(runs)
    _widen_short_columns(places)
    paragraphs: list[Paragraph] = []
    first: Line | None = None  # of the paragraph
    for at, place in enumerate(places):
        above = places[at - 1] if at else None
        if above is None or first is None or _breaks(above, place, first, setting):
            first = place.line
            paragraphs.append(Paragraph([Piece(first.words, first.page)], first.page, first.size))
        else:
            _continue(paragraphs[-1], above.line, place.line, known)
    return paragraphs


def _widen_short_columns(places: Sequence[_Place]) -> None:
    """Let a column of few lines end where the columns of the same size and beginning do elsewhere."""
    alike: dict[tuple[float, float], list[_Place]] = defaultdict(list)
    for place in places:
        alike[_rounded(place.line.size), round(place.start / 6)].append(place)
    for group in alike.values():
        ends = Counter([round(place.end) for place in group])
        usual = max(ends, key=lambda end: (ends[end], end))
        for place in group:
            if place.end < usual and ends[round(place.end)] <= _FEW_LINES:
                place.end = max(place.end, min(usual, place.end * 3 if place.end > 0 else usual))


def _breaks(above: _Place, place: _Place, first: Line, setting: _Setting) -> bool:
    """Check whether a paragraph ends between two lines."""
    last, line = above.line, place.line
    if last.is_broken and abs(last.size - line.size) < 2 * _SAME_SIZE:
        return False
    if _differ(last, line):
        return True
    follows = last.page == line.page and above.below is line
    if _BARE_ITEM.fullmatch(last.words) or line.size > setting.size * _HEADING:
        return not follows or last.baseline - line.baseline > setting.leading(line.size)
    if follows and last.baseline - line.baseline > setting.leading(line.size):
        return True
    if _leaves_room(above, line) or (_ITEM.match(line.words) and not _goes_on(last, line)):
        return True
    return _is_set_in(above, place, first) if follows else _opens_column_set_in(above, place, first)


def _differ(last: Line, line: Line) -> bool:
    """Check whether two lines are of different kinds: by size, by direction, or as entries of a table of contents."""
    return (
        abs(last.size - line.size) > _SAME_SIZE
        or last.is_backward != line.is_backward
        or _has_leaders(last.words)
        or _has_leaders(line.words)
    )


def _has_leaders(words: str) -> bool:
    if words.count(".") < _FEWEST_LEADERS and (words.isascii() or not _OTHER_LEADER.search(words)):
        return False
    return _LEADERS.search(words[-_REACH:]) is not None


def _goes_on(last: Line, line: Line) -> bool:
    """Check whether a line that opens like an item of a list is in the middle of a sentence."""
    is_dash = line.words[0] in "–—-*·"
    return line.start > last.start - _SAME_EDGE * line.size and (is_dash or not last.words.endswith(_SENTENCE_ENDS))


def _leaves_room(above: _Place, line: Line) -> bool:
    """Check whether the first word of a line would have stood on the line above."""
    last = above.line
    each = (line.end - line.start) / max(1, len(line.words))
    if _UNSPACED.match(line.words):
        return above.end - last.end > 2.2 * line.size
    word = _UNSPACED.split(line.words.split(" ", 1)[0], maxsplit=1)[0]
    needed = (len(word) + 1) * each
    if "-" in word or "‐" in word or "/" in word:
        needed = (min(word.find(sign) for sign in "-‐/" if sign in word) + 2) * each + line.size
    return above.end - last.end > max(needed * 1.15, 1.2 * line.size)


def _is_set_in(above: _Place, place: _Place, first: Line) -> bool:
    """Check whether a line in a column begins a paragraph by where it starts."""
    last, line = above.line, place.line
    shift = line.start - last.start
    edge = _SAME_EDGE * line.size
    if abs(shift) <= edge:
        return False
    if shift < 0:  # set out: the second line of a paragraph, or the end of an indented part
        return last is not first
    if last is first and (_ITEM.match(last.words) or last.words.endswith(":")):
        return bool(place.below) and last.words.endswith(":") and not _ITEM.match(last.words)
    below = place.below
    hangs = below is not None and abs(below.start - line.start) <= edge and last is first
    return not hangs


def _opens_column_set_in(above: _Place, place: _Place, first: Line) -> bool:
    """Check whether the first line of a column begins a paragraph: it is set in, and what follows it is not."""
    line, below = place.line, place.below
    if above.line is first and line.words[:1].isupper():
        return True  # nothing tells how long a lone line may be; slides have such
    if below is None:
        return line.start - place.start > _SAME_EDGE * line.size
    shift = line.start - below.start
    if shift > _SAME_EDGE * line.size:
        return True
    hanging = first.start - above.start
    return abs(shift) <= _SAME_EDGE * line.size and line.words[:1].isupper() and _ended(above) and hanging >= 0


def _ended(above: _Place) -> bool:
    """Check whether a line ends a sentence and is not full."""
    line = above.line
    return line.words.endswith(_SENTENCE_ENDS) and above.end - line.end > 0.5 * line.size


def _continue(paragraph: Paragraph, last: Line, line: Line, known: AbstractSet[str]) -> None:
    """Add a line to a paragraph."""
    piece = paragraph.pieces[-1]
    before, words = piece.words, line.words
    if last.is_broken:
        mended, words = _mended(before, words, known)
        piece.words = mended
    elif before.endswith(_HYPHENS) and _LAST_WORD.search(before[-_REACH:-1]) and words[:1].isalpha():
        piece.words = before + (" " if _opening(words) in _HELD_OVER else "")
    elif _ADDRESS.search(before[-_REACH:]) and words[:1].islower():
        piece.words = before
    elif not (_UNSPACED.match(before[-1:]) and _UNSPACED.match(words[:1])):
        piece.words = before + " "
    if words:
        paragraph.pieces.append(Piece(words, line.page))


def _opening(words: str) -> str:
    found = _FIRST_WORD.match(words)
    return found[0].casefold() if found else ""


def _mended(before: str, words: str, known: AbstractSet[str]) -> tuple[str, str]:
    """Join a word that a hyphen broke; all of it belongs to the line on which it begins."""
    tail, head = _LAST_WORD.search(before[-_REACH:]), _FIRST_WORD.match(words)
    if not tail or not head:
        return (
            (before if before.endswith("/") else before + "-", words)
            if not before[-1:].isalnum()
            else (before + "-", words)
        )
    between = _hyphen(tail[0], head[0], known)
    space = words.find(" ")
    cut = len(words) if space < 0 else space
    return before + between + words[:cut], words[cut:]


def _hyphen(tail: str, head: str, known: AbstractSet[str]) -> str:
    """Return what stands between the two parts of a broken word: nothing, a hyphen, or a hyphen and a blank."""
    first, second = tail.casefold(), head.casefold()
    if first + second in known:
        return ""
    if f"{first}-{second}" in known:
        return "-"
    if second in _HELD_OVER and len(first) > 2:  # noqa: PLR2004
        return "- "
    if head[0].isupper() and not tail.isupper():
        return "-"
    if tail[-1].isdigit() or head[0].isdigit():
        return "-"
    are_words = min(len(first), len(second)) >= _LONG_PART and first in known and second in known
    return "-" if are_words else ""


def _note_paragraphs(notes: dict[int, list[_Run]], known: AbstractSet[str]) -> dict[int, list[Paragraph]]:
    made: dict[int, list[Paragraph]] = {}
    for page, runs in notes.items():
        for run in runs:
            paragraph: Paragraph | None = None
            last: Line | None = None
            for line in run.lines:
                if paragraph is None or last is None or (_NOTE_MARK.match(line.words) and not last.is_broken):
                    paragraph = Paragraph([Piece(line.words, page)], page, line.size, is_note=True)
                    made.setdefault(page, []).append(paragraph)
                else:
                    _continue(paragraph, last, line, known)
                last = line
    return made


def _with_notes(paragraphs: Sequence[Paragraph], notes: dict[int, list[Paragraph]]) -> list[Paragraph]:
    """Put footnotes behind the last paragraph of their page, or before one that runs on to the next page."""
    ordered: list[Paragraph] = []
    waiting = sorted(notes)
    for paragraph in paragraphs:
        while waiting and (paragraph.page > waiting[0] or _leaves(paragraph, waiting[0])):
            ordered.extend(notes[waiting.pop(0)])
        ordered.append(paragraph)
    for page in waiting:
        ordered.extend(notes[page])
    return ordered


def _leaves(paragraph: Paragraph, page: int) -> bool:
    return paragraph.page == page and paragraph.pieces[-1].page > page
