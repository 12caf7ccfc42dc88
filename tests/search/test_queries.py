"""What the index answers, and in which order."""

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from quotearchive.model import Document, Passage, Quote, Speaker
from quotearchive.query import parse
from quotearchive.search import Facet, Index, Order, Sort
from quotearchive.search.errors import QueryTooLongError
from tests.search.conftest import Value, records

TEXT = (
    "Take your knife off the people’s throat. The guard took the phone.\n\n"
    "In prison, a prison within the prison. Resign immediately!"
)


def said(number: int, words: str, **known: object) -> Quote:
    passage = Passage(start=number, end=number + len(words), exact=words)
    return Quote(**{"id": number, "document": 1, "passages": (passage,), **known})  # type: ignore[arg-type]


VALUES: list[Value] = [
    Speaker(id=1, name="Zohreh", aliases=("Zora",)),
    Speaker(id=2, name="Nobody"),
    Document(id=1, slug="letter", kind="letter", title="A letter", date="2021-02-12", language="en", text=TEXT),
    Document(id=2, slug="article", title="An article", date="1999", text="Nothing of note. " * 40 + "Prison."),
    said(
        1,
        "the phone in prison, and your knife",
        speaker="Zohreh",
        topics=("prison/phone",),
        said="1979",
        role="teacher",
    ),
    said(2, "your knife", speaker="Hashem Khastar", topics=("prison", "prison/phone"), created="2026-01-02"),
    said(3, "prison phone", speaker="Ali", document=2, created="2026-01-01", said="2020/.."),
    said(4, "a phone, a prison, a phone", topics=("law",), document=2, within=3, speaker="Hashem Khastar"),
]


@pytest.fixture(name="index")
def _index() -> Iterable[Index]:
    index = Index(Path("archive.json"), None, lambda: records(VALUES))
    yield index
    index.close()


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


def test_speakers_say_what_there_is_of_them(index: Index) -> None:
    found = [(each.speaker.name, each.quotes, each.documents, each.first, each.last) for each in index.speakers()]
    assert found == [
        ("Hashem Khastar", 2, 2, "1999", "2021-02-12"),
        ("Ali", 1, 1, "2020/..", "2020/.."),
        ("Zohreh", 1, 1, "1979", "1979"),
        ("Nobody", 0, 0, None, None),
    ]


def test_a_speaker_is_found_by_another_name(index: Index) -> None:
    assert index.quote_numbers(parse("speaker:zora").query) == [1]


def test_a_query_that_the_index_can_not_take_is_refused() -> None:
    index = Index(Path("archive.json"), None, lambda: records(VALUES))
    index.slugs()
    assert index._database is not None  # noqa: SLF001 - real limits are too far away for a test
    index._database.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 20)  # noqa: SLF001
    query = parse(" OR ".join(f"speaker:x{number}" for number in range(30))).query
    with pytest.raises(QueryTooLongError, match="too many conditions"):
        index.search(query)
    assert index.search(parse("speaker:zohreh").query).total == 1
    index.close()


def test_topics_say_what_lies_under_them(index: Index) -> None:
    assert [(each.path, each.own, each.whole) for each in index.topics()] == [
        ("law", 1, 1),
        ("prison", 1, 2),
        ("prison/phone", 2, 2),
    ]


def test_a_finding_says_who_passes_it_on(index: Index) -> None:
    finding = index.quote(4)
    assert finding is not None
    assert (finding.document.slug, finding.relay) == ("article", ("Hashem Khastar", "Ali"))
    assert index.quote(99) is None


def test_an_excerpt_is_the_documents_own_text_at_its_place(index: Index) -> None:
    hits = index.search_documents(parse("prison immediately").query)
    (hit,) = hits.hits
    (excerpt,) = hit.excerpts
    assert excerpt.text == TEXT[excerpt.start : excerpt.end]
    assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["prison"] * 3 + ["immediately"]
    assert (hit.document.slug, hit.quotes) == ("letter", 2)


def test_documents_are_found_by_their_whole_text(index: Index) -> None:
    hits = index.search_documents(parse("prison").query, Order(limit=1))
    assert hits.total == 2
    assert index.count_documents(parse("note").query) == 1


def test_documents_are_listed_with_how_many_quotes_they_have(index: Index) -> None:
    listing = index.documents(order=Order("date", limit=1))
    assert [(document.slug, quotes) for document, quotes in listing.documents] == [("article", 2)]
    assert listing.total == 2
    assert index.slugs() == {1: "letter", 2: "article"}


def test_a_document_is_given_with_its_quotes(index: Index) -> None:
    assert index.document(1) == VALUES[2]
    assert [quote.id for quote in index.quotes_of(2)] == [3, 4]
    assert index.quote_numbers(parse("phone").query) == [1, 3, 4]


def test_nothing_found_is_explained(index: Index) -> None:
    advice = index.advise(parse("prisn speaker:Kastar").query)
    assert advice.words == {"prisn": ("prison",)}
    assert advice.speakers == {"Kastar": ("Hashem Khastar",)}
    assert advice.missing == ("prisn", "speaker:Kastar")
    advice = index.advise(parse("knife speaker:ali").query)
    assert [(obstacle.condition, obstacle.without) for obstacle in advice.obstacles] == [
        ("knife", 1),
        ("speaker:ali", 2),
    ]
    assert advice.missing == ()


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
