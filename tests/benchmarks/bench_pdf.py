"""What reading PDFs costs, against pdfium alone: its text of all pages, and its text with the boxes it stands in.

    python -m tests.benchmarks.bench_pdf FOLDER [NAME]

Only the processor's time counts, and the best of several runs that take turns, so that others on the machine don't.
NAME, if it is given, is a part of the names of the files that are read.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pypdfium2

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.extracts import Options
from quotearchive.readers.pdf.document import extract

RUNS: Final = 7


def text_alone(content: bytes) -> int:
    """Read what pypdfium2 gives as the text of each page."""
    length = 0
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text_page = page.get_textpage()
        length += len(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return length


def text_and_boxes(content: bytes) -> int:
    """Read the text of each page, and the boxes that pypdfium2 gives for it."""
    length = 0
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text_page = page.get_textpage()
        length += len(text_page.get_text_range())
        for index in range(text_page.count_rects()):
            text_page.get_rect(index)
        text_page.close()
        page.close()
    document.close()
    return length


def paragraphs(content: bytes) -> int:
    """Read a file as the archive does, in this process."""
    return sum(len(each.text) for each in extract(content, "a.pdf", Options()))


def seconds(read: Callable[[bytes], int], content: bytes) -> float:
    begun = time.process_time()
    read(content)
    return time.process_time() - begun


def main() -> None:
    """Print a line a file, and the sums: milliseconds, and the ratios to pdfium alone."""
    part = sys.argv[2] if len(sys.argv) > 2 else ""
    sums = [0.0, 0.0, 0.0]
    for path in sorted(Path(sys.argv[1]).rglob("*.pdf")):
        if part not in path.name:
            continue
        content = path.read_bytes()
        try:
            paragraphs(content)
        except QuoteArchiveError as error:
            print(f"{path.name:34}{type(error).__name__}")
            continue
        ways = (text_alone, text_and_boxes, paragraphs)
        runs = [[seconds(way, content) for way in ways] for _ in range(RUNS)]
        best = [min(times) for times in zip(*runs, strict=True)]
        sums = [total + took for total, took in zip(sums, best, strict=True)]
        print(line(path.name, best))
    print(line("all", sums))


def line(name: str, best: list[float]) -> str:
    """Write what the three ways of reading took."""
    text, boxes, ours = best
    return (
        f"{name:34}text {1000 * text:7.1f} ms, with boxes {1000 * boxes:7.1f}, paragraphs {1000 * ours:7.1f}: "
        f"{ours / text:5.2f} and {ours / boxes:5.2f} times that"
    )


if __name__ == "__main__":
    main()
