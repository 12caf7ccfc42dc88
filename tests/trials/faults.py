"""Let system calls fail under every kind of change: python -m tests.trials.faults [COUNT] [--seed N] [--only CASE]."""

import random
from pathlib import Path
from typing import Final

from .calls import Bench, Call
from .trial import Ran, Seen, run

ERRORS: Final = ("ENOSPC", "EIO", "EACCES", "EDQUOT", "EINTR")

COMMANDS: Final = ("quote", "add", "undo", "edit", "merge", "import")

#: What a message says that owns up to a change which nobody can be sure of.
OWNED: Final = "was written"


class Faults:
    """Let one system call of a change fail; the archive is the old one or the new one, and the exit code says which."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench(folder, COMMANDS)
        self.plan = [(call, error) for call in self.bench.plan for error in ERRORS]
        random.Random(0).shuffle(self.plan)

    def attempt(self, number: int, dice: random.Random, seen: Seen) -> None:
        """Let the call fail whose turn it is."""
        _ = dice
        if number >= len(self.plan):
            return
        call, error = self.plan[number]
        ran = self.bench.inject(call, f"error={error}", seen)
        is_new = self.bench.judge(call.command, seen)
        seen.check_calm(ran)
        if is_new is not None:
            _check_told(ran, seen, is_new=is_new)
        self._check_litter(call, seen)

    def _check_litter(self, call: Call, seen: Seen) -> None:
        litter = self.bench.litter()
        if litter == {"archive.json.lock"}:
            seen.note("lock left")
        else:
            seen.check(not litter or "unlink" in call.name, "litter")


def _check_told(ran: Ran, seen: Seen, *, is_new: bool) -> None:
    """Check that exit code and message say what became of the change."""
    seen.check(ran.code != 0 or is_new, "exit 0 though nothing was changed")
    seen.check(ran.code == 0 or not is_new or OWNED in ran.err, f"exit {ran.code} though the change is there")
    is_short = len(ran.err.splitlines()) == 1 and "Error: " in ran.err
    seen.check(ran.code == 0 or ran.fault is not None or is_short, "a message of several lines, or none")


if __name__ == "__main__":
    run(Faults, "fault injection", 400)
