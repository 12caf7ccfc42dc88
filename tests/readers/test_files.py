import os
from pathlib import Path

import pytest

from quotearchive.errors import QuoteArchiveError, TooLargeError, UnreadableFileError
from quotearchive.readers import LIMIT, PassedOver, gather, read
from quotearchive.readers.errors import EmptyFolderError, MissingFileError
from quotearchive.readers.files import load


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words", encoding="utf-8")


def found(folder: Path, *paths: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in gather(paths) if isinstance(path, Path)]


def errors(*paths: Path) -> list[QuoteArchiveError]:
    return [error for error in gather(paths) if isinstance(error, QuoteArchiveError)]


def test_a_folder_gives_its_readable_files_sorted_without_hidden_ones(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a.txt", "c.mp3", ".hidden.txt", ".git/x.txt", "deep/down/d.MARKDOWN", "deep/a.txt")
    assert found(tmp_path, tmp_path) == ["a.txt", "b.md", "deep/a.txt", "deep/down/d.MARKDOWN"]


def test_a_file_that_is_named_is_given_whatever_its_suffix(tmp_path: Path) -> None:
    make(tmp_path, "letter.1943", ".notes")
    assert found(tmp_path, tmp_path / "letter.1943", tmp_path / ".notes") == ["letter.1943", ".notes"]


def test_a_folder_with_nothing_to_read_is_an_error_among_the_others(tmp_path: Path) -> None:
    make(tmp_path, "empty/photo.mp3", "a.txt")
    passed_over, *given = gather([tmp_path / "empty", tmp_path / "a.txt"])
    assert passed_over == PassedOver(tmp_path / "empty" / "photo.mp3")
    assert isinstance(given[0], EmptyFolderError)
    assert given[1:] == [tmp_path / "a.txt"]


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    given = errors(tmp_path / "gone.txt", tmp_path / "a.txt" / "below", Path("a\0b"))
    assert [type(error) for error in given] == [MissingFileError] * 3


def test_links_that_lead_in_a_circle_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "deep/a.txt")
    (tmp_path / "deep" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "deep" / "self.txt").symlink_to(tmp_path / "deep" / "self.txt")
    assert found(tmp_path, tmp_path) == ["deep/a.txt", "deep/self.txt"]
    with pytest.raises(UnreadableFileError):
        load(tmp_path / "deep" / "self.txt")


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert found(tmp_path, tmp_path) == ["a.txt"]


def test_what_may_not_be_read_is_an_error(unprivileged: Path) -> None:
    make(unprivileged, "closed/a.txt", "b.txt")
    (unprivileged / "closed").chmod(0)
    (unprivileged / "b.txt").chmod(0)
    try:
        assert [type(error) for error in errors(unprivileged)] == [UnreadableFileError]
        with pytest.raises(UnreadableFileError, match="Permission denied"):
            read(unprivileged / "b.txt")
    finally:
        (unprivileged / "closed").chmod(0o700)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="directory"):
        load(tmp_path)


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    sparse = tmp_path / "large.txt"
    with sparse.open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(TooLargeError, match="larger than 256 MiB"):
        load(sparse)
