"""Progress on a terminal: what takes long, and how far it is. Nothing is shown anywhere else."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from quotearchive.cli.session import Session

Item = TypeVar("Item")
Result = TypeVar("Result")

#: From this many items on, a bar shows how many are done.
_MANY: Final = 20

#: Seconds after which it is shown what takes so long.
_PATIENCE: Final = 1.0


def bar(
    session: Session, doing: str, items: Sequence[Item], do: Callable[[Item], Any] = lambda item: item
) -> Iterator[Any]:
    """Do something with each item, and show a bar if there are many, or what is being done if it takes long.

    Args:
        session: The session that shows it.
        doing: The activity, such as "Reading".
        items: The items.
        do: The function for an item; without it, the items are yielded as they are.
    """
    if len(items) < _MANY or not session.remarks.is_terminal:
        with waiting(session, doing):
            yield from map(do, items)
        return
    from rich.progress import Progress  # noqa: PLC0415 - rarely shown, slow to import

    with Progress(console=session.remarks, transient=True) as progress:
        yield from map(do, progress.track(items, description=doing))


@contextlib.contextmanager
def waiting(session: Session, doing: str, patience: float = _PATIENCE) -> Iterator[None]:
    """Show an activity from when it has taken a while.

    Args:
        session: The session that shows it.
        doing: The activity, such as "Reading".
        patience: Seconds before it is shown.
    """
    if not session.remarks.is_terminal:
        yield
        return
    sign = session.remarks.status(f"{doing} ...")
    timer = threading.Timer(patience, sign.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        sign.stop()
