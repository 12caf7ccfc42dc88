"""What can be searched for is known to the language."""

import pytest

from quotearchive.fields import FIELDS
from quotearchive.model import Document, Quote
from quotearchive.query import QUERY_FIELDS, condition


def test_every_field_that_can_be_searched_is_a_field_of_the_language() -> None:
    named = {field.query for kind in (Quote, Document) for field in FIELDS[kind] if field.query}
    assert named <= QUERY_FIELDS.keys()


def test_every_field_of_words_finds_something() -> None:
    for field in QUERY_FIELDS.values():
        assert field.quote or field.document or field.kind in {"number", "trait", "place"}


@pytest.mark.parametrize("name", QUERY_FIELDS)
def test_a_field_says_what_it_takes_if_it_does_not_take_words(name: str) -> None:
    assert (condition(name, "any words") is None) == bool(QUERY_FIELDS[name].expected)
