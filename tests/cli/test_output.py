"""What an export writes to is at every moment what it was or what it is to be."""

import errno
import os
import signal
import stat
import sys
import threading
from pathlib import Path

import pytest
from click.testing import Result

from quotearchive.cli import export as _export  # imported before forking, so that every run is fast
from tests.store.faulty import failing, killing, occurrences
from tests.store.faulty import run as run_apart

from .conftest import Run

assert _export

EXPORT = ("export", "--format", "jsonl", "--output", "out.jsonl", "--force")

posix = pytest.mark.skipif(sys.platform == "win32", reason="it forks and kills")


def export(run: Run, *options: str) -> Result:
    return run(*EXPORT, *options)


def left_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.name.startswith("."))


@pytest.fixture
def both(with_letter: Run, tmp_path: Path) -> tuple[bytes, bytes]:
    """An export of before a change, which is in the folder, and one of after it."""
    export(with_letter)
    old = (tmp_path / "out.jsonl").read_bytes()
    with_letter("edit", "1", "--note", "new")
    export(with_letter)
    new = (tmp_path / "out.jsonl").read_bytes()
    (tmp_path / "out.jsonl").write_bytes(old)
    assert old != new
    return old, new


@posix
def test_an_export_killed_at_any_call_leaves_the_old_file_or_the_new_one(
    both: tuple[bytes, bytes], tmp_path: Path
) -> None:
    path, log = tmp_path / "out.jsonl", tmp_path.parent / "log"
    has_left = False
    for count in range(1, 500):
        path.write_bytes(both[0])
        code = run_apart(EXPORT, log, killing(count))
        assert path.read_bytes() in both
        has_left = has_left or left_in(tmp_path) != []
        assert len(left_in(tmp_path)) <= 1
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert has_left
    assert path.read_bytes() == both[1]
    assert left_in(tmp_path) == []


@posix
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", ["open", "write", "half write", "fsync", "replace", "chmod"])
def test_an_export_that_fails_leaves_the_old_file_and_no_other(
    both: tuple[bytes, bytes], tmp_path: Path, call: str, code: int
) -> None:
    path, log = tmp_path / "out.jsonl", tmp_path.parent / "log"
    for occurrence in occurrences():
        marker = tmp_path.parent / "failed"
        path.write_bytes(both[0])
        exit_code = run_apart(EXPORT, log, failing(call, occurrence, code, marker))
        if not marker.exists():
            break
        marker.unlink()
        said = log.read_text(encoding="utf-8")
        if exit_code:
            assert (said.count("\n"), os.strerror(code).lower() in said) == (1, True), said
        assert path.read_bytes() in both
        assert left_in(tmp_path) == []
    assert occurrence > 1
    assert (exit_code, path.read_bytes()) == (0, both[1])


@posix
def test_an_export_is_on_the_disk_when_the_command_ends(both: tuple[bytes, bytes], tmp_path: Path) -> None:
    for folder_sync in (1, 2):
        marker = tmp_path.parent / f"synchronised-{folder_sync}"
        run_apart(EXPORT, tmp_path.parent / "log", failing("fsync", folder_sync, errno.EIO, marker))
        assert marker.exists()
    assert both


@posix
def test_a_folder_of_notes_is_written_note_by_note(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Another letter.\n\nIt has words.", encoding="utf-8")
    with_letter("add", "other.txt")
    with_letter("quote", "another", "It has words.")
    notes = ("export", "--format", "obsidian", "--output", "vault")
    log = tmp_path / "log"
    for count in range(1, 500):
        code = run_apart(notes, log, killing(count))
        texts = [each.read_text(encoding="utf-8") for each in (tmp_path / "vault").glob("[!.]*.md")]
        assert all(text.rstrip().endswith("%%") for text in texts)
        if code == 0:
            break
    assert (len(texts), left_in(tmp_path / "vault")) == (2, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="it needs a device that is always full")
def test_a_full_disk_is_one_sentence(with_letter: Run) -> None:
    result = with_letter("export", "--output", "/dev/full")
    assert (result.exit_code, "/dev/full can't be written: no space left on device" in result.stderr) == (1, True)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@posix
def test_a_pipe_is_written_into_and_not_replaced(with_letter: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    result = with_letter("export", "--output", "pipe")
    reader.join()
    assert (result.exit_code, b"knife" in read[0]) == (0, True)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@posix
def test_what_a_link_stands_for_is_written_and_the_link_stays(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("there.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    assert with_letter("export", "--output", "link.md").exit_code == 0
    assert (tmp_path / "link.md").is_symlink()
    assert "knife" in (tmp_path / "there.md").read_text(encoding="utf-8")
    assert with_letter("export", "--output", "loop.md").exit_code == 1


@posix
def test_rights_are_those_of_the_file_that_is_there_or_those_of_any_new_file(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    export(with_letter)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
    path.chmod(0o640)
    export(with_letter)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@posix
@pytest.mark.parametrize("name", ["x" * 300, "no/such/folder.md", "archive.json/x.md", "."])
def test_a_place_that_can_not_be_written_is_one_sentence(with_letter: Run, name: str) -> None:
    result = with_letter("export", "--output", name, "--force")
    assert (result.exit_code, result.stderr.count("\n"), "can't be written" in result.stderr) == (1, 1, True)


@posix
def test_what_hangs_or_is_no_text_in_the_place_of_a_note_is_refused(with_letter: Run, tmp_path: Path) -> None:
    notes = ("export", "--format", "obsidian", "--output", "vault")
    with_letter(*notes)
    (note,) = (tmp_path / "vault").glob("*.md")
    note.unlink()
    os.mkfifo(note)
    result = with_letter(*notes)
    assert (result.exit_code, note.name in result.stderr) == (1, True)
    note.unlink()
    note.write_bytes(b"\xff")
    assert with_letter(*notes).exit_code == 1
    assert note.read_bytes() == b"\xff"


def test_a_note_that_is_as_it_should_be_is_not_written_again(with_letter: Run, tmp_path: Path) -> None:
    notes = ("export", "--format", "obsidian", "--output", "vault")
    with_letter(*notes)
    (note,) = (tmp_path / "vault").glob("*.md")
    os.utime(note, ns=(1, 1))
    with_letter(*notes)
    assert note.stat().st_mtime_ns == 1


@pytest.mark.parametrize(("mark", "line_end"), [(b"\xef\xbb\xbf", b"\n"), (b"", b"\r\n"), (b"\xef\xbb\xbf", b"\r\n")])
def test_a_note_that_windows_wrote_keeps_its_fields_and_line_ends(
    with_letter: Run, tmp_path: Path, mark: bytes, line_end: bytes
) -> None:
    notes = ("export", "--format", "obsidian", "--output", "vault")
    with_letter(*notes)
    (note,) = (tmp_path / "vault").glob("*.md")
    mine = note.read_bytes().replace(b"\n---\n", b"\nown: 1\n---\n", 1)
    note.write_bytes(mark + mine.replace(b"\n", line_end))
    with_letter(*notes)
    assert note.read_bytes() == mine.replace(b"\n", line_end)
