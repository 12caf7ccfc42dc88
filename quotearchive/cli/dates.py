"""Dates on the command line: what an option takes for one; an error shows examples."""

from quotearchive.dates import parse_date


def clearable_date(value: str) -> str:
    """Return a date in words or in EDTF as EDTF; nothing, which clears one, stays nothing."""
    return parse_date(value) if value.strip() else ""


def worded_date(value: str) -> str:
    """Check that it is a date, or nothing, and return it as it was typed: a document keeps its words too."""
    clearable_date(value)
    return value.strip()
