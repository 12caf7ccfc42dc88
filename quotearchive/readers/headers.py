"""The header lines of e-mails and of letters that are kept like them: From, To, Date, Subject.

Encoded words (`=?utf-8?b?...?=`) and addresses are read by Python's own email library.
"""

import email.header
import email.utils
from collections.abc import Iterable
from email.errors import MessageError
from typing import Final

from quotearchive.readers.datelines import read_date
from quotearchive.readers.extracts import Extracted
from quotearchive.readers.lines import Line

#: The names of header lines and the field that each fills, as mail programs print them.
_NAMES: Final = {
    "authors": ("from", "von", "de", "از", "من"),
    "recipients": ("to", "cc", "an", "à", "para", "به", "إلى", "الى"),
    "date": ("date", "sent", "datum", "gesendet", "envoyé", "fecha", "enviado", "تاریخ", "التاريخ"),
    "title": ("subject", "re", "betreff", "objet", "asunto", "موضوع", "الموضوع"),
    "received": ("received on", "date received"),
    "publisher": ("organization",),
}

_FIELDS: Final = {name: field for field, names in _NAMES.items() for name in names}

#: The fewest such lines in a row that make a header: one may be the beginning of any sentence.
_FEWEST: Final = 2


def find_header(lines: Iterable[Line]) -> tuple[Extracted, ...]:
    """Extract the header if the text begins with one.

    >>> lines = (Line(1, "From: Jane Doe <jane@example.org>"), Line(2, "To: John Roe"), Line(4, "Dear John,"))
    >>> [(each.field, each.value) for each in find_header(lines)]
    [('authors', 'Jane Doe'), ('recipients', 'John Roe')]
    """
    header = []
    expected = None
    for line in lines:
        name, colon, value = line.words.partition(":")
        is_apart = expected is not None and line.number != expected
        if not colon or is_apart or not name.replace("-", "").replace(" ", "").isalpha():
            break
        header.append((_FIELDS.get(name.strip().lower()), value.strip(), line))
        expected = line.number + 1
    known = [(field, value, line) for field, value, line in header if field and value]
    if len(known) < _FEWEST or not {"authors", "recipients"} & {field for field, _, _ in known}:
        return ()
    return tuple(extracted for field, value, line in known for extracted in _take(field, value, line))


def _take(field: str, value: str, line: Line) -> list[Extracted]:
    decoded = _decode(value)
    if field in {"authors", "recipients"}:
        return [Extracted(field, name, line.number, line.words) for name in _names(decoded)]
    if field in {"date", "received"}:
        date = _date(decoded)
        worded = [Extracted("date_words", decoded, line.number, line.words)] if field == "date" else []
        return [Extracted(field, date, line.number, line.words), *worded] if date else []
    return [Extracted(field, decoded, line.number, line.words)]


def _decode(value: str) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return value


def _names(value: str) -> list[str]:
    """Return the names in a list of addresses; where there is no address, the whole is one name."""
    if "@" not in value:
        return [value]
    addresses = email.utils.getaddresses([value])
    return [name or address for name, address in addresses if name or address]


def _date(value: str) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return read_date(value)
