"""What a slip of the keyboard, or of the hand in the archive's file, must not do."""

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import DATA, Run


def change(archive: Path, table: str, number: str, **fields: object) -> None:
    """Change a record by hand, as with an editor."""
    content: dict[str, Any] = json.loads(archive.read_text(encoding="utf-8"))
    content[table][number] |= fields
    archive.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("name", ["archive.json", "archive.json.bak", "./archive.json"])
def test_an_export_never_replaces_the_archive(with_letter: Run, tmp_path: Path, name: str) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    assert with_letter("export", "--format", "csv", "--output", name, "--force").exit_code == 2
    assert (tmp_path / "archive.json").read_bytes() == before


def test_an_export_that_fails_leaves_what_was_there(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "quotes.md").write_text("an earlier export", encoding="utf-8")
    command = [sys.executable, "-m", "quotearchive", "export", "--output", "quotes.md", "--force"]
    limit = 500
    settings = {"PYTHONPATH": str(DATA.parents[1]), "QUOTEARCHIVE_CACHE": "", "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert (tmp_path / "quotes.md").read_text(encoding="utf-8") == "an earlier export"
    assert with_letter("search").exit_code == 0
    assert not list(tmp_path.glob(".quotes*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("edit", "2", "--where", "id:1", "--add-topic", "x", "--yes"),
        ("edit", "--where", "", "--add-topic", "x", "--yes"),
        ("edit", "--where", '"', "--add-topic", "x", "--yes"),
        ("add", "new.txt", "--dry-run"),
        ("add", "new.txt", "--yes"),
        ("quote", "khaster", "resign immediately", "--accept", "1"),
        ("quote", "khaster", "resign immediately", "--min-confidence", "0.5"),
        ("quote", "khaster", "--accept", "1", "--note", "mine"),
        ("quote", "khaster", "--detect", "--speaker", "Foo"),
        ("quote", "khaster", "--accept", "3-1"),
        ("remove", "2-1", "--yes"),
    ],
)
def test_options_that_clash_change_nothing(with_letter: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "new.txt").write_text("A new text.", encoding="utf-8")
    before = (tmp_path / "archive.json").read_bytes()
    result = with_letter(*arguments)
    assert result.exit_code == 2, result.output
    assert (tmp_path / "archive.json").read_bytes() == before


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("quotes", {"document": 77}),
        ("quotes", {"passages": []}),
        ("quotes", {"within": 1}),
        ("quotes", {"topics": None}),
        ("documents", {"text": None}),
        ("quotes", {"document": 10**30}),
        ("quotes", {"within": 10**30}),
        ("documents", {"characters": 10**30}),
        ("documents", {"replies_to": 10**30}),
    ],
)
@pytest.mark.parametrize("command", ["search", "show 1", "export", "list", "speakers", "topics"])
def test_an_archive_changed_by_hand_is_read_or_refused(
    with_letter: Run, tmp_path: Path, table: str, fields: dict[str, object], command: str
) -> None:
    change(tmp_path / "archive.json", table, "1", **fields)
    result = with_letter(*command.split())
    assert result.exit_code in {0, 3}
    assert "Traceback" not in result.output


def test_a_record_without_a_number_is_named(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"2":{"document"', '"abc":{"document"'), encoding="utf-8")
    result = with_letter("search")
    assert result.exit_code == 3
    assert "abc" in result.stderr


def test_a_repeated_quote_is_remarked_on(with_letter: Run) -> None:
    words = ("quote", "khaster", "resign immediately")
    assert "already quoted" not in with_letter(*words).stderr
    assert "already quoted" in with_letter(*words).stderr


def test_a_copy_holds_documents_of_which_nothing_is_quoted(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("A new text.", encoding="utf-8")
    with_letter("add", "new.txt")
    with_letter("export", "--format", "jsonl", "--output", "copy.jsonl")
    assert with_letter("-a", "copy.json", "import", "copy.jsonl").exit_code == 0
    assert [each["id"] for each in json.loads(with_letter("-a", "copy.json", "list", "--json").stdout)] == [1, 2]


def test_a_missing_archive_is_not_made_anew_over_its_backup(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "archive.json").unlink()
    (tmp_path / "a.txt").write_text("We will resist.", encoding="utf-8")
    for command in (("add", "a.txt"), ("list",), ("quote", "1", "resist")):
        result = with_letter(*command)
        assert (result.exit_code, "archive.json.bak holds the archive of" in result.stderr) == (3, True)
    shutil.copy(tmp_path / "archive.json.bak", tmp_path / "archive.json")
    assert with_letter("add", "a.txt").exit_code == 0


def test_a_backup_is_read_but_not_changed(with_letter: Run, tmp_path: Path) -> None:
    before = (tmp_path / "archive.json.bak").read_bytes()
    assert with_letter("-a", "archive.json.bak", "list").exit_code == 0
    result = with_letter("-a", "archive.json.bak", "edit", "1", "--note", "x")
    assert (result.exit_code, "can be read but not changed" in result.stderr) == (3, True)
    assert (tmp_path / "archive.json.bak").read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_has_the_name_of_a_lock_is_not_waited_for(with_letter: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "archive.json.lock")
    result = with_letter("edit", "1", "--note", "x")
    assert (result.exit_code, "is something else" in result.stderr) == (3, True)


def test_a_file_that_has_the_name_of_a_lock_is_not_removed(with_letter: Run, tmp_path: Path) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    (tmp_path / "other.lock").write_bytes(before)
    result = with_letter("-a", "other", "add", str(DATA / "khastar-open-letter.txt"))
    assert (result.exit_code, "is something else" in result.stderr) == (3, True)
    assert (tmp_path / "other.lock").read_bytes() == before


def test_a_repair_takes_nothing_from_the_backup_of_another_archive(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("We will resist. We will not be silent.", encoding="utf-8")
    with_letter("-a", "other.json", "add", "a.txt")
    with_letter("-a", "other.json", "quote", "1", "We will resist")
    content = (tmp_path / "other.json").read_bytes()
    (tmp_path / "archive.json").write_bytes(content.replace(b'"1":{"document":1', b'"1":{"document":x', 1))
    with_letter("verify", "--repair", "--yes")
    assert "resign" not in with_letter("export").stdout
    assert json.loads(with_letter("verify", "--json").stdout)["outcomes"] in ({}, {"exact": 1})
