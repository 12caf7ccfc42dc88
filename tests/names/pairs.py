"""Pairs of names with the verdict of people: `data/name-pairs.tsv`."""

import csv

from tests.conftest import DATA


def read_pairs() -> list[tuple[bool, str, str]]:
    with (DATA / "name-pairs.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["verdict"] == "same", row["one"], row["other"]) for row in csv.DictReader(file, delimiter="\t")]
