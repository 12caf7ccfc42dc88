"""The lines of a PDF's page, as pdfium finds them in the order of the file, with where they stand.

pdfium reports a line's end as CR LF, and a hyphen at a line's end as a control that swallows the end. Only the first
and the last character of a line are measured, because every measure is a call; lines that run from right to left or
are in a script of clusters are measured as a whole.
"""

import ctypes
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Final

import pypdfium2.raw as pdfium

from quotearchive.readers.pdf.directions import (
    CLUSTERED,
    MARKS,
    RIGHT_TO_LEFT,
    UNJOINABLE,
    Glyph,
    Shapes,
    clustered_words,
    logical_words,
)
from quotearchive.readers.pdf.lines import Line, Page

#: What pdfium gives for a hyphen at the end of a line.
_BROKEN: Final = "\x02\ufffe"

#: Such a hyphen swallows the line's end: in its place a sign at which lines are split.
_CUT: Final = "\x1c"

#: Controls that are no characters of the text, among them the kashida of some fonts; tab is a blank.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\u200b\ufeff]")

#: A figure that may be the mark of a note: directly behind a word or its punctuation, at a word's end.
_MARK: Final = re.compile(r"(?<=[^\W\d_]|[.,;:!?)\]”’»'\"])\d{1,3}(?!\w)")
_LEADING_MARK: Final = re.compile(r"\d{1,3}(?=\s*[^\W\d_])")

#: Radicals, which fonts share with the ideographs that look like them, and files name for them; and ligatures.
_RADICAL: Final = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]")


#: What is on no page of a plain Latin, Cyrillic or Greek text: such pages are read faster.
_SPECIAL: Final = re.compile(
    "[\x00\x01\x03-\x08\t\x0e-\x1f\x7f-\x9f\u00ad\u200b\ufeff\u0590-\u08ff\u0900-\u0dff\u2e80-\u2fdf\ufb00-\ufdff\ufe70-\ufefc]"
)

_FIGURE: Final = re.compile(r"\d")

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

#: How small a raised figure is against its line.
_SMALL: Final = 0.85

#: Characters of one page that are looked at one by one; more are no page that anybody reads.
_MOST_CHARACTERS: Final = 400_000


#: The longest line whose characters are measured one by one; no page has room for it.
_LONGEST_LINE: Final = 2_000

#: The numbers of a character's box: left, right, bottom and top.
_SIDES: Final = 4

#: pdfium's answers, and where in the memory each number of each box is. Its two functions take addresses as they are:
#: to check typed pointers takes longer than to measure.
_ANSWERS: Final = (ctypes.c_double * (_SIDES * _LONGEST_LINE))()
_STEP: Final = ctypes.sizeof(ctypes.c_double)
_FIRST: Final = ctypes.addressof(_ANSWERS)
_COLUMNS: Final = tuple(
    range(_FIRST + side * _STEP, _FIRST + ctypes.sizeof(_ANSWERS), _SIDES * _STEP) for side in range(_SIDES)
)
_BOX: Final = tuple(column[0] for column in _COLUMNS)


def _by_address(function: object, pointers: int) -> Callable[..., int]:
    """Return a function of pdfium on a character that takes addresses for what it writes."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    types = (ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * pointers)
    return ctypes.CFUNCTYPE(ctypes.c_int, *types)(address or 0)


_get_box: Final = _by_address(pdfium.FPDFText_GetCharBox, _SIDES)
_get_origin: Final = _by_address(pdfium.FPDFText_GetCharOrigin, 2)


class _Measures:
    """Where characters of one page are, as it is shown."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE, rotation: int, height: float) -> None:
        self.text_page = text_page
        self.rotation = rotation
        self._address = ctypes.cast(text_page, ctypes.c_void_p).value
        self._height = height
        self._matrix = pdfium.FS_MATRIX()

    def origin(self, at: int) -> tuple[float, float]:
        """Return where a character's baseline begins."""
        _get_origin(self._address, at, _BOX[0], _BOX[1])
        x, y = _ANSWERS[0], _ANSWERS[1]
        return self._turned(x, y) if self.rotation else (x, y)

    def right(self, at: int) -> float:
        """Return where a character ends."""
        _get_box(self._address, at, *_BOX)
        if not self.rotation:
            return _ANSWERS[1]
        return max(self._turned(_ANSWERS[0], _ANSWERS[2])[0], self._turned(_ANSWERS[1], _ANSWERS[3])[0])

    def glyphs(self, words: str, first: int, baseline: float = 0.0) -> list[Glyph]:
        """Return the characters of a line with their boxes; those for which no line has room are left out."""
        words = words[:_LONGEST_LINE]
        deque(map(_get_box, repeat(self._address), range(first, first + len(words)), *_COLUMNS), maxlen=0)
        numbers = _ANSWERS[: _SIDES * len(words)]
        if self.rotation:
            numbers = [side for at in range(0, len(numbers), _SIDES) for side in self._box(*numbers[at : at + _SIDES])]
        sides = [numbers[side::_SIDES] for side in range(_SIDES)]
        glyphs = list(map(Glyph, range(len(words)), words, *sides, sides[0], repeat(baseline)))
        if MARKS.search(words):
            for glyph in glyphs:
                glyph.origin, glyph.baseline = self.origin(first + glyph.at)
        return glyphs

    def size(self, at: int) -> tuple[float, bool]:
        """Return the size of a character, and whether it stands upright."""
        size = pdfium.FPDFText_GetFontSize(self.text_page, at)
        matrix = self._matrix
        if not pdfium.FPDFText_GetMatrix(self.text_page, at, matrix):
            return abs(size), True
        across, along = abs(matrix.d), abs(matrix.b)
        upright = along <= across if self.rotation % 2 == 0 else along >= across
        return abs(size) * max(across, along), upright

    def plain_size(self, at: int) -> float:
        """Return the size of a character before it is scaled: enough to compare those of one line."""
        return float(pdfium.FPDFText_GetFontSize(self.text_page, at))

    def _box(self, left: float, right: float, bottom: float, top: float) -> tuple[float, float, float, float]:
        (left, bottom), (right, top) = self._turned(left, bottom), self._turned(right, top)
        return min(left, right), max(left, right), min(bottom, top), max(bottom, top)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        height = self._height
        return ((x, y), (y, height - x), (-x, height - y), (-y, x))[self.rotation % 4]


def read_pages(document: pdfium.FPDF_DOCUMENT, count: int) -> list[Page]:
    """Read the lines of all pages.

    Args:
        document: pdfium's handle of an open document.
        count: How many pages it has.
    """
    shapes = Shapes()
    pages = [read_page(document, index, shapes) for index in range(count)]
    for page in pages:
        for line in page.lines:
            if line.is_backward:
                line.words = shapes.settle(line.words)
    return pages


def read_page(document: pdfium.FPDF_DOCUMENT, index: int, shapes: Shapes) -> Page:
    """Read the lines of a page.

    Args:
        document: pdfium's handle of an open document.
        index: The page's, from 0.
        shapes: The shapes of the document's letters, which settle the words of its lines once all are known.

    Returns:
        The page; one that is damaged has no lines.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return Page([], 0.0)
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return Page([], 0.0)
        try:
            return _read(page, text_page, index, shapes)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(page: pdfium.FPDF_PAGE, text_page: pdfium.FPDF_TEXTPAGE, index: int, shapes: Shapes) -> Page:
    count = pdfium.FPDFText_CountChars(text_page)
    height = pdfium.FPDF_GetPageHeightF(page)
    if not 0 < count <= _MOST_CHARACTERS:
        return Page([], height, has_pictures=_has_pictures(page))
    text = _text_of(text_page, count)
    rotation = max(0, pdfium.FPDFPage_GetRotation(page))
    lines = list(_lines(text, _Measures(text_page, rotation, height), index, shapes))
    if sum(not line.is_upright for line in lines) > len(lines) / 2:
        # The page is written sideways, upward or downward, as wide tables are.
        height = pdfium.FPDF_GetPageWidthF(page)
        turned = (rotation + (1 if _runs_upward(text_page, text) else 3)) % 4
        lines = list(_lines(text, _Measures(text_page, turned, height), index, shapes))
    return Page(lines, height, has_pictures=not lines and _has_pictures(page), is_recognised=_is_invisible(text_page))


def _runs_upward(text_page: pdfium.FPDF_TEXTPAGE, text: str) -> bool:
    """Check whether the first character of a page is turned to the left, as the page is stored."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, len(text) - len(text.lstrip()), matrix)
    return bool(matrix.b > 0)


def _is_invisible(text_page: pdfium.FPDF_TEXTPAGE) -> bool:
    """Check whether a page's first words are drawn invisibly, as programs do that recognise a scan."""
    shown = pdfium.FPDFText_GetTextObject(text_page, 0)
    return bool(shown) and pdfium.FPDFTextObj_GetTextRenderMode(shown) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _has_pictures(page: pdfium.FPDF_PAGE) -> bool:
    objects = min(pdfium.FPDFPage_CountObjects(page), 1_000)
    shown = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_PATH)
    return any(pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at)) in shown for at in range(objects))


def _text_of(text_page: pdfium.FPDF_TEXTPAGE, count: int) -> str:
    """Return a page's text, one character for each that pdfium counts.

    pdfium leaves out a character whose font states no letter for it. It is seen on the page, so that words would be
    taken for the page's that are not: U+FFFD stands for it.
    """
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    length = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, length - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(pdfium.FPDFText_GetUnicode(text_page, at)) for at in range(count))


def _character(code: int) -> str:
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"  # noqa: PLR2004


def _lines(text: str, measures: _Measures, index: int, shapes: Shapes) -> Iterator[Line]:
    is_plain = text.isascii() or not _SPECIAL.search(text)
    may_be_unjoined = not is_plain and UNJOINABLE.search(text) is not None
    end = 0
    for whole in text.replace("\x02", _CUT).replace("\ufffe", _CUT).splitlines(keepends=True):
        start, end = end, end + len(whole)
        words = whole.strip()
        if not words:
            continue
        first = start + len(whole) - len(whole.lstrip())
        if not is_plain and RIGHT_TO_LEFT.search(words):
            yield from _backward_line(words, first, measures, index, shapes if may_be_unjoined else None)
            continue
        last = first + len(words) - 1
        size, upright = measures.size(first)
        left, baseline = measures.origin(first)
        right = measures.right(last)
        is_broken = text[end - 1] in _BROKEN or words[-1] == "\u00ad"
        if _FIGURE.search(words):
            words, size = _raised(words, first, size, measures)
        if not is_plain:
            if CLUSTERED.search(words):
                words = clustered_words(measures.glyphs(words, first), size)
            words = _cleaned(words)
        if words:
            yield Line(words, left, right, baseline, size, index, is_broken, is_upright=upright)


def _cleaned(words: str) -> str:
    """Return words without controls and soft hyphens, and with letters for ligatures and radicals."""
    words = _CONTROLS.sub("", words.replace("\u00ad", "").replace("\t", " "))
    return _RADICAL.sub(lambda radical: unicodedata.normalize("NFKC", radical[0]), words)


def _raised(words: str, first: int, size: float, measures: _Measures) -> tuple[str, float]:
    """Return a line's words with the marks of notes raised, and the size of its letters."""
    spans = [found.span() for found in _MARK.finditer(words)]
    if not spans and not words[0].isdigit():
        return words, size
    letters = measures.plain_size(first)
    if words[0].isdigit() and (lead := _LEADING_MARK.match(words)):
        inside = measures.plain_size(first + min(lead.end() + 1, len(words) - 1))
        if 0 < letters < inside * _SMALL:
            size *= inside / letters
            letters = inside
            spans.append(lead.span())
    for start, end in sorted(spans, reverse=True):
        if start == 0 or measures.plain_size(first + start) < letters * _SMALL:
            blank = " " if start == 0 and words[end : end + 1].isalpha() else ""
            words = words[:start] + words[start:end].translate(_RAISED) + blank + words[end:]
    return words, size


def _backward_line(words: str, first: int, measures: _Measures, index: int, shapes: Shapes | None) -> Iterator[Line]:
    letter = RIGHT_TO_LEFT.search(words)
    at = first + (letter.start() if letter else 0)
    size, upright = measures.size(at)
    baseline = measures.origin(at)[1]
    glyphs = measures.glyphs(words, first, baseline)
    seen = [glyph for glyph in glyphs if not glyph.character.isspace()]
    left, right = min([glyph.left for glyph in seen]), max([glyph.right for glyph in seen])
    logical, is_backward = logical_words(glyphs, size, shapes)
    start, end = (-right, -left) if is_backward else (left, right)
    clean = _cleaned(logical)
    if clean:
        yield Line(clean, start, end, baseline, size, index, is_backward=is_backward, is_upright=upright)
