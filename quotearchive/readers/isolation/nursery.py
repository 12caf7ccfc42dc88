"""A process that loads readers and divides into those that read, as often as another process wishes.

It reads no file itself, so that nothing hostile ever gets into it; what it divides into takes its limits at its birth.
"""

import contextlib
import gc
import importlib
import os
import signal
import socket
from typing import Final

import msgspec

from quotearchive.readers.isolation import child
from quotearchive.readers.isolation.frames import Birth, Burial

#: Bytes of the longest wish.
_WISH: Final = 2**16


def serve() -> None:
    """Divide, and tell how what was divided into has ended, until nothing more is wished."""
    line = socket.socket(fileno=os.dup(0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    while True:
        content, files, _, _ = socket.recv_fds(line, _WISH, 2)
        if not content:
            return
        wish = msgspec.json.decode(content, type=Birth | Burial)
        answer = _end_of(wish.pid) if isinstance(wish, Burial) else _divide(line, wish.modules, files)
        line.sendall(str(answer).encode())


def _end_of(pid: int) -> int:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:
        return -signal.SIGKILL


def _divide(line: socket.socket, modules: tuple[str, ...], files: list[int]) -> int:
    for module in modules:
        with contextlib.suppress(Exception):  # whoever has a file of this kind is told what is missing
            importlib.import_module(module)
    gc.freeze()  # looking for garbage would write to memory that is shared
    pid = os.fork()
    if pid == 0:
        _read(line, files)
    for file in files:
        os.close(file)
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)
    return pid


def _read(line: socket.socket, files: list[int]) -> None:
    """Become a process that reads, and end as one."""
    code = 1
    try:
        os.setpgid(0, 0)
        line.close()
        for place, file in enumerate(files):
            os.dup2(file, place)
            os.close(file)
        child.serve()
        code = 0
    except SystemExit:
        code = 0
    finally:
        os._exit(code)
