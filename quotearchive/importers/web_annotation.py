"""Annotations of the W3C's model in JSON-LD, our own among them, and those of Hypothesis's service.

An annotation is a quote if its target has a TextQuoteSelector; each such target is a passage. Bodies that tag
are topics, the other bodies are the note; a schema.org Quotation holds who said it to whom. See
https://www.w3.org/TR/annotation-model/ and, for `rows` with `uri`, `tags` and `text`,
https://h.readthedocs.io/en/latest/api-reference/. Hypothesis counts the UTF-16 units of a page, not the
characters of a document here: its words and their context count for more than its places.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from quotearchive.importers.dates import instant
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import (
    NOWHERE,
    Naming,
    PassedRow,
    QuoteRow,
    Row,
    passage,
    rows,
)
from quotearchive.importers.surrogates import decoded, escaped
from quotearchive.model import Passage, Quote

#: Keys under which collections and services keep their annotations, the outermost first.
_LISTS: Final = ("rows", "first", "items", "annotations", "@graph")

#: How deep collections are opened: a collection, its page, its items.
_DEPTH: Final = 4

#: Purposes of bodies that are topics.
_TAGGING: Final = frozenset({"tagging", "classifying", "oa:tagging"})

#: The fields of a quote by the names that a Quotation has for them.
_FACTS: Final = {
    "speaker": "schema:spokenByCharacter",
    "role": "schema:roleName",
    "mention": "schema:characterName",
    "to": "schema:recipient",
    "said": "schema:dateCreated",
}

Node = Mapping[str, Any]


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each annotation.

    Raises:
        UnusableFileError: It is no JSON, or holds no annotations.
    """
    return rows(enumerate(_annotations(_decoded(escaped(content))), 1), _row)


def _decoded(content: bytes) -> Any:  # noqa: ANN401 - a JSON value
    try:
        return decoded(content)
    except UnusableFileError:
        lines = [line for line in content.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].startswith(b"{"):  # noqa: PLR2004 - one value a line
            raise
        return [decoded(line) for line in lines]


def _annotations(value: Any, depth: int = 0) -> list[Any]:  # noqa: ANN401 - a JSON value
    """Open collections until the annotations are reached."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and ("target" in value or "uri" in value):
        return [value]
    inner = next((value[key] for key in _LISTS if key in value), None) if isinstance(value, dict) else None
    if inner is None or depth > _DEPTH:
        raise UnusableFileError(found="it holds no annotations")
    return _annotations(inner, depth + 1)


def _row(number: int, annotation: Node) -> Row:
    targets = [target for target in _listed(annotation.get("target")) if isinstance(target, dict)]
    passages = tuple(filter(None, map(_passage, targets)))
    if not passages:
        return PassedRow(row=number, reason="no words of a document are marked")
    bodies = [_body(body) for body in _listed(annotation.get("body"))]
    facts = next((body for body in bodies if "schema:text" in body or "schema:position" in body), {})
    outer = facts.get("schema:isPartOf")
    fields = {name: facts[key] for name, key in _FACTS.items() if facts.get(key)}
    return QuoteRow(
        row=number,
        naming=_naming(annotation, targets[0]),
        quote=msgspec.convert(
            {
                "document": 0,
                "passages": msgspec.to_builtins(passages),
                "topics": [*_topics(bodies), *map(str, _listed(annotation.get("tags")))],
                "note": "\n\n".join([*_notes(bodies), *_words(annotation.get("text"))]) or None,
                "id": facts.get("schema:position", 0),
                "created": instant(str(annotation.get("created", ""))),
                "modified": instant(str(annotation.get("modified") or annotation.get("updated") or "")),
                **fields,
            },
            Quote,
        ),
        key=str(annotation.get("id") or ""),
        within=str(outer.get("id") or "") if isinstance(outer, dict) else "",
    )


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - a JSON value
    """Return what JSON-LD writes as one value or as several as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _body(body: Any) -> Node:  # noqa: ANN401 - a JSON value
    return body if isinstance(body, dict) else {"value": str(body)}


def _passage(target: Node) -> Passage | None:
    """Make a passage of a target's selectors; None if none has words."""
    selectors = list(_selectors(target))
    words = next((each for each in selectors if each.get("type") == "TextQuoteSelector"), None)
    if words is None or not isinstance(words.get("exact"), str) or not words["exact"].strip():
        return None
    place = next((each for each in selectors if each.get("type") == "TextPositionSelector"), {})
    start = place.get("start", NOWHERE)
    return passage(
        words["exact"],
        start if isinstance(start, int) else NOWHERE,
        prefix=str(words.get("prefix") or ""),
        suffix=str(words.get("suffix") or ""),
    )


def _selectors(target: Node) -> Iterator[Node]:
    """Yield a target's selectors, and those that they are refined by."""
    waiting = deque(_listed(target.get("selector")))
    while waiting:
        selector = waiting.popleft()
        if isinstance(selector, dict):
            yield selector
            waiting += _listed(selector.get("refinedBy"))


def _topics(bodies: list[Node]) -> list[str]:
    return [words for body in bodies if body.get("purpose") in _TAGGING for words in _words(body.get("value"))]


def _notes(bodies: list[Node]) -> list[str]:
    others = (body for body in bodies if body.get("purpose") not in _TAGGING)
    return [words for body in others for words in _words(body.get("value"))]


def _words(value: Any) -> list[str]:  # noqa: ANN401 - a JSON value
    return [value] if isinstance(value, str) and value.strip() else []


def _naming(annotation: Node, target: Node) -> Naming:
    source = target.get("source") or annotation.get("uri") or target.get("id")
    about = source if isinstance(source, dict) else {"id": source}
    titles = _listed((annotation.get("document") or {}).get("title"))
    return msgspec.convert(
        {
            "slug": about.get("schema:identifier"),
            "title": about.get("schema:name") or (titles[0] if titles else None),
            "url": about.get("id"),
        },
        Naming,
    )
