"""Canonical text, and its paragraphs."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.text import canonical, paragraphs, sha256_of
from tests.text.material import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("\ufeffa", "a"),
        ("\ufeff\ufeffa\ufeff", "a\ufeff"),
        ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("a\u2028b\x0bc\x85d", "a\u2028b\x0bc\x85d"),
        ("Te\u0301he\u0301ran", "Téhéran"),
        ("\ud800", "\ud800"),
    ],
)
def test_line_ends_marks_and_composition_are_one(text: str, expected: str) -> None:
    assert canonical(text) == expected


@given(texts)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert unicodedata.is_normalized("NFC", canonical(text))


@given(st.lists(st.sampled_from("a\u0301\u0338\u0316\u0345\u0f73\u0f71क़"), min_size=31, max_size=90).map("".join))
def test_long_runs_of_marks_are_composed_as_unicode_says(text: str) -> None:
    assert canonical(text) == unicodedata.normalize("NFC", text)


def test_a_hash_is_that_of_the_text_in_utf_8() -> None:
    assert sha256_of("é") == hashlib.sha256("é".encode()).hexdigest()
    assert len(sha256_of("\ud800")) == 64


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("a", ["a"]),
        ("a\nb\n\nc", ["a\nb", "c"]),
        ("\n\n a \n \t \n\n b\n", ["a", "b"]),
        ("a\n b \nc\n", ["a", "b", "c"]),
    ],
)
def test_blank_lines_separate_them_or_else_line_ends(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == expected


@given(st.text(alphabet="ab \n\t"))
def test_no_word_is_left_out(text: str) -> None:
    assert " ".join(text[start:end] for start, end in paragraphs(text)).split() == text.split()
