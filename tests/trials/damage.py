"""Damage archives: python -m tests.trials.damage [COUNT] [--seed N] [--only CASE]."""

import json
import random
from pathlib import Path
from typing import Final

from .changing import change_bytes, change_tree, dumped
from .trial import OTHER, Place, Seen, run

#: Commands that read or change; FILE is another letter, OTHER another archive, OUT a place for exports.
COMMANDS: Final = """
    list| list --json| show 1| show khaster| show 1 --json| search| search prison| search --documents regime|
    search topic:prison --count speaker| search is:relayed --json| search --sort said| history| history --json|
    stats| verify| verify --json| verify --repair --yes| speakers| speakers duplicates| speakers show khastar| topics|
    topics duplicates| export| export --by topic| export --format json| export --format jsonl| export --format csv|
    export --format qdpx -o OUT| export --format tei| export --format html| export --format obsidian -o OUT|
    export --format bibtex| export --format ris| export --format csl-json| export --format cmif|
    export --format web-annotation| edit 1 --note x| edit 1 --add-topic y| edit khaster --title T|
    edit --where speaker:khastar --note x --yes| quote 1 resign| quote khaster --span 10:30|
    quote 1 regime --within 2 --occurrence 2| add FILE| add --replace 1 FILE --yes| remove 1 --yes|
    remove khaster --yes| undo| undo 2| undo 1| merge OTHER --theirs| merge OTHER --ours| import FILE|
    speakers rename khastar X| speakers merge Khomeini --into Khastar| speakers alias khastar K|
    topics rename prison jail| topics merge elections --into prison| topics remove prison --yes
"""


class Damage:
    """Damage an archive and run three commands on it; whatever they say, it is a sentence."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder)
        self.place.furnish()
        self.good = self.place.archive.read_bytes()
        self.backup = self.place.backup.read_bytes()
        self.file, self.other = folder / "other.txt", folder / "other.json"
        self.file.write_text(OTHER, encoding="utf-8")

    def attempt(self, number: int, dice: random.Random, seen: Seen) -> None:
        """Damage it and run the commands."""
        bad = _damaged(dice, self.good)
        is_other = dice.random() < 0.1
        self.other.write_bytes(bad)
        self.place.archive.write_bytes(self.good if is_other else bad)
        self.place.backup.write_bytes(bad if dice.random() < 0.1 else self.backup)
        names = {"FILE": str(self.file), "OTHER": str(self.other), "OUT": str(self.place.folder / f"out-{number}")}
        for words in map(str.split, dice.sample(COMMANDS.split("|"), 3)):
            seen.what = f"{seen.what} {' '.join(words)},"
            ran = self.place.call(*(names.get(word, word) for word in words))
            seen.note(f"exit {ran.code}")
            seen.check_calm(ran)


def _damaged(dice: random.Random, good: bytes) -> bytes:
    what = dice.randrange(4)
    if what == 0:
        return change_bytes(dice, good)
    if what == 1:
        lines = good.splitlines(keepends=True)
        start = dice.randrange(len(lines))
        lines[start:start] = lines[start : start + dice.choice((1, 2, 5))]
        return b"".join(lines)
    tree = json.loads(good)
    if what == 2:
        tree[dice.choice(list(tree))] = dice.choice(
            (None, [], 3, "x", {"x": {}}, {"1": 3}, {"1": []}, {"0": {}}, {"9" * 30: {}})
        )
        return dumped(tree)
    return dumped(change_tree(dice, tree))


if __name__ == "__main__":
    run(Damage, "damaged archives", 500)
