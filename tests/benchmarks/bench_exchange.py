"""What it costs to take an archive away and to bring it back, beside `json.load` of the archive.

    python tests/benchmarks/bench_exchange.py [QUOTES]

Each command and the script that they are measured against is a new process; processor time and the most
memory that it held are compared, so that a busy machine tells the same.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

MAKER: Final = Path(__file__).parent / "archives.py"

#: What exports and imports are measured against.
LOAD: Final = "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"

COMMAND: Final = (sys.executable, "-m", "quotearchive")

#: How many times `json.load` each export may take, and how many times its memory.
EXPORTS: Final = {"jsonl": 2.0, "csv": 3.0, "markdown": 4.0}
MEMORY: Final = 1.5

#: How many times `json.load` the import of what was exported may take.
IMPORT: Final = 10.0


class Cost(NamedTuple):
    """What a process took: seconds of the processor, and megabytes at its peak."""

    seconds: float
    megabytes: float


def cost(*command: object) -> Cost:
    """Run a command and give what it took."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, str(command))
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(folder: Path, quotes: int) -> None:
    """Make an archive, export it, import it, and print a line for each."""
    archive, lines = folder / "archive.json", folder / "file.jsonl"
    subprocess.run([sys.executable, MAKER, archive, str(quotes)], check=True)
    load = min(cost(sys.executable, "-c", LOAD, archive) for _ in range(3))
    print(f"json.load of {archive.stat().st_size / 1e6:.0f} MB: {load.seconds:.2f} s, {load.megabytes:.0f} MB")
    for name, aim in EXPORTS.items():
        taken = cost(*COMMAND, "-a", archive, "export", "--format", name, "--output", folder / f"file.{name}")
        told(f"export {name}", taken, load, f"aim: {aim:g}, memory {MEMORY:g}")
    taken = cost(*COMMAND, "-a", folder / "new.json", "import", lines)
    told("import jsonl", taken, load, f"aim: {IMPORT:g}")
    cost(*COMMAND, "-a", folder / "new.json", "export", "--format", "jsonl", "--output", folder / "again.jsonl")
    is_same = lines.read_bytes() == (folder / "again.jsonl").read_bytes()
    print(f"exported again: {'the same bytes' if is_same else 'OTHER BYTES'}")


def told(name: str, taken: Cost, load: Cost, aims: str) -> None:
    """Print what something took as ratios."""
    time, memory = taken.seconds / load.seconds, taken.megabytes / load.megabytes
    print(f"{name:16} {time:5.2f} times the time, {memory:5.2f} times the memory ({aims})")


def main() -> None:
    """Measure in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)


if __name__ == "__main__":
    main()
