"""Devices, pipes and folders where files should be, and streams that are closed: one sentence, and no hanging."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import DATA, Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no devices among its files")

#: Seconds after which a command hangs.
_PATIENCE = 20

QUOTEARCHIVE = f"{sys.executable} -m quotearchive"


def shell(folder: Path, command: str, **settings: str) -> tuple[int, str, str]:
    """Run a command in bash; return its exit code and what it said on either stream."""
    found = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(DATA.parents[1]), **settings},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    return found.returncode, found.stdout, found.stderr


@pytest.mark.parametrize("name", ["/dev/zero", "pipe", "."])
@pytest.mark.parametrize(
    "command",
    ["-a {} list", "-a {} verify --repair", "-a {} add a.txt", "-a {} edit 1 --note x", "merge {}", "-a {} history"],
)
def test_what_is_no_file_is_no_archive(with_letter: Run, tmp_path: Path, name: str, command: str) -> None:
    assert with_letter("list").exit_code == 0
    (tmp_path / "a.txt").write_text("Some words.", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    code, _, said = shell(tmp_path, f"{QUOTEARCHIVE} {command.format(name)}")
    if (command, name) == ("merge {}", "."):
        assert (code, "is a directory" in said) == (2, True)
    else:
        assert (code, said.count("\n"), "directory, a device or a pipe" in said) == (3, 1, True)


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_a_backup_that_is_no_file_is_named_and_stays(with_letter: Run, tmp_path: Path, kind: str) -> None:
    backup = tmp_path / "archive.json.bak"
    backup.unlink()
    if kind == "pipe":
        os.mkfifo(backup)
    else:
        backup.mkdir()
    assert with_letter("list").exit_code == 0
    code, _, said = shell(tmp_path, f"{QUOTEARCHIVE} edit 1 --note x")
    assert (code, said.count("\n"), "archive.json.bak" in said) == (3, 1, True)
    assert not backup.is_file()
    (tmp_path / "archive.json").write_bytes(b"{")
    assert shell(tmp_path, f"{QUOTEARCHIVE} list")[0] == 3
    assert shell(tmp_path, f"{QUOTEARCHIVE} verify --repair --yes")[0] == 3


def test_a_text_may_come_through_a_pipe(run: Run, tmp_path: Path) -> None:
    for number, command in enumerate(("add <(echo {})", "add /dev/stdin < <(echo {})", "add - < <(echo {})")):
        code, said, _ = shell(tmp_path, f"{QUOTEARCHIVE} {command.format(f'Some words {number}.')}")
        assert (code, "Added" in said) == (0, True)
    assert shell(tmp_path, f"{QUOTEARCHIVE} import <(echo '[]') --format json")[0] == 0
    assert "Texts: 3 same. Sources: none." in run("verify").stdout


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("add - <&-", 1),
        ("remove 1 <&-", 2),
        ("edit 1 <&-", 2),
        ("list >&-", 1),
        ("export >&-", 1),
        ("show 9 2>&-", 1),
        ("remove 1 2>&-", 2),
    ],
)
def test_a_closed_stream_is_an_empty_one(with_letter: Run, tmp_path: Path, command: str, expected: int) -> None:
    assert with_letter("list").exit_code == 0
    code, _, said = shell(tmp_path, f"{QUOTEARCHIVE} {command}", EDITOR="", VISUAL="")
    assert (code, said.count("\n") <= 1) == (expected, True)


@pytest.mark.parametrize("shown", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("words", [{}, {"COMP_WORDS": "quotearchive"}, {"COMP_WORDS": "x", "COMP_CWORD": "abc"}])
def test_what_no_shell_asks_has_no_answer(tmp_path: Path, shown: str, words: dict[str, str]) -> None:
    asked = {"_QUOTEARCHIVE_COMPLETE": f"{shown}_complete", **words}
    code, _, said = shell(tmp_path, QUOTEARCHIVE, **asked)
    assert (code, said) == (0, "")


def test_completion_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    asked = {"_QUOTEARCHIVE_COMPLETE": "bash_complete", "COMP_WORDS": "quotearchive\nshow\n", "COMP_CWORD": "2"}
    assert shell(tmp_path, QUOTEARCHIVE, QUOTEARCHIVE_FILE="pipe", **asked)[0] == 0


def test_a_backup_with_a_byte_order_mark_is_no_damage(with_letter: Run, tmp_path: Path) -> None:
    backup = tmp_path / "archive.json.bak"
    backup.write_bytes(b"\xef\xbb\xbf" + backup.read_bytes())
    (tmp_path / "archive.json").write_bytes(b"{")
    assert "documents 1, quotes 1" in with_letter("list").stderr
