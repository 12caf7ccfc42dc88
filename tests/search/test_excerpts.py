"""Excerpts are the documents' own words."""

from quotearchive.query import parse
from quotearchive.search import Index
from tests.search.samples import TEXT


def test_an_excerpt_is_the_documents_own_text_at_its_place(index: Index) -> None:
    hits = index.search_documents(parse("prison immediately").query)
    (hit,) = hits.hits
    (excerpt,) = hit.excerpts
    assert excerpt.text == TEXT[excerpt.start : excerpt.end]
    assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["prison"] * 3 + ["immediately"]
    assert (hit.document.slug, hit.quotes) == ("letter", 2)
