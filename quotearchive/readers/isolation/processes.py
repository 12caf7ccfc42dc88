"""Processes that read files: each is fed with bytes, and ended when it takes too long or answers too much."""

import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

import msgspec

import quotearchive
from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.errors import BrokenReaderError
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
    Request,
    receive,
    send,
)
from quotearchive.readers.isolation.limits import ANSWER, LONGEST, PATIENCE

#: What a process runs: this package, wherever it lies, without the user's own settings of Python.
_CODE: Final = (
    "import sys; sys.path.append(sys.argv[1]); from quotearchive.readers.isolation.child import serve; serve()"
)

#: All of the environment that it gets: where the programs are that recognise text, and what Windows can't do without.
_ENVIRONMENT: Final = ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX")

#: Signals that end a process which computes too long.
_TOO_LONG: Final = frozenset(getattr(signal, name) for name in ("SIGXCPU",) if hasattr(signal, name))


class Child:
    """A process that reads files, one after another. It is started when the first one comes, and again after its end.

    Args:
        patience: Seconds that it has for a document.
        code: What it runs, if not the readers.
    """

    def __init__(self, patience: float = PATIENCE, code: str = _CODE) -> None:
        self._patience = patience
        self._code = code
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._lock = threading.Lock()

    def ask(self, request: Request, content: bytes) -> Iterator[Reading | Refused | Member]:
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
            self._feed(process, request, content)
            while frame := self._next(process, request.name, left, until):
                kind, payload = frame
                left -= len(payload)
                if kind in {END, LAST}:
                    is_done = True
                    if kind == LAST:
                        self._end()
                    return
                if kind == FAILED:
                    refusal = payload.decode()
                    is_done = self._ends(process)
                    raise QuoteArchiveError(refusal)
                if kind == NAME:
                    name = payload.decode()
                elif kind != LIFE:
                    yield _outcome(kind, payload, name)
            raise BrokenReaderError(request.name, self._cause(process))
        finally:
            if not is_done:
                self._end()

    def close(self) -> None:
        """End it for good, whatever it does."""
        self._is_closed = True
        self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_closed:
                closed = "Reading was stopped."
                raise QuoteArchiveError(closed)
            if self._process is None or self._process.poll() is not None:
                self._process = _start(self._code)
            return self._process

    def _ends(self, process: subprocess.Popen[bytes]) -> bool:
        """Take the end after a failure; check whether the process goes on."""
        frame = receive(cast("IO[bytes]", process.stdout), 0)
        return frame is not None and frame[0] == END

    def _feed(self, process: subprocess.Popen[bytes], request: Request, content: bytes) -> None:
        stream = cast("IO[bytes]", process.stdin)
        with contextlib.suppress(OSError), self._watch(process):  # its end is noticed where its answer is missing
            send(stream, CONTENT, msgspec.json.encode(request))
            send(stream, CONTENT, content)

    def _next(self, process: subprocess.Popen[bytes], name: str, left: int, until: float) -> tuple[bytes, bytes] | None:
        if time.monotonic() > until:
            raise BrokenReaderError(name, f"it takes more than {LONGEST // 60} minutes")
        try:
            with self._watch(process) as expired:
                frame = receive(cast("IO[bytes]", process.stdout), left)
        except OverflowError:
            raise BrokenReaderError(name, f"it gives more than {ANSWER // 2**20} MiB of text") from None
        if expired.is_set():
            raise BrokenReaderError(name, f"it takes more than {self._patience:g} seconds")
        return frame

    @contextlib.contextmanager
    def _watch(self, process: subprocess.Popen[bytes]) -> Iterator[threading.Event]:
        """End a process that doesn't answer in time."""
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            _kill(process)

        timer = threading.Timer(self._patience, expire)
        timer.daemon = True
        timer.start()
        try:
            yield expired
        finally:
            timer.cancel()

    def _cause(self, process: subprocess.Popen[bytes]) -> str:
        try:
            code = process.wait(timeout=self._patience)
        except subprocess.TimeoutExpired:
            return "its reader gave no whole answer"
        if -code in _TOO_LONG:
            return "it takes too long to compute"
        ended = signal.Signals(-code).name if code < 0 else f"code {code}"
        return f"its reader broke down over it ({ended}); it is damaged, or made to do that"

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                cast("IO[bytes]", stream).close()


def _start(code: str) -> subprocess.Popen[bytes]:
    # Its own group: Ctrl-C is for the command, which ends its readers itself, with the programs that they started.
    group = {"process_group": 0} if os.name == "posix" else {}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # noqa: S603 - our own interpreter and code
        [sys.executable, "-I", "-X", "utf8", "-c", code, str(Path(quotearchive.__file__).parent.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"OMP_THREAD_LIMIT": "1"} | {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        cwd=Path(sys.executable).anchor or None,
        **group,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix" and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _outcome(kind: bytes, payload: bytes, name: str) -> Reading | Refused | Member:
    if kind == CONTENT:
        return Member(name=name, content=payload)
    if kind == REFUSED:
        return msgspec.json.decode(payload, type=Refused)
    if kind != DOCUMENT:
        raise BrokenReaderError(name, "its reader gave no answer that makes sense")
    reading = msgspec.json.decode(payload, type=Reading)
    return msgspec.structs.replace(reading, metadata=metadata_of(reading.extracted))
