"""Merges of archives as Rich renderables."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import RenderableType

from quotearchive.text import counted
from quotearchive.views.cells import table
from quotearchive.views.records import label

if TYPE_CHECKING:
    from quotearchive.archive.merge import Conflict, Merged


def conflicts_table(conflicts: Iterable["Conflict"]) -> RenderableType:
    """List the fields that two archives have different values of."""
    listing = table("Of", "Field", "Ours", "Theirs")
    for conflict in conflicts:
        listing.add_row(conflict.of, label(conflict.field), conflict.ours, conflict.theirs)
    return listing


def summary(merged: "Merged", *, is_dry_run: bool = False) -> str:
    """Return in a sentence what a merge did, or would do."""
    counts = {"document": merged.documents, "quote": merged.quotes, "speaker": merged.speakers, "topic": merged.topics}
    added = ", ".join(counted(count, noun) for noun, count in counts.items() if count)
    filled = f"filled in {counted(merged.changed, 'record')}" if merged.changed else ""
    done = "; ".join(filter(None, (f"added {added}" if added else "", filled)))
    if not done:
        return "Nothing to add or change." if is_dry_run else "Nothing was added or changed."
    return f"Would have {done}." if is_dry_run else f"{done[0].upper()}{done[1:]}."
