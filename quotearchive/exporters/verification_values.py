"""The JSON shape of what verifying an archive gave."""

from collections import Counter
from typing import Any

from quotearchive.anchoring.checks import DocumentCheck, QuoteCheck, Verification


def verification_values(found: Verification, *, has_failed: bool) -> dict[str, Any]:
    """Spell a verification: the sum of it, every quote, every document, and what was done by hand."""
    return {
        "failed": has_failed,
        "outcomes": dict(Counter(str(check.outcome) for check in found.quotes)),
        "quotes": [_quote_values(check) for check in found.quotes],
        "documents": [_document_values(check) for check in found.documents],
        "problems": list(found.problems),
        "sealed": found.is_sealed,
    }


def _quote_values(check: QuoteCheck) -> dict[str, Any]:
    return {
        "id": check.id,
        "document": check.document,
        "outcome": str(check.outcome),
        "places": [list(place) for place in check.places],
        "differences": [{"quote": each.old, "document": each.new} for each in check.differences],
    }


def _document_values(check: DocumentCheck) -> dict[str, Any]:
    return {
        "id": check.id,
        "slug": check.slug,
        "text": str(check.text),
        "source": str(check.source),
        "file": check.path,
    }
