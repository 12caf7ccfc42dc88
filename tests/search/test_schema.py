"""The columns of the index come from the fields that can be asked for."""

from quotearchive.model import Document, Passage, Quote
from quotearchive.search.schema import TABLES, UNDATED, VERSION, document_row, quote_row

QUOTE = Quote(id=1, document=1, passages=(Passage(start=3, end=6, exact="Yes"),), role="Teacher", note="Ça va")


def test_a_field_has_a_column() -> None:
    for column in ("role_values", "to_values", "publisher_values"):
        assert column in TABLES
        assert column in VERSION


def test_values_are_folded_and_never_unknown() -> None:
    row = quote_row(QUOTE, b"{}", (0, 0), UNDATED, None)
    assert "\nteacher" in row
    assert "\nca va" in row
    document = document_row(Document(id=1, slug="a", title="A", text=""), b"{}")
    assert None not in (*row, *document)
