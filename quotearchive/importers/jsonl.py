"""What `export` writes as `jsonl`, one JSON value per line, and as `json`, the same values in one array.

Each document comes with its text, then its quotes. A value's `type` is `document` or `quote`; its other keys are
the fields of the model, and those that are derived from them (`text` and `relay` of a quote, `quotes` of a
document) are not read.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from quotearchive.importers.errors import ForeignTextError, MalformedRowError
from quotearchive.importers.interface import HIGHEST, DocumentRow, Naming, QuoteRow, Row, rows
from quotearchive.importers.surrogates import decoded, half, hidden, shown
from quotearchive.model import Description, Document, Quote
from quotearchive.text import sha256_of

_DECODER: Final = msgspec.json.Decoder(dict[str, Any])


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each line that isn't blank."""
    lines = (line for line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1))
    return rows(((number, line) for number, line in lines if line and not line.isspace()), _row)


def read_array(content: bytes) -> Iterator[Row]:
    """Yield a row for each element of an array.

    Raises:
        UnusableFileError: It is no JSON array.
    """
    elements = decoded(hidden(content), list[msgspec.Raw])
    return rows(((number, shown(bytes(element))) for number, element in enumerate(elements, 1)), _row)


def _row(number: int, record: bytes) -> Row:
    try:
        values = _DECODER.decode(record)
    except msgspec.DecodeError as error:
        if cut := half(record):
            raise MalformedRowError(found=f"it holds {cut}, which is half a character") from error
        raise
    known = {name: value for name, value in values.items() if value is not None}
    match known.pop("type", None):
        case "document":
            return _document(number, known)
        case "quote":
            return _quote(number, known)
        case other:
            raise MalformedRowError(found=f"its type is {other!r}, not 'document' or 'quote'")


def _document(number: int, known: dict[str, Any]) -> Row:
    kind = Document if "text" in known else Description
    document: Description = msgspec.convert({"title": "", "slug": "", **known}, kind)
    _check_number(document.id)
    if isinstance(document, Document) and document.sha256 and document.sha256 != sha256_of(document.text):
        raise ForeignTextError
    naming = Naming(key=document.slug, slug=document.slug, title=document.title, url=document.url)
    return DocumentRow(row=number, naming=naming, document=document)


def _quote(number: int, known: dict[str, Any]) -> Row:
    slug, title = known.pop("document", ""), known.pop("title", None)
    within = known.pop("within", None)
    quote = msgspec.convert({**known, "document": 0}, Quote)
    _check_number(quote.id)
    return QuoteRow(
        row=number,
        naming=msgspec.convert({"key": slug, "slug": slug, "title": title}, Naming),
        quote=quote,
        key=str(quote.id) if quote.id else "",
        within=str(msgspec.convert(within, int)) if within is not None else "",
    )


def _check_number(number: int) -> None:
    if not 0 <= number <= HIGHEST:
        raise MalformedRowError(found=f"the number {str(number)[:20]} is not between 0 and {HIGHEST}")
