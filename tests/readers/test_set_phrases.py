"""The set phrases of letters and reports."""

import pytest

from quotearchive.readers import set_phrases
from quotearchive.readers.set_phrases import BYLINES, SALUTATIONS, SOURCES, bare, behind

TABLES = [name for name in vars(set_phrases) if name.isupper()]


@pytest.mark.parametrize("name", [name for name in TABLES if not name.startswith("_")])
def test_phrases_are_in_lower_case_and_longer_ones_come_first(name: str) -> None:
    phrases = getattr(set_phrases, name)
    assert phrases == tuple(phrase.lower().strip() for phrase in phrases)
    assert [len(phrase) for phrase in phrases] == sorted(map(len, phrases), reverse=True)


@pytest.mark.parametrize(
    ("words", "openings", "rest"),
    [
        ("By Jane Doe", BYLINES, "Jane Doe"),
        ("Bystanders", BYLINES, None),
        ("SOURCE: Reuters", SOURCES, "Reuters"),
        ("Dear friends", SALUTATIONS, "friends"),
        ("Dear", SALUTATIONS, None),
        ("", SALUTATIONS, None),
    ],
)
def test_what_follows_an_opening_is_found(words: str, openings: tuple[str, ...], rest: str | None) -> None:
    assert behind(words, openings) == rest


def test_a_bare_line_has_no_case_and_no_mark_at_its_end() -> None:
    assert bare("Yours sincerely, ") == "yours sincerely"
    assert bare("À l’attention de :") == "à l'attention de"
