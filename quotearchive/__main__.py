"""Run the command line: `python -m quotearchive`."""

import gc
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
    try:
        run(prog_name="quotearchive")
    except SystemExit as ended:
        if isinstance(ended.code, int) and _are_flushed():
            os._exit(ended.code)
        raise


def _are_flushed() -> bool:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main()
