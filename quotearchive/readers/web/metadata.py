"""What a web page declares of itself: title, authors, date, publisher, address and language.

Several places say the same, and some of them wrongly; each field has its own order, from the place that is right most
often on. Only what is declared is stored. What is merely likely, such as a date that htmldate finds, is a guess.
"""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, cast
from urllib.parse import urljoin, urlsplit

import htmldate
import msgspec
from lxml.html import HtmlElement

from quotearchive.readers.extracts import Extracted
from quotearchive.readers.languages import guess_language
from quotearchive.readers.web.authors import find_authors
from quotearchive.readers.web.bylines import Head
from quotearchive.readers.web.dates import Whereabouts, day_in_address, declared_dates
from quotearchive.readers.web.linked_data import LinkedArticle, find_article
from quotearchive.readers.web.main_text import Block
from quotearchive.readers.web.markup import Element, name_of
from quotearchive.readers.web.origins import Origin, is_address, without_wayback

#: The longest title in characters; what is longer is a paragraph.
_LONGEST_TITLE: Final = 400

#: Headings that are looked at: a title stands at the top.
_HEADINGS: Final = 50

#: The longest name of a site.
_LONGEST_NAME: Final = 120

#: What stands between a page's title and its site's name.
_SEPARATOR: Final = re.compile(r"\s+[|–—·•»«:~/-]\s+|\s*[|»]\s*|\s+::\s+")

#: The share of a title beyond which a heading that stands in it is the title.
_PART: Final = 0.6

#: Elements and classes of the heading that is a page's title where the largest heading is the site's.
_TITLE_CLASSES: Final = frozenset({"entry-title", "post-title", "article-title", "page-title", "headline"})

_SITE_CLASSES: Final = re.compile(r"site|logo|brand|blog-?title|masthead", re.IGNORECASE)

#: Where the site's name leads.
_HOME: Final = frozenset({"/", "./", "index.html", "/index.html", "index.php", "/index.php"})

_TAG: Final = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_SCRIPT_TAG: Final = re.compile(r"[A-Za-z]{4}")


class Page(msgspec.Struct, frozen=True):
    """A page as its metadata are looked for: its tree, its text, and what was found first."""

    tree: Element
    text: str
    meta: dict[str, str]
    article: LinkedArticle | None
    address: str | None


def describe_page(
    tree: Element, blocks: Sequence[Block], main: Sequence[Block], origin: Origin, *, may_guess: bool = True
) -> tuple[tuple[Extracted, ...], tuple[str, ...]]:
    """Return what a page declares of itself, and what a user should know of it.

    Args:
        tree: The page.
        blocks: Its paragraphs.
        main: Those of them that are its main text.
        origin: Where it was retrieved from, and when.
        may_guess: Whether a date is looked for that it doesn't declare, which takes long on a large page.
    """
    meta = _meta(tree)
    remarks: list[str] = []
    url = _address(tree, meta, origin, remarks)
    text = "\n".join(block.text for block in main)
    page = Page(tree, text, meta, find_article(tree), url.value if url else None)
    title = list(_title(page))
    head = Head(blocks, main, folded(title[0].value) if title else "")
    dates = _dates(page, head, origin, remarks, may_guess=may_guess)
    found = [*title, *_kind(page), *find_authors(page.tree, page.meta, page.article, head, text), *dates]
    found += [*_publisher(page), *((url,) if url else ()), *_language(page, remarks)]
    return tuple(found), tuple(remarks)


def _meta(tree: Element) -> dict[str, str]:
    """Return what the `<meta>` elements say, by name in lower case; of several the first counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = one_line(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def one_line(words: str) -> str:
    r"""Return words on one line, with what is still written as an entity.

    >>> one_line("Salt &amp;amp;\n pepper")
    'Salt & pepper'
    """
    return " ".join(html.unescape(html.unescape(words)).split())


def _text(element: Element) -> str:
    return one_line("".join(map(str, element.itertext()))[: 4 * _LONGEST_TITLE])


def folded(words: str) -> str:
    """Return the letters and digits of words, to compare them by."""
    return "".join(filter(str.isalnum, words.casefold()))


def _title(page: Page) -> Iterator[Extracted]:
    for value, source in _titles(page):
        if value and len(value) <= _LONGEST_TITLE and any(map(str.isalnum, value)):
            yield Extracted("title", value, source=source)
            return


def _titles(page: Page) -> Iterator[tuple[str, str]]:
    """Yield titles, the one that is right most often first."""
    whole = next((_text(each) for each in page.tree.iter("title") if name_of(each.getparent()) != "svg"), "")  # type: ignore[arg-type]
    og, site = page.meta.get("og:title", ""), folded(page.meta.get("og:site_name", ""))
    stated = [folded(whole), folded(og)]
    headings = [each for each in islice(page.tree.iter("h1"), _HEADINGS) if not _is_site(each, site)]
    within = {_text(each) for each in headings if _is_in(each, "article")} - {""}
    if len(within) == 1:
        yield within.pop(), "h1 in article"
    first = _without_site(_parts(whole), site)
    own = [folded(first), folded(_without_site_name(og, site))]
    marked = [*headings, *filter(_is_title_class, islice(page.tree.iter("h2", "h3", "h4"), _HEADINGS))]
    for heading in marked:
        words = _text(heading)
        key = folded(words)
        if key and _is_title_class(heading) and any(each.startswith(key) or each.endswith(key) for each in stated):
            yield words, f"{name_of(heading)}, as in the title"
        # A heading that is the end of the title is the site's where another heading is the beginning.
        is_stated = any(key in each for each in stated) and len(key) >= _PART * min(
            map(len, filter(None, own)), default=0
        )
        if key and is_stated and not (_is_end(key, whole) and _begins(page.tree, first)):
            yield words, f"{name_of(heading)}, as in the title"
    named = {_text(each) for each in marked if _is_title_class(each)} - {""}
    if len(named) == 1:
        yield named.pop(), "the heading that is marked as the title"
    yield _as_part(page.tree, whole), "heading, as in the title"
    yield page.article.headline if page.article else "", "JSON-LD headline"
    yield _without_site_name(og, site), "og:title"
    if len(headings) == 1 and not whole:
        yield _text(headings[0]), "h1"
    yield first, "title"
    yield whole, "title"


def _as_part(tree: Element, whole: str) -> str:
    """Return the longest heading that is one of the parts of a title."""
    parts = {folded(part) for part in _parts(whole)}
    found = [_text(each) for each in islice(tree.iter("h1", "h2", "h3"), _HEADINGS) if not _is_site(each, "")]
    return max((words for words in found if folded(words) in parts), key=len, default="") if len(parts) > 1 else ""


def _is_site(heading: Element, site: str) -> bool:
    names = f"{heading.get('class') or ''} {heading.get('id') or ''}"
    if any(link.get("href") in _HOME for link in heading.iter("a")):
        return True
    return bool(_SITE_CLASSES.search(names)) or (bool(site) and folded(_text(heading)) == site)


def _is_title_class(heading: Element) -> bool:
    return not _TITLE_CLASSES.isdisjoint((heading.get("class") or "").split()) or heading.get("itemprop") == "headline"


def _is_in(element: Element, name: str) -> bool:
    return next(element.iterancestors(name), None) is not None


def _is_end(key: str, whole: str) -> bool:
    parts = _parts(whole)
    return len(parts) > 1 and folded(parts[-1]) == key


def _begins(tree: Element, first: str) -> bool:
    """Check whether a lower heading is the beginning of the title."""
    key = folded(first)
    return bool(key) and any(folded(_text(each)) == key for each in islice(tree.iter("h1", "h2", "h3"), _HEADINGS))


def _parts(title: str) -> list[str]:
    return [part for part in _SEPARATOR.split(title) if part.strip()]


def _without_site(parts: list[str], site: str) -> str:
    """Return the part of a title that is the page's: the first that isn't the site's name, if it is long enough."""
    own = [part for part in parts if folded(part) != site] or parts
    if not own:
        return ""
    return own[0] if len(own[0].split()) > 1 or len(own) == 1 else max(own, key=len)


def _without_site_name(title: str, site: str) -> str:
    """Cut the site's name off at either end of a title."""
    parts = list(_SEPARATOR.finditer(title))
    if parts and site:
        if folded(title[parts[-1].end() :]) == site:
            return title[: parts[-1].start()].strip()
        if folded(title[: parts[0].start()]) == site:
            return title[parts[0].end() :].strip()
    return title


def _kind(page: Page) -> Iterator[Extracted]:
    if page.article:
        yield Extracted("kind", "article", source="JSON-LD")
    elif page.meta.get("og:type", "").lower() == "article":
        yield Extracted("kind", "article", source="og:type")
    elif "article:published_time" in page.meta:
        yield Extracted("kind", "article", source="article:published_time")


def _dates(page: Page, head: Head, origin: Origin, remarks: list[str], *, may_guess: bool) -> Iterator[Extracted]:
    """Return the day of publication as it is declared, and beside it what it may be instead."""
    latest = (origin.retrieved or "")[:10] or None
    where = Whereabouts(page.address or origin.url, _tags(page), latest)
    declared = list(declared_dates(page.tree, page.meta, page.article, head, where))
    found = [Extracted("date", day, source=source) for day, source in declared[:1]]
    agreed = {day for day, _ in declared}
    if len(declared) > 1 and len(agreed) == 1:
        return iter(found)
    if found and day_in_address(page.address or origin.url or "") == found[0].value:
        return iter(found)
    if len(agreed) > 1:
        others = ", ".join(f"{day} ({source})" for day, source in declared[1:] if day != declared[0][0])
        remarks.append(f"The page gives several dates: {declared[0][0]} ({declared[0][1]}), but also {others}.")
    if not found and may_guess and (guess := _guessed_date(page.tree, latest)):
        found.append(Extracted("date", guess, source="htmldate", is_guess=True))
    return iter(found)


def _guessed_date(tree: Element, latest: str | None) -> str | None:
    try:
        found = htmldate.find_date(cast("HtmlElement", tree), original_date=True, max_date=latest)
    except Exception:  # noqa: BLE001 - a guess may fail in any way on a page that isn't well made
        return None
    return found if isinstance(found, str) else None


def _publisher(page: Page) -> Iterator[Extracted]:
    stated = (
        (page.meta.get("og:site_name", ""), "og:site_name"),
        (page.article.publisher if page.article else "", "JSON-LD publisher"),
        (page.meta.get("dc.publisher", ""), "DC.publisher"),
    )
    for value, source in stated:
        if value and len(value) <= _LONGEST_NAME and not is_address(value):
            yield Extracted("publisher", value, source=source)
            return


def _address(tree: Element, meta: dict[str, str], origin: Origin, remarks: list[str]) -> Extracted | None:
    """Return a page's address: as it states it, unless that is another site's or the site's as a whole."""
    base = origin.url or ""
    canonical = next(
        (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").split()), ""
    )
    for value, source in ((canonical or "", "canonical link"), (meta.get("og:url", ""), "og:url")):
        stated = without_wayback(_joined(base, value.strip()))
        if not stated or not is_address(stated) or " " in stated:
            continue
        if origin.url and _site(stated) != _site(origin.url):
            remarks.append(f"The page names another address as its own: {stated} ({source}).")
            continue
        if origin.url and urlsplit(stated).path in {"", "/"} and urlsplit(origin.url).path not in {"", "/"}:
            continue
        return Extracted("url", stated, source=source)
    return Extracted("url", origin.url, source="saved from") if origin.url else None


def _joined(base: str, value: str) -> str:
    try:
        return urljoin(base, value) if value else ""
    except ValueError:
        return ""


def _site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def _tags(page: Page) -> tuple[str, ...]:
    """Return the tags of the languages in which days may be written: the template's and the text's."""
    stated = (page.tree.get("lang") or page.tree.get("xml:lang") or page.meta.get("og:locale") or "").strip()
    tags = (stated.replace("_", "-") if _TAG.fullmatch(stated) else "", guess_language(page.text) or "")
    return tuple(filter(None, tags))


def _language(page: Page, remarks: list[str]) -> Iterator[Extracted]:
    """Return the language that a page declares, unless its words are of another: templates say what they like."""
    root = page.tree
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    source = "html lang"
    if not stated:
        stated, source = page.meta.get("content-language", "") or page.meta.get("og:locale", ""), "meta"
    tag = _tag(stated)
    own = guess_language(page.text)
    if own and tag and own.split("-")[0] != tag.split("-")[0]:
        remarks.append(f"The page says that its language is {tag}, but its words are {own}.")
        yield Extracted("language", own, source="its words")
    elif tag:
        yield Extracted("language", tag, source=source)
    elif own:
        yield Extracted("language", own, source="its words")


def _tag(stated: str) -> str:
    """Return a language's tag without its region, which pages take from their templates.

    >>> _tag("de_DE"), _tag("zh-Hant-TW"), _tag("?")
    ('de', 'zh-Hant', '')
    """
    if not _TAG.fullmatch(stated.strip()):
        return ""
    language, *others = stated.strip().replace("_", "-").split("-")
    script = next((each.title() for each in others if _SCRIPT_TAG.fullmatch(each)), "")
    return f"{language.lower()}-{script}" if script else language.lower()
