"""What a terminal may see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.text import is_right_to_left, isolated, show, visible
from tests.text.material import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\tb\nc\rd\x00\x7f\x9b", "a\tb\nc␍d␀␡⟨U+009B⟩"),
        ("\u202eabc\u202c \u2067x\u2069 \u200f", "⟨U+202E⟩abc⟨U+202C⟩ ⟨U+2067⟩x⟨U+2069⟩ ⟨U+200F⟩"),
        ("a\u200bb\ufeff\u2060", "a⟨U+200B⟩b⟨U+FEFF⟩⟨U+2060⟩"),
        ("a\u2028b", "a⟨U+2028⟩b"),
        ("\ud800", "⟨U+D800⟩"),
        ("x\U000e0041\U000e0100", "x⟨U+E0041⟩⟨U+E0100⟩"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("به\u200c \u200cمی", "به⟨U+200C⟩ ⟨U+200C⟩می"),
        ("ab\u200cde\u200df", "ab⟨U+200C⟩de⟨U+200D⟩f"),
        ("می\u200c\u200cخواهم", "می⟨U+200C⟩⟨U+200C⟩خواهم"),
        ("क्\u200dष क्\u200d ", "क्\u200dष क्\u200d "),
        (
            "👩\u200d🔬 🏳\ufe0f\u200d🌈 ❤\ufe0f 1\ufe0f\u20e3",
            "👩\u200d🔬 🏳\ufe0f\u200d🌈 ❤\ufe0f 1\ufe0f\u20e3",
        ),
        ("👩🏽\u200d🔬 🏃\u200d♀\ufe0f", "👩🏽\u200d🔬 🏃\u200d♀\ufe0f"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("❤\ufe0f\ufe0e a\ufe0f", "❤\ufe0f⟨U+FE0E⟩ a⟨U+FE0F⟩"),
        ("x\u0331 مُحَمَّد", "x\u0331 مُحَمَّد"),
    ],
)
def test_what_acts_or_hides_is_shown_and_spelling_stays(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(texts)
def test_what_is_shown_may_be_shown_again(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    visible(text).encode()


@given(texts, st.data())
def test_offsets_follow_what_is_shown(text: str, data: st.DataObject) -> None:
    shown = show(text)
    offset = data.draw(st.integers(0, len(text)))
    position = shown.position(offset)
    assert shown.text == visible(text)
    assert shown.position(0) == 0
    assert shown.position(len(text)) == len(shown.text)
    if offset < len(text):
        assert shown.text[position] in {text[offset], "⟨", "␡", chr(0x2400 + ord(text[offset]) % 32)}


def test_a_text_with_nothing_to_show_is_the_same_object(letter: str) -> None:
    assert visible(letter) is letter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام", True),
        ("«سلام» Ali", True),
        ("שלום", True),
        ("Ali سلام", False),
        ("123", False),
        ("", False),
    ],
)
def test_the_first_strong_character_says_the_direction(text: str, *, expected: bool) -> None:
    assert is_right_to_left(text) is expected


def test_right_to_left_text_is_isolated() -> None:
    assert isolated("نامه") == "\u2068نامه\u2069"
    assert isolated("letter") == "letter"
