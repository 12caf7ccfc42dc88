"""The processes that read files of bytes, and the files that wait for them."""

import contextlib
import threading
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from quotearchive.readers.extracts import Member, Options, Outcome, Refused
from quotearchive.readers.isolation.frames import Request
from quotearchive.readers.isolation.processes import Child
from quotearchive.readers.isolation.starting import FORKS, Nursery

#: Files that wait for a process, beside those that are being read, for each process: they are in memory.
_WAITING: Final = 1


class Workers:
    """Processes that read, started as they are needed.

    Args:
        options: How files are read.
        number: How many of them read at most.
        modules: The modules that many of the files need: they are loaded once for all processes, where that is
            possible. None if one process will do.
    """

    def __init__(self, options: Options, number: int, modules: Iterable[str] | None = None) -> None:
        self._nursery = Nursery(modules) if FORKS and modules is not None else None
        self._options = options
        self._is_closed = False
        self._children: list[Child] = []
        self._idle: deque[Child] = deque()
        self._slots = threading.BoundedSemaphore(number * (1 + _WAITING))
        self._pool = ThreadPoolExecutor(number)

    def submit(self, content: bytes, name: str, way: tuple[str, ...]) -> Future[list[Outcome]]:
        """Have a file read; wait first until there are not too many that wait."""
        self._slots.acquire()
        return self._pool.submit(self._read, Request(name=name, options=self._options, way=way), content)

    def unpack(self, content: bytes, name: str) -> Generator[Member | Refused, None, None]:
        """Yield the files in an archive, no faster than they are taken.

        Raises:
            QuoteArchiveError: It can't be unpacked to its end.
        """
        child = self._start()
        request = Request(name=name, options=self._options, unpack=True)
        try:
            with contextlib.closing(child.ask(request, content)) as answers:
                yield from (each for each in answers if isinstance(each, Member | Refused))
        finally:
            child.close()
            self._children.remove(child)

    def close(self) -> None:
        """End all processes, whatever they do."""
        self._is_closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in tuple(self._children):
            child.close()
        self._pool.shutdown()
        if self._nursery is not None:
            self._nursery.close()

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
        child = Child(self._nursery.start) if self._nursery else Child()
        self._children.append(child)
        if self._is_closed:
            child.close()
        return child
