"""A process that reads files for another: bytes come in, documents go out, and nothing else is within its reach.

It knows no path and no environment, has limits of memory and computing, writes no file, and may not open a connection:
an audit hook refuses Python's sockets, and the libraries in C are told not to fetch anything. What the hook can't
promise is that broken C code stays within; that takes a sandbox of the system around the whole command.
"""

import os
import sys
from pathlib import PurePath
from typing import IO, Final

import msgspec

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.errors import BrokenReaderError, WordlessError
from quotearchive.readers.extracts import Member, Reading, Refused
from quotearchive.readers.files import LIMIT
from quotearchive.readers.isolation import limits
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
from quotearchive.readers.reading import read_content, unpack

#: Files that one process reads before another goes on.
_SERVED: Final = 200

#: Programs that a reader may start.
_PROGRAMS: Final = frozenset(("tesseract",))


def serve() -> None:
    """Read files until no more are wanted."""
    requests, answers = _pipes()
    limits.confine()
    sys.addaudithook(_refuse)
    limits.SIGNS.listen(limits.allow_computing)
    limits.SIGNS.listen(lambda: send(answers, LIFE))
    for served in range(1, _SERVED + 1):
        request, content = receive(requests, LIMIT), receive(requests, LIMIT)
        if request is None or content is None:
            return
        limits.allow_computing()
        answer(msgspec.json.decode(request[1], type=Request), content[1], answers)
        del content
        is_last = served == _SERVED or limits.has_grown()
        send(answers, LAST if is_last else END)
        if is_last:
            return


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Take the streams over, so that nothing that a library prints or reads gets into them."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    return requests, answers


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket.") and event != "socket.gethostname":
        raise PermissionError(event)
    is_start = event in {"os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile"}
    if is_start or (event == "subprocess.Popen" and PurePath(os.fsdecode(str(arguments[0]))).stem not in _PROGRAMS):
        raise PermissionError(event)


def answer(request: Request, content: bytes, answers: IO[bytes]) -> None:
    """Send what a file gives; whatever its reader does wrong is a sentence about this file."""
    kind = FAILED
    try:
        for outcome in (
            unpack(content, request.name, request.options)
            if request.unpack
            else read_content(content, request.name, request.options, way=request.way)
        ):
            _send(outcome, answers)
    except QuoteArchiveError as error:
        problem = str(error)
        kind = WORDLESS if isinstance(error, WordlessError) else FAILED
    except MemoryError:
        problem = str(BrokenReaderError(request.name, f"it takes more than {limits.MEMORY // 2**30} GiB of memory"))
    except RecursionError:
        problem = str(BrokenReaderError(request.name, "its parts are nested too deeply"))
    except Exception as error:  # noqa: BLE001 - the file is hostile, and its reader a library of others
        problem = str(BrokenReaderError(request.name, f"it is damaged, or of a kind unknown ({type(error).__name__})"))
    else:
        return
    send(answers, kind, problem.encode("utf-8", "backslashreplace"))


def _send(outcome: Reading | Refused | Member, answers: IO[bytes]) -> None:
    if isinstance(outcome, Member):
        send(answers, NAME, outcome.name.encode("utf-8", "backslashreplace"))
        send(answers, CONTENT, outcome.content)
    elif isinstance(outcome, Refused):
        send(answers, REFUSED, msgspec.json.encode(outcome))
    else:
        send(answers, DOCUMENT, msgspec.json.encode(msgspec.structs.replace(outcome, metadata={})))
