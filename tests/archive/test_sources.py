"""Which sources `verify` opens, and what it says of the others."""

import hashlib
import os
import shutil
import socket
import sys
from collections.abc import Collection
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from quotearchive.anchoring.checks import State
from quotearchive.archive.sources import added_here, check_source, is_elsewhere
from quotearchive.model import Document
from quotearchive.store import RecordedChange

WORDS = b"We will not be silent."
SHA256 = hashlib.sha256(WORDS).hexdigest()

posix = pytest.mark.skipif(sys.platform == "win32", reason="it has other kinds of files")


def document(source: str, number: int = 1) -> Document:
    return Document(id=number, slug="a", title="A", text="A", source=source, source_sha256=SHA256)


def checked(folder: Path, source: str, added: Collection[int] = (), *, anywhere: bool = False) -> State:
    return check_source(document(source), folder, added, anywhere=anywhere)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The archive's folder, with a source in it and one beside it."""
    home = tmp_path / "archive"
    (home / "letters").mkdir(parents=True)
    (home / "letters/a.txt").write_bytes(WORDS)
    (tmp_path / "outside.txt").write_bytes(WORDS)
    return home


def test_a_source_in_the_archives_folder_is_opened_whoever_named_it(home: Path) -> None:
    assert checked(home, "letters/a.txt") is State.SAME
    assert checked(home, str(home / "letters/a.txt")) is State.SAME
    assert checked(home, "letters/../letters/a.txt") is State.SAME
    (home / "letters/a.txt").write_bytes(b"We will be silent.")
    assert checked(home, "letters/a.txt") is State.CHANGED
    assert checked(home, "letters/b.txt") is State.GONE


@posix
@pytest.mark.parametrize(
    "source", ["../outside.txt", "letters/../../outside.txt", "link.txt", "inner/outside.txt", "/"]
)
def test_a_source_outside_is_opened_only_if_add_named_it_or_the_user_asks(home: Path, source: str) -> None:
    (home / "link.txt").symlink_to("../outside.txt")
    (home / "inner").symlink_to("..")
    assert checked(home, source) is State.OUTSIDE
    opened = State.GONE if source == "/" else State.SAME
    assert checked(home, source, {1}) is opened
    assert checked(home, source, anywhere=True) is opened


def test_an_absolute_source_is_one_outside(home: Path) -> None:
    outside = str(home.parent / "outside.txt")
    assert [checked(home, outside), checked(home, outside, {1})] == [State.OUTSIDE, State.SAME]


@posix
def test_a_folder_that_is_reached_by_a_link_is_the_same_folder(home: Path) -> None:
    (home.parent / "link").symlink_to(home)
    assert checked(home.parent / "link", "letters/a.txt") is State.SAME


@posix
@pytest.mark.parametrize("kind", ["device", "pipe", "socket", "folder", "loop"])
def test_what_is_no_regular_file_is_never_opened(home: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)  # the name of a socket must be short
    if kind == "pipe":
        os.mkfifo("x")
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind("x")
    elif kind == "folder":
        Path("x").mkdir()
    else:
        Path("x").symlink_to("/dev/zero" if kind == "device" else "x")
    assert checked(home, "x", anywhere=True) is State.GONE


@posix
def test_no_more_is_read_of_a_source_than_it_has(home: Path) -> None:
    with (home / "huge").open("wb") as file:
        file.truncate(2**40)
    assert checked(home, "huge") is State.CHANGED
    if Path("/proc/kmsg").exists():
        assert checked(home, "/proc/kmsg", anywhere=True) in {State.CHANGED, State.GONE}


@posix
def test_a_name_that_is_no_unicode_is_found(home: Path) -> None:
    odd = os.fsdecode(b"Mu\xf1oz.txt")
    shutil.copy(home / "letters/a.txt", home / odd)
    assert checked(home, r"Mu\xf1oz.txt") is State.SAME
    (home / r"Mu\xf1oz.txt").write_bytes(b"another file of that very name")
    assert checked(home, r"Mu\xf1oz.txt") is State.CHANGED


@pytest.mark.parametrize("source", ["a\x00b", "x" * 5000, "a/" * 3000, "\ud83d", "", "letters/a.txt/b"])
def test_a_name_that_can_be_none_is_not_found(home: Path, source: str) -> None:
    assert checked(home, source, {1}) is (State.GONE if source else State.UNKNOWN)


@pytest.mark.parametrize(
    ("path", "folder", "expected"),
    [
        (PureWindowsPath(r"\\server\share\a.txt"), PureWindowsPath(r"C:\letters"), True),
        (PureWindowsPath("//server/share/a.txt"), PureWindowsPath(r"C:\letters"), True),
        (PureWindowsPath(r"\\?\UNC\server\share\a.txt"), PureWindowsPath(r"C:\letters"), True),
        (PureWindowsPath(r"\\.\pipe\x"), PureWindowsPath(r"C:\letters"), True),
        (PureWindowsPath(r"\\server\share\letters\a.txt"), PureWindowsPath(r"\\server\share\letters"), False),
        (PureWindowsPath(r"D:\a.txt"), PureWindowsPath(r"C:\letters"), False),
        (PurePosixPath("//server/a.txt"), PurePosixPath("/home"), True),
        (PurePosixPath("/home/a.txt"), PurePosixPath("/home"), False),
    ],
)
def test_another_computer_is_not_asked(path: PureWindowsPath, folder: PureWindowsPath, *, expected: bool) -> None:
    assert is_elsewhere(path, folder) is expected


def test_the_history_says_what_add_named() -> None:
    def change(command: str, *numbers: int, undoes: int | None = None) -> RecordedChange:
        return RecordedChange(when="", command=command, added={"documents": numbers}, undoes=undoes)

    changes = [
        change("add a.txt", 1, 2),
        change("import b.jsonl", 3),
        change("undo 1", 1, 3, undoes=1),
        change("merge c.json", 2),
        change("added", 5),
        change("", 6),
        RecordedChange(when="", command="add", added={"quotes": (7,)}),
    ]
    assert added_here(changes) == {1}


@posix
@pytest.mark.parametrize("added", [(), (1,)])
def test_a_source_on_another_computer_is_not_even_looked_for(home: Path, added: Collection[int]) -> None:
    assert checked(home, "//server/share/a.txt", added) is State.OUTSIDE
