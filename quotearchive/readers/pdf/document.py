"""PDF: the text of its pages as paragraphs, with the pages they stand on, by pdfium."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pypdfium2

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.builder import TextBuilder
from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.pdf.characters import read_pages
from quotearchive.readers.pdf.heads import without_heads
from quotearchive.readers.pdf.layout import Paragraph, paragraphs_of
from quotearchive.readers.pdf.metadata import describe_pdf
from quotearchive.readers.pdf.pictures import pictures
from quotearchive.readers.pdf.recognition import Recognised, recognise
from quotearchive.readers.pdf.remarks import remarks_on_file, remarks_on_text

#: More pages are no document.
MOST_PAGES: Final = 20_000

#: How many entries of a table of contents are looked at.
_MOST_ENTRIES: Final = 5_000

#: How many entries may lead to one page.
_MOST_ON_A_PAGE: Final = 100

#: How much longer than an entry of the outline its heading may be: by a number, or "Chapter".
_LONGER: Final = 16

#: What stands between words and may differ in an outline.
_BETWEEN: Final = re.compile(r"[\W_]+")

#: What pdfium calls a file that needs a password.
_LOCKED: Final = 4


class LockedPdfError(QuoteArchiveError):
    """A PDF that opens with a password only."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is locked with a password. Open it in a PDF viewer, print or save it to a file without "
            "a password, and add that."
        )


class DamagedPdfError(QuoteArchiveError):
    """A PDF that can't be opened."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is damaged: it can't be opened as a PDF. Fetch it again, or let a PDF viewer open it and save "
            "it anew."
        )


class TooManyPagesError(QuoteArchiveError):
    """A PDF with more pages than are read."""

    def __init__(self, name: str, pages: int) -> None:
        super().__init__(f"{name!r} has {pages} pages; at most {MOST_PAGES} are read. Split it.")


class NoTextError(QuoteArchiveError):
    """A PDF without any text."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name!r} has no text: {reason}")


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:
    """Read a PDF.

    Args:
        content: Its bytes.
        name: Its name.
        options: How to read it.

    Raises:
        QuoteArchiveError: It is locked, damaged or too long, or it has no text.
    """
    document = _open(content, name)
    try:
        yield _extract(document, content, name, options)
    finally:
        document.close()


def _open(content: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _LOCKED:
            raise LockedPdfError(name) from error
        raise DamagedPdfError(name) from error
    if count > MOST_PAGES:
        document.close()
        raise TooManyPagesError(name, count)
    if not count:
        document.close()
        raise DamagedPdfError(name)
    return document


def _extract(document: pypdfium2.PdfDocument, content: bytes, name: str, options: Options) -> Extract:
    pages = read_pages(document.raw, len(document))
    scans = [index for index, page in enumerate(pages) if not page.lines and page.has_pictures]
    recognised = recognise(pictures(document, scans), options.language) if scans else Recognised()
    for index, page in recognised.pages.items():
        pages[index] = page
    labels = [document.get_page_label(index) for index in range(len(document))]
    rests, printed = without_heads(pages, labels)
    paragraphs = paragraphs_of(rests, [page.height for page in pages])
    builder = TextBuilder()
    _build(paragraphs, _labels(labels, printed), _outline(document), builder)
    remarks = remarks_on_text(pages, scans, recognised, builder.text) + remarks_on_file(document, content)
    if not builder.text:
        raise NoTextError(name, recognised.problem or "its pages are empty.")
    version = f"pdf pypdfium2 {pypdfium2.PYPDFIUM_INFO}"
    return Extract(
        text=builder.text,
        extracted=describe_pdf(document, content, paragraphs, builder.text),
        remarks=remarks,
        segments=builder.segments,
        reader=f"{version}, {recognised.engine}" if recognised.pages else version,
        is_recognised=any(page.is_recognised for page in pages),
    )


def _labels(labels: Sequence[str], printed: dict[int, str]) -> list[str]:
    """Return what each page is called: by the file, by the number that is printed on it, or by its place."""
    if any(labels):
        return [label or str(index + 1) for index, label in enumerate(labels)]
    shifts = {int(number) - index for index, number in printed.items() if number.isdecimal()}
    if len(shifts) == 1 and len(printed) > 1:
        shift = shifts.pop()
        return [str(index + shift) if index + shift > 0 else str(index + 1) for index in range(len(labels))]
    return [printed.get(index, str(index + 1)) for index in range(len(labels))]


def _outline(document: pypdfium2.PdfDocument) -> dict[int, list[str]]:
    """Return the entries of the table of contents by the index of the page to which they lead."""
    entries: dict[int, list[str]] = {}
    try:
        for _, bookmark in zip(range(_MOST_ENTRIES), document.get_toc(max_depth=6), strict=False):
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            title = " ".join(bookmark.get_title().split())
            if index is not None and title and len(entries.setdefault(index, [])) < _MOST_ON_A_PAGE:
                entries[index].append(title)
    except pypdfium2.PdfiumError:
        return entries  # a broken outline leads nowhere, and the text is whole without it
    return entries


def _build(
    paragraphs: Iterable[Paragraph], labels: Sequence[str], outline: dict[int, list[str]], builder: TextBuilder
) -> None:
    page = -1
    for paragraph in paragraphs:
        waiting = outline.get(paragraph.page, [])
        if waiting and (title := _entry(paragraph, waiting)):
            waiting.remove(title)
            builder.mark("section", title, paragraph.page + 1)
        for piece in paragraph.pieces:
            if piece.page != page:
                page = piece.page
                builder.mark("page", labels[page], page + 1)
            builder.add(piece.words)
        builder.end_paragraph()


def _entry(paragraph: Paragraph, titles: Sequence[str]) -> str | None:
    """Return the entry of the outline whose heading a paragraph is."""
    if len(paragraph.text) > 2 * _LONGER + max(map(len, titles)):
        return None
    words = _plain(paragraph.text)
    for title in titles:
        plain = _plain(title)
        if plain and words.endswith(plain) and len(words) <= len(plain) + _LONGER:
            return title
    return None


def _plain(words: str) -> str:
    return _BETWEEN.sub("", words.casefold())
