"""Dates of the Persian calendar."""

import pytest

from quotearchive.dates.persian import gregorian_year, read_persian


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("24 bahman 1399", "2021-02-12"),
        ("bahman 1399", "2021-01-20/2021-02-18"),
        ("30 esfand 1400", None),
        ("24 brumaire 1399", None),
        ("24 bahman 2021", None),
        ("1399/11/24", None),
    ],
)
def test_words_are_read(words: str, edtf: str | None) -> None:
    assert read_persian(words, is_certain=False) == edtf


@pytest.mark.parametrize(
    ("figures", "edtf"),
    [
        ("1399/11/24", "2021-02-12"),
        ("1399", "2020-03-20/2021-03-20"),
        ("دهه 1320", "1941-03-21/1951-03-21"),
        ("2021", None),
    ],
)
def test_figures_are_read_where_the_calendar_is_certain(figures: str, edtf: str | None) -> None:
    assert read_persian(figures, is_certain=True) == edtf


def test_years_of_the_other_calendar_have_none() -> None:
    assert (gregorian_year(1322), gregorian_year(1943)) == (1943, None)
