"""Processes that read files: each is fed with bytes, and ended when it takes too long or answers too much."""

import contextlib
import math
import signal
import threading
import time
from collections.abc import Callable, Generator
from typing import Final, Self

import msgspec

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.errors import BrokenReaderError, WordlessError
from quotearchive.readers.extracts import Member, Reading, Refused, metadata_of
from quotearchive.readers.isolation.frames import (
    CONTENT,
    DOCUMENT,
    END,
    FAILED,
    LAST,
    LIFE,
    NAME,
    REFUSED,
    WORDLESS,
    Request,
    receive,
    send,
)
from quotearchive.readers.isolation.limits import ANSWER, LONGEST, PATIENCE
from quotearchive.readers.isolation.starting import Process, Started

#: Signals that end a process which computes too long.
_TOO_LONG: Final = frozenset(getattr(signal, name) for name in ("SIGXCPU",) if hasattr(signal, name))

#: How often, within the time that a process has, somebody looks at the clock.
_LOOKS: Final = 4


class Child:
    """A process that reads files, one after another. It is started when the first one comes, and again after its end.

    Args:
        start: What starts it.
        patience: Seconds that it has for a document.
    """

    def __init__(self, start: Callable[[], Process] = Started, *, patience: float = PATIENCE) -> None:
        self._start = start
        self._patience = patience
        self._process: Process | None = None
        self._is_closed = False
        self._lock = threading.Lock()

    def ask(self, request: Request, content: bytes) -> Generator[Reading | Refused | Member, None, None]:
        """Have a file read, or the files in it unpacked.

        Raises:
            QuoteArchiveError: It can't be read, or the process came to an end over it.
        """
        process = self._started()
        # Whoever has files unpacked takes them at leisure.
        until = math.inf if request.unpack else time.monotonic() + LONGEST
        name = ""
        left = ANSWER
        is_done = False
        try:
            with _Watch(process, self._patience) as watch:
                self._feed(process, request, content)
                while frame := self._next(process, request.name, left, until, watch):
                    kind, payload = frame
                    left -= len(payload)
                    if kind in {END, LAST}:
                        is_done = kind == END
                        return
                    if kind in {FAILED, WORDLESS}:
                        refusal = payload.decode()
                        is_done = self._ends(process)
                        raise (WordlessError if kind == WORDLESS else QuoteArchiveError)(refusal)
                    if kind == NAME:
                        name = payload.decode()
                    elif kind != LIFE:
                        watch.pause()
                        yield outcome_of(kind, payload, name)
                        watch.resume()
            raise BrokenReaderError(request.name, _cause(process, self._patience))
        finally:
            if not is_done:
                self._end()

    def close(self) -> None:
        """End it for good, whatever it does."""
        self._is_closed = True
        self._end()

    def _started(self) -> Process:
        with self._lock:
            if self._is_closed:
                closed = "Reading was stopped."
                raise QuoteArchiveError(closed)
            if self._process is not None and self._process.is_over():
                self._process.end()
                self._process = None
            if self._process is None:
                try:
                    self._process = self._start()
                except OSError as error:
                    refused = f"No process that reads files can be started: {error.strerror or error}."
                    raise QuoteArchiveError(refused) from error
            return self._process

    def _ends(self, process: Process) -> bool:
        """Take the end after a failure; check whether the process goes on."""
        frame = receive(process.answers, 0)
        return frame is not None and frame[0] == END

    def _feed(self, process: Process, request: Request, content: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):  # its end is noticed where its answer is missing
            send(process.requests, CONTENT, msgspec.json.encode(request))
            send(process.requests, CONTENT, content)

    def _next(
        self, process: Process, name: str, left: int, until: float, watch: "_Watch"
    ) -> tuple[bytes, bytes] | None:
        if time.monotonic() > until:
            raise BrokenReaderError(name, f"it takes more than {LONGEST // 60} minutes")
        watch.resume()
        try:
            frame = receive(process.answers, left)
        except OverflowError:
            raise BrokenReaderError(name, f"it gives more than {ANSWER // 2**20} MiB of text") from None
        except ValueError:  # another thread has closed it
            frame = None
        if watch.has_expired:
            raise BrokenReaderError(name, f"it takes more than {self._patience:g} seconds")
        return frame

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.end()


class _Watch:
    """Ends a process that doesn't answer in time."""

    def __init__(self, process: Process, patience: float) -> None:
        self.has_expired = False
        self._process = process
        self._patience = patience
        self._until = time.monotonic() + patience
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()

    def pause(self) -> None:
        """Wait for somebody else than the process."""
        self._until = math.inf

    def resume(self) -> None:
        """Wait for the process again, from now on."""
        self._until = time.monotonic() + self._patience

    def _look(self) -> None:
        while not self._is_over.wait(max(0.01, min(self._until - time.monotonic(), self._patience / _LOOKS))):
            if time.monotonic() > self._until:
                self.has_expired = True
                self._process.kill()
                return


def _cause(process: Process, patience: float) -> str:
    code = process.end(patience)
    if -code in _TOO_LONG:
        return "it takes too long to compute"
    ended = signal.Signals(-code).name if code < 0 else f"code {code}"
    return f"its reader broke down over it ({ended}); it is damaged, or made to do that"


def outcome_of(kind: bytes, payload: bytes, name: str) -> Reading | Refused | Member:
    """Return what a frame holds.

    Args:
        kind: The frame's kind.
        payload: Its bytes.
        name: The name that a frame before it gave.

    Raises:
        BrokenReaderError: It makes no sense.
    """
    if kind == CONTENT:
        return Member(name=name, content=payload)
    if kind == REFUSED:
        return msgspec.json.decode(payload, type=Refused)
    if kind != DOCUMENT:
        raise BrokenReaderError(name, "its reader gave no answer that makes sense")
    reading = msgspec.json.decode(payload, type=Reading)
    return msgspec.structs.replace(reading, metadata=metadata_of(reading.extracted))
