"""Dates in words and in figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.dates import bounds, parse_date
from quotearchive.dates.errors import AmbiguousDateError, UnreadableDateError

WORDS = [
    ("12 February 2021", "2021-02-12"),
    ("February 12, 2021", "2021-02-12"),
    ("Friday, 12 Feb. 2021", "2021-02-12"),
    ("the 14th of July, 1789", "1789-07-14"),
    ("February 2021", "2021-02"),
    ("2021/2/12", "2021-02-12"),
    ("13/04/2021", "2021-04-13"),
    ("4.3.2021", "2021-03-04"),
    ("le 24 mars 1943", "1943-03-24"),
    ("1er mai 1943", "1943-05-01"),
    ("août 1944", "1944-08"),
    ("12. März 1943", "1943-03-12"),
    ("den 3. Mai 1933", "1933-05-03"),
    ("Jänner 1943", "1943-01"),
    ("3 de mayo de 1933", "1933-05-03"),
    ("1.º de mayo de 1933", "1933-05-01"),
    ("۱۲ فوریه ۲۰۲۱", "2021-02-12"),
    ("١٢ فبراير ٢٠٢١", "2021-02-12"),
    ("12 شباط 2021", "2021-02-12"),
    ("3 كانون الأول 1943", "1943-12-03"),
    # the Persian calendar
    ("۲۴ بهمن ۱۳۹۹", "2021-02-12"),
    ("24 Bahman 1399", "2021-02-12"),
    ("۱۳۹۹/۱۱/۲۴", "2021-02-12"),
    ("۳۰ اسفند ۱۳۹۹", "2021-03-20"),
    ("بهمن ۱۳۹۹", "2021-01-20/2021-02-18"),
    ("۱۳۲۲", "1943-03-22/1944-03-20"),
    ("بهار ۱۳۲۲", "1943-21"),
    # doubt
    ("around 1943", "1943~"),
    ("c. 1943", "1943~"),
    ("um 1943", "1943~"),
    ("vers mars 1943", "1943-03~"),
    ("hacia 1943", "1943~"),
    ("حدود ۱۹۴۳", "1943~"),
    ("early March 1943", "1943-03~"),
    ("probably March 1943", "1943-03?"),
    ("probably around 1943", "1943%"),
    ("1943 ?", "1943?"),
    # seasons, decades, ranges
    ("spring 1943", "1943-21"),
    ("early spring 1943", "1943-21~"),
    ("in the winter of 1943", "1943-24"),
    ("printemps 1943", "1943-21"),
    ("Herbst 1943", "1943-23"),
    ("verano de 1936", "1936-22"),
    ("the 1940s", "194X"),
    ("1940er Jahre", "194X"),
    ("années 1940", "194X"),
    ("1943-1945", "1943/1945"),
    ("1943–45", "1943/1945"),
    ("between 1943 and 1945", "1943/1945"),
    ("March to May 1943", "1943-03/1943-05"),
    ("3 to 5 May 1933", "1933-05-03/1933-05-05"),
    ("von März bis Mai 1943", "1943-03/1943-05"),
    ("until 1943", "../1943"),
    ("seit 1943", "1943/.."),
]

UNREADABLE = [
    *(
        "",
        " ",
        "tomorrow",
        "May",
        "12 Feb",
        "March 43",
        "12/3/43",
        "31 February 2021",
        "2021-02-29",
        "1985-13",
    ),
    *("2001-25", "20X1", "1985/1984", "../..", "Y1700", "the people of 1943", "30 Esfand 1400", "1" * 10_000),
    *("\x00", "²", "1943-", "🗓", "[1943,1945]", "12:30", "Y99999999999999999999", "1943-13/..", "/", "/.."),
]


@pytest.mark.parametrize(("words", "edtf"), WORDS)
def test_words_are_read_as_edtf(words: str, edtf: str) -> None:
    assert parse_date(words) == edtf


@pytest.mark.parametrize("words", UNREADABLE)
def test_what_is_no_date_is_refused_with_examples(words: str) -> None:
    with pytest.raises(UnreadableDateError, match="Write 2021-02-12") as refusal:
        parse_date(words)
    assert refusal.value.exit_code == 2
    assert len(str(refusal.value)) < 400


def test_figures_that_can_mean_two_days_are_refused_with_both() -> None:
    with pytest.raises(AmbiguousDateError, match="2021-04-03 or as 2021-03-04"):
        parse_date("03/04/2021")


def test_the_language_settles_what_figures_mean() -> None:
    assert parse_date("03/04/2021", "fr") == "2021-04-03"
    assert parse_date("1399/11/24", "fa") == "2021-02-12"


@given(st.text(max_size=30) | st.text("0123456789-/.XYT?~%", max_size=20))
def test_any_words_are_edtf_or_refused(words: str) -> None:
    try:
        edtf = parse_date(words)
    except (UnreadableDateError, AmbiguousDateError):
        return
    assert parse_date(edtf) == edtf
    assert bounds(edtf)[0] <= bounds(edtf)[1]
