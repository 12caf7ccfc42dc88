"""What differs between two texts."""

import pytest
from hypothesis import given

from quotearchive.anchoring.comparison import differences
from tests.anchoring.material import texts


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("same", "same", []),
        ("J and S left", "James and Sarah left", [("J", "James"), ("S", "Sarah")]),
        ("don't go", "don’t go", [("don't", "don’t")]),
        ("in the\njail", "in the jail", [("\n", " ")]),
        ("a prison", "a big prison", [("", "big ")]),
        ("the jail yard was", "the prison court was", [("jail yard", "prison court")]),
        ("हिन्दी पत्र", "हिन्दू पत्र", [("हिन्दी", "हिन्दू")]),
    ],
)
def test_they_are_whole_words(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.old, each.new) for each in differences(old, new)] == expected


@given(texts, texts)
def test_they_turn_one_text_into_the_other(old: str, new: str) -> None:
    result, done = "", 0
    for each in differences(old, new):
        assert old[each.old_start :].startswith(each.old)
        assert new[each.new_start :].startswith(each.new)
        result += old[done : each.old_start] + each.new
        done = each.old_start + len(each.old)
    assert result + old[done:] == new
