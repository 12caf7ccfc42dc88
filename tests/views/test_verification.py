"""How the words of a quote and those of its document differ."""

import pytest

from quotearchive.anchoring.comparison import Difference
from quotearchive.views.verification import difference


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("jail", "prison", "“jail” in the quote, “prison” in the document"),
        ("jail", "", "“jail” is in the quote alone"),
        ("", "prison", "“prison” is in the document alone"),
        ("a" * 500, "", f"“{'a' * 120}…” is in the quote alone"),
    ],
)
def test_a_difference_is_a_sentence(old: str, new: str, sentence: str) -> None:
    assert difference(Difference(old=old, new=new, old_start=0, new_start=0)) == sentence
