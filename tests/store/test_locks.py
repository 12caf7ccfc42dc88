"""One writer at a time."""

import os
import threading
from pathlib import Path

import pytest

from quotearchive.model import Change
from quotearchive.store import ArchiveFile
from quotearchive.store.errors import ArchiveLockedError, ForeignLockError, ReservedNameError, WriteProtectedError
from quotearchive.store.locks import NOTICEABLE, writing

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive that is not there yet."""
    return tmp_path / "archive.json"


def test_a_second_writer_waits_and_then_gives_up(path: Path) -> None:
    with (
        writing(path),
        pytest.raises(ArchiveLockedError),
        ArchiveFile(path, lock_timeout=0.05).transaction(CHANGE, create=True),
    ):
        pass


def test_the_lock_of_another_writer_is_not_deleted_by_one_that_lost_its_own(path: Path) -> None:
    name = path.with_name("archive.json.lock")
    with writing(path):
        name.unlink()
        name.write_text("another's", encoding="utf-8")
    assert name.read_text(encoding="utf-8") == "another's"


def test_who_waits_hears_who_writes_and_has_the_turn_when_that_is_done(path: Path) -> None:
    held, heard = threading.Event(), []

    def hold() -> None:
        with writing(path):
            held.set()
            released.wait()

    def on_wait(holder: str) -> None:
        heard.append(holder)
        released.set()

    released = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    with writing(path, NOTICEABLE + 10, on_wait):
        holder.join()
    assert [each.split(",")[0] for each in heard] == [f"process {os.getpid()}"]
    assert list(path.parent.iterdir()) == []


def test_what_has_the_name_of_a_lock_and_is_none_is_left_alone(path: Path) -> None:
    name = path.with_name("archive.json.lock")
    name.write_text("a shopping list", encoding="utf-8")
    with pytest.raises(ForeignLockError), writing(path):
        pass
    assert name.read_text(encoding="utf-8") == "a shopping list"


@pytest.mark.parametrize("name", ["archive.json.bak", "archive.json.lock"])
def test_the_names_of_backups_and_locks_are_not_written(path: Path, name: str) -> None:
    with pytest.raises(ReservedNameError), writing(path.with_name(name)):
        pass


def test_what_is_write_protected_is_not_written(path: Path) -> None:
    path.touch()
    path.chmod(0o400)
    with pytest.raises(WriteProtectedError), writing(path):
        pass


def test_what_a_killed_writer_left_is_removed(path: Path) -> None:
    left, others = path.with_name(".archive.json.abc_1.tmp"), path.with_name(".archive.json.old.abc.tmp")
    left.touch()
    others.touch()
    with writing(path):
        assert (left.exists(), others.exists()) == (False, True)
