"""What SECURITY.md promises."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quotearchive.cli import COMMANDS, main
from quotearchive.exporters import EXPORTERS

LETTER = Path(__file__).parent / "data" / "khastar-open-letter.txt"

#: One line for each command, or more, as they follow one another.
LINES: tuple[tuple[str, ...], ...] = (
    ("add", str(LETTER)),
    ("add", "answer.txt"),
    ("quote", "1", "resign immediately", "--speaker", "Hashem Khastar", "--topic", "prison"),
    ("quote", "1", "--detect"),
    ("edit", "1", "--note", "a name that was mistaken"),
    ("edit", "1", "--note", "to be checked"),
    ("search", "resign"),
    ("show", "1"),
    ("list",),
    ("speakers",),
    ("topics",),
    ("verify",),
    ("originals",),
    ("history",),
    ("completion", "bash"),
    ("export", "--format", "jsonl", "--output", "all.jsonl"),
    ("-a", "new.json", "import", "all.jsonl"),
    ("merge", "new.json"),
    ("remove", "1", "--yes"),
    ("undo",),
)

#: Runs lines of commands in one process that ends where anything is asked of a network.
OFFLINE = """
import json, sys
from quotearchive.cli import main

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(refuse)
for line in json.loads(sys.argv[1]):
    main(line, standalone_mode=False)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with caches of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUOTEARCHIVE_CACHE", str(tmp_path / "caches"))
    (tmp_path / "answer.txt").write_text("An answer\n\nWe will not be silent.\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def work() -> None:
    for line in LINES:
        assert run(*line).exit_code == 0, line


def test_no_command_opens_a_connection(folder: Path) -> None:
    words = {line[2] if line[0] == "-a" else line[0] for line in LINES}
    assert words >= set(COMMANDS)
    formats = [("export", "--format", name, "--output", f"out-{name}") for name in EXPORTERS if name != "template"]
    lines = json.dumps([*LINES, *formats])
    result = subprocess.run([sys.executable, "-c", OFFLINE, lines], cwd=folder, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such modes")
def test_nobody_else_can_read_an_archive_its_backup_and_its_index(folder: Path) -> None:
    old = os.umask(0)
    try:
        work()
    finally:
        os.umask(old)
    kept = [folder / "archive.json", folder / "archive.json.bak", folder / "new.json", *(folder / "caches").iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert stat.S_IMODE((folder / "caches").stat().st_mode) == 0o700


def test_a_page_loads_nothing(folder: Path) -> None:
    work()
    assert run("export", "--format", "html", "--output", "page.html").exit_code == 0
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert not re.findall(r"""<(?:link|img|iframe)\b|<script[^>]*\ssrc|@import|url\(""", page)


def test_an_export_leaves_what_was_before_behind(folder: Path) -> None:
    work()
    assert "mistaken" in (folder / "archive.json").read_text(encoding="utf-8")
    assert "mistaken" not in (folder / "new.json").read_text(encoding="utf-8")


def test_nobody_is_named_who_does_not_want_to_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEARCHIVE_BY", "")
    monkeypatch.setenv("LOGNAME", "somebody")
    assert run("add", "answer.txt").exit_code == 0
    assert "somebody" not in (folder / "archive.json").read_text(encoding="utf-8")
