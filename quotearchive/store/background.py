"""Work that is done while the disk is busy."""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Final

from quotearchive.errors import QuoteArchiveError

#: Seconds after which the thread gives way to a block for which the disk has done something: it has little else to do.
_SWITCH: Final = 0.0002


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

    thread, usual = threading.Thread(target=run), sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        sys.setswitchinterval(usual)
    if raised:
        raise raised[0]
