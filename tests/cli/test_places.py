"""Which archive a command works on, where it was not named; and what is said where none can be found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quotearchive.cli import main
from quotearchive.cli.completion import offers

from .conftest import DATA, Run

#: A user who is not this one.
STRANGER = os.geteuid() + 1001

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator can give files away")


@pytest.fixture
def below(with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands in a folder below that of an archive."""
    with_letter("list")
    (tmp_path / "inner").mkdir(mode=0o700)
    (tmp_path / "inner" / "secret.txt").write_text("A secret.", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "inner")
    return with_letter


def is_refused(run: Run, archive: Path, reason: str) -> None:
    """Check that no command works on an archive that it found, and that every one does on one that is named."""
    before = archive.read_bytes()
    for command in (["add", "secret.txt"], ["search"], ["edit", "1", "--note", "x"], ["verify"], ["undo"]):
        result = run(*command)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1), result.output
        assert reason in result.stderr
        assert f"-a {archive}" in result.stderr
    assert not [each for each in offers(main, ["show"], "") or [] if each.value != "last"]
    assert archive.read_bytes() == before
    assert run("-a", str(archive), "search").exit_code == 0


def test_the_users_own_archive_in_a_folder_above_is_found(below: Run) -> None:
    assert below("search").exit_code == 0


@as_root
@pytest.mark.parametrize("what", ["archive.json", "."])
def test_an_archive_of_somebody_else_is_refused(below: Run, tmp_path: Path, what: str) -> None:
    os.chown(tmp_path / what, STRANGER, -1)
    is_refused(below, tmp_path / "archive.json", f"belongs to the user {STRANGER}")


@as_root
def test_a_link_of_somebody_else_is_refused(below: Run, tmp_path: Path) -> None:
    (tmp_path / "archive.json").rename(tmp_path / "own.json")
    (tmp_path / "archive.json").symlink_to("own.json")
    os.lchown(tmp_path / "archive.json", STRANGER, -1)
    is_refused(below, tmp_path / "archive.json", f"belongs to the user {STRANGER}")


def test_an_archive_in_a_folder_that_everybody_can_write_is_refused(below: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    is_refused(below, tmp_path / "archive.json", "is in a folder that everybody can write to")
    tmp_path.chmod(0o1777)
    assert below("search").exit_code == 0


@as_root
def test_an_archive_is_trusted_that_is_named_or_in_the_current_folder(
    below: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(tmp_path / "archive.json", STRANGER, -1)
    monkeypatch.setenv("QUOTEARCHIVE_FILE", str(tmp_path / "archive.json"))
    assert below("search").exit_code == 0
    monkeypatch.delenv("QUOTEARCHIVE_FILE")
    monkeypatch.setenv("SUDO_UID", str(STRANGER))
    assert below("search").exit_code == 0
    monkeypatch.delenv("SUDO_UID")
    monkeypatch.chdir(tmp_path)
    assert below("search").exit_code == 0


def test_a_question_is_asked_on_a_terminal(below: Run, tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect", reason="a terminal is played by pexpect")
    assert below("search").exit_code == 0
    tmp_path.chmod(0o777)
    for answer, code in (("y", 0), ("n", 1)):
        environment = {**os.environ, "TERM": "dumb", "PYTHONPATH": str(DATA.parents[1])}
        arguments = ["-m", "quotearchive", "add", "secret.txt"]
        terminal = pexpect.spawn(sys.executable, arguments, env=environment, encoding="utf-8", timeout=20)
        terminal.expect_exact("Use it?")
        terminal.sendline(answer)
        terminal.expect(pexpect.EOF)
        terminal.close()
        assert terminal.exitstatus == code


def test_add_names_an_archive_that_is_not_in_the_current_folder(below: Run, tmp_path: Path) -> None:
    named = f"The archive is {tmp_path / 'archive.json'}.\n"
    assert below("add", "secret.txt").stderr == named
    assert below("add", "secret.txt").stderr != named
    assert below("-a", str(tmp_path / "other.json"), "add", "secret.txt").stderr.startswith("The archive is ")
    assert below("-a", "here.json", "add", "secret.txt").stderr == ""


def in_a_folder_that_is_gone(folder: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder that was removed meanwhile."""
    folder.mkdir()
    line = f"rmdir {folder}; exec {sys.executable} -m quotearchive {command}"
    environment = {**os.environ, "PYTHONPATH": str(DATA.parents[1])}
    shell = ["/bin/sh", "-c", line]
    return subprocess.run(shell, cwd=folder, env=environment, capture_output=True, check=False, input=b"A text.")


@pytest.mark.parametrize("command", ["list", "search x", "add -", "quote 1 x", "undo", "verify", "-a a.json search"])
def test_a_current_folder_that_is_gone_is_one_line(tmp_path: Path, command: str) -> None:
    result = in_a_folder_that_is_gone(tmp_path / "gone", command)
    assert (result.returncode, result.stdout, result.stderr.count(b"\n")) == (3, b"", 1), result.stderr
    assert b"-a FILE" in result.stderr


@pytest.mark.usefixtures("with_letter")
@pytest.mark.parametrize("command", ["search", "quote 1 'resign immediately'", "verify", "history", "add -"])
def test_an_archive_that_is_named_whole_is_found_from_a_folder_that_is_gone(tmp_path: Path, command: str) -> None:
    result = in_a_folder_that_is_gone(tmp_path / "gone", f"-a {tmp_path}/archive.json {command}")
    assert result.returncode == 0, result.stderr


def test_a_current_folder_that_cannot_be_looked_into_is_one_line(
    run: Run, unprivileged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = unprivileged / "shut"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.chmod(0)
    try:
        for command in (["list"], ["add", "-"], ["undo"], ["-a", "a.json", "search"], ["-a", "a.json", "add", "-"]):
            result = run(*command, stdin="A text.")
            assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1), result.output
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("how", ["option", "variable"])
def test_an_archive_that_cannot_be_read_is_one_line(
    run: Run, unprivileged: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.chdir(unprivileged)
    assert run("add", "-", stdin="A text.").exit_code == 0
    (unprivileged / "archive.json").chmod(0)
    if how == "variable":
        monkeypatch.setenv("QUOTEARCHIVE_FILE", "archive.json")
    named = ["-a", "archive.json"] if how == "option" else []
    for command in (["list"], ["search", "x"], ["quote", "1", "A"], ["verify"], ["add", "-"], ["history"]):
        result = run(*named, *command, stdin="Another.")
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1), result.output
    shutil.copy(DATA / "khastar-open-letter.txt", "letter.txt")
    Path("letter.txt").chmod(0)
    for command in (["add", "letter.txt"], ["import", "letter.txt"]):
        result = run("-a", "new.json", *command)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1), result.output


@pytest.mark.parametrize("command", ["quote 1 A", "undo", "edit 1 --note x", "search", "list", "verify", "add -"])
def test_an_archive_that_cannot_be_looked_at_is_one_line(
    run: Run, unprivileged: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(unprivileged)
    (unprivileged / "shut").mkdir(mode=0)
    for path in (unprivileged / "shut" / "a.json", unprivileged / ("x" * 300), unprivileged / "a" / ("x/" * 3000)):
        result = run("-a", str(path), *command.split(), stdin="A text.")
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1), result.output
