"""The day on which a web page was published, as the page declares it; never that of its last change."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from quotearchive.dates import parse_date
from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.web.linked_data import LinkedArticle
from quotearchive.readers.web.markup import Element

#: A day in an address: /2019/11/14/ or 2020-10-18-title.
_IN_ADDRESS: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")

#: A day as machines write it, with or without a time.
_ISO: Final = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")

_COMPACT: Final = re.compile(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\D.*)?")

#: The names of `<meta>` elements that say when a page was published.
_PUBLISHED: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
)

#: Names that say it less plainly: some sites mean the day on which the page was made.
_META: Final = (
    *("date", "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "dc.date.issued"),
    *("dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "parsely-pub-date"),
    *("sailthru.date", "article.published", "citation_publication_date", "article_date_original", "last-published"),
)

#: Classes and properties of elements that hold the day of publication.
_MARKED: Final = re.compile(
    r"(?:^|\s)(?:published|entry-date|post-date|pubdate|date-published|dt-published)(?:\s|$)", re.IGNORECASE
)

#: Those of what was changed or said later.
_LATER: Final = re.compile(r"updated|modified|comment|respond", re.IGNORECASE)

#: The first year of which pages are told.
_FIRST: Final = 1900

#: The longest wording of a date.
_LONGEST: Final = 60


def declared_dates(
    tree: Element, meta: dict[str, str], article: LinkedArticle | None, address: str | None, latest: str | None
) -> Iterator[tuple[str, str]]:
    """Yield days with where the page says them, the one that is right most often first.

    Args:
        tree: The page.
        meta: Its `<meta>` elements by their names.
        article: What it says in JSON-LD.
        address: Where it was.
        latest: The day on which it was retrieved, after which it wasn't published.
    """
    for words, source in _stated(tree, meta, article, address):
        day = read_day(words)
        if day and (not latest or day <= latest):
            yield day, source


def _stated(
    tree: Element, meta: dict[str, str], article: LinkedArticle | None, address: str | None
) -> Iterator[tuple[str, str]]:
    yield day_in_address(address or "") or "", "its address"
    yield from ((meta[name], f"meta {name}") for name in _PUBLISHED if name in meta)
    yield _agreed(tree), "time"
    yield article.published if article else "", "JSON-LD datePublished"
    yield from ((meta[name], f"meta {name}") for name in _META if name in meta)


def day_in_address(address: str) -> str | None:
    """Return the day that stands in an address.

    >>> day_in_address("https://example.org/2019/11/14/title/")
    '2019-11-14'
    """
    try:
        found = _IN_ADDRESS.search(urlsplit(address).path)
    except ValueError:
        return None
    return _day(found[1], found[3], found[4]) if found else None


def _agreed(tree: Element) -> str:
    """Return the day on which all elements agree that state one: those marked as published, or else all."""
    marked: set[str | None] = set()
    others: set[str | None] = set()
    for element in tree.iter("time", "abbr", "meta", "span"):
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        is_marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        is_marked = is_marked or bool(_MARKED.search(names))
        if not is_marked and element.tag != "time":
            continue
        words = element.get("datetime") or element.get("content") or element.get("title") or ""
        if not words or _LATER.search(names) or _is_said_later(element):
            continue
        (marked if is_marked else others).add(read_day(words))
    days = (marked or others) - {None}
    return next(iter(days)) or "" if len(days) == 1 else ""


def _is_said_later(element: Element) -> bool:
    """Check whether a time is that of a comment, or of another page that is pointed to."""
    return any(
        (above.tag in {"aside", "nav", "footer"} and _is_no_article(above))
        or _LATER.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above in element.iterancestors("div", "li", "ol", "ul", "section", "aside", "nav", "footer", "article")
    )


def _is_no_article(element: Element) -> bool:
    """Check that an element isn't the foot of an article, where blogs put the date."""
    return element.tag != "footer" or next(element.iterancestors("article"), None) is None


def read_day(words: str) -> str | None:
    """Return the day that a page means, in its own zone.

    >>> read_day("2019-11-14T23:30:00+01:00"), read_day("14 November 2019"), read_day("soon")
    ('2019-11-14', '2019-11-14', None)
    """
    words = words.strip()
    found = _ISO.match(words) or _COMPACT.match(words)
    if found:
        return _day(*found.groups())
    if not words or len(words) > _LONGEST or not any(map(str.isdigit, words)):
        return None
    try:
        read = parse_date(words)
    except QuoteArchiveError:
        return None
    found = _ISO.fullmatch(read[:10])
    return _day(*found.groups()) if found else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year >= _FIRST else None
