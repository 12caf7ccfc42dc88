"""The inside of the process in which a template is rendered; `sandbox` is its outside.

The two speak in lines of JSON. In comes what the template finds: first the template with the values that are
few, then one by one the documents or sections it asks for. Out go `text`, a piece of the result; `next`, the
name of the list whose next value is wanted; at last `done`, or `failed` with the reason and the `line`.
"""

import json
import signal
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quotearchive.exporters.markdown_text import block_quote, inline

if sys.platform != "win32":
    import resource

#: Bytes of memory that a template may take, the interpreter among them: all of a large archive at once.
MEMORY: Final = 2**30

#: Seconds of computing after which the system ends a process that nobody watches any more.
_LONGEST: Final = 3600

#: Code points that are gathered before they are sent, and of which a line has no more.
_PIECE: Final = 2**16

#: What a template may fail with: what Jinja2 raises, and what Python's operators and methods raise in it.
_FAILURES: Final = (
    *(TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RuntimeError),
    *(SyntaxError, TypeError, ValueError),
)


def main() -> None:
    """Render the template that comes in."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who was interrupted ends this process
    job = _receive()
    _limit()
    try:
        for piece in _pieces(job):
            _send(text=piece)
    except _FAILURES as error:
        _send(failed=_reason(error), line=_line(error))
    else:
        _send(done=True)


def _limit() -> None:
    """Have the system refuse memory beyond the limit, where it can; macOS and Windows can't."""
    if sys.platform != "win32":
        for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, _LONGEST)):
            hard = resource.getrlimit(kind)[1]
            try:
                resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
            except (OSError, ValueError):
                continue


def _pieces(job: dict[str, Any]) -> Iterator[str]:
    """Render, in pieces that are neither very short nor long."""
    lists = {name: _asked_for(name) for name in job["lists"]}
    gathered: list[str] = []
    length = 0
    for piece in _environment().from_string(job["template"]).generate(**job["values"], **lists):
        gathered.append(piece)
        length += len(piece)
        if length >= _PIECE:
            yield from _cut("".join(gathered))
            gathered, length = [], 0
    yield from _cut("".join(gathered))


def _cut(text: str) -> Iterable[str]:
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters |= {"markdown": inline, "block_quote": block_quote}
    return environment


def _asked_for(name: str) -> Iterator[Any]:
    while True:
        _send(next=name)
        answer = _receive()
        if "value" not in answer:
            return
        yield answer["value"]


def _receive() -> dict[str, Any]:
    line = sys.stdin.buffer.readline()
    if not line:  # the other side is gone
        sys.exit()
    message: dict[str, Any] = json.loads(line)
    return message


def _send(**message: object) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _reason(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return f"it takes more than {MEMORY // 2**20:,} MiB of memory"
    if isinstance(error, RecursionError):
        return "it calls itself again and again"
    return " ".join(str(error).split()) or type(error).__name__


def _line(error: BaseException) -> int | None:
    """Find the line of the template that failed, which Jinja2 puts into the traceback."""
    line: int | None = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
