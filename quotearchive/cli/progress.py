"""Progress on a terminal: what takes long, and how far it is. Nothing is shown anywhere else."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from quotearchive.cli.session import Session

Item = TypeVar("Item")
Result = TypeVar("Result")

#: From this many items on, a bar shows how many are done.
_MANY: Final = 20

#: From this many code points on, going through a text takes about a second.
_LONG: Final = 1_000_000


def bar(
    session: Session, doing: str, items: Sequence[Item], do: Callable[[Item], Any] = lambda item: item
) -> Iterator[Any]:
    """Do something with each item, and show a bar if there are many.

    Args:
        session: The session that shows it.
        doing: The activity, such as "Reading".
        items: The items.
        do: The function for an item; without it, the items are yielded as they are.
    """
    if len(items) < _MANY or not session.remarks.is_terminal:
        yield from map(do, items)
        return
    from rich.progress import Progress  # noqa: PLC0415 - rarely shown, slow to import

    with Progress(console=session.remarks, transient=True) as progress:
        yield from map(do, progress.track(items, description=doing))


@contextlib.contextmanager
def waiting(session: Session, doing: str, characters: int = _LONG) -> Iterator[None]:
    """Show an activity while a text is gone through that is long, or may be."""
    if characters < _LONG or not session.remarks.is_terminal:
        yield
        return
    with session.remarks.status(f"{doing} ..."):
        yield
