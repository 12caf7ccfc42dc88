"""A file is the old one or the new one, and what it was is kept."""

from pathlib import Path

import pytest

from quotearchive.errors import DamagedArchiveError
from quotearchive.store import files
from quotearchive.store.errors import ArchiveUnreadableError, ChangedMeanwhileError, NotRegularError


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file."""
    path = tmp_path / "archive.json"
    path.write_bytes(b"old")
    return path


def test_a_file_is_replaced_and_kept_beside_the_new_one(path: Path) -> None:
    files.replace(path, [b"n", memoryview(b"ew")], b"old")
    assert (path.read_bytes(), files.backup_of(path).read_bytes()) == (b"new", b"old")
    files.replace(path, [b"newer"], b"new", keep=path.with_name("kept"))
    assert {each: path.with_name(each).read_bytes() for each in names(path.parent)} == {
        "archive.json": b"newer",
        "archive.json.bak": b"old",
        "kept": b"new",
    }


@pytest.mark.parametrize("read", [b"ol", b"older", b"OLD", b"", None, b"x" * 2**19])
def test_a_file_that_is_not_what_was_read_stays(path: Path, read: bytes | None) -> None:
    with pytest.raises(ChangedMeanwhileError):
        files.replace(path, [b"new"], read)
    assert (path.read_bytes(), names(path.parent)) == (b"old", ["archive.json"])


def test_a_long_file_is_compared_to_its_end(path: Path) -> None:
    content = bytes(2**18) + bytes(range(256)) * 999
    path.write_bytes(content)
    with pytest.raises(ChangedMeanwhileError):
        files.replace(path, [b"new"], content[:-1] + b"x")
    files.replace(path, [b"new"], content)
    assert path.read_bytes() == b"new"


def test_a_check_that_fails_leaves_the_file_as_it_is(path: Path) -> None:
    def check() -> None:
        raise DamagedArchiveError(path, "it is not UTF-8")

    with pytest.raises(DamagedArchiveError):
        files.replace(path, [b"new"], b"old", check=check)
    assert (path.read_bytes(), names(path.parent)) == (b"old", ["archive.json"])


def test_a_missing_file_is_none_and_a_folder_is_refused(path: Path) -> None:
    assert files.read(path.with_name("missing")) is None
    assert [files.is_there(each) for each in (path, path.with_name("missing"))] == [True, False]
    with pytest.raises(NotRegularError):
        files.read(path.parent)
    with pytest.raises(ArchiveUnreadableError):
        files.is_there(path / "below")


def test_a_free_name_is_one_that_nothing_has_not_even_a_broken_link(path: Path) -> None:
    path.with_name("archive.json-1").symlink_to("nowhere")
    assert files.free_name(path).name == "archive.json-2"


def test_folders_are_made_with_those_above(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "a" / "b" / "c")
    files.make_folder(tmp_path / "a")
    assert (tmp_path / "a" / "b" / "c").is_dir()
