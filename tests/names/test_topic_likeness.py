"""Topics that may be one."""

import pytest

from quotearchive.names.likeness import CERTAIN_ENOUGH
from quotearchive.names.topic_likeness import compare_paths


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
