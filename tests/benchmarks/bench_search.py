"""Ratios of searching to what it could cost at least, at three sizes, and how they grow.

    pip install sqlite-utils
    python -m tests.benchmarks.bench_search [SIZE...]

Everything is timed side by side in one run, as medians, by the interpreter that runs this. Each ratio says
how many times longer a command takes than what stands behind it.
"""

import argparse
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests.benchmarks import archives

#: Times that each command is run; the median is taken.
TIMES: Final = 11

#: The same for what reads an archive whole.
FEW: Final = 5

#: Bytes from which an archive is large.
LARGE: Final = 10**7

SIZES: Final = (1_000, 10_000, 100_000)

#: Commands that only read, and the greatest ratio that is allowed for each.
COMMANDS: Final[Mapping[str, Sequence[str]]] = {
    "search WORD": ("search", "prison"),
    "search 'COMMON WORD'": ("search", "the"),
    "search PHRASE speaker:x": ("search", '"of the" speaker:a'),
    "search CJK": ("search", "社会"),
    "list": ("list",),
    "speakers": ("speakers",),
}

#: Prints rows as the commands do, with nothing else to do. What it imports is what they can't do without.
LEAST: Final = """
import json, sys
import click, rich.table, rich.console, sqlite3
columns, rows = json.load(open(sys.argv[1], encoding="utf-8"))
table = rich.table.Table(box=rich.table.box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
table.expand = columns[1] == "Quote"
for column in columns:
    table.add_column(column, overflow="fold", ratio=None if column == "#" else 4 if column == "Quote" else 2)
for row in rows:
    table.add_row(*row)
rich.console.Console(markup=False, emoji=False, highlight=False).print(table)
"""

Timed = Callable[[], object]


def medians(tasks: Mapping[str, Timed], times: int) -> dict[str, float]:
    """Run tasks in turn, so that whatever else the machine does slows all of them alike.

    What is counted is the processor time of the processes that a task starts, which is what a machine with
    nothing else to do makes of it.
    """
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(times):
        for name, task in tasks.items():
            start = _spent()
            task()
            taken[name].append(_spent() - start)
    return {name: statistics.median(each) for name, each in taken.items()}


def walls(tasks: Mapping[str, Timed], times: int) -> dict[str, float]:
    """Do the same with the time on the clock, for tasks that wait for the disk."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(times):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in taken.items()}


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Bench:
    """One archive in a folder of its own, with all that is compared.

    Args:
        folder: An empty folder.
        quotes: How many quotes the archive has.
    """

    def __init__(self, folder: Path, quotes: int) -> None:
        self._folder = folder
        self._archive = folder / "archive.json"
        self._caches = folder / "caches"
        archives.make(self._archive, quotes)
        (folder / "least.py").write_text(LEAST, encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run a command on the archive."""
        command = [sys.executable, "-m", "quotearchive", "-a", str(self._archive), *arguments]
        done = subprocess.run(command, env=self._environment, check=True, capture_output=True, text=True)
        return done.stdout

    @property
    def _environment(self) -> dict[str, str]:
        known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**known, "QUOTEARCHIVE_CACHE": str(self._caches), "COLUMNS": "80"}

    def compare_reading(self) -> dict[str, dict[str, float]]:
        """Return the ratios of commands that read to printing the same rows, and to sqlite-utils."""
        self._make_peer()
        tasks: dict[str, Timed] = {"peer": self._peer}
        for name, command in COMMANDS.items():
            rows = self._folder / f"{len(tasks)}.json"
            rows.write_text(json.dumps(self._rows(command)), encoding="utf-8")
            tasks[name] = lambda command=command: self.run(*command)  # type: ignore[misc]
            tasks[f"least {name}"] = lambda rows=rows: self._least(rows)  # type: ignore[misc]
        taken = medians(tasks, TIMES)
        return {
            name: {
                "least": taken[name] / taken[f"least {name}"],
                "sqlite-utils": taken[name] / taken["peer"],
                "taken": taken[name],
            }
            for name in COMMANDS
        }

    def compare_keeping(self) -> dict[str, float]:
        """Return the ratios of bringing the index up to date, of making it, and of adding one quote."""
        self.run("search", "prison")
        times = FEW if self._archive.stat().st_size > LARGE else TIMES
        taken = medians({"json.load": self._load, "changed": self._search_changed}, times)
        made = medians({"json.load": self._load, "made": self._make_index}, FEW)
        quote = ("quote", "1", "--span", "0:40", "--speaker", "Somebody")
        written = walls(
            {
                "copy": self._copy,
                "add": lambda: self.run(*quote),
                "add, no index": lambda: self._bare(*quote),
            },
            times,
        )
        return {
            "first search after a change / json.load": taken["changed"] / taken["json.load"],
            "making the index / json.load": made["made"] / made["json.load"],
            "adding a quote / copying with fsync": written["add"] / written["copy"],
            "the same without an index": written["add, no index"] / written["copy"],
        }

    def memory(self) -> float:
        """Return the greatest memory of a search in MiB."""
        self.run("search", "the")
        code = (
            "import os, resource, subprocess, sys;"
            "subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        search = ("-m", "quotearchive", "-a", str(self._archive), "search", "the")
        command = [sys.executable, "-c", code, *search]
        done = subprocess.run(command, env=self._environment, check=True, capture_output=True, text=True)
        return int(done.stdout) / (2**20 if sys.platform == "darwin" else 2**10)

    def _rows(self, command: Sequence[str]) -> tuple[list[str], list[list[str]]]:
        """Return what a command prints as columns and rows of plain words."""
        found: list[dict[str, Any]] = json.loads(self.run(*command, "--json", "--limit", "20"))
        if command[0] == "search":
            rows = [
                [
                    str(each["id"]),
                    each["text"],
                    "\n".join([each["speaker"] or "", *each["topics"]]),
                    "\n".join([each["title"], "Publisher", "2021-02-12"]),
                ]
                for each in found
            ]
            return ["#", "Quote", "Speaker · topics", "Source"], rows
        names = list(COLUMNS[command[0]])
        return names, [[str(each[name]) for name in COLUMNS[command[0]].values()] for each in found]

    def _least(self, rows: Path) -> None:
        command = [sys.executable, str(self._folder / "least.py"), str(rows)]
        subprocess.run(command, env=self._environment, check=True, stdout=subprocess.DEVNULL)

    def _make_peer(self) -> None:
        """Put the same quotes into a database as a user of sqlite-utils would."""
        quotes = json.loads(self._archive.read_bytes())["quotes"]
        with sqlite3.connect(self._folder / "peer.db") as database:
            database.execute("CREATE TABLE quotes (id INTEGER PRIMARY KEY, speaker TEXT, text TEXT)")
            rows = ((int(n), each["speaker"], each["passages"][0]["exact"]) for n, each in quotes.items())
            database.executemany("INSERT INTO quotes VALUES (?, ?, ?)", rows)
        database.close()
        self._sqlite_utils("enable-fts", "quotes", "text")

    def _peer(self) -> None:
        self._sqlite_utils("search", "quotes", "prison", "--limit", "20", "--table")

    def _sqlite_utils(self, command: str, *arguments: str) -> None:
        whole = [sys.executable, "-m", "sqlite_utils", command, str(self._folder / "peer.db"), *arguments]
        subprocess.run(whole, env=self._environment, check=True, stdout=subprocess.DEVNULL)

    def _load(self) -> None:
        code = "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"
        subprocess.run([sys.executable, "-c", code, str(self._archive)], check=True)

    def _search_changed(self) -> None:
        """Search after another program changed one record, whose time is not counted."""
        content = self._archive.read_bytes()
        place = content.index(b'0Z"', len(content) // 2) - 1  # the seconds of when it was stored
        other = b"1" if content[place : place + 1] == b"0" else b"0"
        self._archive.write_bytes(content[:place] + other + content[place + 1 :])
        self.run("search", "prison")

    def _make_index(self) -> None:
        shutil.rmtree(self._caches)
        self.run("search", "prison")

    def _bare(self, *arguments: str) -> None:
        """Run a command that keeps no index."""
        command = [sys.executable, "-m", "quotearchive", "-a", str(self._archive), *arguments]
        environment = {**self._environment, "QUOTEARCHIVE_CACHE": ""}
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)

    def _copy(self) -> None:
        with (self._folder / "copy").open("wb") as copy:
            copy.write(self._archive.read_bytes())
            copy.flush()
            os.fsync(copy.fileno())


#: The columns of other commands, and the keys of their JSON.
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "list": {
        "#": "id",
        "Document": "slug",
        "Title": "title",
        "Kind": "kind",
        "Date": "date",
        "Quotes": "quotes",
    },
    "speakers": {"Speaker": "name", "Quotes": "quotes", "First": "first", "Last": "last"},
}


def main() -> None:
    """Print all ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, metavar="SIZE")
    sizes = parser.parse_args().sizes
    taken: dict[int, dict[str, float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder), size)
            bench.run("search", "prison")
            print(f"\n{size:,} quotes, {(Path(folder) / 'archive.json').stat().st_size / 1e6:.0f} MB")
            reading = bench.compare_reading()
            taken[size] = {name: each["taken"] for name, each in reading.items()}
            for name, each in reading.items():
                print(f"  {name:40} {each['least']:6.2f} x least {each['sqlite-utils']:6.2f} x sqlite-utils")
            for name, ratio in bench.compare_keeping().items():
                print(f"  {name:40} {ratio:6.2f}")
            print(f"  {'memory of a search, MiB':40} {bench.memory():6.0f}")
    if len(taken) > 1:
        first, last = taken[min(taken)], taken[max(taken)]
        print(f"\ngrowth from {min(taken):,} to {max(taken):,} quotes")
        for name in COMMANDS:
            print(f"  {name:40} {last[name] / first[name]:6.2f}")


if __name__ == "__main__":
    main()
