"""Kill changes at their system calls: python -m tests.trials.kills [COUNT] [--seed N] [--only CASE]."""

import random
from pathlib import Path

from .calls import Bench
from .faults import COMMANDS
from .trial import Seen, run


class Kills:
    """Kill a change at one of its system calls; the next commands work, and nothing is lost."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench(folder, COMMANDS)
        self.plan = self.bench.plan
        random.Random(0).shuffle(self.plan)

    def attempt(self, number: int, dice: random.Random, seen: Seen) -> None:
        """Kill it at the call whose turn it is."""
        _ = dice
        if number >= len(self.plan):
            return
        call = self.plan[number]
        self.bench.inject(call, "signal=KILL", seen)
        self.bench.judge(call.command, seen)
        for words in (("verify",), ("quote", "1", "resign immediately"), ("search", "resign")):
            ran = self.bench.place.call(*words)
            seen.check_calm(ran)
            seen.check(ran.code == 0, f"then {words[0]} exits {ran.code}")
        seen.check(self.bench.change("add").code == 0, "then add fails")
        seen.check(not self.bench.litter(), "litter after the next changes")


if __name__ == "__main__":
    run(Kills, "kill injection", 150)
