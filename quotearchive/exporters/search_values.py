"""The JSON shape of what a search finds, as `json_values` has that of quotes and documents."""

from collections.abc import Iterable
from typing import Any

from quotearchive.exporters.json_values import description_values
from quotearchive.search import DocumentHit, Excerpt, Facet


def document_hit_values(hit: DocumentHit) -> dict[str, Any]:
    """Spell a document that was found, with the parts of its text around what was found."""
    excerpts = [_excerpt_values(excerpt) for excerpt in hit.excerpts]
    return {**description_values(hit.document, hit.quotes), "excerpts": excerpts}


def _excerpt_values(excerpt: Excerpt) -> dict[str, Any]:
    """Spell a part of a text. Offsets count in the whole text, as `quote --span` takes them."""
    hits = [[excerpt.start + start, excerpt.start + end] for start, end in excerpt.marks]
    return {"start": excerpt.start, "end": excerpt.end, "text": excerpt.text, "hits": hits}


def count_values(facet: Facet, counts: Iterable[tuple[str | None, int]]) -> list[dict[str, Any]]:
    """Spell how many quotes there are of each value.

    >>> count_values("year", [("2021", 3), (None, 1)])
    [{'year': '2021', 'quotes': 3}, {'year': None, 'quotes': 1}]
    """
    return [{facet: value, "quotes": number} for value, number in counts]
