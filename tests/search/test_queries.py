"""What the index answers, and in which order."""

import time

import pytest

from quotearchive.query import parse
from quotearchive.search import Facet, Index, Order, Sort


@pytest.mark.parametrize(
    ("expression", "by", "numbers"),
    [
        ("prison phone", "relevance", [3, 4, 1]),
        ("phone prison OR knife", "relevance", [3, 1, 4, 2]),
        ("role:teach", "relevance", [1]),
        ("", "relevance", [1, 2, 3, 4]),
        ("", "date", [3, 4, 1, 2]),
        ("", "said", [1, 4, 3, 2]),
        ("", "document", [3, 4, 1, 2]),
        ("", "speaker", [3, 2, 4, 1]),
        ("", "added", [3, 2, 1, 4]),
    ],
)
def test_quotes_come_in_the_order_that_is_asked_for(
    index: Index, expression: str, by: Sort, numbers: list[int]
) -> None:
    found = index.search(parse(expression).query, Order(by))
    assert [hit.quote.id for hit in found.hits] == numbers


def test_what_is_not_known_comes_last_either_way(index: Index) -> None:
    backwards = index.search(parse("").query, Order("added", reverse=True))
    assert [hit.quote.id for hit in backwards.hits] == [2, 3, 4, 1]


def test_a_limit_cuts_what_is_shown_and_not_what_is_counted(index: Index) -> None:
    found = index.search(parse("phone").query, Order(limit=2))
    assert (len(found.hits), found.total) == (2, 3)


@pytest.mark.parametrize(
    ("facet", "counts"),
    [
        ("speaker", [("Hashem Khastar", 2), ("Ali", 1), ("Zohreh", 1)]),
        ("topic", [("prison/phone", 2), (None, 1), ("law", 1), ("prison", 1)]),
        ("document", [("article", 2), ("letter", 2)]),
        ("year", [("1979", 1), ("1999", 1), ("2020", 1), ("2021", 1)]),
        ("kind", [("letter", 2), ("other", 2)]),
        ("language", [(None, 2), ("en", 2)]),
    ],
)
def test_what_is_found_is_counted(index: Index, facet: Facet, counts: list[tuple[str | None, int]]) -> None:
    assert index.count_by(parse("").query, facet) == counts


def test_documents_are_found_by_their_whole_text(index: Index) -> None:
    hits = index.search_documents(parse("prison").query, Order(limit=1))
    assert hits.total == 2
    assert index.count("documents", parse("note").query) == 1


def test_documents_are_listed_with_how_many_quotes_they_have(index: Index) -> None:
    listing = index.documents(order=Order("date", limit=1))
    assert [(document.slug, quotes) for document, quotes in listing.hits] == [("article", 2)]
    assert listing.total == 2
    assert index.slugs() == {1: "letter", 2: "article"}


#: More words than anybody types: a page that was pasted.
MANY = [f"word{number}" for number in range(5_000)]


@pytest.mark.parametrize(
    ("expression", "numbers"),
    [
        (" ".join(["knife", *MANY]), []),
        (" OR ".join(["knife", *MANY]), [2, 1]),
        ("knife " + " ".join(f"-{word}" for word in MANY), [2, 1]),
        (f'knife OR "{" ".join(MANY)}"', [1, 2]),
        (f"phone ({' OR '.join(['prison', *MANY])})", [4, 3, 1]),
        ("knife OR " + " OR ".join(f"{word}*" for word in MANY), [2, 1]),
    ],
    ids=["all", "any", "none", "phrase", "nested", "prefixes"],
)
def test_thousands_of_words_are_looked_up_at_once(index: Index, expression: str, numbers: list[int]) -> None:
    query = parse(expression).query
    start = time.process_time()
    found = index.search(query, Order())
    documents = index.search_documents(query, Order())
    advice = index.advise(query)
    assert time.process_time() - start < 30
    assert sorted(hit.quote.id for hit in found.hits) == sorted(numbers)
    assert (len(documents.hits), len(advice.words) <= 20) == (bool(numbers), True)
