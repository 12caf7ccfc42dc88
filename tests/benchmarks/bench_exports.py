"""Print what exports cost: time beside reading the archive with `json.load`, and memory.

Run it with: python tests/benchmarks/bench_exports.py [QUOTES [FORMAT...]]

The first ratio is of exporting alone, from values that stream out of the decoded archive; the second has
decoding them in it. Processor time is compared, not the clock, so that a busy machine tells the same. The
memory is what an export holds at its peak beyond the archive's own bytes and values, in megabytes.
"""

import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from quotearchive.exporters import EXPORTERS
from quotearchive.exporters.interface import File, Options
from quotearchive.model import Document, Quote, Selection, in_reading_order

MAKER = Path(__file__).parent / "archives.py"


class Tables(msgspec.Struct):
    """The tables of an archive, undecoded."""

    documents: dict[int, msgspec.Raw]
    quotes: dict[int, msgspec.Raw]


def selections(archive: bytes) -> Iterator[Selection]:
    """Decode an archive document by document."""
    tables = msgspec.json.decode(archive, type=Tables, strict=False)
    quote, document = msgspec.json.Decoder(Quote), msgspec.json.Decoder(Document)
    found: dict[int, list[Quote]] = {}
    for number, record in tables.quotes.items():
        decoded = msgspec.structs.replace(quote.decode(record), id=number)
        found.setdefault(decoded.document, []).append(decoded)
    for number, record in tables.documents.items():
        chosen = tuple(in_reading_order(found.get(number, [])))
        yield Selection(document=msgspec.structs.replace(document.decode(record), id=number), quotes=chosen)


def cost(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that something takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def size(name: str, found: Iterable[Selection]) -> int:
    """Export to nowhere, and give the size in bytes."""
    pieces = EXPORTERS[name].export(found, Options(made="2021-03-05T12:00:00Z", template="{{ title }}"))
    written = (piece.content if isinstance(piece, File) else piece for piece in pieces)
    return sum(len(piece if isinstance(piece, bytes) else piece.encode()) for piece in written)


def peak(name: str, found: Iterable[Selection]) -> int:
    """Return the most memory in bytes that an export holds at once."""
    tracemalloc.start()
    size(name, found)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def main() -> None:
    """Make an archive and print a line for each format."""
    quotes, *names = [*sys.argv[1:]] or ["100000"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "archive.json")
        subprocess.run([sys.executable, MAKER, path, quotes], check=True)
        archive = path.read_bytes()
    loading = cost(lambda: json.loads(archive))
    decoding = cost(lambda: sum(1 for _ in selections(archive)))
    print(f"archive {len(archive) / 1e6:.0f} MB, json.load {loading:.2f} s, decoding {decoding:.2f} s")
    values: list[Any] = list(selections(archive))
    for name in names or EXPORTERS:
        exporting = cost(lambda name=name: size(name, iter(values)))  # type: ignore[misc]
        report = f"{name:15} {exporting / loading:6.2f}  {(exporting + decoding) / loading:6.2f}"
        print(f"{report}  {size(name, values) / 1e6:7.1f} MB  memory {peak(name, values) / 1e6:7.1f} MB")


if __name__ == "__main__":
    main()
