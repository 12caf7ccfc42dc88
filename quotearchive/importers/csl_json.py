"""Sources in CSL-JSON, as Zotero and our own export write them: metadata of documents that are in the archive.

See https://docs.citationstyles.org/en/stable/specification.html. An item is of the document of the same slug,
address or DOI, or of the same title, authors and year. A date that can't be read is left out, with a remark.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from quotearchive.importers.dates import calendar_date, readable_date
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import Row, rows, source_row
from quotearchive.importers.surrogates import decoded, escaped

#: The kind of document for each of CSL's types.
KINDS: Final = {
    "personal_communication": "letter",
    "article": "article",
    "article-newspaper": "article",
    "article-magazine": "article",
    "article-journal": "article",
    "post-weblog": "article",
    "speech": "speech",
    "interview": "interview",
}

#: What our own export keeps where CSL has no field.
_CUSTOM: Final = ("date_words", "received", "destination", "signatories", "signatory_count")


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each item.

    Raises:
        UnusableFileError: It is no array of items.
    """
    value = decoded(escaped(content))
    items = value.get("items") if isinstance(value, dict) else value
    if not isinstance(items, list):
        raise UnusableFileError(found="it is not an array of items")
    return rows(enumerate(items, 1), _row)


def _row(number: int, item: Mapping[str, Any]) -> Row:
    date, unread = _date(item.get("issued") or {})
    fields = {
        "kind": "statement" if item.get("genre") == "statement" else KINDS.get(item.get("type", ""), "other"),
        "authors": _names(item.get("author") or []),
        "recipients": _names(item.get("recipient") or []),
        "date": date,
        "place": item.get("publisher-place"),
        "publisher": item.get("publisher") or item.get("container-title"),
        "url": item.get("URL"),
        "language": item.get("language"),
        **_own(item.get("custom")),
    }
    names = {
        "slug": str(item.get("id") or "") or None,
        "title": item.get("title"),
        "url": item.get("URL"),
        "doi": item.get("DOI"),
    }
    remark = f"The date of item {number} can't be read: {unread}." if unread else ""
    return source_row(number, names, fields, remark)


def _own(custom: object) -> dict[str, Any]:
    """Return what our own export keeps where CSL has no field; numbers of documents are an archive's own."""
    own = custom.get("quotearchive") if isinstance(custom, dict) else None
    return {name: own[name] for name in _CUSTOM if name in own} if isinstance(own, dict) else {}


def _names(names: list[Mapping[str, Any]]) -> list[str]:
    """Return names in the order in which they are spoken.

    >>> _names([{"literal": "PMOI"}, {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}])
    ['PMOI', 'Vincent van Gogh']
    """
    parts = ("literal", "given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    found = (" ".join(str(name[part]) for part in parts if name.get(part)) for name in names)
    return [name for name in found if name]


def _date(issued: Mapping[str, Any]) -> tuple[str | None, str]:
    """Read a date; if it can't be read, return its words too."""
    days = [[int(part) for part in day if str(part).strip()] for day in issued.get("date-parts") or []]
    days = [day for day in days if day]
    words = str(issued.get("literal") or issued.get("raw") or "")
    if days:
        last = days[1] if len(days) > 1 else None
        date = calendar_date(days[0], last, is_approximate=bool(issued.get("circa")))
        return date, "" if date else str(issued["date-parts"])[:60]
    date = readable_date(words)
    return date, "" if date else words[:60]
