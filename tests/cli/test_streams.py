"""What the command says when its streams are full, closed or can't show a letter, or when it is interrupted."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quotearchive.__main__ import main as program

from .conftest import DATA, Run

COMMAND = f"{sys.executable} -m quotearchive"

#: What a user may well do, with the code that says it is done.
READING = [
    "search",
    "list",
    "list --json",
    "show 1",
    "export",
    "history",
    "verify",
    "--help",
    "add --help",
    "--version",
]
CHANGING = [
    "edit 1 --note x",
    "edit 1 --note x --json",
    "quote khaster 'resign immediately'",
    "remove 2 --yes",
    "undo",
    "add -",
    "speakers rename Khomeini Someone",
]


def shell(line: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which `Q` is the command."""
    environment = {**os.environ, "PYTHONPATH": str(DATA.parents[1]), "COLUMNS": "100", **settings}
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("Q ", f"{COMMAND} ")],
        cwd=folder,
        env=environment,
        input=b"A new text.",
        capture_output=True,
        check=False,
    )


def said(result: subprocess.CompletedProcess[bytes]) -> str:
    return result.stderr.decode()


@pytest.mark.parametrize("full", ["> /dev/full", ">&-"])
@pytest.mark.parametrize("command", READING)
def test_a_result_that_cannot_be_shown_is_one_line_and_a_failure(
    with_letter: Run, tmp_path: Path, command: str, full: str
) -> None:
    assert with_letter("search").exit_code == 0
    result = shell(f"Q {command} {full}", tmp_path)
    assert result.returncode == 1, said(result)
    assert said(result).startswith("Error: The result can't be shown: "), said(result)
    assert said(result).count("\n") == 1


@pytest.mark.parametrize("full", ["> /dev/full", ">&-"])
@pytest.mark.parametrize("command", CHANGING)
def test_a_change_that_is_stored_is_done_whether_or_not_it_can_be_shown(
    with_letter: Run, tmp_path: Path, command: str, full: str
) -> None:
    before = with_letter("history", "--json").stdout
    result = shell(f"Q {command} {full}", tmp_path)
    assert result.returncode == 0, said(result)
    assert "The change is stored, but its result can't be shown: " in said(result)
    assert with_letter("history", "--json").stdout != before


@pytest.mark.parametrize("command", [*CHANGING, "search", "list nothing", "search nothing"])
@pytest.mark.parametrize("streams", ["2> /dev/full", "2>&-", "2> /dev/full < /dev/null", "<&- 2>&-"])
def test_remarks_that_cannot_be_shown_change_nothing(
    with_letter: Run, tmp_path: Path, command: str, streams: str
) -> None:
    usual = 2 if command == "list nothing" else 1 if command == "add -" and "<" in streams else 0
    assert shell(f"Q {command} {streams}", tmp_path).returncode == usual
    assert with_letter("verify").exit_code == 0


@pytest.mark.usefixtures("with_letter")
@pytest.mark.parametrize("command", [*READING, *CHANGING])
def test_a_reader_that_has_enough_is_no_error(tmp_path: Path, command: str) -> None:
    code = "sleep 0.05; exec <&-"
    result = shell(f"{{ Q {command}; echo $? >&2; }} | {{ {code}; }}", tmp_path)
    lines = [line for line in said(result).splitlines() if not line.startswith("Found it")]
    assert lines in ([["0"]] if command in CHANGING else [["0"], ["1"]]), lines


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("command", ["show 1", "show khaster", "search", "search --count speaker", "search nothing"])
def test_a_letter_that_a_stream_cannot_carry_is_escaped(
    with_letter: Run, tmp_path: Path, command: str, encoding: str
) -> None:
    with_letter("edit", "1", "--speaker", "هاشم", "--note", "’ \U0001f600")
    result = shell(f"Q {command}", tmp_path, PYTHONIOENCODING=encoding)
    assert result.returncode == 0, said(result)
    shown = result.stdout.decode(encoding)
    if command == "show 1":
        expected = "’ \U0001f600" if encoding == "utf-8" else "\\U0001f600"
        assert expected in shown


def test_a_locale_without_letters_is_no_hindrance(with_letter: Run, tmp_path: Path) -> None:
    with_letter("edit", "1", "--speaker", "هاشم")
    result = shell("Q search --speaker هاشم --json", tmp_path, LC_ALL="C")
    assert "هاشم".encode() in result.stdout, said(result)
    assert shell("Q search", tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").returncode == 0


def interrupted(folder: Path, moment: int) -> tuple[int, str]:
    """Run a command that somebody stops when it touches the archive's folder for the nth time.

    Returns:
        Its exit code, and what it said.
    """
    said, child = folder.with_suffix(".said"), os.fork()
    if child == 0:
        sys.stdout = sys.stderr = said.open("w", encoding="utf-8")
        sys.argv = ["quotearchive", "quote", "khaster", "resign immediately"]
        moments = iter(range(moment + 1))

        def stop(event: str, arguments: tuple[object, ...]) -> None:  # noqa: ARG001 - whatever happens to the folder
            if any(str(folder) in str(each) for each in arguments) and next(moments, None) == moment:
                os.kill(os.getpid(), signal.SIGINT)

        sys.addaudithook(stop)
        try:
            program()
        finally:  # it ended otherwise than by itself
            os._exit(70)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.read_text(encoding="utf-8")


@pytest.mark.usefixtures("with_letter")
def test_the_exit_code_of_a_stopped_command_tells_whether_the_change_is_stored(tmp_path: Path) -> None:
    before, codes = (tmp_path / "archive.json").read_bytes(), []
    for moment in range(100):
        (tmp_path / "archive.json").write_bytes(before)
        code, told = interrupted(tmp_path, moment)
        is_changed = (tmp_path / "archive.json").read_bytes() != before
        assert code == (0 if is_changed else 130), told
        assert not list(tmp_path.glob(".*.tmp"))
        codes.append(code)
        if is_changed and "Interrupted after the change was stored." not in told:
            break  # it was done before anybody stopped it
    assert codes.count(130) > 3
    assert codes.count(0) > 1


def test_a_command_may_be_stopped_while_it_tells_what_it_stored(run: Run, tmp_path: Path) -> None:
    for name in "a.txt", "b.txt":
        (tmp_path / name).write_text(f"“We will not be silent,” said Ann Lee in {name}.", encoding="utf-8")
    code = """
import os, signal
from quotearchive.__main__ import main
from quotearchive.cli import add
add.count_likely = lambda document: os.kill(os.getpid(), signal.SIGINT)
main()
"""
    environment = {**os.environ, "PYTHONPATH": str(DATA.parents[1])}
    arguments = [sys.executable, "-c", code, "add", "a.txt", "b.txt"]
    result = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (result.returncode, said(result).count("\n")) == (0, 1)
    assert run("show", "2", "--document").exit_code == 0


@pytest.mark.parametrize(("given", "used"), [(None, "R"), ("FRX", "FRX")])
def test_a_pager_shows_colours_unless_told_otherwise(
    with_letter: Run, tmp_path: Path, given: str | None, used: str
) -> None:
    pexpect = pytest.importorskip("pexpect", reason="a terminal is played by pexpect")
    assert with_letter("list").exit_code == 0
    env = {name: value for name, value in os.environ.items() if name not in {"LESS", "MANPAGER"}}
    env |= {"TERM": "xterm", "PYTHONPATH": str(DATA.parents[1]), "PAGER": 'cat >/dev/null; echo "<$LESS>"'}
    if given is not None:
        env["LESS"] = given
    show = ["-m", "quotearchive", "show", "khaster"]
    shown = pexpect.spawn(sys.executable, show, cwd=tmp_path, env=env, encoding="utf-8", timeout=20).read()
    assert f"<{used}>" in shown
