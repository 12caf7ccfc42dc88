"""What replacing a document's text does to its quotes, as Rich renderables."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from quotearchive.anchoring.relocation import Outcome
from quotearchive.views.cells import table
from quotearchive.views.excerpts import excerpt
from quotearchive.views.quotes import place
from quotearchive.views.verification import difference

if TYPE_CHECKING:
    from quotearchive.archive.replacement import Relocation

#: Code points of a quote that are shown.
_ROOM: Final = 120


def relocations(found: Iterable["Relocation"]) -> RenderableType:
    """List what becomes of each quote: exact, moved, changed or missing."""
    listing = table("Quote", "Becomes", "Words", "Where, or what differs")
    counts: Counter[Outcome] = Counter()
    for relocation in found:
        counts[relocation.outcome] += 1
        words = excerpt(relocation.before.text, (), _ROOM)
        listing.add_row(str(relocation.before.id), str(relocation.outcome), words, _what(relocation))
    sums = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    return Group(listing, Text(f"Quotes: {sums}.")) if counts else Text("No quotes.")


def _what(relocation: "Relocation") -> str:
    if relocation.outcome is Outcome.MISSING:
        return "keeps its old words and is marked as missing"
    if relocation.outcome is Outcome.CHANGED:
        return "\n".join(map(difference, relocation.differences)) or place(relocation.after.passages)
    return place(relocation.after.passages)
