"""The originals of an archive as Rich renderables."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.table import Table

from quotearchive.errors import shorten
from quotearchive.text import counted, visible
from quotearchive.views.cells import table

if TYPE_CHECKING:
    from quotearchive.archive.originals import ListedOriginal

#: How many documents are named of one original.
_NAMED: Final = 3

#: The units of a length, each a thousand of the one before.
_UNITS: Final = ("bytes", "kB", "MB", "GB")
_THOUSAND: Final = 1000


def originals_table(originals: Sequence["ListedOriginal"]) -> Table:
    """List originals: what each was called, its length, the documents in it, and whether it is kept."""
    listing = table("File", "Size", "Documents", "Kept as")
    for each in originals:
        listing.add_row(
            each.original.name,
            size(each.original.size),
            shorten(each.documents, _NAMED),
            _place(each),
        )
    return listing


def _place(listed: "ListedOriginal") -> str:
    if not listed.original.kept:
        return "not kept"
    return f"{listed.path.parent.name}/{listed.path.name}" if listed.path else "gone"


def sum_up(originals: Sequence["ListedOriginal"], folder: Path, *, keeps: bool) -> str:
    """Return in a sentence how many originals are kept and where, and whether more will be."""
    kept = [each for each in originals if each.original.kept and each.path]
    there = f" in {folder} ({size(sum(each.original.size for each in kept))})" if kept else ""
    future = "add keeps each file" if keeps else "add keeps no files; to change that: quotearchive originals --keep"
    return visible(f"{counted(len(kept), 'original')} kept{there}; {future}.")


def size(length: int) -> str:
    """Return a length in a unit that people read.

    >>> size(999), size(2_345_000)
    ('999 bytes', '2.3 MB')
    """
    unit, rest = 0, float(length)
    while rest >= _THOUSAND and unit < len(_UNITS) - 1:
        unit, rest = unit + 1, rest / _THOUSAND
    return f"{rest:.1f} {_UNITS[unit]}" if unit else f"{length} {_UNITS[0]}"
