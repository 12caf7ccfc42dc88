"""Rendering somebody else's template so that it can neither take the machine nor the terminal.

Jinja2's sandbox keeps a template from files and modules, but not from counting for ever or filling the
memory: a width in a format, a product of a text, a loop in a loop, and any of Python's methods can do so, and
what runs inside one of them can't be interrupted. So a template is rendered in a process of its own, which is
ended when it has had its time or has written too much, and whose memory the system bounds (where it can: on
Linux). The process asks for documents one by one, so that an archive of any size goes through.
"""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from threading import Timer
from typing import IO, Any, Final, Self, cast

from quotearchive.exporters import renderer
from quotearchive.exporters.errors import UnusableTemplateError

#: Seconds that a template may take; and what each document or section adds to that.
SECONDS: Final = 60.0
_MORE_SECONDS: Final = 1.0

#: Characters that a template may write; and how many for each byte that it is given.
TEXT: Final = 64_000_000
_MORE_TEXT: Final = 64

#: The modules that can be imported here can be imported there, and no others.
_PROGRAM: Final = f"import sys; sys.path[:] = sys.argv[1:]; from {renderer.__name__} import main; main()"


def render(template: str, values: Mapping[str, str], lists: Mapping[str, Iterator[Any]]) -> Iterator[str]:
    """Yield what a template makes, as it makes it.

    Args:
        template: The template.
        values: What it finds by name.
        lists: What it finds by name and may go through once; their items are JSON values.

    Raises:
        UnusableTemplateError: It can't be read, fails, or takes too much.
    """
    with _Process() as process:
        process.send({"template": template, "values": dict(values), "lists": list(lists)})
        while "done" not in (message := process.receive()):
            if "text" in message:
                yield message["text"]
            else:
                items = lists[message["next"]]
                process.send(next(({"value": item} for item in items), {}))


class _Process:
    """The process in which a template is rendered, and what it may take."""

    def __init__(self) -> None:
        self._seconds, self._text = SECONDS, TEXT
        self._process = _started()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def send(self, message: Mapping[str, object]) -> None:
        """Send it a message; one that is dead is met by `receive`."""
        line = json.dumps(message).encode() + b"\n"
        self._seconds += _MORE_SECONDS
        self._text += _MORE_TEXT * len(line)
        with contextlib.suppress(OSError):
            _open(self._process.stdin).write(line)
            _open(self._process.stdin).flush()

    def receive(self) -> dict[str, Any]:
        """Wait for its next message.

        Raises:
            UnusableTemplateError: It failed, or takes too much.
        """
        line = self._awaited()
        message: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {"failed": self._end()}
        self._text -= len(message.get("text", ""))
        if self._text < 0:
            message = {"failed": f"it writes more than {TEXT:,} characters"}
        if "failed" in message:
            raise UnusableTemplateError(message["failed"], message.get("line"))
        return message

    def _awaited(self) -> bytes:
        """Read a line, and end the process when it has taken all its time; what we do ourselves costs it none."""
        began = time.monotonic()
        timer = Timer(max(self._seconds, 0), self._process.kill)
        timer.start()
        try:
            return _open(self._process.stdout).readline()
        finally:
            timer.cancel()
            self._seconds -= time.monotonic() - began

    def _end(self) -> str:
        if self._seconds <= 0:
            return f"it was not done after {SECONDS:g} s"
        return f"the process that renders it ended with code {self._process.wait()}"


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-c", _PROGRAM, *sys.path]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing)  # noqa: S603 - a program of our own
    except OSError as error:
        raise UnusableTemplateError(str(error)) from error


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    """Return a pipe that was asked for, and so is there."""
    return cast("IO[bytes]", pipe)
