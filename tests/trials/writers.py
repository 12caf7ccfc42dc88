"""Write and read at once: python -m tests.trials.writers [SECONDS] [--seed N]."""

import random
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from .trial import Place, Ran, Seen, arguments, conclude

#: Processes that write, and that read.
WRITERS, READERS = 8, 3

READING: Final = (
    ("search", "prison"),
    ("list",),
    ("verify",),
    ("show", "1"),
    ("export", "--format", "jsonl"),
    ("history",),
)


class Crowd:
    """Let many processes change one archive; what was acknowledged is in its history, and readers meet no half."""

    def __init__(self, folder: Path, seed: int, seconds: float) -> None:
        self.place = Place(folder)
        self.place.furnish()
        self.seed, self.end = seed, time.monotonic() + seconds
        self.seen: list[Seen] = []
        self.acknowledged: Counter[str] = Counter()
        self.snapshots = 0
        self._guard = threading.Lock()

    def work(self) -> None:
        """Let all of them work until the time is over, and judge what they leave."""
        before = len(self.place.tables()["history"])
        with ThreadPoolExecutor(WRITERS + READERS + 1) as pool:
            waits = [pool.submit(self._write, number) for number in range(WRITERS)]
            waits += [pool.submit(self._read, number) for number in range(READERS)]
            waits.append(pool.submit(self._watch))
            for wait in waits:
                wait.result()
        self._judge(before)

    def _write(self, number: int) -> None:
        dice = random.Random(f"{self.seed}-writer-{number}")
        count = 0
        while time.monotonic() < self.end:
            count += 1
            own = self.place.folder / f"letter-{number}-{count}.txt"
            own.write_text(f"Letter {count} of {number}\n\nWe will not be silent. {dice.random()}\n", encoding="utf-8")
            start = dice.randrange(3000)
            words: tuple[str | Path, ...] = dice.choice(
                (
                    ("quote", "1", "--span", f"{start}:{start + 9}"),
                    ("quote", "1", "--span", f"{start}:{start + dice.randrange(1, 60)}", "--speaker", f"S{number}"),
                    ("edit", "1", "--note", f"{number} {count}"),
                    ("edit", "--where", "speaker:khastar", "--note", f"{number} {count}", "--yes"),
                    ("add", own),
                    ("undo",),
                    ("remove", str(dice.randrange(5, 20)), "--yes"),
                )
            )
            self._tell(words, self.place.run("--wait", "60", *words), is_change=True)

    def _read(self, number: int) -> None:
        dice = random.Random(f"{self.seed}-reader-{number}")
        while time.monotonic() < self.end:
            words = dice.choice(READING)
            self._tell(words, self.place.run(*words), is_change=False)

    def _tell(self, words: tuple[str | Path, ...], ran: Ran, *, is_change: bool) -> None:
        seen = Seen()
        seen.what = " ".join(map(str, words))
        seen.note(f"{words[0]} exit {ran.code}")
        seen.check_calm(ran)
        seen.check(ran.code == 0 or (is_change and ran.code in (1, 2)), f"{words[0]} exits {ran.code}: {ran.err[:200]}")
        with self._guard:
            self.seen.append(seen)
            self.acknowledged["changes" if is_change else "reads"] += ran.code == 0

    def _watch(self) -> None:
        """Read the bytes of the file as fast as it goes."""
        while time.monotonic() < self.end:
            seen = Seen()
            try:
                self.place.tables()
            except (OSError, ValueError) as error:
                seen.lost.append(f"a reader met {error!r}")
                self.seen.append(seen)
            self.snapshots += 1
            time.sleep(0.005)

    def _judge(self, before: int) -> None:
        seen = Seen()
        seen.what = "in the end"
        numbers = sorted(map(int, self.place.tables()["history"]))
        changes = len(numbers) - before
        said = f"{self.acknowledged['changes']} changes acknowledged, {changes} in the history"
        seen.notes.update({"acknowledged changes": self.acknowledged["changes"], "raw snapshots": self.snapshots})
        seen.keep(changes >= self.acknowledged["changes"], said)
        seen.check(changes <= self.acknowledged["changes"], said)
        seen.check(numbers == list(range(1, len(numbers) + 1)), "the history has gaps")
        seen.check(self.place.run("verify").code == 0, "verify fails")
        litter = self.place.litter()
        seen.check(not litter, f"litter: {' '.join(sorted(litter))}")
        self.seen.append(seen)


def main() -> None:
    """Let the crowd work for as many seconds as the command line says."""
    asked = arguments(Crowd.__doc__ or "", 60)
    with tempfile.TemporaryDirectory() as folder:
        crowd = Crowd(Path(folder), asked.seed, asked.count)
        crowd.work()
        conclude(f"{WRITERS} writers and {READERS} readers, {asked.count} s", enumerate(crowd.seen))


if __name__ == "__main__":
    main()
