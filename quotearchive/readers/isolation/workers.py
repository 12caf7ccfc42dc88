"""The processes that read files of bytes, and the files that wait for them."""

import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from quotearchive.readers.extracts import Member, Options, Outcome, Refused
from quotearchive.readers.isolation.frames import Request
from quotearchive.readers.isolation.processes import Child

#: Files that wait for a process, beside those that are being read, for each process: they are in memory.
_WAITING: Final = 1


class Workers:
    """Processes that read, started as they are needed.

    Args:
        options: How files are read.
        number: How many of them read at most.
    """

    def __init__(self, options: Options, number: int) -> None:
        self._options = options
        self._children: list[Child] = []
        self._idle: deque[Child] = deque()
        self._slots = threading.BoundedSemaphore(number * (1 + _WAITING))
        self._pool = ThreadPoolExecutor(number)

    def submit(self, content: bytes, name: str, way: tuple[str, ...]) -> Future[list[Outcome]]:
        """Have a file read; wait first until there are not too many that wait."""
        self._slots.acquire()
        return self._pool.submit(self._read, Request(name=name, options=self._options, way=way), content)

    def unpack(self, content: bytes, name: str) -> Iterator[Member | Refused]:
        """Yield the files in an archive, no faster than they are taken.

        Raises:
            QuoteArchiveError: It can't be unpacked to its end.
        """
        child = self._start()
        try:
            for each in child.ask(Request(name=name, options=self._options, unpack=True), content):
                if isinstance(each, Member | Refused):
                    yield each
        finally:
            child.close()
            self._children.remove(child)

    def close(self) -> None:
        """End all processes, whatever they do."""
        for child in tuple(self._children):
            child.close()
        self._pool.shutdown(cancel_futures=True)

    def _read(self, request: Request, content: bytes) -> list[Outcome]:
        try:
            child = self._idle.popleft()
        except IndexError:
            child = self._start()
        try:
            return [each for each in child.ask(request, content) if not isinstance(each, Member)]
        finally:
            self._idle.append(child)
            self._slots.release()

    def _start(self) -> Child:
        child = Child()
        self._children.append(child)
        return child
