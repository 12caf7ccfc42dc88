"""Merges of archives as Rich renderables and sentences."""

from collections.abc import Iterable, Mapping

from rich.console import RenderableType

from quotearchive.views import cell, table


def conflicts_table(conflicts: Iterable[tuple[str, str, str, str]]) -> RenderableType:
    """List fields of which both archives know something else: of what, which, ours, theirs."""
    listing = table("Of", "Field", "Ours", "Theirs")
    for of, field, ours, theirs in conflicts:
        listing.add_row(cell(of), field.replace("_", " "), cell(ours), cell(theirs))
    return listing


def told(added: Mapping[str, int], changed: int, *, is_dry_run: bool = False) -> str:
    """Say what a merge did.

    >>> told({"document": 1, "quote": 12, "speaker": 0}, 2)
    'Added 1 document, 12 quotes; filled in 2 records.'
    >>> told({"document": 0}, 0)
    'Nothing had to be changed.'
    """
    parts = [f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in added.items() if count]
    filled = [f"filled in {changed:,} record{'' if changed == 1 else 's'}"] if changed else []
    said = "; ".join(([f"added {', '.join(parts)}"] if parts else []) + filled)
    if not said:
        return "Nothing had to be changed."
    return f"Would have {said}." if is_dry_run else f"{said[0].upper()}{said[1:]}."
