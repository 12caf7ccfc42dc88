"""Show that importing takes time in proportion to the file: the ratio when adversarial input doubles.

Run it with `python -m tests.benchmarks.bench_importers [NAME]`. A ratio near 2 is proportional; near 1, the file is
refused or only looked at in part. The first table gives the time and memory that files take which were made to fill
it, each in a process of its own.
"""

import contextlib
import gc
import io
import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from quotearchive.archive.archive import Archive
from quotearchive.archive.imports import Request, import_file
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change

#: Repetitions in the smaller input.
SIZE: Final = 4_000

CHANGE: Final = Change(when="2026-01-01T00:00:00Z", command="import")

TEXT: Final = "😀 We will not be silent. \r\n"

SCHEMA: Final = """
CREATE TABLE documents (id INTEGER PRIMARY KEY, name, created, contents {});
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id, start_offset, end_offset, snippet);
CREATE TABLE tags (id INTEGER, path);
CREATE TABLE highlight_tags (highlight_id, tag_id);
"""


def project(text: str, *selections: str, name: str = "project.qde") -> bytes:
    """Make a project of one text."""
    sink = io.BytesIO()
    sources = f'<Sources><TextSource guid="t" name="T" plainTextPath="internal://t.txt">{"".join(selections)}'
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, f'<Project xmlns="urn:QDA-XML:project:1.0">{sources}</TextSource></Sources></Project>')
        archive.writestr("sources/t.txt", text)
    return sink.getvalue()


def selections(size: int, step: int = 1) -> list[str]:
    """Mark the word `will` in each line that is a multiple of a step."""
    length = len(TEXT) + 1
    return [
        f'<PlainTextSelection guid="s" startPosition="{place * length + 6}" endPosition="{place * length + 10}"/>'
        for place in range(0, size * step, step)
    ]


def database(html: str, highlights: int, tags: int = 1, computed: str = "") -> bytes:
    """Make a project of Taguette."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA.format(computed))
    if computed:
        connection.execute("INSERT INTO documents (id, name) VALUES (1, 'T')")
    else:
        connection.execute("INSERT INTO documents VALUES (1, 'T', '', ?)", (html,))
    rows = [(number, 1, 5 * number, 5 * number + 4, "word") for number in range(highlights)]
    connection.executemany("INSERT INTO highlights VALUES (?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO tags VALUES (1, ?)", [(f"tag{number}",) for number in range(tags)])
    connection.executemany("INSERT INTO highlight_tags VALUES (1, 1)", [() for _ in range(tags)])
    connection.commit()
    return connection.serialize()


def lines(*records: dict[str, object]) -> bytes:
    """Write records as JSON, one a line."""
    return "\n".join(map(json.dumps, records)).encode()


def letter(number: int, **fields: object) -> dict[str, object]:
    """Make a document of one text."""
    return {"type": "document", "id": number, "slug": f"d{number}", "title": "D", "text": f"Word {number}.", **fields}


def quotes(size: int, **fields: object) -> list[dict[str, object]]:
    """Make quotes of the same words, each with a note of its own."""
    passage = {"start": 0, "end": 4, "exact": "Word"}
    quote = {"type": "quote", "document": "d1", "passages": [passage], **fields}
    return [{**quote, "note": f"Note {number}", "topics": [f"t{number}"]} for number in range(size)]


def clippings(*clipping: str) -> bytes:
    """Write Kindle's clippings."""
    return "\n==========\n".join(["A - B\n- Your Highlight on Location 1-2 | x\n\nWords", *clipping, ""]).encode()


def notes(size: int) -> bytes:
    """Put each highlight into the one before it, and a note into all of them."""
    head = "A (B)\n- Your"
    around = [f"{head} Highlight on Location {number}-{4 * size - number} | x\n\nW" for number in range(size)]
    return clippings(*around, *[f"{head} Note on Location {2 * size} | x\n\nN"] * size)


INPUTS: Final[dict[str, tuple[str, Callable[[int], bytes]]]] = {
    "qdpx, selections": ("qdpx", lambda size: project(TEXT * size, *selections(size))),
    "qdpx, one place": ("qdpx", lambda size: project(TEXT * size, *selections(1) * size)),
    "qdpx, text to be made canonical": (
        "qdpx",
        lambda size: project("e\u0301" * 20 * size, *selections(size, step=1)),
    ),
    "qdpx, wide selections": (
        "qdpx",
        lambda size: project(
            TEXT * size, *['<PlainTextSelection startPosition="0" endPosition="9999"/>'] * (size // 10)
        ),
    ),
    "taguette, highlights": ("taguette", lambda size: database("<p>" + "word " * size + "</p>", size)),
    "taguette, tags of one number": ("taguette", lambda size: database("<p>word</p>", 1, size)),
    "taguette, elements": ("taguette", lambda size: database("<p>word</p>" * 10 * size, 1)),
    "taguette, nested elements": ("taguette", lambda size: database("<div>" * size + "word", 1)),
    "json, quotes of the same words": ("jsonl", lambda size: lines(letter(1), *quotes(size))),
    "json, our quotes of the same words": (
        "jsonl",
        lambda size: lines(letter(1), *({**each, "id": n} for n, each in enumerate(quotes(size), 1))),
    ),
    "json, letters that answer each other": (
        "jsonl",
        lambda size: lines(*(letter(n, replies_to=n % size + 1) for n in range(1, size + 1))),
    ),
    "json, halves of characters": ("json", lambda size: b'[{"a":"' + b"\\ud83d" * 10 * size + b'"}]'),
    "csl-json, items of one title": (
        "csl-json",
        lambda size: json.dumps([{"id": str(n), "title": "D"} for n in range(size)]).encode(),
    ),
    "web-annotation, selectors of one target": (
        "web-annotation",
        lambda size: json.dumps({"target": {"source": "d", "selector": [{"type": "x"}] * 50 * size}}).encode(),
    ),
    "web-annotation, annotations": (
        "web-annotation",
        lambda size: json.dumps(
            [{"target": {"source": "d", "selector": {"type": "TextQuoteSelector", "exact": "words"}}}] * size
        ).encode(),
    ),
    "ris, lines without a tag": ("ris", lambda size: b"TY  - NEWS\nT1  - D\n" + b"more\n" * size + b"ER  - \n"),
    "ris, unknown tags": ("ris", lambda size: b"TY  - NEWS\nT1  - D\n" + b"XX  - more\n" * size + b"ER  - \n"),
    "ris, authors": ("ris", lambda size: b"TY  - NEWS\nT1  - D\n" + b"AU  - more\n" * size + b"ER  - \n"),
    "ris, references": ("ris", lambda size: b"TY  - NEWS\nT1  - D\nER  - \n" * size),
    "csv, rows of the same words": ("csv", lambda size: b"document,text,note\n" + b"d,words,n\n" * size),
    "csv, quotation marks": ("csv", lambda size: b'document,text,note\n"' + b'""' * 10 * size),
    "kindle, tabs in a title": ("kindle", lambda size: clippings("a" + "\t" * 100 * size + "b\n- x\n\nw")),
    "kindle, parentheses in a title": ("kindle", lambda size: clippings("a" + "()(" * 100 * size + "\n- x\n\nw")),
    "kindle, open parentheses in a title": ("kindle", lambda size: clippings("a" + "(" * 100 * size + ")\n- x\n\nw")),
    "kindle, notes in nested highlights": ("kindle", notes),
}

#: Files that were made to fill the memory.
BOMBS: Final[dict[str, Callable[[], bytes]]] = {
    "qdpx, 20 million elements": lambda: project("", "<a/>" * 20_000_000),
    "qdpx, 100,000 selections of all": lambda: project(
        TEXT * 1000, *['<PlainTextSelection startPosition="0" endPosition="27000"/>'] * 100_000
    ),
    "taguette, computed contents": lambda: database("", 1, computed="AS (hex(zeroblob(400000000)))"),
}


def seconds(name: str, content: bytes) -> float:
    """Time one import into an archive of one document, refused or not, without rounds of the garbage collector."""
    with tempfile.TemporaryDirectory() as folder:
        archive, path = Archive(Path(folder) / "archive.json"), Path(folder) / "file"
        path.write_bytes(lines(letter(0, text="D has words.")))
        import_file(archive, Request(path=path, format="jsonl"), change=CHANGE)
        path.write_bytes(content)
        gc.collect()
        gc.disable()
        began = time.process_time()
        with contextlib.suppress(QuoteArchiveError):
            import_file(archive, Request(path=path, format=name), change=CHANGE)
        taken = time.process_time() - began
        gc.enable()
        return taken


def print_growth(only: str) -> None:
    """Print a line an input: its name, the seconds, and the ratio at twice the size."""
    for title, (name, make) in INPUTS.items():
        if only in title:
            once, twice = (min(seconds(name, make(size)) for _ in range(5)) for size in (SIZE, 2 * SIZE))
            print(f"{title:40}{once:8.3f} s   ratio {twice / once:.2f}")


def write_bomb(title: str, path: str) -> None:
    """Make a file; in a process of its own, as a process begins with the memory of the one that starts it."""
    Path(path).write_bytes(BOMBS[title]())


def print_bombs() -> None:
    """Print what each file takes that was made to fill the memory."""
    with tempfile.TemporaryDirectory() as folder:
        for title in BOMBS:
            path = Path(folder) / "file"
            maker = multiprocessing.get_context("spawn").Process(target=write_bomb, args=(title, str(path)))
            maker.start()
            maker.join()
            command = [sys.executable, "-m", "quotearchive", "-a", f"{folder}/archive.json", "import", str(path)]
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0
            took = f"{usage.ru_utime + usage.ru_stime:8.3f} s   {usage.ru_maxrss / 1024:.0f} MB"
            print(f"{title:40}{took} for {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    print_bombs()
    print_growth(sys.argv[1] if len(sys.argv) > 1 else "")
