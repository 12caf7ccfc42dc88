"""Names for the command line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.text import slugify
from tests.text.material import texts


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Iran: Political prisoner Hashem Khaster pens open letter",
            "iran-political-prisoner-hashem-khaster-pens-open-letter",
        ),
        ("نامه‌ی سرگشادهٔ محمدی", "نامه‌ی-سرگشادهٔ-محمدی"),
        ("हिन्दी पत्र", "हिन्दी-पत्र"),
        ("手紙", "手紙"),
        ("AT&T &lt; 5", "at-t-lt-5"),
        ("", "document"),
        ("؟؟؟", "document"),
        ("../../etc/passwd", "etc-passwd"),
        ("2021", "document-2021"),
        ("2021-02-12", "2021-02-12"),
        ("۱۳۹۹", "document-۱۳۹۹"),
        ("\ud800\x1b\x00", "document"),
    ],
)
def test_a_name_keeps_its_script_and_is_no_number(words: str, expected: str) -> None:
    assert slugify(words, ()) == expected


@given(texts, st.integers(0, 50))
def test_names_are_unique_and_harmless(words: str, number: int) -> None:
    taken: set[str] = set()
    for _ in range(number):
        taken.add(slugify(words, taken))
    slug = slugify(words, taken)
    assert slug not in taken
    assert len(taken) == number
    assert not set(slug) & set("/\\.:\0\n ")
    assert not slug.isnumeric()
    assert 0 < len(slug) <= 72


def test_a_long_title_is_cut_at_a_word() -> None:
    assert slugify("imprisonment " * 1000, ()) == "-".join(["imprisonment"] * 4)


def test_the_first_free_number_is_taken() -> None:
    assert slugify("Letter", {"letter"}) == "letter-2"
    assert slugify("Letter", {"letter", "letter-2", "letter-3"}) == "letter-4"
