"""References in RIS, as reference managers write them: metadata of documents that are in the archive.

A reference is of the document of the same slug (`ID`), address or DOI, or of the same title, authors and year.
A date that can't be read is left out, with a remark. Keywords are not read, nor are notes but those that our own
export has for fields without a tag (`Received: 1943-05-01`): they are about quotes and not about the document. See
https://en.wikipedia.org/wiki/RIS_(file_format).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import rispy

from quotearchive.fields import FIELDS
from quotearchive.importers.dates import readable_date
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import Row, field_values, rows, source_row
from quotearchive.model import KINDS as ALL_KINDS
from quotearchive.model import Document

#: The kind of document for each of RIS's types. Interviews have none: their type is that of letters.
KINDS: Final = {
    "PCOMM": "letter",
    "NEWS": "article",
    "MGZN": "article",
    "JOUR": "article",
    "BLOG": "article",
    "SLIDE": "speech",
}

#: `2021/02/12/anything else`, of which parts may be missing.
_DATE: Final = re.compile(r"([0-9]{4})?(?:/([0-9]{1,2})?)?(?:/([0-9]{1,2})?)?(?:/(.*))?")

#: The labels that our own export gives to the fields without a tag.
_LABELS: Final = {
    field.label: field.name
    for field in FIELDS[Document]
    if field.name in {"kind", "date_words", "received", "destination", "signatories", "signatory_count"}
}


def read(content: str) -> Iterator[Row]:
    """Yield a row for each reference.

    Raises:
        UnusableFileError: It holds no references.
    """
    try:
        references = rispy.loads(content.lstrip("\ufeff"))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise UnusableFileError(str(error)) from error
    if not references:
        raise UnusableFileError(found="it holds no references")
    return rows(enumerate(references, 1), _row)


def _row(number: int, reference: Mapping[str, Any]) -> Row:
    kind = reference.get("type_of_reference", "")
    words = str(reference.get("date") or reference.get("year") or reference.get("publication_year") or "")
    date = read_date(words)
    url = next(iter(reference.get("urls") or []), None)
    fields = {
        "kind": KINDS.get(kind, "other"),
        "authors": reference.get("authors") or reference.get("first_authors"),
        "recipients": reference.get("secondary_authors") if kind == "PCOMM" else None,
        "date": date,
        "place": reference.get("place_published"),
        "publisher": reference.get("publisher"),
        "url": url,
        "language": reference.get("language"),
        **field_values(Document, _noted(reference.get("notes") or [])),
    }
    title = reference.get("title") or reference.get("primary_title")
    names = {"slug": reference.get("id"), "title": title, "url": url, "doi": reference.get("doi")}
    remark = f"The date of reference {number} can't be read: {words[:60]}." if words and not date else ""
    return source_row(number, names, fields, remark)


def _noted(notes: Sequence[object]) -> dict[str, str]:
    """Return the words of the notes that are led in by the label of a field without a tag."""
    parts = (str(note).partition(": ") for note in notes)
    words = {_LABELS[label]: rest for label, mark, rest in parts if mark and label in _LABELS}
    return {name: rest for name, rest in words.items() if name != "kind" or rest in ALL_KINDS}


def read_date(words: str) -> str | None:
    """Read a date of RIS; its last part is the most exact, if it is one.

    >>> read_date("2021/2/12/"), read_date("1943///1943~"), read_date("2021/02//spring")
    ('2021-02-12', '1943~', '2021-02')
    """
    parts = _DATE.fullmatch(words.strip())
    if parts is None:
        return readable_date(words)
    year, month, day, rest = parts.groups()
    numbers = [year, month and f"{month:0>2}", month and day and f"{day:0>2}"]
    figures = readable_date("-".join(number for number in numbers if number)) if year else None
    exact = readable_date(rest or "")
    return exact if exact and exact.startswith(year or "") else figures
