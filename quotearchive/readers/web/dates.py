"""The day on which a web page was published, as the page declares it; never that of its last change."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

import msgspec

from quotearchive.dates import parse_date
from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.web.bylines import Head
from quotearchive.readers.web.days import day_of, days_in
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

#: Properties of the same, of schema.org's and of Dublin Core's.
_PROPERTIES: Final = frozenset(
    {"datePublished", "dc:date", "dc:created", "dc:issued", "dcterms:issued", "schema:datePublished"}
)

_TIMES: Final = frozenset({"time", "abbr", "meta", "span", "div", "p"})

#: Those of what was changed or said later.
_LATER: Final = re.compile(r"updated|modified|comment|respond", re.IGNORECASE)

#: The longest wording of a date.
_LONGEST: Final = 60


class Whereabouts(msgspec.Struct, frozen=True):
    """A page's address, the tags of its languages, perhaps with regions, and the last day on which it can be from."""

    address: str | None
    tags: tuple[str, ...]
    latest: str | None


def declared_dates(
    tree: Element, meta: dict[str, str], article: LinkedArticle | None, head: Head, where: Whereabouts
) -> Iterator[tuple[str, str]]:
    """Yield days with where the page says them, the one that is right most often first.

    Args:
        tree: The page.
        meta: Its `<meta>` elements by their names.
        article: What it says in JSON-LD.
        head: The lines around its title.
        where: Its address, its language, and when it was retrieved.
    """
    for day, source in _stated(tree, meta, article, head, where):
        if day and (not where.latest or day <= where.latest):
            yield day, source


def _stated(
    tree: Element, meta: dict[str, str], article: LinkedArticle | None, head: Head, where: Whereabouts
) -> Iterator[tuple[str | None, str]]:
    times = _Times(tree, head.end, where.tags)
    yield day_in_address(where.address or ""), "its address"
    yield from ((read_day(meta[name]), f"meta {name}") for name in _PUBLISHED if name in meta)
    yield _agreed(times.marked), "time"
    yield read_day(article.published) if article else None, "JSON-LD datePublished"
    yield _agreed(times.above), "time"
    yield from filter(None, [head.day(where.tags, where.latest)])
    yield from ((read_day(meta[name]), f"meta {name}") for name in _META if name in meta)
    if not times.above:
        yield _agreed(times.below), "time"


def _agreed(days: set[str]) -> str | None:
    """Return the day on which all agree."""
    return next(iter(days)) if len(days) == 1 else None


def day_in_address(address: str) -> str | None:
    """Return the day that stands in an address.

    >>> day_in_address("https://example.org/2019/11/14/title/")
    '2019-11-14'
    """
    try:
        found = _IN_ADDRESS.search(urlsplit(address).path)
    except ValueError:
        return None
    return day_of(found[1], found[3], found[4]) if found else None


class _Times:
    """The days of the elements that hold one: those marked as publication, and others above and below the text's end.

    What stands below the text is often the day of another page, which is pointed to.
    """

    def __init__(self, tree: Element, end: Element | None, tags: Sequence[str]) -> None:
        self.marked: set[str] = set()
        self.above: set[str] = set()
        self.below: set[str] = set()
        others = self.above
        for element in tree.iter():
            if element is end:
                others = self.below
            if element.tag not in _TIMES:
                continue
            names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
            is_marked = _is_marked(element, names)
            if (not is_marked and element.tag != "time") or _LATER.search(names) or _is_said_later(element):
                continue
            if day := _day_of(element, tags):
                (self.marked if is_marked else others).add(day)


def _is_marked(element: Element, names: str) -> bool:
    properties = {*(element.get("itemprop") or "").split(), *(element.get("property") or "").split()}
    is_stated = element.tag != "meta" or element.get("itemprop") is not None
    return (
        (is_stated and not _PROPERTIES.isdisjoint(properties))
        or element.get("pubdate") is not None
        or bool(_MARKED.search(names))
    )


def _day_of(element: Element, tags: Sequence[str]) -> str | None:
    stated = element.get("datetime") or element.get("content") or element.get("title") or ""
    if day := read_day(stated):
        return day
    words = " ".join("".join(map(str, element.itertext())).split())
    return next((each.iso for each in days_in(words, tags)), None) if len(words) <= _LONGEST else None


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
        return day_of(*found.groups())
    if not words or len(words) > _LONGEST or not any(map(str.isdigit, words)):
        return None
    try:
        read = parse_date(words)
    except QuoteArchiveError:
        return None
    found = _ISO.fullmatch(read[:10])
    return day_of(*found.groups()) if found else None
