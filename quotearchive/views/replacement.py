"""What replacing a document's text does to its quotes, as Rich renderables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from quotearchive.anchoring.comparison import Difference
from quotearchive.anchoring.relocation import Outcome
from quotearchive.model import Quote
from quotearchive.views import cell, excerpt, place, table
from quotearchive.views.verification import difference

#: Code points of a quote that are shown.
_ROOM = 120


class Found(Protocol):
    """A quote that was looked for in a new text."""

    @property
    def before(self) -> Quote:
        """The quote as it was."""

    @property
    def after(self) -> Quote:
        """The quote as it is in the new text."""

    @property
    def outcome(self) -> Outcome:
        """What became of it."""

    @property
    def differences(self) -> Sequence[Difference]:
        """How its old and its new words differ."""


def replacement(findings: Iterable[Found]) -> RenderableType:
    """List what becomes of each quote: exact, moved, changed or missing."""
    listing = table("Quote", "Becomes", "Words", "Where, or what differs")
    counts: Counter[Outcome] = Counter()
    for found in findings:
        counts[found.outcome] += 1
        words = excerpt(found.before.text, (), _ROOM)
        listing.add_row(str(found.before.id), str(found.outcome), words, cell(_what(found)))
    said = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    return Group(listing, Text(f"Quotes: {said}.")) if counts else Text("No quotes.")


def _what(found: Found) -> str:
    if found.outcome is Outcome.MISSING:
        return "keeps its old words and is marked as missing"
    if found.outcome is Outcome.CHANGED:
        return "\n".join(map(difference, found.differences)) or place(found.after.passages)
    return place(found.after.passages)
