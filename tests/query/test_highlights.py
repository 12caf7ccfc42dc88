"""What was found is marked in the text as it is."""

from hypothesis import given

from quotearchive.query import Words, highlights, parse, words_of
from quotearchive.query.words import folded_words
from tests.query.conftest import texts


def test_what_is_excluded_is_not_marked() -> None:
    query = parse("knife -throat OR speaker:x").query
    assert words_of(query) == (Words("knife"),)
    assert highlights(query, "a knife, a throat") == [(2, 7)]


def test_hits_that_overlap_are_one() -> None:
    text = "the prison within the prison"
    found = highlights(parse('"prison within" "within the" prison').query, text)
    assert [text[start:end] for start, end in found] == ["prison within the", "prison"]


@given(texts, texts)
def test_a_hit_holds_the_words_that_matched(text: str, wish: str) -> None:
    words = Words(wish)
    if words.words:
        for start, end in highlights(words, f"{text} {wish} {text}"):
            assert f" {words.words} " in f" {folded_words(f'{text} {wish} {text}'[start:end])} "
