"""Starting the processes that read: each by itself, or from one that has loaded the readers for all of them."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final, Protocol, cast

import msgspec

import quotearchive
from quotearchive.readers.isolation.frames import Birth, Burial

#: What a process runs: this package, wherever it lies, without the user's own settings of Python.
READER: Final = (
    "import sys; sys.path.append(sys.argv[1]); from quotearchive.readers.isolation.child import serve; serve()"
)
NURSERY: Final = (
    "import sys; sys.path.append(sys.argv[1]); from quotearchive.readers.isolation.nursery import serve; serve()"
)

#: All of the environment that it gets: where the programs are that recognise text, and what Windows can't do without.
_ENVIRONMENT: Final = ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX")

#: Whether a process may be divided in two. macOS can, but its own libraries don't bear it.
FORKS: Final = sys.platform == "linux"

#: Bytes of the longest answer of a nursery, which is a number.
_ANSWER: Final = 32

#: Bytes that a pipe holds, so that most files go through in one go (Linux).
_PIPE: Final = 2**20


class Process(Protocol):
    """A process that reads files."""

    pid: int
    requests: IO[bytes]
    answers: IO[bytes]

    def is_over(self) -> bool:
        """Check whether it is gone, while nothing is asked of it."""
        ...

    def kill(self) -> None:
        """Kill it, with the programs that it started."""
        ...

    def end(self, patience: float = 0) -> int:
        """End it, whatever it does, unless it ends by itself within some seconds.

        Returns:
            The code that it ended with, or the signal as a negative number.
        """
        ...


class Started:
    """A process that was started by itself.

    Args:
        code: What it runs.
    """

    def __init__(self, code: str = READER) -> None:
        self._process = _start(code, subprocess.PIPE, subprocess.PIPE)
        self.pid = self._process.pid
        self.requests = cast("IO[bytes]", self._process.stdin)
        self.answers = cast("IO[bytes]", self._process.stdout)

    def is_over(self) -> bool:
        """Check whether it is gone."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """Kill it, with the programs that it started."""
        if self._process.poll() is None:
            _kill(self._process.pid, self._process)

    def end(self, patience: float = 0) -> int:
        """End it, unless it ends by itself in time, and return what it ended with."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self.kill()  # before its pipes are closed, on which another thread may be waiting
        code = self._process.wait()
        with contextlib.suppress(OSError):
            self.requests.close()
        self.answers.close()
        return code


class Nursery:
    """A process that has loaded the readers, and divides into others that read: what they share is loaded once.

    Args:
        modules: The modules that it loads before.
        code: What it runs.
    """

    def __init__(self, modules: Iterable[str] = (), code: str = NURSERY) -> None:
        self._modules = tuple(modules)
        self._code = code
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._is_closed = False

    def start(self) -> Process:
        """Start a process that reads, by itself if the nursery is gone.

        Raises:
            OSError: None can be started.
        """
        try:
            return self._divide()
        except OSError:
            return Started()

    def _divide(self) -> Process:
        requests, answers = os.pipe(), os.pipe()
        for pipe in (requests, answers):
            _widen(pipe[1])
        try:
            pid = self._ask(Birth(modules=self._modules), (requests[0], answers[1]))
        except BaseException:
            os.close(requests[1])
            os.close(answers[0])
            raise
        finally:
            os.close(requests[0])
            os.close(answers[1])
        return _Born(self, pid, os.fdopen(requests[1], "wb"), os.fdopen(answers[0], "rb"))

    def bury(self, pid: int) -> int:
        """Return what a process that is about to end ended with, once it has."""
        try:
            return self._ask(Burial(pid=pid))
        except OSError:
            return -signal.SIGKILL

    def close(self) -> None:
        """End it; those that it divided into have to be ended before."""
        with self._lock:
            self._is_closed = True
            self._forget()

    def _forget(self) -> None:
        line, self._line = self._line, None
        process, self._process = self._process, None
        if line is not None and process is not None:
            line.close()
            _kill(process.pid, process)
            process.wait()

    def _ask(self, wish: Birth | Burial, files: tuple[int, ...] = ()) -> int:
        with self._lock:
            try:
                socket.send_fds(self._opened(), [msgspec.json.encode(wish)], files)
                return int(self._opened().recv(_ANSWER))
            except (OSError, ValueError) as error:
                self._forget()
                gone = "The process that loads the readers has ended."
                raise OSError(gone) from error

    def _opened(self) -> socket.socket:
        if self._is_closed:
            closed = "No more processes are wanted."
            raise OSError(closed)
        if self._line is None:
            self._line, far = socket.socketpair()
            with far:
                self._process = _start(self._code, far, subprocess.DEVNULL)
        return self._line


class _Born:
    """A process that a nursery divided into."""

    def __init__(self, nursery: Nursery, pid: int, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._nursery = nursery
        self.pid = pid
        self._code: int | None = None
        self.requests = requests
        self.answers = answers

    def is_over(self) -> bool:
        return bool(select.select([self.answers], [], [], 0)[0])

    def kill(self) -> None:
        if self._code is None:
            _kill(self.pid)

    def end(self, patience: float = 0) -> int:
        if patience:
            self._wait(patience)
        self.kill()  # it keeps its number until it is buried
        if self._code is None:
            self._code = self._nursery.bury(self.pid)
        with contextlib.suppress(OSError):
            self.requests.close()
        self.answers.close()
        return self._code

    def _wait(self, seconds: float) -> None:
        with contextlib.suppress(OSError), os.fdopen(os.pidfd_open(self.pid), "rb", 0) as end:
            select.select([end], [], [], seconds)


def _start(code: str, requests: "int | socket.socket", answers: int) -> subprocess.Popen[bytes]:
    # Its own group: Ctrl-C is for the command, which ends its readers itself, with the programs that they started.
    group = {"process_group": 0} if os.name == "posix" else {}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # noqa: S603 - our own interpreter and code
        [sys.executable, "-I", "-X", "utf8", "-c", code, str(Path(quotearchive.__file__).parent.parent)],
        stdin=requests,
        stdout=answers,
        stderr=subprocess.DEVNULL,
        env={"OMP_THREAD_LIMIT": "1"} | {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        cwd=Path(sys.executable).anchor or None,
        **group,
    )


def _kill(pid: int, process: "subprocess.Popen[bytes] | None" = None) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(pid, signal.SIGKILL)
        elif process is not None:
            process.kill()


def _widen(pipe: int) -> None:
    """Let a pipe hold more, where the system allows it."""
    import fcntl  # noqa: PLC0415 - only where processes are divided

    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
