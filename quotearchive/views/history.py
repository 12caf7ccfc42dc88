"""The history of the archive as renderables."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from quotearchive.store import HistoryEntry, RecordedChange
from quotearchive.store.snapshots import SELF
from quotearchive.text import visible
from quotearchive.views.cells import QUIET, table

#: What a record of a table is called, and what several are.
_NOUNS: Final = {
    "documents": ("document", "documents"),
    "quotes": ("quote", "quotes"),
    "speakers": ("speaker", "speakers"),
    "topics": ("topic", "topics"),
}


def history_table(pasts: Iterable[HistoryEntry]) -> RenderableType:
    """List changes: when, by whom, by which command, what each did, and whether it was undone."""
    listing = table("#", "When", "By", "Command", "Changes")
    for past in pasts:
        change = past.change
        what = Text(visible(deeds(change)))
        for remark in _remarks(past):
            what.append(f"\n{remark}", QUIET)
        when = change.when.replace("T", " ").removesuffix("Z")
        listing.add_row(str(change.id), when, change.by, change.command, what)
    return listing


def _remarks(past: HistoryEntry) -> Iterator[str]:
    for name, numbers in past.change.by_hand.items():
        yield f"found {named(name, numbers)} edited by hand"
    if past.change.undoes is not None:
        yield f"undid change {past.change.undoes}"
    if past.undone_by is not None:
        yield f"undone by change {past.undone_by}"


def deeds(change: RecordedChange) -> str:
    """Return what a change did, in words.

    >>> deeds(RecordedChange(when="", added={"documents": (1,), "quotes": (1, 2, 3, 5)}))
    'added document 1 and quotes 1–3, 5'
    """
    parts = (("added", change.added), ("changed", change.changed), ("removed", change.removed))
    return "; ".join(
        f"{verb} {' and '.join(named(name, map(int, numbers)) for name, numbers in tables.items())}"
        for verb, tables in parts
        if tables
    )


def named(name: str, numbers: Iterable[int]) -> str:
    """Return records by their numbers: `quotes 1–3, 5`."""
    listed = sorted(numbers)
    if name == SELF:
        return "how the archive is used"
    one, several = _NOUNS.get(name, (f"record of {name}", f"records of {name}"))
    return f"{one if len(listed) == 1 else several} {', '.join(_ranges(listed))}"


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Yield numbers, runs of three or more by their ends."""
    for _, run in groupby(enumerate(numbers), key=lambda numbered: numbered[1] - numbered[0]):
        members = [number for _, number in run]
        if len(members) > 2:  # noqa: PLR2004 - two are written out
            yield f"{members[0]}–{members[-1]}"
        else:
            yield from map(str, members)
