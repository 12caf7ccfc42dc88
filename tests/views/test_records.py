"""Records by the labels of their fields."""

import msgspec
import pytest

from quotearchive.fields import FIELDS
from quotearchive.model import Document, Quote, Speaker
from quotearchive.views import documents, quotes, speakers
from quotearchive.views.records import labelled

from .samples import DOCUMENT, INNER, LETTERS, PROFILE, SPEAKER, screen


@pytest.mark.parametrize("record", [DOCUMENT, INNER, SPEAKER], ids=lambda record: type(record).__name__)
def test_every_field_that_has_a_value_is_labelled(record: Document | Quote | Speaker) -> None:
    assert list(labelled(record)) == [field.label for field in FIELDS[type(record)]]


def test_a_field_may_be_written_otherwise_or_left_out() -> None:
    assert labelled(SPEAKER, role="POET", note=None).get("Role") == "POET"
    assert "Note" not in labelled(SPEAKER, note=None)


@pytest.mark.parametrize(
    ("record", "page"),
    [
        (DOCUMENT, documents.document_page(DOCUMENT, (), LETTERS)),
        (INNER, quotes.quote_page(INNER, DOCUMENT)),
        (SPEAKER, speakers.profile(PROFILE)),
    ],
    ids=["document", "quote", "speaker"],
)
def test_a_page_shows_every_field(record: msgspec.Struct, page: object) -> None:
    shown = screen(page, 200)  # type: ignore[arg-type]
    elsewhere = {"Title", "Dated", "Signatories"}  # in the heading, with the date, and with who signed
    assert [field.label for field in FIELDS[type(record)] if field.label not in shown] == [
        field.label for field in FIELDS[type(record)] if field.label in elsewhere
    ]
