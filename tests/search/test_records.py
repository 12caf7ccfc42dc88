"""Quotes and documents are found by their numbers."""

from quotearchive.query import parse
from quotearchive.search import Index
from tests.search.samples import VALUES


def test_a_finding_says_who_passes_it_on(index: Index) -> None:
    finding = index.quote(4)
    assert finding is not None
    assert (finding.document.slug, finding.relay) == ("article", ("Hashem Khastar", "Ali"))
    assert index.quote(99) is None


def test_a_document_is_given_with_its_quotes(index: Index) -> None:
    assert index.document(1) == VALUES[2]
    assert [quote.id for quote in index.quotes_of(2)] == [3, 4]
    assert index.quote_numbers(parse("phone").query) == [1, 3, 4]
