"""What a name sounds like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.names.sounds import sounds_of, undoubled, words_of


@pytest.mark.parametrize(
    ("letters", "sounds"),
    [("khomeini", "Xomini"), ("mohammad", "mohamad"), ("khrushchev", "XruSev"), ("saleh", "sale"), ("oh", "oh")],
)
def test_a_sound_is_one_sign(letters: str, sounds: str) -> None:
    assert sounds_of(letters) == sounds


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dr. Rouhollah al-Khomeyni", ["rouhollah", "khomeyni"]),
        ("Ludwig van Beethoven", ["ludwig", "beethoven"]),
        ("van der Berg", ["berg"]),
        ("Dr.", ["dr"]),
        ("", []),
    ],
)
def test_titles_and_particles_are_left_out_unless_nothing_else_is_there(name: str, letters: list[str]) -> None:
    assert [word.letters for word in words_of(name)] == letters


def test_initials_and_numbers_of_kings_are_known() -> None:
    (hashem,) = words_of("H.")
    _, ninth = words_of("Pius IX")
    assert (hashem.is_initial, ninth.is_number) == (True, True)


def test_what_is_written_without_vowels_shares_its_consonants_with_what_has_them() -> None:
    (persian,), (latin,) = words_of("محمدی"), words_of("Mohammadi")
    assert persian.is_unvowelled
    assert persian.frames & latin.frames


@given(st.text(max_size=30))
def test_any_name_has_words_or_none(name: str) -> None:
    for word in words_of(name):
        assert word.letters
        assert undoubled(word.sounds) or word.is_unvowelled
