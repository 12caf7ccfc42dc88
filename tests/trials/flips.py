"""Flip single bits of an archive: python -m tests.trials.flips [COUNT] [--seed N] [--only CASE]."""

import json
import random
from pathlib import Path
from typing import Final

from .trial import QUOTES, Place, Seen, run

READING: Final = (("list",), ("show", "1"), ("show", "khaster"), ("search", "prison"), ("export", "--format", "jsonl"))


class Flips:
    """Flip one bit of an archive; verify sees it, nothing ends in a traceback, and the good backup stays."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder)
        self.place.furnish()
        self.good = self.place.archive.read_bytes()
        self.backup = self.place.backup.read_bytes()

    def attempt(self, number: int, dice: random.Random, seen: Seen) -> None:
        """Flip a bit, verify, read, write and repair."""
        _ = number
        place, spot, bit = self.place, dice.randrange(len(self.good)), dice.randrange(8)
        bad = bytearray(self.good)
        bad[spot] ^= 1 << bit
        seen.what = f"bit {bit} of byte {spot} in {bytes(bad[max(0, spot - 40) : spot + 20])!r}"
        place.archive.write_bytes(bad)
        place.backup.write_bytes(self.backup)
        verified = place.call("verify")
        seen.check_calm(verified)
        seen.check(verified.code != 0, "not seen by verify")
        for words in READING:
            seen.check_calm(place.call(*words))
        self._write(bytes(bad), seen)

    def _write(self, bad: bytes, seen: Seen) -> None:
        """Change another record; what is damaged is not written over, and can be repaired whole."""
        place = self.place
        ran = place.call("edit", "2", "--note", "Second")
        seen.check_calm(ran)
        if _is_whole(bad):
            seen.note("still JSON, written over" if ran.code == 0 else "still JSON, refused")
            return
        seen.note("no longer JSON")
        seen.check(ran.code != 0, "a writer takes a damaged archive")
        seen.keep(ran.code == 0 or place.archive.read_bytes() == bad, "a writer that refuses changed the archive")
        seen.keep(place.backup.read_bytes() == self.backup, "the backup is rotated out")
        seen.check_calm(place.call("verify", "--repair", "--yes"))
        tables = place.tables()
        found = len(tables.get("documents", ())), len(tables.get("quotes", ()))
        seen.keep(found == (1, len(QUOTES)), "documents or quotes are gone after a repair")


def _is_whole(content: bytes) -> bool:
    try:
        json.loads(content.decode())
    except ValueError:
        return False
    return True


if __name__ == "__main__":
    run(Flips, "single-bit flips", 400)
