"""Work that is done while the disk is busy."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from quotearchive.errors import QuoteArchiveError


@contextlib.contextmanager
def in_background(work: Callable[[], None]) -> Iterator[None]:
    """Do some work in a thread of its own while the block runs, and end both together.

    A block that waits for the disk lets the thread have the processor.

    Raises:
        QuoteArchiveError: The one that the work raised, if the block raised none.
    """
    raised: list[QuoteArchiveError | MemoryError] = []

    def run() -> None:
        try:
            work()
        except (QuoteArchiveError, MemoryError) as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if raised:
        raise raised[0]
