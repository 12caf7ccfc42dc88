"""Changes to quotes and documents as Rich renderables."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from quotearchive.model import Description, Quote
from quotearchive.text import counted
from quotearchive.views.cells import QUIET, cell, shortened, table
from quotearchive.views.records import label, value_text

if TYPE_CHECKING:
    from quotearchive.archive.edits import EditPlan

#: What is shown of a change that changed nothing.
UNCHANGED: Final = "Nothing changed."

#: Quotes that are listed.
SHOWN: Final = 20

#: Fields that change with every change, or with others.
_IGNORED: Final = frozenset({"modified", "text", "created"})

_Pair = tuple[Quote, Quote] | tuple[Description, Description]


def preview(planned: "EditPlan") -> RenderableType:
    """Show what would change: the first quotes, with their fields before and after."""
    return Group(_changes(planned), Text(f"{counted(len(planned.edited), 'quote')} would change."))


def quotes_changed(done: "EditPlan") -> RenderableType:
    """Show what was changed in quotes."""
    return _changes(done) if done.edited else Text(UNCHANGED)


def document_changed(before: Description, after: Description) -> RenderableType:
    """Show what was changed in a document."""
    return _table([(before, after)]) if _differences(before, after) else Text(UNCHANGED)


def _changes(planned: "EditPlan") -> RenderableType:
    hidden = len(planned.edited) - SHOWN
    more = [Text(f"and {hidden} more")] if hidden > 0 else []
    return Group(_table((change.before, change.after) for change in planned.edited[:SHOWN]), *more)


def _table(pairs: Iterable[_Pair]) -> RenderableType:
    listing = table("#", "Words", "Field", "Before", "After")
    for before, after in pairs:
        words = after.text if isinstance(after, Quote) else after.title
        head = (str(after.id), shortened(" ".join(words.split())))
        for name, old, new in _differences(before, after):
            listing.add_row(*head, label(name), cell(old, QUIET), new)
            head = ("", "")
    return listing


def _differences(before: Quote | Description, after: Quote | Description) -> list[tuple[str, str, str]]:
    """Return the names of the fields that differ, each with its old and its new value."""
    names = [field.name for field in msgspec.structs.fields(after) if field.name not in _IGNORED]
    values = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return [(name, value_text(old), value_text(new)) for name, old, new in values if old != new]
