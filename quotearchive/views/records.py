"""Records by the labels of their fields, so that a new field is shown without a line here."""

from typing import Any, Final

import msgspec

from quotearchive.fields import FIELDS
from quotearchive.model import Description, Document, Quote, Speaker

#: The label of every field, by its name: fields of the same name share it.
_LABELS: Final = {field.name: field.label for fields in FIELDS.values() for field in fields}


def label(name: str) -> str:
    """Return what a field is called where people read it.

    >>> label("said"), label("date_words"), label("source_sha256")
    ('Said', 'Dated', 'Source sha256')
    """
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


def labelled(record: Quote | Description | Speaker, **written: str | None) -> dict[str, str]:
    """Return the fields of a record that have a value, by their labels and in their order.

    Args:
        record: The record.
        written: Values that need other words than their own, by the names of their fields; empty ones are left out.
    """
    of: type[msgspec.Struct] = Document if isinstance(record, Description) else type(record)
    values = {
        field: written[field.name] if field.name in written else value_text(getattr(record, field.name))
        for field in FIELDS[of]
    }
    return {field.label: value for field, value in values.items() if value}


def value_text(value: Any) -> str:  # noqa: ANN401 - a field's value
    """Return the value of a field in one line; empty if there is none.

    >>> value_text(("prison", "letters")), value_text(None)
    ('prison, letters', '')
    """
    if isinstance(value, tuple):
        return ", ".join(getattr(each, "exact", None) or str(each) for each in value)
    return "" if value is None else str(value)
