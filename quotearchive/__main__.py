"""Run the command line: `python -m quotearchive`."""

import contextlib
import gc
import io
import os
import sys
from typing import Final

from quotearchive.cli import main as run

__all__ = ["main"]

#: Objects that are made before garbage is looked for; importing makes many, and none of them is garbage.
_GARBAGE: Final = 50_000


def main() -> None:
    """Run a command, and leave at once when it is done.

    Nothing is open then but the two streams. Looking for garbage among all that was imported, and freeing it
    piece by piece, would take a third of the time of a search.
    """
    gc.set_threshold(_GARBAGE)
    _prepare_streams()
    try:
        run(prog_name="quotearchive")
    except SystemExit as ended:
        if isinstance(ended.code, int):
            _leave(ended.code)
        raise


def _prepare_streams() -> None:
    """Open streams that are closed, and let every stream carry every letter, as its escape if need be.

    The places of closed streams would go to the next files that are opened. What is read from such a stream is
    empty, remarks are not seen, and a result fails to be written.
    """
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - open to the end
    sys.stdout = sys.stdout or open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in {"strict", "surrogateescape"}:
            stream.reconfigure(errors="backslashreplace")


def _leave(code: int) -> None:
    """End the process; what could not be written was said already."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
