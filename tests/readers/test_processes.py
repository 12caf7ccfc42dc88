"""What becomes of a file whose reader goes wrong: the file is its own program here."""

import functools
import io
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.extracts import Member, Options, Reading
from quotearchive.readers.isolation.frames import Request
from quotearchive.readers.isolation.processes import Child
from quotearchive.readers.isolation.starting import FORKS, Nursery, Started

#: A process whose reader does what the file says, with short limits.
OBEDIENT = """
import sys
sys.path.append(sys.argv[1])
from quotearchive.readers.isolation import child
from quotearchive.readers.isolation import limits
from quotearchive.readers.reading import read_content
limits.COMPUTING = 1
limits.MEMORY = 700 * 2**20

def obey(content, name, options, way):
    names = {"text": "Dear all"}
    exec(content, names)
    return read_content(names["text"].encode(), name, options, way=way)

child.read_content = obey
"""

#: The same by itself, and divided from one that has loaded what it needs.
ALONE = f"{OBEDIENT}child.serve()"
DIVIDED = f"{OBEDIENT}from quotearchive.readers.isolation import nursery; nursery.serve()"

DEEP = "def f():\n    return f()\nf()"


def ask(child: Child, program: str, name: str = "a.txt") -> list[Reading]:
    request = Request(name=name, options=Options())
    return [each for each in child.ask(request, program.encode()) if isinstance(each, Reading)]


def alone(patience: float = 20, code: str = ALONE) -> Child:
    return Child(functools.partial(Started, code), patience=patience)


@pytest.fixture(params=["alone", pytest.param("divided", marks=pytest.mark.skipif(not FORKS, reason="Linux divides"))])
def child(request: pytest.FixtureRequest) -> Iterator[Child]:
    nursery = Nursery(["email.message", "no.such.module"], code=DIVIDED)
    child = alone() if request.param == "alone" else Child(nursery.start, patience=20)
    yield child
    child.close()
    nursery.close()


def pids(child: Child) -> set[int]:
    process = child._process  # noqa: SLF001 - whether it is another one can't be seen from outside
    return {process.pid} if process else set()


def test_one_process_reads_several_files(child: Child) -> None:
    assert ask(child, "text = 'Dear Anna'")[0].text == "Dear Anna"
    first = pids(child)
    assert ask(child, "text = 'Dear Ben'")[0].text == "Dear Ben"
    assert pids(child) == first
    child.close()


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import os; os.abort()", "SIGABRT"),
        ("import os; os.kill(os.getpid(), 9)", "SIGKILL"),
        ("import os; os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("import os; os._exit(0)", "code 0"),
        ("while True: pass", "takes too long"),
        ("bytearray(2**30)", "GiB of memory"),
        (DEEP, "nested too deeply"),
        ("1 / 0", "ZeroDivisionError"),
        ("raise SystemExit", "code 0"),
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("import urllib.request as r; r.urlopen('http://127.0.0.1:9/')", "URLError"),
        ("import subprocess; subprocess.run(['id'])", "PermissionError"),
        ("import os; os.system('id')", "PermissionError"),
        ("text = ' '", "is empty"),
    ],
)
def test_a_reader_that_goes_wrong_is_one_sentence_about_its_file(child: Child, program: str, told: str) -> None:
    with pytest.raises(QuoteArchiveError) as raised:
        ask(child, program)
    assert told in str(raised.value)
    assert str(raised.value).startswith("'a.txt' ")
    assert "\n" not in str(raised.value)
    assert ask(child, "text = 'Dear Ben'")[0].text == "Dear Ben"
    child.close()


def test_a_reader_that_sleeps_is_ended() -> None:
    child = alone(1.5)
    with pytest.raises(QuoteArchiveError, match=r"takes more than 1\.5 seconds"):
        ask(child, "import time; time.sleep(60)")
    child.close()


def test_signs_of_life_are_more_time() -> None:
    child = alone(3)
    program = "import time\nfor _ in range(5):\n    time.sleep(1.1)\n    limits.SIGNS.give()"
    assert ask(child, f"from quotearchive.readers.isolation import limits\n{program}")[0].text == "Dear all"
    child.close()


def test_a_reader_writes_no_file(child: Child, tmp_path: Path) -> None:
    file = tmp_path / "written"
    with pytest.raises(QuoteArchiveError, match="OSError"):
        ask(child, f"f = open({str(file)!r}, 'w'); f.write('a' * 9999); f.flush()")
    assert file.read_bytes() == b""
    child.close()


def test_a_reader_sees_no_environment_and_stands_in_no_folder_of_the_user(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTEARCHIVE_SECRET", "a password")
    found = ask(child, "import os; text = repr(dict(os.environ)) + os.getcwd()")[0].text
    assert "password" not in found
    assert str(Path.cwd()) not in found
    child.close()


def test_what_a_library_prints_is_no_answer(child: Child) -> None:
    program = "import os, sys; print('noise'); os.write(1, b'noise' * 999); sys.stdin.read()"
    assert ask(child, program)[0].text == "Dear all"
    child.close()


def test_an_endless_answer_is_cut_off(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotearchive.readers.isolation.processes.ANSWER", 2**20)
    with pytest.raises(QuoteArchiveError, match="MiB of text"):
        ask(child, "text = 'a' * 2**21")
    child.close()


def test_closing_ends_a_process_that_is_busy(child: Child) -> None:
    failed: list[QuoteArchiveError] = []

    def read() -> None:
        try:
            ask(child, "import time; time.sleep(60)")
        except QuoteArchiveError as error:
            failed.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    until = time.monotonic() + 20
    while not pids(child) and time.monotonic() < until:
        time.sleep(0.01)
    busy = pids(child).pop()
    child.close()
    thread.join(20)
    assert failed
    with pytest.raises(ProcessLookupError):
        os.kill(busy, 0)


def test_the_start_is_told_where_no_answer_makes_sense() -> None:
    child = alone(code="import sys; sys.stdout.write('hello, this is no frame at all')")
    with pytest.raises(QuoteArchiveError, match=r"'a\.txt' can't be read"):
        ask(child, "")
    child.close()


def test_members_come_as_they_are() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../a.txt", b"words")
    child = Child()
    request = Request(name="a.zip", options=Options(), unpack=True)
    assert list(child.ask(request, file.getvalue())) == [Member(name="../a.txt", content=b"words")]
    child.close()
