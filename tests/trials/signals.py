"""Interrupt a change at its system calls: python -m tests.trials.signals [COUNT] [--seed N] [--only CASE]."""

import random
import signal
import sys
from pathlib import Path

from .calls import Bench
from .trial import Seen, run

#: The exit code that promises that nothing was changed.
INTERRUPTED = 130


class Signals:
    """Interrupt a change at one of its system calls; it exits 130 exactly if nothing was changed."""

    def __init__(self, folder: Path) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda *_: sys.exit(1))  # whatever was ignored here is not ignored by commands
        self.bench = Bench(folder, ("quote", "add"))
        self.plan = [(call, each) for call in self.bench.plan for each in ("INT", "TERM", "HUP")]
        random.Random(0).shuffle(self.plan)

    def attempt(self, number: int, dice: random.Random, seen: Seen) -> None:
        """Interrupt it at the call whose turn it is."""
        _ = dice
        if number >= len(self.plan):
            return
        call, name = self.plan[number]
        ran = self.bench.inject(call, f"signal={name}", seen)
        is_new = self.bench.judge(call.command, seen)
        if ran.fault and "/quotearchive/" not in ran.err:
            seen.note("before the program began")
            return
        seen.check_calm(ran)
        seen.note(f"exit {ran.code} of SIG{name}")
        is_interrupted = ran.code in (INTERRUPTED, 128 + signal.Signals[f"SIG{name}"])
        seen.check(not (is_interrupted and is_new), f"exit {ran.code} though the change is there")
        seen.check(ran.code != 0 or is_new is True, "exit 0 though nothing was changed")
        is_killed = ran.code == -signal.Signals[f"SIG{name}"] and name != "INT"
        seen.check(is_interrupted or is_killed or ran.code == 0, f"exit {ran.code} of SIG{name}")


if __name__ == "__main__":
    run(Signals, "signal injection", 300)
