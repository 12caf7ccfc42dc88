"""Suggestions for a word that nothing has."""

import pytest

from quotearchive.text.nearest import nearest

FIELDS = ("speaker", "topic", "author", "date", "place", "language")


@pytest.mark.parametrize(
    ("word", "expected"),
    [("speeker", ["speaker"]), ("autor", ["author"]), ("lang", ["language"]), ("xyz", []), ("", [])],
)
def test_what_is_like_a_word_is_offered(word: str, expected: list[str]) -> None:
    assert nearest(word, FIELDS) == expected


def test_the_likest_comes_first_and_no_more_than_are_wanted() -> None:
    known = ["letters", "letter", "better", "settler"]
    assert nearest("letter", known, limit=2) == ["letter", "letters"]
    assert nearest("letter", known, least=1.0) == ["letter"]
