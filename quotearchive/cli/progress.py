"""Show on a terminal that something takes its time, and how far it is. Nothing is shown anywhere else."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from quotearchive.cli.session import Session

Item = TypeVar("Item")
Result = TypeVar("Result")

#: From so many things on it is shown how far they are done.
_MANY: Final = 20

#: From so many code points on, going through a text takes about a second.
_LONG: Final = 1_000_000


def bar(
    session: Session, doing: str, items: Sequence[Item], do: Callable[[Item], Any] = lambda item: item
) -> Iterator[Any]:
    """Do something with each of many things, with a bar that shows how far it is.

    Args:
        session: Where it is shown.
        doing: What is done: "Reading".
        items: The things.
        do: What to do with each; without it, they are given as they are.
    """
    if len(items) < _MANY or not session.remarks.is_terminal:
        yield from map(do, items)
        return
    from rich.progress import Progress  # noqa: PLC0415 - seldom shown, and slow to import

    with Progress(console=session.remarks, transient=True) as progress:
        yield from map(do, progress.track(items, description=doing))


@contextlib.contextmanager
def waiting(session: Session, doing: str, characters: int = _LONG) -> Iterator[None]:
    """Show that something is done with a text that is long, or may be."""
    if characters < _LONG or not session.remarks.is_terminal:
        yield
        return
    with session.remarks.status(f"{doing} ..."):
        yield
