"""The index answers what asking every entry answers, for any archive and any query."""

import random
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.model import Document, Quote, Speaker
from quotearchive.query import (
    And,
    Involves,
    Not,
    Query,
    Words,
    all_of,
    any_of,
    condition,
    parse,
)
from quotearchive.search import Index, Order, Sort
from tests.search.conftest import ALIASES, DATES, NAMES, ROLES, TOPICS, WORDS, Value, random_values, records
from tests.search.oracle import document_entry, matches, quote_entry

FIELD_VALUES = {
    "speaker": (*NAMES, *ALIASES, "khastar", "a b", "nobody"),
    "role": (*ROLES, "minister"),
    "topic": (*TOPICS, "condition", "/"),
    "document": ("letter", "1", "2..3", "open-letter-2", *WORDS),
    "author": NAMES,
    "to": (*NAMES, "neill"),
    "kind": ("letter", "art", "other"),
    "place": ("teheran", "par"),
    "publisher": ("pmoi", "mek", "x"),
    "language": ("fa", "ir", "en"),
    "note": WORDS,
    "page": ("12", "4", "IV", "3..12", "a-1", "a", "16"),
    "time": ("00:14:05", "0:01", "00:14:06", "14:00-15:00", "1:00:00", "00:00:00"),
    "section": ("chapter", "2", "signature", "ch2"),
    "message": ("3", "13", "prison", "<a@b>", "5..13"),
    "id": ("3", "2..9", "9..2", "999999999999999999"),
    "date": (*DATES, ">=2020", "<2000", ">1943", "<=2020", "1943..1950", "2021.."),
    "said": (*DATES, ">=2020", "<2000", ">1943", "<=2020", "..1950"),
    "is": ("nested", "split"),
    "has": ("note", "topic", "speaker"),
}
leaves = st.one_of(
    st.builds(Words, st.sampled_from(WORDS), st.booleans()),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: Words(" ".join(words))),
    st.builds(Words, st.text(st.sampled_from("apr人権کی۱ é'"), min_size=1, max_size=3), st.booleans()),
    st.builds(
        Involves,
        st.sampled_from((("authors", "signatories"), ("recipients",))),
        st.sampled_from((*NAMES, *ALIASES, "khas hash", "nobody")),
    ),
    st.sampled_from([(field, value) for field, values in FIELD_VALUES.items() for value in values]).map(
        lambda pair: condition(*pair) or Words("knife")
    ),
).filter(lambda leaf: not isinstance(leaf, Words) or leaf.words != "")
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=4).map(all_of),
        st.lists(inner, min_size=1, max_size=4).map(any_of),
    ),
    max_leaves=8,
)


def scan(values: list[Value], query: Query) -> tuple[set[int], set[int]]:
    """Ask every quote and every document."""
    documents = {value.id: value for value in values if isinstance(value, Document)}
    quotes = [value for value in values if isinstance(value, Quote)]
    names = {value.name: value.aliases for value in values if isinstance(value, Speaker)}
    of = {number: [quote for quote in quotes if quote.document == number] for number in documents}
    return (
        {each.id for each in quotes if matches(query, quote_entry(each, documents[each.document], names))},
        {each.id for each in documents.values() if matches(query, document_entry(each, of[each.id], names))},
    )


def found(index: Index, query: Query, order: Order = Order()) -> tuple[set[int], set[int]]:  # noqa: B008
    """Ask the index."""
    quotes, documents = index.search(query, order), index.search_documents(query, order)
    assert quotes.total == len(quotes.hits)
    assert documents.total == len(documents.hits)
    return (
        {hit.quote.id for hit in quotes.hits},
        {hit.document.id for hit in documents.hits},
    )


@given(st.randoms(use_true_random=False), st.lists(queries, min_size=1, max_size=12))
@settings(deadline=None, max_examples=150)
def test_the_index_finds_what_asking_every_entry_finds(dice: random.Random, asked: list[Query]) -> None:
    values = random_values(dice, dice.randint(0, 12))
    index = Index(Path("archive.json"), None, lambda: records(values))
    for query in asked:
        order = Order(dice.choice(get_args(Sort)), dice.random() < 1 / 2)
        assert found(index, query, order) == scan(values, query), str(query)
    index.close()


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"knife{number}" for number in range(3000)),
        " OR ".join(f"speaker:x{number}" for number in range(2000)) + " OR knife",
        '"' + "knife " * 5000 + '"',
        "-(" * 40 + "knife" + ")" * 40,
        "-(" * 40 + "knife" + " speaker:x)" * 40,
        "".join(f"(the{number} OR speaker:{'a' * (number % 9)} -(" for number in range(20)) + "knife" + "))" * 20,
        " ".join("(speaker:a OR (topic:p -note:b) OR knife)" for _ in range(300)),
        " ".join(["knife OR the"] * 100),
        " ".join(["the"] * 249),
    ],
)
def test_a_query_of_any_length_is_answered(values: list[Value], text: str) -> None:
    index = Index(Path("archive.json"), None, lambda: records(values))
    query = parse(text).query
    assert found(index, query) == scan(values, query)
    index.close()


def test_what_is_counted_is_what_is_found(values: list[Value]) -> None:
    index = Index(Path("archive.json"), None, lambda: records(values))
    quotes = [value for value in values if isinstance(value, Quote)]
    speakers = dict(index.count_by(And(), "speaker"))
    assert speakers == {name: sum(q.speaker == name for q in quotes) for name in {q.speaker for q in quotes}}
    assert sum(number for _, number in index.count_by(And(), "year")) == len(quotes)
    counted = {each.speaker.name: each.quotes for each in index.speakers() if each.quotes}
    assert counted == {name: number for name, number in speakers.items() if name}
    on_prison = {q.id for q in quotes if any(t == "prison" or t.startswith("prison/") for t in q.topics)}
    assert {each.path: each.whole for each in index.topics()}["prison"] == len(on_prison)
    index.close()
