"""Run the command line: `python -m quotearchive`."""

import gc
import os
import sys
from pathlib import Path
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
    _replace_closed_streams()
    try:
        run(prog_name="quotearchive")
    except SystemExit as ended:
        if isinstance(ended.code, int) and _are_flushed():
            os._exit(ended.code)
        raise


def _replace_closed_streams() -> None:
    """Take empty input, and drop output, where whoever called closed the stream; Python has None there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def _are_flushed() -> bool:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main()
