"""What reading costs: against the bare libraries, through the gate, on all cores, and in memory.

Each figure is the computing of a process that begins with nothing loaded, so that loading counts on both sides alike.

    python -m tests.benchmarks.bench_files [FOLDER] [COUNT]

FOLDER holds files of any kinds; without it some are made. They are taken in turn until there are COUNT (1,000).
"""

import contextlib
import functools
import importlib
import io
import os
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Self

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import File, Options, read_files
from quotearchive.readers.formats import SUFFIXES
from quotearchive.readers.isolation.batches import cores
from quotearchive.readers.reading import read_content

#: Files of a kind that are read to compare it with its library, and how often; the least counts.
AT_LEAST: Final = 40
REPEATS: Final = 2

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


def _page(content: bytes) -> object:
    trafilatura = importlib.import_module("trafilatura")
    return trafilatura.bare_extraction(content.decode("utf-8", "replace"), with_metadata=True)


def _pdf(content: bytes) -> object:
    pdf = importlib.import_module("pypdfium2").PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in pdf]


def _package(content: bytes) -> object:
    etree = importlib.import_module("lxml.etree")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [each for each in archive.namelist() if each.endswith(_WORDED)]
        parser = etree.XMLParser(recover=True, resolve_entities=False)
        return ["".join(etree.fromstring(archive.read(each), parser).itertext()) for each in names]


def _xml(content: bytes) -> object:
    return "".join(importlib.import_module("lxml.etree").fromstring(content).itertext())


def _rtf(content: bytes) -> object:
    return importlib.import_module("striprtf.striprtf").rtf_to_text(content.decode("latin-1"), errors="ignore")


def _mail(content: bytes) -> object:
    email = importlib.import_module("email")
    message = email.message_from_bytes(content, policy=importlib.import_module("email.policy").default)
    bodies = [each for each in message.walk() if each.get_content_maintype() == "text"]
    return [message.items(), *(each.get_content() for each in bodies)]


def _mailbox(content: bytes) -> object:
    return [_mail(each) for each in content.split(b"\nFrom ")]


def _outlook(content: bytes) -> object:
    return importlib.import_module("oxmsg").Message.load(io.BytesIO(content)).body


def _warc(content: bytes) -> object:
    records = importlib.import_module("warcio.archiveiterator").ArchiveIterator(io.BytesIO(content))
    bodies = ((each.rec_type, each.content_stream().read()) for each in records)
    return [_page(body) for kind, body in bodies if kind == "response" and b"<html" in body[:9_999].lower()]


#: Members of packages that hold words.
_WORDED: Final = ("word/document.xml", "word/footnotes.xml", "content.xml", ".xhtml", ".html", ".htm")

#: By suffix, what the library does that a reader stands on, and no more.
BARE: Final[Mapping[str, tuple[str, Callable[[bytes], object]]]] = {
    ".html": ("trafilatura", _page),
    ".htm": ("trafilatura", _page),
    ".pdf": ("pypdfium2", _pdf),
    ".docx": ("zipfile, lxml", _package),
    ".odt": ("zipfile, lxml", _package),
    ".epub": ("zipfile, lxml", _package),
    ".xml": ("lxml", _xml),
    ".rtf": ("striprtf", _rtf),
    ".eml": ("email", _mail),
    ".mbox": ("email", _mailbox),
    ".msg": ("python-oxmsg", _outlook),
    ".gz": ("warcio, trafilatura", _warc),
    ".warc": ("warcio, trafilatura", _warc),
}


def bare(files: Iterable[File]) -> int:
    """Read files with the libraries alone; return how many could be."""
    done = 0
    for file in files:
        content = file.source.read_bytes() if isinstance(file.source, Path) else file.source
        with contextlib.suppress(Exception):  # a file that the library alone can't read
            BARE[Path(file.name).suffix.lower()][1](content)
            done += 1
    return done


def anew(read: Callable[[], object]) -> float:
    """Return the computing of a process that is divided from this one, does this, and ends, children included."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            read()
            code = 0
        finally:
            os._exit(code)
    _, status, used = os.wait4(pid, 0)
    if status:
        failed = "A run has failed."
        raise SystemExit(failed)
    return used.ru_utime + used.ru_stime


def table(files: list[File]) -> None:
    """Print by kind what reading costs against the library alone, and all kinds together."""
    by_kind: dict[str, list[File]] = {}
    for file in files:
        by_kind.setdefault(Path(file.name).suffix.lower(), []).append(file)
    kinds = [(kind, (some * (AT_LEAST // len(some) + 1))[: max(AT_LEAST, len(some))]) for kind, some in by_kind.items()]
    known = [(kind, some) for kind, some in sorted(kinds) if kind in BARE]
    rows = [*known, ("all", [file for _, some in known for file in some])]
    print("kind    files  library              alone     ours          one process    all processes")
    for kind, some in rows:
        ways: tuple[Callable[[], object], ...] = (
            functools.partial(bare, some),
            functools.partial(in_this_process, some),
            functools.partial(through_the_gate, some, 1),
            functools.partial(through_the_gate, some, cores()),
        )
        alone, *ours = (min(anew(way) for _ in range(REPEATS)) for way in ways)
        library = BARE[kind][0] if kind in BARE else ""
        times = "".join(f"{each:8.2f} s {each / alone:4.2f}" for each in ours)
        print(f"{kind:7} {len(some):5}  {library:20} {alone:5.2f} s{times}", flush=True)


class Memory:
    """Looks at this process and those below it until it is stopped (Linux).

    Attributes:
        most: The most bytes that they had in memory together.
        looks: How often it looked.
        wanted: The threads that were computing or wished to, of all looks; others on the machine may be in their way.
    """

    def __init__(self) -> None:
        self.most = self.wanted = 0
        self.looks = 1
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
            below = list(_below(os.getpid()))
            self.most = max(self.most, _resident(os.getpid()) + sum(map(_resident, below)))
            self.wanted += min(cores(), sum(map(_computing, below)))
            self.looks += 1


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that ended meanwhile
            for each in map(int, task.read_text(encoding="ascii").split()):
                yield each
                yield from _below(each)


def _computing(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "R"
    except OSError:
        return False


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
    table(files)
    many = (files * (count // len(files) + 1))[:count]
    begun, computed = time.perf_counter(), computing()
    with Memory() as memory:
        documents = through_the_gate(many, cores())
    took, computed = time.perf_counter() - begun, computing() - computed
    print(
        f"{count:,} files, {documents:,} documents: {took:.1f} s; {computed / took:.2f} of {cores()} processors busy,"
        f" {memory.wanted / memory.looks:.2f} wanted; at most {memory.most / 2**20:.0f} MiB in all processes"
    )


if __name__ == "__main__":
    main()
