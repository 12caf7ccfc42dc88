"""Forms that a user has edited."""

import pytest

from quotearchive.cli.errors import FormError
from quotearchive.cli.forms import read_form
from quotearchive.model import Document, Quote


@pytest.mark.parametrize(
    ("form", "line", "mistake"),
    [
        ("title: A\nkind: novel", 2, "There is no kind 'novel'."),
        ("signatories: [A]\nsignatory_count: many", 2, "'many' is not a number."),
        ("signatory_count: " + "9" * 40, 1, "is not a number."),
        ("- title\n- kind", 1, "A form is made of fields, such as 'speaker: Hashem Khastar'."),
        ("title: [A, B]", 1, "This field takes one value, not several."),
        ("title: A\nthere: B", 2, "There is no field 'there'."),
        ("title: A\ntitle: B", 2, "'title' occurs twice. Delete one of the two."),
        ("[a, b]: c", 1, "A field has one name, not several."),
        ("title: A: B", 1, "Put words with a colon into quotation marks"),
    ],
)
def test_a_mistake_in_a_form_has_its_line(form: str, line: int, mistake: str) -> None:
    with pytest.raises(FormError) as caught:
        read_form(form, Document)
    assert caught.value.line == line
    assert mistake in caught.value.mistake


def test_an_empty_form_has_no_fields() -> None:
    assert read_form("", Quote) == {}


def test_a_field_without_a_value_is_empty() -> None:
    assert read_form("speaker:\ntopics:", Quote) == {"speaker": "", "topics": ()}
