"""Print what adding a quote and verifying cost, as ratios to work on the same file in the same minute.

Run it with: python -m tests.benchmarks.bench_store [QUOTES ...]

Adding one quote is compared with copying the archive with fsync and with an insert through TinyDB's own
storage; verifying, with reading the file twice as TinyDB reads it. The last line says how the time of
reading a hostile archive grows when the archive doubles.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tinydb import TinyDB

from quotearchive.archive import verification
from quotearchive.archive.archive import Archive
from quotearchive.archive.quotes import Wording, quote
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change
from tests.benchmarks.archives import make

CHANGE = Change(when="2026-01-05T09:30:00Z", command="quote en-1 --span 0:20", by="me")

#: How often each is run; the median is printed.
ROUNDS = 7


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def copy(path: Path) -> None:
    """Copy a file and wait until it is on the disk."""
    with path.open("rb") as source, path.with_suffix(".copy").open("wb") as target:
        target.write(source.read())
        target.flush()
        os.fsync(target.fileno())


def add_quote(path: Path) -> None:
    """Add one quote as the command does, but for starting Python."""
    quote(Archive(path), "1", Wording(spans=((0, 20),)), {"speaker": "A"}, change=CHANGE)


def insert(path: Path) -> None:
    """Add one record through TinyDB's own storage."""
    with TinyDB(path, encoding="utf-8", ensure_ascii=False) as database:
        database.table("quotes").insert({"document": 1, "passages": []})


def read_twice(path: Path) -> None:
    """Read a file twice as TinyDB reads it."""
    for _ in range(2):
        with path.open(encoding="utf-8") as file:
            json.load(file)


def compare(folder: Path, quotes: int) -> None:
    """Print the ratios for an archive of a number of quotes."""
    path, plain = folder / "archive.json", folder / "plain.json"
    make(path, quotes)
    plain.write_bytes(path.read_bytes())
    verify = statistics.median(timed(lambda: verification.verify(Archive(path))) for _ in range(3))
    twice = statistics.median(timed(lambda: read_twice(path)) for _ in range(3))
    copies, adds = [], []
    for _ in range(ROUNDS):  # in turn, so that what else the machine does falls on both
        copies.append(timed(lambda: copy(path)))
        adds.append(timed(lambda: add_quote(path)))
    theirs = timed(lambda: insert(plain))
    ours = statistics.median(adds)
    size = path.stat().st_size / 2**20
    print(
        f"{quotes:7} quotes, {size:6.1f} MB: adding one / copying {ours / statistics.median(copies):6.2f}"
        f"   / TinyDB's insert {ours / theirs:5.2f}   verify / reading twice {verify / twice:5.2f}"
    )


def refuse(path: Path, content: bytes) -> float:
    """Return the seconds until a hostile archive is refused."""
    path.write_bytes(content)

    def read() -> None:
        try:
            list(Archive(path).read().quotes())
        except QuoteArchiveError:
            return

    return min(timed(read) for _ in range(3))


def growth(folder: Path) -> None:
    """Print how the time to refuse hostile archives grows when they double."""
    hostile: dict[str, Callable[[int], bytes]] = {
        "brackets": lambda n: b"[" * n,
        "records twice": lambda n: b'{"quotes":{\n' + b'"1":{},\n' * n + b'"2":{}}}',
        "conflict marks": lambda n: b"<<<<<<< \n=======\n" * n,
        "quotation marks": lambda n: b'{"quotes":{"1":' + b'"' * n,
        "cut off": lambda n: b'{\n"quotes":{\n' + b'"1":{"document":1},\n' * n,
    }
    for name, content in hostile.items():
        once, doubled = (refuse(folder / "hostile.json", content(count)) for count in (1_000_000, 2_000_000))
        print(f"refusing {name}: {doubled / once:4.2f} times the time for twice the size")


def main() -> None:
    """Print the ratios for the sizes that were asked for."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            compare(Path(folder), size)
        growth(Path(folder))


if __name__ == "__main__":
    main()
