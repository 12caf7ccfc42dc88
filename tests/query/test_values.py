"""Values of fields are read as the user means them."""

import pytest

from quotearchive.query import Dated, Holds, Numbered, Query, Trait, condition


@pytest.mark.parametrize(
    ("field", "value", "query"),
    [
        ("speaker", " Khastar", Holds("speaker", " Khastar")),
        ("kind", "letter", Holds("kind", "letter", at_beginning=True)),
        ("document", "12", Numbered("document", 12, 12)),
        ("document", "12 angry men", Holds("document", "12 angry men")),
        ("id", "12-19", Numbered("id", 12, 19)),
        ("id", "twelve", None),
        ("is", "NESTED", Trait("is:nested")),
        ("is", "long", None),
        ("said", "<2021", Dated("said", "<2021", "", "2021-01-0")),
        ("said", "last year", None),
        ("note", '"', None),
    ],
)
def test_a_value_makes_a_condition(field: str, value: str, query: Query | None) -> None:
    assert condition(field, value) == query
