"""How long commands take on the sample archive, as ratios to scripts that do the least that they must.

    python tests/benchmarks/bench_start.py [REPEATS]

Each command and each script is a new process. They take turns, so that what else the machine does falls on
all of them alike; the figures are medians.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

IMPORT = "import click"

TABLE = """
import click, rich.console, rich.table, tinydb
table = rich.table.Table("#", "Quote", "Speaker", "Source")
for number in range(6):
    table.add_row(str(number), "words " * 40, "Hashem Khastar", "Political prisoner pens open letter")
rich.console.Console().print(table)
"""

COMMAND = [sys.executable, "-m", "quotearchive", "-a", str(ROOT / "archive.json")]

RUNS = {
    IMPORT: [sys.executable, "-c", IMPORT],
    "a table": [sys.executable, "-c", TABLE],
    "--version": [*COMMAND, "--version"],
    "search prison": [*COMMAND, "search", "prison"],
    "list": [*COMMAND, "list"],
    "show 2": [*COMMAND, "show", "2"],
}

#: What each command is measured against, and the ratio it should stay below.
AIMS = {
    "--version": (IMPORT, 1.3),
    "search prison": ("a table", 1.5),
    "list": ("a table", 1.5),
    "show 2": ("a table", 1.5),
}


def seconds(command: list[str]) -> float:
    """Measure one run of a command."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print each command's median as a ratio."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    turns = [{name: seconds(command) for name, command in RUNS.items()} for _ in range(repeats)]
    medians = {name: statistics.median(turn[name] for turn in turns) for name in RUNS}
    for name, (against, aim) in AIMS.items():
        print(f"{name:16} {medians[name] / medians[against]:5.2f} times {against!r} (aim: {aim})")


if __name__ == "__main__":
    main()
