"""Ratios of commands that read to a search in the same minute, and the memory they take at most.

    python -m tests.benchmarks.bench_reading [QUOTES]

Each command is a new process, whose processor time is counted, and takes turns with the search. Whatever it shows,
it should cost at most 1.5 searches and 60 MiB: what reads asks the index, and never the archive itself.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from tests.benchmarks import archives

#: Times that each command is run; the median is taken.
TIMES: Final = 7

#: What a command may cost: times a search, and MiB.
MOST: Final = 1.5
MEMORY: Final = 60

SEARCH: Final = ("search", "prison")

#: Runs a command and prints what it used, which `resource` knows of all children of a process together.
MEASURE: Final = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "quotearchive", *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""


class Used(NamedTuple):
    """What a command used: processor time in seconds, and memory in MiB."""

    seconds: float
    memory: float


def commands(archive: Path) -> dict[str, tuple[str, ...]]:
    """Return what is measured, with names that the archive has."""
    content = json.loads(archive.read_bytes())
    number = str(len(content["documents"]) // 2)
    document = content["documents"][number]
    quote = content["quotes"][str(len(content["quotes"]) // 2)]
    return {
        "search": SEARCH,
        "list": ("list",),
        "list --kind": ("list", "--kind", "letter"),
        "list --from --to": ("list", "--from", document["authors"][0].split()[0], "--to", "a"),
        "list --kind --sort --reverse": ("list", "--kind", "letter", "--sort", "document", "--reverse"),
        "show DOC": ("show", document["slug"]),
        "show N": ("show", str(len(content["quotes"]) // 2)),
        "show N-M": ("show", "12-19"),
        "speakers": ("speakers",),
        "speakers show": ("speakers", "show", quote["speaker"]),
        "topics": ("topics",),
        "export --document": ("export", "--document", number),
        "export of a few hits": ("export", "prison", "id:1..500"),
        "quote DOC --detect": ("quote", document["slug"], "--detect"),
    }


def measure(archive: Path, command: tuple[str, ...], environment: dict[str, str]) -> Used:
    """Run a command once."""
    whole = [sys.executable, "-c", MEASURE, "-a", str(archive), *command]
    done = subprocess.run(whole, env=environment, check=True, capture_output=True, text=True)
    seconds, memory = map(float, done.stdout.split())
    return Used(seconds, memory)


def main() -> None:
    """Print each command's ratio and memory."""
    quotes = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.json"
        archives.make(archive, quotes)
        environment = {**os.environ, "QUOTEARCHIVE_CACHE": f"{folder}/caches", "COLUMNS": "80"}
        measure(archive, SEARCH, environment)
        print(f"{quotes:,} quotes, {archive.stat().st_size / 1e6:.0f} MB; at most {MOST} searches and {MEMORY} MiB")
        for name, command in commands(archive).items():
            turns = [
                (measure(archive, command, environment), measure(archive, SEARCH, environment)) for _ in range(TIMES)
            ]
            own, search = (statistics.median(each.seconds for each in side) for side in zip(*turns, strict=True))
            memory = max(used.memory for used, _ in turns)
            print(f"  {name:30} {own / search:6.2f} x search {memory:6.0f} MiB {own:6.2f} s")


if __name__ == "__main__":
    main()
