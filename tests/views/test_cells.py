"""Texts, values and tables for a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from quotearchive.text import visible
from quotearchive.views.cells import HIT, LEFT_OUT, cell, fields, one_after_another, shortened, table, words

from .samples import HARD, PERSIAN, column, screen, squeezed

#: Signs whose look does not depend on what is beside them.
SIGNS = st.text(st.sampled_from("ab [/]\x1b\u202e\u200bمن\n"), max_size=60)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text with spans of it, sorted and apart."""
    text = draw(SIGNS)
    ends = sorted(draw(st.sets(st.integers(0, len(text)))))
    return text, list(zip(ends[::2], ends[1::2], strict=False))


@given(marked_texts())
def test_marks_are_on_the_words_that_matched(marked: tuple[str, list[tuple[int, int]]]) -> None:
    text, marks = marked
    shown = words(text, marks)
    assert shown.plain == visible(text)
    assert [shown.plain[span.start : span.end] for span in shown.spans] == [visible(text[a:b]) for a, b in marks]
    assert {span.style for span in shown.spans} <= {HIT}


@given(SIGNS)
def test_a_cell_shows_its_value_whole(text: str) -> None:
    listing = table("Words", "Other")
    listing.add_row(text, "x")
    assert squeezed(column(screen(listing, 20), "Words", "Other")) == squeezed(visible(text))


@pytest.mark.parametrize("width", [20, 80])
def test_cells_from_right_to_left_stay_in_their_columns(width: int) -> None:
    listing = table("One", "Two")
    listing.add_row(PERSIAN, cell(HARD))
    shown = screen(listing, width)
    for line in shown.splitlines()[2:]:
        assert line.count("\u2068") == line.count("\u2069")
    assert squeezed(column(shown, "One", "Two")) == squeezed(PERSIAN)


def test_numbers_stand_to_the_right() -> None:
    listing = table("#", "Words")
    listing.add_row("7", "a")
    listing.add_row("1200", "b")
    assert screen(listing).splitlines()[2].startswith("   7")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Short", "Short"),
        ("x" * 20, "x" * 20),
        ("Declaration of the Rights of Man", f"Declaration of {LEFT_OUT}"),
        ("x" * 30, f"{'x' * 20} {LEFT_OUT}"),
    ],
)
def test_a_title_is_shortened_at_a_word(title: str, expected: str) -> None:
    assert shortened(title, 20) == expected


def test_values_that_are_not_known_are_left_out() -> None:
    shown = screen(fields({"Role": "poet", "Note": None, "Place": ""}))
    assert shown.split() == ["Role", "poet"]


def test_nothing_is_an_empty_cell() -> None:
    assert cell(None).plain == ""


def test_pages_are_apart() -> None:
    assert screen(one_after_another([Text("a"), Text("b")])) == "a\n\nb\n"
