"""What a PDF says of itself: in its information, in its XMP packet, and in the words of its first page.

The information is mostly what a program put there: "Microsoft Word - draft.doc", the user's name, the day of printing.
A title or author is believed if its words stand on the first pages.
"""

import html
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import pypdfium2

from quotearchive.readers.datelines import is_name
from quotearchive.readers.extracts import Extracted
from quotearchive.readers.pdf.layout import Paragraph
from quotearchive.readers.plain_text import describe

#: How many bytes of an XMP packet are looked at, and how long one of its values is.
_PACKET: Final = 65_536
_LONGEST_VALUE: Final = 500

#: How much larger than most letters those of a title are.
_LARGER: Final = 1.1

_LONGEST_TITLE: Final = 300

#: What programs, scanners and systems write where an author should be.
_NOBODY: Final = re.compile(
    r"(?:\W*|(?:the )?user\d*|admin(?:istrator)?|root|owner|guest|unknown|anonymous|author|name|student|office|default"
    r"|test|pc|hp|dell|lenovo|acer|asus|toshiba|me|none|null|n/?a|untitled|benutzer|utilisateur|usuario|kullanıcı|"
    r".*\b(?:canon|epson|xerox|ricoh|konica|kyocera|brother|scan(?:ner|ned|snap)?|adobe|acrobat|microsoft|windows|"
    r"word|libreoffice|openoffice|python-docx|latex|chrome|mozilla|pdf(?:creator|tk)?)\b.*)",
    re.IGNORECASE,
)

#: What programs write where a title should be.
_NO_TITLE: Final = re.compile(
    r"(?:\W*|untitled.*|unbenannt.*|sans titre.*|sin título.*|microsoft (?:word|powerpoint|excel)\b.*|title|"
    r"document\d*|dokument\d*|.*\.(?:docx?|odt|rtf|tex|dvi|indd|qxd|pptx?|xlsx?|html?|pdf|txt|pages|wpd|p65|fm)|"
    r"(?:print|scan|img|image|file|layout|slide|presentation|template)[\W_]*\d*|about:blank|https?://.*|\d[\d\W_]*)",
    re.IGNORECASE,
)

#: `D:20230306120000+01'00'`.
_DATE: Final = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")

#: What stands between words and may differ where they are stated twice.
_BETWEEN: Final = re.compile(r"[\W_]+")

_LIST_ITEM: Final = re.compile(r"<rdf:li[^>]*>([^<]{1,2000})</rdf:li>")


def describe_pdf(
    document: pypdfium2.PdfDocument, content: bytes, paragraphs: Sequence[Paragraph], text: str
) -> tuple[Extracted, ...]:
    """Extract what a PDF says of itself.

    Args:
        document: The open document.
        content: Its bytes.
        paragraphs: Its paragraphs.
        text: Its text.

    Returns:
        The title and the rest, the most certain first; what is only a guess is marked as one.
    """
    information = document.get_metadata_dict()
    xmp = _xmp(content)
    opening = _plain(" ".join(paragraph.text for paragraph in paragraphs if paragraph.page < 2)[:20_000])  # noqa: PLR2004
    told = describe(text)
    title = _title(information, xmp, opening, paragraphs)
    rest = tuple(each for each in told if each.field != "title" or not title)
    has_authors = any(each.field == "authors" for each in rest)
    authors = () if has_authors else tuple(_authors(information, xmp, opening))
    dates = () if any(each.field == "date" for each in rest) else tuple(_dates(information))
    return (*((title,) if title else ()), *rest, *authors, *dates)


def _plain(words: str) -> str:
    return _BETWEEN.sub("", words.casefold())


def _title(
    information: dict[str, str], xmp: dict[str, list[str]], opening: str, paragraphs: Sequence[Paragraph]
) -> Extracted | None:
    stated = [("Info Title", information.get("Title", "")), *(("XMP dc:title", each) for each in xmp["title"])]
    for source, value in stated:
        words = " ".join(value.split())
        if words and len(words) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(words) and _plain(words) in opening:
            return Extracted("title", words, source=source)
    return _largest(paragraphs)


def _largest(paragraphs: Sequence[Paragraph]) -> Extracted | None:
    """Return the paragraph of the largest letters on the first page, if they are larger than most."""
    first = [paragraph for paragraph in paragraphs if paragraph.page == paragraphs[0].page]
    lengths: dict[float, int] = {}
    for paragraph in paragraphs:
        lengths[round(paragraph.size)] = lengths.get(round(paragraph.size), 0) + sum(
            len(piece.words) for piece in paragraph.pieces
        )
    usual = max(lengths, key=lambda size: lengths[size], default=0)
    candidates = [
        paragraph
        for paragraph in first
        if len(paragraph.text) <= _LONGEST_TITLE and sum(map(str.isalpha, paragraph.text)) >= 3  # noqa: PLR2004
    ]
    largest = max(candidates, key=lambda paragraph: paragraph.size, default=None)
    if largest is None or largest.size < usual * _LARGER:
        return None
    words = " ".join(largest.text.split())
    return Extracted("title", words, source="largest words of the first page")


def _authors(information: dict[str, str], xmp: dict[str, list[str]], opening: str) -> Iterator[Extracted]:
    stated = [("XMP dc:creator", each) for each in xmp["creator"]] or [("Info Author", information.get("Author", ""))]
    for source, value in stated:
        for name in _names(value):
            if _NOBODY.fullmatch(name):
                continue
            yield Extracted("authors", name, source=source, is_guess=_plain(name) not in opening)


def _names(value: str) -> list[str]:
    """Split the names of several authors, and leave one that is written surname first."""
    words = " ".join(value.split())[:_LONGEST_VALUE]
    parts = [part.strip() for part in re.split(r";| and |\s&\s", words) if part.strip()]
    if len(parts) == 1 and "," in words:
        names = [part.strip() for part in words.split(",")]
        parts = names if all(is_name(name) for name in names) else parts
    return parts


def _dates(information: dict[str, str]) -> Iterator[Extracted]:
    """Yield the day on which the file was made: seldom that of the writing, so a guess."""
    found = _DATE.match(information.get("CreationDate", ""))
    if not found:
        return
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        made = date(year, month, day)
    except ValueError:
        return
    yield Extracted("date", made.isoformat(), source="Info CreationDate", is_guess=True)


def _xmp(content: bytes) -> dict[str, list[str]]:
    """Read title and creator from an XMP packet that stands unpacked in the file."""
    at = content.rfind(b"<x:xmpmeta")
    packet = content[at : at + _PACKET].decode("utf-8", "replace") if at >= 0 else ""
    return {name: _items(packet, f"dc:{name}") for name in ("title", "creator")}


def _items(packet: str, element: str) -> list[str]:
    start, end = packet.find(f"<{element}>"), packet.find(f"</{element}>")
    items = _LIST_ITEM.findall(packet[start:end]) if 0 <= start < end else []
    return [html.unescape(item).strip() for item in items[:50]]
