"""Who wrote a web page, as the page declares it."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from quotearchive.readers.extracts import Extracted
from quotearchive.readers.web.bylines import Head
from quotearchive.readers.web.linked_data import LinkedArticle
from quotearchive.readers.web.markup import Element, text_of

#: The longest name of an author, and the most words in it: what has more is a sentence.
_LONGEST: Final = 80
_MOST_WORDS: Final = 8

#: Elements that are looked at for one.
_MOST: Final = 40

#: Elements within one beyond which it holds more than names.
_LARGEST: Final = 100

#: Before a name: "By Jane Doe", "Von Erika Mustermann".
_BY: Final = re.compile(
    r"^(?:(?:written|posted|published|geschrieben|veröffentlicht|publié|escrito)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|przez|autor(?:in)?|author|auteur|text|a cura di)\b\s*:?\s+",
    re.IGNORECASE,
)

#: Behind a name: a day, a role, a place to go.
_BEHIND: Final = re.compile(r"\s+(?:[|·•–—»]|on|am|le|el)\s+.*$|\s*,?\s+\d.*$|\s*\(.*$", re.IGNORECASE)

#: Between names.
_BETWEEN: Final = re.compile(r"\s*(?:;|\s&\s|\s(?:and|und|et|y|i|e)\s)\s*")

#: Users of a content management system who are nobody.
_NOBODY: Final = frozenset(
    {"admin", "administrator", "webmaster", "root", "user", "author", "editor", "guest", "staff", "anonymous"}
    | {
        "redaktion",
        "redakteur",
        "autor",
        "default",
        "unknown",
        "none",
        "null",
        "web",
        "online",
        "wordpress",
        "super user",
    }
)

_CLASSES: Final = re.compile(
    r"(?:^|\s)(?:byline|author|by-author|author-name|entry-author|post-author|vcard|p-author|byline-name|article-author|"
    r"article__author|author__name)(?:\s|$)",
    re.IGNORECASE,
)

_FURNITURE: Final = re.compile(r"comment|respond|related|sidebar|widget|avatar", re.IGNORECASE)

_POST: Final = re.compile(r"(?:^|\s)(?:hentry|h-entry|post|article)(?:\s|$)", re.IGNORECASE)

#: Addresses of the pages about those who write.
_PROFILE: Final = re.compile(
    r"/(?:authors?|autor(?:en|es|in|i)?|auteurs?|autore|redakteur|profiles?)[/-]", re.IGNORECASE
)


def find_authors(
    tree: Element, meta: dict[str, str], article: LinkedArticle | None, head: Head, text: str
) -> tuple[Extracted, ...]:
    """Return the authors that a page declares in the first place where it does.

    The author that a `<meta>` element names is often only who uses the system that made the page: without their
    name on the page, that is a guess.

    Args:
        tree: The page.
        meta: Its `<meta>` elements by their names.
        article: What it says in JSON-LD.
        head: The lines around its title.
        text: Its text.
    """
    stated: tuple[tuple[Iterable[str], str], ...] = (
        (article.authors if article else (), "JSON-LD author"),
        (_texts(each for each in tree.iter("a", "span") if "author" in (each.get("rel") or "").split()), "rel=author"),
        (_texts(each for each in tree.iter() if each.get("itemprop") == "author"), "itemprop=author"),
        (_texts(each for each in tree.iter("a", "span", "p", "div", "address") if _is_byline(each)), "byline"),
        (head.authors(), "a line by its title"),
        (_texts(each for each in head.links() if _PROFILE.search(each.get("href") or "")), "a link by its title"),
    )
    site = meta.get("og:site_name", "").casefold()
    for words, source in stated:
        names = _names(words, site)
        if names:
            return tuple(Extracted("authors", name, source=source) for name in names)
    for key in ("author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "article:author"):
        names = _names([meta.get(key, "")], site)
        if names:
            shown = " ".join(" ".join(map(str, tree.itertext("body", "p", "a", "span", "div"))).split())
            return tuple(
                Extracted("authors", name, source=f"meta {key}", is_guess=name not in shown and name not in text)
                for name in names
            )
    return ()


def _is_byline(element: Element) -> bool:
    names = element.get("class")
    return bool(names and _CLASSES.search(names))


def _texts(elements: Iterable[Element]) -> Iterator[str]:
    """Yield the words of elements that aren't in comments or beside the text; of nested ones the inner."""
    for element in islice(elements, _MOST):
        if sum(1 for _ in islice(element.iter(), _LARGEST)) == _LARGEST:
            continue
        if _is_elsewhere(element):
            continue
        inner = next((each for each in element.iter() if each.get("itemprop") == "name"), element)
        yield inner.get("content") or text_of(inner)[: 4 * _LONGEST]


def _is_elsewhere(element: Element) -> bool:
    """Check whether an element is in comments or beside the text, and not in an article or a post."""
    for above in (element, *element.iterancestors("div", "section", "aside", "li", "ol", "article")):
        names = f"{above.get('class') or ''} {above.get('id') or ''}"
        if _FURNITURE.search(names):
            return True
        if above.tag == "article" or _POST.search(names):
            return False
    return False


def _names(stated: Iterable[str], site: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for words in stated:
        cleaned = _BEHIND.sub("", _BY.sub("", " ".join(words.split())))
        for part in _BETWEEN.split(cleaned):
            name = _BY.sub("", part).strip(" ,;:|–-")
            if _is_name(name, site):
                found.setdefault(name.casefold(), name)
        if len(found) > _MOST_WORDS * 2:
            return ()  # a list of all who write there
    return tuple(found.values())


def _is_name(name: str, site: str) -> bool:
    return (
        0 < len(name) <= _LONGEST
        and len(name.split()) <= _MOST_WORDS
        and any(map(str.isalpha, name))
        and name.casefold() not in _NOBODY
        and name.casefold() != site
        and "://" not in name
        and "@" not in name
        and "www." not in name.lower()
    )
