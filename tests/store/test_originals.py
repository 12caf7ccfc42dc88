"""The folder of originals beside an archive."""

import contextlib
import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest

from quotearchive.store.errors import ForeignFolderError, OriginalsUnwritableError
from quotearchive.store.originals import OriginalFiles, is_sha256

LETTER = b"Open letter\n\nWe will not be silent.\n"
NAME = hashlib.sha256(LETTER).hexdigest()


@pytest.fixture
def originals(tmp_path: Path) -> OriginalFiles:
    return OriginalFiles(tmp_path / "letters.json")


def put(originals: OriginalFiles, content: bytes = LETTER, sha256: str = NAME) -> bool:
    with originals.filling() as intake:
        return intake.put(sha256, ".txt", [content])


def files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if not each.is_dir())


@pytest.mark.parametrize(
    ("archive", "folder"),
    [
        ("archive.json", "archive.files"),
        ("my letters.json", "my letters.files"),
        ("archive", "archive.files"),
        ("archive.files", "archive.files.files"),
        ("نامه.json", "نامه.files"),
    ],
)
def test_the_folder_is_named_for_the_archive(tmp_path: Path, archive: str, folder: str) -> None:
    assert OriginalFiles(tmp_path / archive).folder == tmp_path / folder


def test_an_original_is_named_by_its_hash_and_found_by_it(originals: OriginalFiles, tmp_path: Path) -> None:
    assert put(originals)
    path = tmp_path / "letters.files" / NAME[:2] / f"{NAME}.txt"
    assert originals.find(NAME) == path
    assert (path.read_bytes(), originals.digest(NAME)) == (LETTER, NAME)
    assert list(originals.listed()) == [(NAME, path)]


def test_nothing_is_made_before_the_first_original(originals: OriginalFiles, tmp_path: Path) -> None:
    with originals.filling():
        pass
    assert (originals.find(NAME), originals.digest(NAME), list(originals.listed())) == (None, None, [])
    assert not list(tmp_path.iterdir())


def test_the_same_bytes_are_kept_once(originals: OriginalFiles) -> None:
    assert put(originals)
    with originals.filling() as intake:
        assert intake.put(NAME, ".md", [LETTER])
        assert intake.put(NAME, ".text", [LETTER])
    assert len(files(originals.folder)) == 1


def test_bytes_of_another_hash_are_not_kept(originals: OriginalFiles) -> None:
    assert not put(originals, b"Something else")
    assert files(originals.folder) == []


def test_a_damaged_original_is_replaced_by_a_sound_one(originals: OriginalFiles) -> None:
    put(originals)
    path = originals.find(NAME)
    assert path is not None
    path.chmod(0o600)
    path.write_bytes(b"damaged")
    assert put(originals)
    assert path.read_bytes() == LETTER


def test_a_block_that_fails_keeps_nothing(originals: OriginalFiles) -> None:
    with contextlib.suppress(KeyboardInterrupt), originals.filling() as intake:
        intake.put(NAME, ".txt", [LETTER])
        raise KeyboardInterrupt
    assert files(originals.folder) == []


def test_what_a_killed_process_left_goes_with_the_next_original(originals: OriginalFiles) -> None:
    originals.folder.mkdir()
    (originals.folder / ".new.abcd").write_bytes(b"half")
    put(originals)
    assert files(originals.folder) == [f"{NAME[:2]}/{NAME}.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="its rights are others")
@pytest.mark.parametrize(
    ("archive", "folder", "file"),
    [(None, 0o700, 0o400), (0o600, 0o700, 0o400), (0o640, 0o750, 0o440), (0o664, 0o775, 0o444), (0o622, 0o700, 0o400)],
)
def test_who_may_read_the_archive_may_read_its_originals_and_nobody_else(
    originals: OriginalFiles, tmp_path: Path, archive: int | None, folder: int, file: int
) -> None:
    if archive is not None:
        (tmp_path / "letters.json").touch()
        (tmp_path / "letters.json").chmod(archive)
    put(originals)
    path = originals.find(NAME)
    assert path is not None
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (originals.folder, path.parent, path)]
    assert modes == [folder, folder, file]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_link_is_followed(originals: OriginalFiles, tmp_path: Path) -> None:
    (elsewhere := tmp_path / "elsewhere").mkdir()
    (elsewhere / NAME).write_bytes(LETTER)
    shelf = originals.folder / NAME[:2]
    shelf.mkdir(parents=True)
    (shelf / f"{NAME}.txt").symlink_to(elsewhere / NAME)
    assert (originals.digest(NAME), originals.read(NAME, 100)) == (None, None)
    (shelf / f"{NAME}.txt").unlink()
    shelf.rmdir()
    shelf.symlink_to(elsewhere)
    assert originals.find(NAME) is None
    with pytest.raises(ForeignFolderError):
        put(originals)
    shelf.unlink()
    originals.folder.rmdir()
    originals.folder.symlink_to(elsewhere)
    assert (originals.find(NAME), list(originals.listed())) == (None, [])
    with pytest.raises(ForeignFolderError):
        put(originals)
    assert files(elsewhere) == [NAME]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_is_no_file_is_not_opened(originals: OriginalFiles) -> None:
    shelf = originals.folder / NAME[:2]
    shelf.mkdir(parents=True)
    os.mkfifo(shelf / f"{NAME}.txt")
    assert originals.digest(NAME) is None


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "ab" * 31, "ab" * 32 + "\n", "ab" * 33])
def test_only_a_hash_names_an_original(originals: OriginalFiles, name: str) -> None:
    assert not is_sha256(name)
    assert originals.find(name) is None


def test_what_was_changed_or_is_too_large_is_not_read(originals: OriginalFiles) -> None:
    put(originals)
    assert originals.read(NAME, len(LETTER)) == LETTER
    assert originals.read(NAME, len(LETTER) - 1) is None
    path = originals.find(NAME)
    assert path is not None
    path.chmod(0o600)
    path.write_bytes(b"Something else")
    assert originals.read(NAME, 100) is None


def test_a_folder_that_cannot_be_written_is_told(originals: OriginalFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OriginalsUnwritableError, match=r"no space left on device\. Nothing was changed"):
        put(originals)
    assert files(originals.folder) == []
