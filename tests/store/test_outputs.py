"""Files that are no archive are the old one or the new one at every instant."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotearchive.store import outputs
from quotearchive.store.files import claim

posix = pytest.mark.skipif(sys.platform == "win32", reason="it has other rights")


def left_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.name.startswith("."))


def test_two_exports_to_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"

    def pieces() -> Iterator[bytes]:
        yield b"slow"
        outputs.write(path, [b"fast"], mode=0o600)
        assert path.read_bytes() == b"fast"

    outputs.write(path, pieces(), mode=0o600)
    assert path.read_bytes() == b"slow"
    assert left_in(tmp_path) == []


@posix
def test_a_folder_that_may_be_written_but_not_read_is_written(unprivileged: Path) -> None:
    folder = unprivileged / "drop"
    folder.mkdir()
    folder.chmod(0o300)
    outputs.write(folder / "out.txt", [b"words"], mode=0o600)
    assert (folder / "out.txt").read_bytes() == b"words"
    folder.chmod(0o700)


@posix
def test_a_new_file_has_the_rights_that_were_asked_for_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.touch()
    old.chmod(0o640)
    for path in old, new:
        outputs.write(path, [b"words"], mode=0o604)
    assert [oct(path.stat().st_mode & 0o777) for path in (old, new)] == ["0o640", "0o604"]


def test_what_fails_while_it_is_made_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    outputs.write(path, [b"old"], mode=0o600)

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise KeyError

    with pytest.raises(KeyError):
        outputs.write(path, pieces(), mode=0o600)
    assert (path.read_bytes(), left_in(tmp_path)) == (b"old", [])


@posix
def test_what_a_process_left_that_is_no_more_is_removed_and_what_one_holds_is_not(tmp_path: Path) -> None:
    left, held = tmp_path / ".out.txt.abcdefgh.part", tmp_path / ".out.txt.ijklmnop.part"
    left.touch()
    with held.open("wb") as file:
        claim(file.fileno())
        outputs.write(tmp_path / "out.txt", [b"words"], mode=0o600)
    assert left_in(tmp_path) == [held.name]
