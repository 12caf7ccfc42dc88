"""Conditions find what they say, folded, in quotes and in documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from quotearchive.model import Document, Passage, Quote, Speaker
from quotearchive.query import And, Query, highlights, parse
from quotearchive.search import Index
from tests.search.conftest import Value, records

LETTER = Document(
    id=4,
    slug="iran-open-letter",
    kind="letter",
    title="Iran: a “political” prisoner’s open letter",
    authors=("Hashem Khastar",),
    recipients=("Ali Khamenei",),
    date="2021-02-12",
    place="Téhéran",
    publisher="PMOI/MEK",
    language="en-IR",
    text="Resign immediately.",
)


def quote(*texts: str, **known: object) -> Quote:
    passages = tuple(Passage(start=0, end=len(text), exact=text) for text in texts)
    return Quote(**{"id": 7, "document": 4, "passages": passages, **known})  # type: ignore[arg-type]


KNIFE = quote(
    "Take your knife off the people’s throat",
    "to see whom they support in Straße und Téhéran",
    speaker="Ruhollah Khomeini",
    topics=("elections/1979", "prison/conditions"),
    note="Quoted from memory",
    within=3,
)


@contextmanager
def asked(*values: Value) -> Iterator[Index]:
    """Ask an index of some values, which is kept in memory."""
    index = Index(Path("archive.json"), None, lambda: records(values))
    yield index
    index.close()


def is_found(query: Query, quote: Quote, *others: Value) -> bool:
    """Check whether the index finds a quote of the letter."""
    with asked(LETTER, quote, *others) as index:
        return bool(index.search(query).total)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("knife", True),
        ("KNIFE throat", True),
        ("knife spoon", False),
        ("spoon OR knife", True),
        ("knife -spoon", True),
        ("-knife", False),
        ("-(knife spoon)", True),
        ('"off the people\'s throat"', True),
        ('"off people"', False),
        ("people's", True),
        ("peoples", False),
        ("thro*", True),
        ('"people\'s thr"*', True),
        ("hroat", False),
        ("strasse TEHERAN", True),
        ('"throat to see"', False),
        ("speaker:khomeini", True),
        ("speaker:homein", True),
        ("speaker:khastar", False),
        ("topic:prison", True),
        ("topic:prison/conditions", True),
        ("topic:elections/1980", False),
        ("document:open-letter", True),
        ('document:"political prisoner\'s"', True),
        ("document:4", True),
        ("document:5", False),
        ("author:khastar to:khamenei", True),
        ("kind:letter kind:let", True),
        ("kind:article", False),
        ("place:teheran publisher:mek", True),
        ("language:en", True),
        ("language:ir", False),
        ("note:memory", True),
        ("id:7 id:5..9", True),
        ("id:8", False),
        ("date:2021 date:2021-02 said:2021-01..2021-06", True),
        ("date:>=2021 date:<=2021 date:<2022", True),
        ("date:>2021", False),
        ("date:<2021", False),
        ("date:..2020", False),
        ("role:teacher", False),
        ("is:relayed is:nested is:split has:note has:topic has:speaker", True),
        ("", True),
    ],
)
def test_a_quote_is_found(expression: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_found(parse(expression).query, KNIFE) is found


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("کتاب‌های من", "كتابهاي"),
        ("مُحَمَّدی", "محمدي"),
        ("در سال ۱۳۹۹", "1399"),
        ("人類社会のすべての構成員", "社会の"),
        ("人類社会のすべての構成員", "構成"),
        ("世界人权宣言第一条", "人权宣言"),
        ("हिन्दी में", "हिन्दी"),
        ("prison‘s gate", "prison’s"),
        ("ＫＨＡＳＴＡＲ", "khastar"),
    ],
)
def test_readers_of_any_script_find_their_words(text: str, expression: str) -> None:
    query = parse(expression).query
    assert is_found(query, quote(text))
    assert len(highlights(query, text)) == 1


@pytest.mark.parametrize(
    ("said", "expression", "found"),
    [
        ("1943~", "said:1943", True),
        ("1943-21", "said:1943-04", True),
        ("1943/1945", "said:1944", True),
        ("1943/..", "said:>1990", True),
        ("../1943", "said:<1900", True),
        ("1943", "said:>1943", False),
        ("1943", "said:1943-06", True),
        ("long ago", "said:1943", False),
    ],
)
def test_a_date_is_found_if_it_may_lie_in_the_range(said: str, expression: str, found: bool) -> None:  # noqa: FBT001
    assert is_found(parse(expression).query, quote("x", said=said)) is found


def test_a_speaker_is_found_by_any_other_name() -> None:
    khomeini = Speaker(id=1, name="Ruhollah Khomeini", aliases=("خمینی",))
    assert is_found(parse("speaker:خميني").query, KNIFE, khomeini)


def test_a_document_is_found_by_its_text_and_by_its_quotes() -> None:
    other = msgspec.structs.replace(quote("x", speaker="Hashem Khastar"), id=8)
    with asked(LETTER, KNIFE, other) as index:
        asks = ("resign", "knife", "speaker:khastar", "is:split")
        found = [bool(index.search_documents(parse(each).query).total) for each in asks]
    assert found == [True, False, True, True]


def test_no_condition_matches_everything() -> None:
    assert is_found(And(), KNIFE)
