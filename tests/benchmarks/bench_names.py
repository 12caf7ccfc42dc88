"""Print how well names are told apart: precision and recall on pairs written down before the comparison.

Run it with: python tests/benchmarks/bench_names.py [--wrong]
"""

import csv
import sys
from pathlib import Path

from quotearchive.names.likeness import CERTAIN_ENOUGH, compare

PAIRS = Path(__file__).parents[1] / "data" / "name-pairs.tsv"


def read_pairs() -> list[tuple[bool, str, str]]:
    """Read the pairs: whether they are one person's, and the two names."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [(row["verdict"] == "same", row["one"], row["other"]) for row in rows]


def score(pairs: list[tuple[bool, str, str]]) -> tuple[float, float]:
    """Return precision and recall, 0..1."""
    proposed = [(is_same, compare(one, other).degree >= CERTAIN_ENOUGH) for is_same, one, other in pairs]
    right = sum(is_same and is_proposed for is_same, is_proposed in proposed)
    return right / sum(each for _, each in proposed), right / sum(is_same for is_same, _ in proposed)


def is_latin(name: str) -> bool:
    """Check whether a name is written in Latin letters."""
    return all(ord(character) < 0x250 or 0x1E00 <= ord(character) < 0x2070 for character in name)


def main() -> None:
    """Print the figures, and with --wrong the pairs that were told wrongly."""
    pairs = read_pairs()
    latin = [pair for pair in pairs if is_latin(pair[1] + pair[2])]
    scripts = [pair for pair in pairs if pair not in latin]
    for title, chosen in (("all", pairs), ("Latin letters", latin), ("other scripts", scripts)):
        precision, recall = score(chosen)
        print(f"{title:14} {len(chosen):4} pairs  precision {precision:.3f}  recall {recall:.3f}")
    if "--wrong" in sys.argv:
        for is_same, one, other in pairs:
            likeness = compare(one, other)
            if is_same != (likeness.degree >= CERTAIN_ENOUGH):
                print("missed  " if is_same else "mistaken", one, "|", other, likeness)


if __name__ == "__main__":
    main()
