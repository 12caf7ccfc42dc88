"""Queries match what they say, folded, and their hits are found in the text as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.model import Description, Document, Passage, Quote
from quotearchive.query import And, Words, highlights, parse, words_of
from quotearchive.query.words import folded_words, search_words, spaced
from tests.search.oracle import document_entry, matches, quote_entry

LETTER = Description(
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


@pytest.mark.parametrize(
    ("expression", "is_found"),
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
        ("is:relayed is:nested is:split has:note has:topic has:speaker", True),
        ("", True),
    ],
)
def test_a_quote_is_found(expression: str, is_found: bool) -> None:  # noqa: FBT001 - a column of the table
    assert matches(parse(expression).query, quote_entry(KNIFE, LETTER)) is is_found


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
    assert matches(query, quote_entry(quote(text), LETTER))
    assert len(highlights(query, text)) == 1


@pytest.mark.parametrize(
    ("said", "expression", "is_found"),
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
def test_a_date_is_found_if_it_may_lie_in_the_range(said: str, expression: str, is_found: bool) -> None:  # noqa: FBT001
    assert matches(parse(expression).query, quote_entry(quote("x", said=said), LETTER)) is is_found


def test_a_speaker_is_found_by_any_other_name() -> None:
    names = {"Ruhollah Khomeini": ("خمینی",)}
    assert matches(parse("speaker:خميني").query, quote_entry(KNIFE, LETTER, names))


def test_a_document_is_found_by_its_text_and_by_its_quotes() -> None:
    letter = Document(id=4, slug="letter", title="A letter", text="Resign immediately.")
    entry = document_entry(letter, [KNIFE, quote("x", speaker="Hashem Khastar")])
    found = [matches(parse(q).query, entry) for q in ("resign", "knife", "speaker:khastar", "is:split")]
    assert found == [True, False, True, True]


def test_what_is_excluded_is_not_marked() -> None:
    query = parse("knife -throat OR speaker:x").query
    assert words_of(query) == (Words("knife"),)
    assert highlights(query, "a knife, a throat") == [(2, 7)]


def test_hits_that_overlap_are_one() -> None:
    text = "the prison within the prison"
    found = highlights(parse('"prison within" "within the" prison').query, text)
    assert [text[start:end] for start, end in found] == ["prison within the", "prison"]


texts = st.text(st.one_of(st.sampled_from("aA é’' ßﬁی‌ي人権のé\u0301\u064b[]….،क्"), st.characters()), max_size=30)


@given(texts, texts)
def test_a_hit_holds_the_words_that_matched(text: str, wish: str) -> None:
    words = Words(wish)
    if words.words:
        for start, end in highlights(words, f"{text} {wish} {text}"):
            assert f" {words.words} " in f" {folded_words(f'{text} {wish} {text}'[start:end])} "


@given(texts)
def test_splitting_at_ascii_gives_the_words(text: str) -> None:
    split = "".join(c if c.isalnum() or not c.isascii() else " " for c in spaced(text)).split()
    assert " ".join(split) == folded_words(text)


@given(texts)
def test_words_stay_the_same_when_they_are_read_again(text: str) -> None:
    assert search_words(search_words(text)) == search_words(text)


def test_no_condition_matches_everything() -> None:
    assert matches(And(), quote_entry(KNIFE, LETTER))
