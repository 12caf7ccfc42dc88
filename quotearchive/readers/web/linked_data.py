"""What a page declares of its article in JSON-LD, in schema.org's words."""

import html
import json
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from quotearchive.readers.web.markup import Element

#: Characters of a script that is read: a page's data has some thousands.
_LONGEST: Final = 2**20

#: How the types of what has a headline, a date and authors end.
_ARTICLES: Final = ("article", "posting", "report", "blogpost", "socialmediaposting", "interview")


class LinkedArticle(msgspec.Struct, frozen=True):
    """What JSON-LD says of an article; each value may be empty."""

    headline: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""


def find_article(tree: Element) -> LinkedArticle | None:
    """Return what JSON-LD says of the first article in a page."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for thing in _things(_load(script.text or "")):
            if _is_article(thing):
                return _article(thing)
    return None


def _load(source: str) -> Any:  # noqa: ANN401 - any JSON
    # Some wrap it in a comment, or as XML does.
    source = source[:_LONGEST].replace("<![CDATA[", "").replace("]]>", "")
    start = min((at for at in map(source.find, "[{") if at >= 0), default=0)
    try:
        return json.loads(source[start : max(map(source.rfind, "]}")) + 1], strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the objects at the top, in lists of them, and in graphs."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            yield each
            waiting += [each[key] for key in ("mainEntity", "@graph") if key in each]


def _is_article(thing: dict[str, Any]) -> bool:
    types = thing.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.lower().endswith(_ARTICLES) for name in names)


def _article(thing: dict[str, Any]) -> LinkedArticle:
    authors = thing.get("author")
    people = authors if isinstance(authors, list) else [authors]
    return LinkedArticle(
        headline=_words(thing.get("headline")) or _words(thing.get("name")),
        published=_words(thing.get("datePublished")),
        modified=_words(thing.get("dateModified")),
        authors=tuple(filter(None, map(_name, people))),
        publisher=_name(thing.get("publisher")),
    )


def _name(value: Any) -> str:  # noqa: ANN401
    found = value[0] if isinstance(value, list) and value else value
    return _words(found.get("name")) if isinstance(found, dict) else _words(found)


def _words(value: Any) -> str:  # noqa: ANN401
    found = value[0] if isinstance(value, list) and value else value
    return " ".join(html.unescape(found).split()) if isinstance(found, str) else ""
