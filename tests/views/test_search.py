"""Documents and counts that a search finds, as Rich renderables."""

import pytest

from quotearchive.views.search import bar, counts_table, document_hits_table

from .samples import DOCUMENT_HIT, PERSIAN, column, matches, screen


def test_matches_in_a_document_are_marked() -> None:
    assert matches(document_hits_table([DOCUMENT_HIT])) == [PERSIAN[:2]]


def test_the_most_frequent_value_has_the_longest_bar() -> None:
    shown = screen(counts_table("speaker", [("Ann", 40), ("Bob", 10), ("Cy", 1)]))
    bars = [line.split()[-1] for line in shown.splitlines()[2:]]
    assert bars == ["█" * 30, "█" * 7 + "▌", "▊"]


@pytest.mark.parametrize(("part", "length"), [(1, 30), (0.5, 15), (0.0001, 1)])
def test_a_bar_is_as_long_as_its_part(part: float, length: int) -> None:
    assert len(bar(part)) == length


def test_a_document_that_is_found_shows_how_many_quotes_it_has() -> None:
    assert column(screen(document_hits_table([DOCUMENT_HIT]), 200), "Quotes", None).split() == ["3"]
