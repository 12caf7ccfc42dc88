"""Names that are one and names that are not."""

from hypothesis import given
from hypothesis import strategies as st

from quotearchive.names.likeness import CERTAIN_ENOUGH, compare
from tests.names.pairs import read_pairs

#: Below what the pairs give, so that a change of a table that makes things worse is noticed.
PRECISION, RECALL = 0.95, 0.8


def test_names_are_told_apart_as_well_as_promised() -> None:
    proposed = [(is_same, compare(one, other).degree >= CERTAIN_ENOUGH) for is_same, one, other in read_pairs()]
    right = sum(is_same and is_proposed for is_same, is_proposed in proposed)
    assert right / sum(is_proposed for _, is_proposed in proposed) >= PRECISION
    assert right / sum(is_same for is_same, _ in proposed) >= RECALL


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_has_no_direction(one: str, other: str) -> None:
    assert compare(one, other) == compare(other, one)
    assert 0 <= compare(one, other).degree <= 1
