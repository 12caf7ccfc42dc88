"""What a user must know of a PDF's text: what has none, what can't be read, what was left out."""

import re
from collections.abc import Sequence
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from quotearchive.readers.pdf.directions import CLUSTERED, RIGHT_TO_LEFT
from quotearchive.readers.pdf.lines import Page
from quotearchive.readers.pdf.recognition import Recognised

#: The part of a text's characters in a script from which its remark is made.
_MUCH: Final = 0.2

#: Characters for which a font states no letter: the replacement character and the areas for private use.
_UNMAPPED: Final = re.compile("[\ufffd\ue000-\uf8ff]")

#: Any of those, or a letter of a script that has a remark: seldom in most texts, which are looked through once.
_DOUBTFUL: Final = re.compile("[\u0590-\u08ff\u0900-\u0dff\ue000-\uf8ff\ufb1d-\ufdff\ufe70-\ufefc\ufffd]")

#: Notes, highlights and the like that people put on pages.
_ANNOTATIONS: Final = re.compile(rb"/Subtype\s*/(?:FreeText|Text|Highlight|Underline|StrikeOut|Ink|Stamp|Caret)\b")


def remarks_on_text(pages: Sequence[Page], scans: Sequence[int], recognised: Recognised, text: str) -> tuple[str, ...]:
    """Write the sentences for the user on what may be wrong with a text.

    Args:
        pages: The document's pages, as they were read or recognised.
        scans: The indices of the pages that have pictures and no text of their own.
        recognised: What was recognised of them.
        text: The document's text.
    """
    told = (
        _on_scans(pages, scans, recognised),
        _on_layers(pages, recognised),
        *((_on_direction(text), _on_unmapped(pages, text)) if _DOUBTFUL.search(text) else ()),
    )
    return tuple(filter(None, told))


def remarks_on_file(document: pypdfium2.PdfDocument, content: bytes) -> tuple[str, ...]:
    """Write the sentences for the user on what a text lacks of its file.

    Args:
        document: The open document.
        content: Its bytes.
    """
    return tuple(filter(None, (_on_fields(document), _on_annotations(content), _on_attachments(document))))


def ranges(indices: Sequence[int]) -> str:
    """Write the numbers of pages by their indices.

    >>> ranges([2, 3, 4]), ranges([0, 6]), ranges([4])
    ('pages 3-5', 'pages 1 and 7', 'page 5')
    """
    spans: list[list[int]] = []
    for index in indices:
        if spans and spans[-1][1] == index:
            spans[-1][1] = index + 1
        else:
            spans.append([index + 1, index + 1])
    written = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    joined = ", ".join(written[:-1]) + " and " + written[-1] if len(written) > 1 else written[0]
    return f"{'page' if len(indices) == 1 else 'pages'} {joined}"


def _on_scans(pages: Sequence[Page], scans: Sequence[int], recognised: Recognised) -> str:
    if not scans:
        return ""
    if recognised.pages:
        missing = [index for index in scans if index not in recognised.pages]
        rest = f" Nothing was recognised on {ranges(missing)}." if missing else ""
        return (
            f"The words of {ranges(sorted(recognised.pages))} were recognised in pictures ({recognised.engine}): "
            f"compare what you quote with the page.{rest}"
        )
    some = "Some of its" if any(page.lines for page in pages) else "Its"
    return f"{some} pages have no text layer ({ranges(scans)}): a scan. {recognised.problem}".rstrip()


def _on_layers(pages: Sequence[Page], recognised: Recognised) -> str:
    layers = [index for index, page in enumerate(pages) if page.is_recognised and index not in recognised.pages]
    if not layers:
        return ""
    return (
        f"The words of {ranges(layers)} are a layer beneath a picture, which a program recognised: compare what you "
        "quote with the page."
    )


def _on_direction(text: str) -> str:
    if len(RIGHT_TO_LEFT.findall(text)) > _MUCH * len(text):
        return (
            "A PDF keeps the shapes of a right-to-left script, not its letters in their order: joiners, marks and "
            "blanks may differ. Compare what you quote with the page."
        )
    if len(CLUSTERED.findall(text)) > _MUCH * len(text):
        return (
            "A PDF keeps the shapes of an Indic script, not its letters in their order: signs and blanks may differ. "
            "Compare what you quote with the page."
        )
    return ""


def _on_unmapped(pages: Sequence[Page], text: str) -> str:
    count = len(_UNMAPPED.findall(text))
    if not count:
        return ""
    where = [index for index, page in enumerate(pages) if any(_UNMAPPED.search(line.words) for line in page.lines)]
    much = (
        " That is so much that the text is of little use: print the file to pictures and add those."
        if (count > _MUCH * len(text))
        else ""
    )
    stand = "character has" if count == 1 else "characters have"
    place = f" on {ranges(where)}" if where and len(where) <= 12 else ""  # noqa: PLR2004
    return (
        f"{count} {stand} no letter in the file and {'stands' if count == 1 else 'stand'} as "
        f"\ufffd or as a sign for private use{place}: compare what you quote with the page.{much}"
    )


def _on_fields(document: pypdfium2.PdfDocument) -> str:
    if document.get_formtype() == pdfium.FORMTYPE_NONE:
        return ""
    return "It is a form: what was filled in is left out."


def _on_annotations(content: bytes) -> str:
    return "Notes and marks that were put on its pages are left out." if _ANNOTATIONS.search(content) else ""


def _on_attachments(document: pypdfium2.PdfDocument) -> str:
    count = pdfium.FPDFDoc_GetAttachmentCount(document.raw)
    if count <= 0:
        return ""
    return (
        "It carries another file, which is left out."
        if count == 1
        else f"It carries {count} files, which are left out."
    )
