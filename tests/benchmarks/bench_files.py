"""What reading through the gate costs: against the readers in one process, on all cores, and in memory.

    python -m tests.benchmarks.bench_files [FOLDER] [COUNT]

FOLDER holds files of any kinds; without it some are made. They are taken in turn until there are COUNT (1,000).
"""

import contextlib
import io
import os
import sys
import threading
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Self

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import File, Options, read_files
from quotearchive.readers.formats import SUFFIXES
from quotearchive.readers.isolation.batches import cores
from quotearchive.readers.reading import read_content

#: Files that are compared, when as many as one wants would take too long.
COMPARED: Final = 120

#: Seconds between two looks at the memory.
LOOK: Final = 0.05

SENTENCE: Final = "The ships lay in the port for nine days, and nobody said when they would leave. "


def made() -> list[File]:
    """Files of several kinds."""
    spaces = " ".join(f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "text"))
    paragraphs = "".join(f"<text:p>{SENTENCE * 5}</text:p>" for _ in range(200))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        body = f"<office:body><office:text>{paragraphs}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    page = f"<html><head><title>The port</title></head><body>{f'<p>{SENTENCE * 5}</p>' * 100}</body></html>"
    rtf = "{\\rtf1\\ansi " + f"{SENTENCE * 5}\\par\n" * 200 + "}"
    mail = f"Message-ID: <1@example.org>\nFrom: a@example.org\nSubject: The port\n\n{SENTENCE * 40}\n"
    return [
        File(packed.getvalue(), "a.odt"),
        File(page.encode(), "b.html"),
        File(rtf.encode(), "c.rtf"),
        File(mail.encode(), "d.eml"),
        File((SENTENCE * 50).encode(), "e.txt"),
    ]


def found(folder: Path) -> list[File]:
    """The files of a folder that are of formats that are read, without scans, which another program reads."""
    scans = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".json")
    kept = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.lower().endswith(scans))
    return [File(path, path.name) for path in kept if path.name.lower().endswith(SUFFIXES)]


def in_this_process(files: Iterable[File]) -> int:
    """Read files one after another with nothing between."""
    documents = 0
    for file in files:
        content = file.source.read_bytes() if isinstance(file.source, Path) else file.source
        try:
            documents += len(read_content(content, file.name, Options()))
        except QuoteArchiveError:
            continue
    return documents


def through_the_gate(files: Iterable[File], workers: int) -> int:
    results = read_files(files, Options(), workers=workers)
    return sum(len(each) for each in results if not isinstance(each, QuoteArchiveError))


def computing() -> float:
    """Return the seconds that this process and its ended children have computed: others on the machine don't count."""
    return sum(os.times()[:4])


class Memory:
    """Looks at the memory of this process and its children until it is stopped (Linux)."""

    def __init__(self) -> None:
        self.most = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(LOOK):
            self.most = max(self.most, sum(map(_resident, [os.getpid(), *_children()])))


def _children() -> list[int]:
    found: list[int] = []
    for task in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that ended meanwhile
            found += map(int, task.read_text(encoding="ascii").split())
    return found


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Print the figures."""
    files = found(Path(sys.argv[1])) if len(sys.argv) > 1 else made()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    some = (files * (COMPARED // len(files) + 1))[: max(COMPARED, len(files))]
    in_this_process(files)  # imports what they need
    begun = computing()
    documents = in_this_process(some)
    alone = computing() - begun
    print(f"{len(some)} files, {documents} documents: {alone:.2f} s of computing in one process, nothing between")
    for workers in sorted({1, cores()}):
        begun = computing()
        through_the_gate(some, workers)
        took = computing() - begun
        print(f"  through the gate, {workers} at a time: {took:.2f} s, {took / alone:.2f} times that, starts included")
    many = (files * (count // len(files) + 1))[:count]
    begun, computed = time.perf_counter(), computing()
    with Memory() as memory:
        documents = through_the_gate(many, cores())
    took, computed = time.perf_counter() - begun, computing() - computed
    print(
        f"{count:,} files, {documents:,} documents: {took:.1f} s; {computed / took:.2f} of {cores()} processors busy;"
        f" at most {memory.most / 2**20:.0f} MiB in all processes"
    )


if __name__ == "__main__":
    main()
