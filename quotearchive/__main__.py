"""Run the command line: `python -m quotearchive`."""

import contextlib
import gc
import io
import os
import sys
from typing import Final

from quotearchive.cli import main as run

__all__ = ["main"]

#: Objects that may be made before garbage is collected; importing makes many, none of them garbage.
_GARBAGE: Final = 50_000


def main() -> None:
    """Run a command, and end the process as soon as it is done.

    Only the two streams are open then. Collecting all that was imported as garbage, piece by piece, would take
    a third of the time of a search.
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
    """Open streams that are closed, and let every stream carry every letter, if need be as its escape.

    Otherwise the next files to be opened would get the numbers of closed streams. Input from such a stream is
    empty, remarks go nowhere, and writing a result fails.
    """
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - open until the end
    sys.stdout = sys.stdout or open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in {"strict", "surrogateescape"}:
            stream.reconfigure(errors="backslashreplace")


def _leave(code: int) -> None:
    """End the process; failures to write have been reported by now."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
