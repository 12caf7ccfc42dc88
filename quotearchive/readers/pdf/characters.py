"""The lines of a PDF's page, as pdfium finds them in the order of the file, with where they stand.

pdfium reports a line's end as CR LF, and a hyphen at a line's end as a control that swallows the end. Only the first
and the last character of a line are measured, because every measure is a call; lines that run from right to left or
are in a script of clusters are measured as a whole.
"""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import pypdfium2.raw as pdfium

from quotearchive.readers.pdf.directions import CLUSTERED, RIGHT_TO_LEFT, Glyph, Shapes, clustered_words, logical_words
from quotearchive.readers.pdf.lines import Line, Page

#: What pdfium gives for a hyphen at the end of a line.
_BROKEN: Final = "\x02\ufffe"

#: A line with the hyphen or the line end behind it; form feeds and the like are line ends too.
_LINE: Final = re.compile(r"([^\r\n\f\v\x02\ufffe\u2028\u2029]+)([\x02\ufffe]?)")

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


class _Measures:
    """Where characters of one page are: pdfium's answers, in one set of variables."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE, rotation: int, height: float) -> None:
        self.text_page = text_page
        self.rotation = rotation
        self._height = height
        self._values = tuple(ctypes.c_double() for _ in range(4))
        self._box = tuple(ctypes.byref(value) for value in self._values)
        self._matrix = pdfium.FS_MATRIX()

    def box(self, at: int) -> tuple[float, float, float, float]:
        """Return left, right, bottom and top of a character, as the page is shown."""
        pdfium.FPDFText_GetCharBox(self.text_page, at, *self._box)
        left, right, bottom, top = (value.value for value in self._values)
        if not self.rotation:
            return left, right, bottom, top
        (left, bottom), (right, top) = self._turned(left, bottom), self._turned(right, top)
        return min(left, right), max(left, right), min(bottom, top), max(bottom, top)

    def origin(self, at: int) -> tuple[float, float]:
        """Return where a character's baseline begins."""
        pdfium.FPDFText_GetCharOrigin(self.text_page, at, self._box[0], self._box[1])
        x, y = self._values[0].value, self._values[1].value
        return self._turned(x, y) if self.rotation else (x, y)

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
    is_plain = not _SPECIAL.search(text)
    for found in _LINE.finditer(text):
        whole, hyphen = found.groups()
        words = whole.strip()
        if not words:
            continue
        first = found.start() + len(whole) - len(whole.lstrip())
        last = first + len(words) - 1
        if not is_plain and RIGHT_TO_LEFT.search(words):
            yield from _backward_line(words, first, measures, index, shapes)
            continue
        size, upright = measures.size(first)
        left, baseline = measures.origin(first)
        right = measures.box(last)[1]
        if _FIGURE.search(words):
            words, size = _raised(words, first, size, measures)
        is_broken = bool(hyphen) or words[-1:] == "\u00ad"
        if not is_plain:
            if CLUSTERED.search(words):
                words = clustered_words(_glyphs(words, first, measures), size)
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


def _backward_line(words: str, first: int, measures: _Measures, index: int, shapes: Shapes) -> Iterator[Line]:
    glyphs = _glyphs(words, first, measures)
    seen = [glyph for glyph in glyphs if not glyph.character.isspace()]
    if not seen:
        return
    letter = next((glyph for glyph in seen if RIGHT_TO_LEFT.match(glyph.character)), seen[0])
    size, upright = measures.size(first + letter.at)
    logical, is_backward = logical_words(glyphs, size, shapes)
    left, right = min(glyph.left for glyph in seen), max(glyph.right for glyph in seen)
    start, end = (-right, -left) if is_backward else (left, right)
    clean = _cleaned(logical)
    if clean:
        yield Line(clean, start, end, letter.baseline, size, index, is_backward=is_backward, is_upright=upright)


def _glyphs(words: str, first: int, measures: _Measures) -> list[Glyph]:
    return [
        Glyph(at, character, *measures.box(first + at), *measures.origin(first + at))
        for at, character in enumerate(words)
    ]
