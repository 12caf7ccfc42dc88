"""What `export` writes as `jsonl`, one JSON value per line, and as `json`, the same values in one array.

Each document comes with its text, then its quotes. A value's `type` is `document` or `quote`; its other keys are
the fields of the model, and those that are derived from them (`text` and `relay` of a quote, `quotes` of a
document) are not read.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from quotearchive.importers.errors import ForeignTextError, MalformedRowError, UnusableFileError
from quotearchive.importers.interface import HIGHEST, DocumentRow, Naming, QuoteRow, RefusedRow, Row
from quotearchive.importers.surrogates import half, hidden, shown
from quotearchive.model import Description, Document, Quote
from quotearchive.text import sha256_of

#: What messages call the array.
_ARRAY: Final = "json"


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each line that isn't blank."""
    lines = (line for line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1))
    return _rows((number, line) for number, line in lines if line and not line.isspace())


def read_array(content: bytes) -> Iterator[Row]:
    """Yield a row for each element of an array.

    Raises:
        UnusableFileError: It is no JSON array.
    """
    try:
        elements = msgspec.json.decode(hidden(content.removeprefix(b"\xef\xbb\xbf")), type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise UnusableFileError(_ARRAY, str(error)) from error
    return _rows((number, shown(bytes(element))) for number, element in enumerate(elements, 1))


def _rows(records: Iterable[tuple[int, bytes]]) -> Iterator[Row]:
    """Yield a row for each record.

    Args:
        records: The number of each row and its JSON.
    """
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    for number, record in records:
        try:
            yield _row(number, decode(record))
        except ForeignTextError as error:
            yield RefusedRow(row=number, error=error)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            yield RefusedRow(row=number, error=MalformedRowError(_reason(error, record)))


def _reason(error: Exception, record: bytes) -> str:
    cut = half(record)
    return f"it holds {cut}, which is half a character" if cut else str(error)


def _row(number: int, record: dict[str, Any]) -> Row:
    known = {name: value for name, value in record.items() if value is not None}
    match known.pop("type", None):
        case "document":
            return _document(number, known)
        case "quote":
            return _quote(number, known)
        case other:
            found = f"its type is {other!r}, not 'document' or 'quote'"
            return RefusedRow(row=number, error=MalformedRowError(found))


def _document(number: int, known: dict[str, Any]) -> Row:
    document: Description = msgspec.convert({"title": "", "slug": "", **known}, _kind(known))
    _check_number(document.id)
    if isinstance(document, Document):
        _check_text(document)
    naming = Naming(key=document.slug, slug=document.slug, title=document.title, url=document.url)
    return DocumentRow(row=number, naming=naming, document=document)


def _kind(known: dict[str, Any]) -> type[Description]:
    return Document if "text" in known else Description


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
        found = f"the number {str(number)[:20]} is not between 0 and {HIGHEST}"
        raise msgspec.ValidationError(found)


def _check_text(document: Document) -> None:
    """Refuse a text that was changed on its way."""
    if document.sha256 and document.sha256 != sha256_of(document.text):
        raise ForeignTextError
