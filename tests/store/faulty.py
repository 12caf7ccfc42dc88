"""Run a command in a process of its own whose system calls fail, or at one of which it is killed."""

import contextlib
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotearchive.cli import main

#: The functions of a write that matter: what they are called here, and where they are.
CALLS = ("open", "link", "replace", "unlink", "fsync", "chmod", "fdopen", "stat", "close", "scandir")

#: Called before every call that matters, with its name: it may raise, or kill the process.
Trip = Callable[[str], None]


class TrippingFile(io.FileIO):
    """A file each of whose writes is told of: before it, and when half of it is done."""

    def __init__(self, descriptor: int, trip: Trip) -> None:
        super().__init__(descriptor, "wb")
        self._trip = trip

    def write(self, content: Any) -> int:  # noqa: ANN401 - a buffer
        self._trip("write")
        half = memoryview(content)[: max(1, len(content) // 2)]
        super().write(half)
        self._trip("half write")
        return len(half)


def wrap(trip: Trip) -> None:
    """Have this process tell of every call that matters."""

    def told(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever it takes
            trip(name)
            return original(*arguments, **options)

        return call

    for name in CALLS:
        setattr(os, name, told(name, getattr(os, name)))
    os.fdopen = lambda descriptor, *_, **__: io.BufferedWriter(TrippingFile(descriptor, trip))  # type: ignore[assignment]


def run(arguments: Sequence[str], output: Path, trip: Trip | None = None) -> int:
    """Run a command in a child process.

    Returns:
        Its exit code, or the negative number of the signal that killed it.
    """
    child = os.fork()
    if child == 0:
        _run_here(arguments, output, trip)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _run_here(arguments: Sequence[str], output: Path, trip: Trip | None) -> None:
    code = 70
    try:
        sys.stdout = sys.stderr = output.open("w", encoding="utf-8")
        if trip:
            wrap(trip)
        main(list(arguments), prog_name="quotearchive")
    except SystemExit as stop:
        code = int(stop.code or 0)
    except BaseException:  # noqa: BLE001 - a traceback is a finding
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
        os._exit(code)


def killing(count: int) -> Trip:
    """Kill the process at the call of that number, from 1."""
    calls = iter(range(1, count + 1))

    def trip(name: str) -> None:  # noqa: ARG001 - any call counts
        if next(calls, None) == count:
            os.kill(os.getpid(), signal.SIGKILL)

    return trip


def failing(name: str, occurrence: int, code: int, marker: Path) -> Trip:
    """Let one call fail with an error of the system, and leave a mark that it did."""
    seen = [0]

    def trip(called: str) -> None:
        if called == name:
            seen[0] += 1
            if seen[0] == occurrence:
                marker.touch()
                raise OSError(code, os.strerror(code))

    return trip


def occurrences(limit: int = 40) -> Iterator[int]:
    """Count calls, up to far more than a write makes."""
    yield from range(1, limit)
