"""Words are the same for texts and for searches."""

from hypothesis import given

from quotearchive.query.words import folded_words, search_words, spaced
from tests.query.conftest import texts


@given(texts)
def test_splitting_at_ascii_gives_the_words(text: str) -> None:
    split = "".join(c if c.isalnum() or not c.isascii() else " " for c in spaced(text)).split()
    assert " ".join(split) == folded_words(text)


@given(texts)
def test_words_stay_the_same_when_they_are_read_again(text: str) -> None:
    assert search_words(search_words(text)) == search_words(text)
