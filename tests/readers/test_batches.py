"""Many files at once: their order, their number in memory, and what stops them."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import File, Options, Reading, Results, read_files


def odt(text: str, pages: int = 1) -> bytes:
    """An OpenDocument text with this paragraph, as often as is said."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    body = f"<text:p>{text}</text:p>" * pages
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return file.getvalue()


def first_words(results: Iterator[Results | QuoteArchiveError]) -> list[str]:
    return [
        str(each) if isinstance(each, QuoteArchiveError) else next(r.text for r in each if isinstance(r, Reading))
        for each in results
    ]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_files(workers: int) -> None:
    files = []
    for n in range(30):
        content = odt(f"Letter {n}.", 1 if n % 3 else 2_000) if n % 2 else f"Letter {n}.".encode()
        files.append(File(content, f"{n}.odt" if n % 2 else f"{n}.txt"))
    words = [text.split("\n")[0] for text in first_words(read_files(files, Options(), workers=workers))]
    assert words == [f"Letter {n}." for n in range(30)]


def test_files_are_loaded_as_they_are_needed(tmp_path: Path) -> None:
    begun: list[int] = []

    def files() -> Iterator[File]:
        for n in range(40):
            begun.append(n)
            path = tmp_path / f"{n}.odt"
            path.write_bytes(odt(f"Letter {n}."))
            yield File(path, str(n))

    results = read_files(files(), Options(), workers=1)
    next(results)
    assert len(begun) < 10
    results.close()


def test_texts_alone_start_no_process() -> None:
    code = (
        "import sys; from quotearchive.readers import File, Options, read_files;"
        "list(read_files([File(b'Dear all', 'a.txt')], Options()));"
        "print(sorted({'subprocess', 'concurrent.futures', 'lxml', 'zipfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is another thing on Windows")
def test_ctrl_c_ends_the_command_and_its_readers(tmp_path: Path) -> None:
    for n in range(40):
        (tmp_path / f"{n}.odt").write_bytes(odt(f"Letter {n}.", 20_000))
    command = subprocess.Popen(
        [sys.executable, "-m", "quotearchive", "add", "."], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    readers = _children(command.pid)
    command.send_signal(signal.SIGINT)
    command.communicate(timeout=60)
    assert command.returncode not in {0, None}
    assert not (tmp_path / "archive.json").exists()
    assert not any(Path("/proc", str(pid)).exists() for pid in readers)


def _children(pid: int) -> list[int]:
    """Wait until a process has children, and return them; where the system doesn't list them, just wait."""
    until = time.monotonic() + 30
    tasks = Path("/proc", str(pid), "task")
    if not tasks.exists():
        time.sleep(1)
    while tasks.exists() and time.monotonic() < until:
        found = [each for task in tasks.glob("*/children") for each in task.read_text(encoding="ascii").split()]
        if found:
            return [int(each) for each in found]
        time.sleep(0.01)
    return []
