"""Whatever fails, and wherever a writer is killed, the archive is the old one or the new one."""

import errno
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotearchive import readers
from quotearchive.cli import add as _add  # imported before forking, so that every run is fast
from quotearchive.cli import quote as _quote
from quotearchive.store import ArchiveFile
from quotearchive.store.locks import writing
from quotearchive.store.rights import NEW_MODE

from .faulty import failing, killing, occurrences, run

assert _add, _quote

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it forks and kills")

DATA = Path(__file__).parents[1] / "data"
LETTER = hashlib.sha256((DATA / "khastar-open-letter.txt").read_bytes()).hexdigest()
QUOTE = ("quote", "khaster", "Comparing the mullahs", "--speaker", "Hashem Khastar")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of a letter and a quote of it, and a backup of before the quote."""
    folder = tmp_path_factory.mktemp("made")
    path, log = str(folder / "archive.json"), tmp_path_factory.mktemp("log") / "log"
    readers.read(DATA / "khastar-open-letter.txt")  # which loads what reading dates takes
    assert run(("-a", path, "add", str(DATA / "khastar-open-letter.txt")), log) == 0
    assert run(("-a", path, "quote", "khaster", "calls for Khamenei to resign"), log) == 0
    return folder


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """An archive of one's own."""
    return Path(shutil.copytree(made, tmp_path / "archive")) / "archive.json"


def quotes(path: Path) -> int:
    return len(list(ArchiveFile(path).read().quotes()))


def names(path: Path) -> list[str]:
    """Return what stands beside an archive but for the folder of its originals."""
    return sorted(each.name for each in path.parent.iterdir() if each.name != "archive.files")


def kept(path: Path) -> list[Path]:
    """Return the files of the originals that have their names."""
    return list(path.with_name("archive.files").glob("[0-9a-f][0-9a-f]/*"))


def test_a_writer_killed_at_any_call_leaves_the_old_archive_or_the_new_one(path: Path, tmp_path: Path) -> None:
    old = path.read_bytes()
    killed = 0
    for count in range(1, 500):
        path.write_bytes(old)
        code = run(("-a", str(path), *QUOTE), tmp_path / "log", killing(count))
        assert code in (0, -signal.SIGKILL)
        assert quotes(path) == 2 if code == 0 else path.read_bytes() == old or quotes(path) == 2
        if code == 0:
            break
        killed += 1
    assert killed > 20
    assert names(path) == ["archive.json", "archive.json.bak"]


def test_a_new_archive_is_there_or_not(tmp_path: Path) -> None:
    for count in range(1, 500):
        path = tmp_path / f"{count}" / "archive.json"
        path.parent.mkdir()
        arguments = ("-a", str(path), "add", str(DATA / "khastar-open-letter.txt"))
        code = run(arguments, tmp_path / "log", killing(count))
        assert not path.exists() or len(list(ArchiveFile(path).read().documents())) == 1
        assert not path.exists() or [hashlib.sha256(each.read_bytes()).hexdigest() for each in kept(path)] == [LETTER]
        if code == 0:
            break
    assert path.exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.EINTR])
@pytest.mark.parametrize("call", ["open", "write", "half write", "fsync", "link", "replace", "chmod"])
def test_a_call_that_fails_leaves_the_old_archive_and_no_other_file(
    path: Path, tmp_path: Path, call: str, code: int
) -> None:
    old, log = path.read_bytes(), tmp_path / "log"
    for occurrence in occurrences():
        marker = tmp_path / "failed"
        exit_code = run(("-a", str(path), *QUOTE), log, failing(call, occurrence, code, marker))
        if not marker.exists():
            break
        marker.unlink()
        if (exit_code, code) == (0, errno.EINTR):  # Python tries a call again that a signal interrupted
            path.write_bytes(old)
            continue
        said = log.read_text(encoding="utf-8")
        assert (exit_code, said.count("\n"), "Nothing was changed" in said) == (3, 1, True), said
        assert os.strerror(code).lower() in said
        assert path.read_bytes() == old
        assert names(path) == ["archive.json", "archive.json.bak"]
    else:
        pytest.fail("it was never called to the end")
    assert occurrence > 1
    assert (exit_code, quotes(path)) == (0, 2)


def test_a_file_system_without_hard_links_is_written_too(path: Path, tmp_path: Path) -> None:
    old = path.read_bytes()
    trip = failing("link", 1, errno.EPERM, tmp_path / "failed")
    assert run(("-a", str(path), *QUOTE), tmp_path / "log", trip) == 0
    assert (path.with_name("archive.json.bak").read_bytes(), quotes(path)) == (old, 2)


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOSYS])
@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_a_file_system_without_rights_is_written_too_if_they_are_the_same(
    path: Path, tmp_path: Path, code: int, mode: int
) -> None:
    path.chmod(mode)
    marker = tmp_path / "failed"
    trip = failing("chmod", 1, code, marker)
    assert run(("-a", str(path), *QUOTE), tmp_path / "log", trip) == (0 if mode == NEW_MODE else 3)
    assert (marker.exists(), quotes(path)) == (True, 2 if mode == NEW_MODE else 1)


def test_a_new_folder_is_on_the_disk_before_the_archive_in_it(tmp_path: Path) -> None:
    path, marker = tmp_path / "new" / "folder" / "archive.json", tmp_path / "failed"
    arguments = ("-a", str(path), "add", str(DATA / "khastar-open-letter.txt"))
    for occurrence in (1, 2):  # one for each folder, before any file is written
        assert run(arguments, tmp_path / "log", failing("fsync", occurrence, errno.EIO, marker)) == 3
        assert (marker.exists(), (path.parent / "archive.json").exists()) == (True, False)
        assert path.parent.exists() == (occurrence == 2)
        shutil.rmtree(tmp_path / "new")
        marker.unlink()
    assert run(arguments, tmp_path / "log") == 0
    assert path.exists()


@pytest.mark.parametrize("code", [errno.EIO, errno.EMFILE, errno.EACCES])
def test_a_folder_that_can_not_be_listed_is_written_too(path: Path, tmp_path: Path, code: int) -> None:
    marker = tmp_path / "failed"
    assert run(("-a", str(path), *QUOTE), tmp_path / "log", failing("scandir", 1, code, marker)) == 0
    assert (marker.exists(), quotes(path)) == (True, 2)


def test_what_a_killed_writer_left_is_removed_by_the_next(path: Path, tmp_path: Path) -> None:
    (path.parent / ".archive.json.abc.tmp").write_text("half", encoding="utf-8")
    (path.parent / ".other.json.abc.tmp").write_text("not ours", encoding="utf-8")
    assert run(("-a", str(path), *QUOTE), tmp_path / "log") == 0
    assert names(path) == [".other.json.abc.tmp", "archive.json", "archive.json.bak"]


def test_no_second_copy_survives_the_next_writer(path: Path, tmp_path: Path) -> None:
    for name in ("archive.json.bak", ".archive.json.old.tmp"):  # as a writer leaves it that is killed at its last step
        path.with_name(name).unlink(missing_ok=True)
        path.with_name(name).hardlink_to(path)
    assert run(("-a", str(path), *QUOTE), tmp_path / "log") == 0
    assert names(path) == ["archive.json", "archive.json.bak"]


def test_what_the_writer_of_an_archive_of_a_longer_name_needs_is_left_alone(path: Path, tmp_path: Path) -> None:
    (path.parent / "archive").write_bytes(path.read_bytes())
    living = [path.with_name(name) for name in (".archive.json.abcd_123.tmp", ".archive.json.old.tmp")]
    for each in living:
        each.touch()
    assert run(("-a", str(path.parent / "archive"), *QUOTE), tmp_path / "log") == 0
    assert all(each.exists() for each in living)


COMMAND = (sys.executable, "-m", "quotearchive")


def test_a_writer_killed_at_a_random_time_leaves_a_whole_archive(path: Path) -> None:
    dice = random.Random(1)  # noqa: S311 - no secrets are made here
    before = quotes(path)
    for _ in range(12):
        writer = subprocess.Popen([*COMMAND, "-a", path, *QUOTE], stdout=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.05, 0.9))
        writer.kill()
        acknowledged = writer.wait() == 0
        now = quotes(path)
        assert now in ((before + 1,) if acknowledged else (before, before + 1))
        before = now


def test_an_interrupted_writer_says_so_with_its_exit_code(path: Path, tmp_path: Path) -> None:
    def interrupt(name: str) -> None:
        if name == "half write":
            raise KeyboardInterrupt

    old = path.read_bytes()
    assert run(("-a", str(path), *QUOTE), tmp_path / "log", interrupt) == 130
    assert (path.read_bytes(), names(path)) == (old, ["archive.json", "archive.json.bak"])


def test_a_full_disk_is_said_and_the_archive_untouched(path: Path) -> None:
    old = path.read_bytes()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # a module's would be cut off too
    result = subprocess.run(
        [*COMMAND, "-a", path, *QUOTE], env=settings, preexec_fn=limit, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr.count("\n")) == (3, 1)
    assert "file too large" in result.stderr
    assert path.read_bytes() == old


WRITER = """
import sys
from quotearchive.cli import main
for number in range(int(sys.argv[2])):
    main(["-a", sys.argv[1], "--wait", "300", "quote", "khaster", "--span", "0:9"], standalone_mode=False)
"""

READER = """
import sys, time
from pathlib import Path
from quotearchive.store import ArchiveFile
last, end = 0, time.monotonic() + 600
while last < int(sys.argv[2]) and time.monotonic() < end:
    now = len(list(ArchiveFile(Path(sys.argv[1])).read().quotes()))
    assert now >= last
    last = now
    time.sleep(0.05)
"""


def test_many_writers_and_readers_lose_nothing(path: Path) -> None:
    def start(script: str, count: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", script, path, str(count)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    writers = [start(WRITER, 50) for _ in range(8)]
    readers = [start(READER, 401) for _ in range(2)]
    for process in [*writers, *readers]:
        _, said = process.communicate(timeout=600)
        assert process.returncode == 0, said.decode()
    assert quotes(path) == 401
    numbers = [each.id for each in ArchiveFile(path).read().quotes()]
    assert numbers == list(range(1, 402))


def test_who_holds_the_lock_is_said_and_then_given_up(path: Path, tmp_path: Path) -> None:
    with writing(path):
        code = run(("-a", str(path), "--wait", "1.2", *QUOTE), tmp_path / "log")
    waiting, failed = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert (code, f"process {os.getpid()}, since 20" in waiting) == (3, True)
    assert (f"process {os.getpid()}" in failed, "waited 1.2 seconds" in failed) == (True, True)


HOLDER = """
import sys, time
from pathlib import Path
from quotearchive.store.locks import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_holder_that_died_blocks_nobody(path: Path, tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    holder.kill()
    holder.communicate()
    assert run(("-a", str(path), "--wait", "0", *QUOTE), tmp_path / "log") == 0


def test_mode_link_and_owner_are_kept(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 1235)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    owner = path.stat().st_uid, path.stat().st_gid
    assert run(("-a", str(link), *QUOTE), tmp_path / "log") == 0
    assert (link.is_symlink(), path.stat().st_mode & 0o777, quotes(path)) == (True, 0o640, 2)
    assert (path.stat().st_uid, path.stat().st_gid) == owner


def test_a_read_only_archive_and_folder_can_be_searched(path: Path, tmp_path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        assert run(("-a", str(path), "search", "--json"), tmp_path / "log") == 0
        assert len(json.loads((tmp_path / "log").read_text(encoding="utf-8"))) == 1
        assert names(path) == ["archive.json", "archive.json.bak"]
    finally:
        path.parent.chmod(0o700)
