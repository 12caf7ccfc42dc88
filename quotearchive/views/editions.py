"""Changes to quotes and documents as Rich renderables."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from quotearchive.model import Description, Quote
from quotearchive.text import visible
from quotearchive.views import QUIET, cell, shortened, table

#: Quotes that a preview shows.
SHOWN: Final = 20

#: Fields that change with every change, or with others.
_IGNORED: Final = frozenset({"modified", "text", "created"})

Pair = tuple[Quote, Quote] | tuple[Description, Description]


def preview(pairs: Sequence[Pair]) -> RenderableType:
    """Show what would change: the first quotes, each with its fields before and after."""
    more = [Text(f"and {len(pairs) - SHOWN} more")] if len(pairs) > SHOWN else []
    return Group(_table(pairs[:SHOWN]), *more, Text(f"{quotes(len(pairs))} would change."))


def changed(pairs: Sequence[Pair]) -> RenderableType:
    """Show what was changed."""
    if not any(differences(*pair) for pair in pairs):
        return Text("Nothing had to be changed.")
    more = [Text(f"and {len(pairs) - SHOWN} more")] if len(pairs) > SHOWN else []
    return Group(_table(pairs[:SHOWN]), *more)


def differences(before: Any, after: Any) -> dict[str, tuple[str, str]]:  # noqa: ANN401 - a quote or a document
    """Return the fields that differ, each as it was and as it is."""
    names = [field.name for field in msgspec.structs.fields(after) if field.name not in _IGNORED]
    values = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return {name: (_shown(old), _shown(new)) for name, (old, new) in values.items() if old != new}


def quotes(count: int) -> str:
    """Return a number of quotes.

    >>> quotes(1), quotes(12)
    ('1 quote', '12 quotes')
    """
    return f"{count} quote{'' if count == 1 else 's'}"


def _table(pairs: Iterable[Pair]) -> RenderableType:
    listing = table("#", "Words", "Field", "Before", "After")
    for before, after in pairs:
        words = after.text if isinstance(after, Quote) else after.title
        for place, (name, (old, new)) in enumerate(differences(before, after).items()):
            head = ("", Text()) if place else (str(after.id), cell(shortened(" ".join(words.split()))))
            listing.add_row(*head, name.replace("_", " "), cell(old, QUIET), cell(new))
    return listing


def _shown(value: Any) -> str:  # noqa: ANN401 - a field's value
    if isinstance(value, tuple):
        return ", ".join(visible(getattr(each, "exact", None) or str(each)) for each in value)
    return "" if value is None else str(value)
