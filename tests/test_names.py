"""Names that are one and names that are not; the pairs stand in data/name-pairs.tsv."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.names.duplicates import find_doubles
from quotearchive.names.likeness import CERTAIN_ENOUGH, compare
from quotearchive.names.topic_likeness import compare_paths

from .conftest import DATA

#: Below what the pairs give, so that a change of a table that makes things worse is noticed.
PRECISION, RECALL = 0.95, 0.8


def read_pairs() -> list[tuple[bool, str, str]]:
    with (DATA / "name-pairs.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["verdict"] == "same", row["one"], row["other"]) for row in csv.DictReader(file, delimiter="\t")]


def test_names_are_told_apart_as_well_as_promised() -> None:
    proposed = [(is_same, compare(one, other).degree >= CERTAIN_ENOUGH) for is_same, one, other in read_pairs()]
    right = sum(is_same and is_proposed for is_same, is_proposed in proposed)
    assert right / sum(is_proposed for _, is_proposed in proposed) >= PRECISION
    assert right / sum(is_same for is_same, _ in proposed) >= RECALL


def test_doubles_among_many_are_those_that_comparing_each_finds() -> None:
    pairs = read_pairs()
    likely = {frozenset((one, other)) for _, one, other in pairs if compare(one, other).degree >= CERTAIN_ENOUGH}
    found = {
        frozenset((double.one, double.other))
        for double in find_doubles({name for _, *names in pairs for name in names})
    }
    assert len(likely & found) >= 0.97 * len(likely)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_has_no_direction(one: str, other: str) -> None:
    assert compare(one, other) == compare(other, one)
    assert 0 <= compare(one, other).degree <= 1


@pytest.mark.parametrize(
    ("one", "other", "is_like"),
    [
        ("prison/conditions", "prison/condition", True),
        ("prison/conditions", "prisons/conditions", True),
        ("human rights", "human-rights", True),
        ("executions", "elections", False),
        ("prison", "prison/conditions", False),
        ("prison/food", "prison/foot", False),
    ],
)
def test_like_topics_are_found(one: str, other: str, is_like: bool) -> None:  # noqa: FBT001 - a table of cases
    assert (compare_paths(one, other).degree >= CERTAIN_ENOUGH) == is_like
