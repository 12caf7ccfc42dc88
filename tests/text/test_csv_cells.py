"""Cells of tables."""

from hypothesis import given
from hypothesis import strategies as st

from quotearchive.text import join_names, neutralise_cell, restore_cell, split_names

cells = st.text(st.one_of(st.sampled_from("=+-@'\t\r\n \",;＝"), st.characters(exclude_categories=["Cs"])))
names = st.lists(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda name: name.strip() == name != ""))


@given(cells)
def test_no_cell_begins_a_formula_and_each_is_restored(cell: str) -> None:
    safe = neutralise_cell(cell)
    assert safe.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert restore_cell(safe) == cell


@given(names)
def test_names_come_out_of_their_cell(found: list[str]) -> None:
    assert split_names(join_names(found)) == tuple(found)
