"""What is no Unicode in a file's name or an argument is kept as its escape, by which it is shown and found."""

import json
import os
from pathlib import Path

import pytest

from quotearchive.exporters import EXPORTERS

from .conftest import Run

NAME = os.fsdecode(b"Mu\xf1oz.txt")
KEPT = r"Mu\xf1oz.txt"
ESCAPE = r"caf\xe9"
ARGUMENT = os.fsdecode(b"caf\xe9")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names of files are Unicode there")


@pytest.fixture
def with_file(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive with a document whose file's name is Latin-1, and a quote of it."""
    (tmp_path / NAME).write_text("One two three four.\n\nFive six seven eight.\n", encoding="utf-8")
    assert run("add", NAME, "--title", "Muñoz").exit_code == 0
    assert run("quote", "1", "Five six").exit_code == 0
    return run


def test_the_name_of_a_source_is_kept_as_its_escape(with_file: Run) -> None:
    document = json.loads(with_file("show", "1", "--document", "--json").stdout)
    assert document["source"] == KEPT


def test_a_source_with_such_a_name_is_verified(with_file: Run, tmp_path: Path) -> None:
    assert "Sources: 1 same" in with_file("verify").stdout
    (tmp_path / NAME).write_text("Other words.", encoding="utf-8")
    assert "Sources: 1 changed" in with_file("verify").stdout


def test_the_document_of_such_a_file_has_a_title_and_a_slug(run: Run, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("one\n", encoding="utf-8")
    run("add", NAME)
    (document,) = json.loads(run("list", "--json").stdout)
    assert all(document[field].isascii() for field in ("title", "slug"))
    assert run("add", NAME).stderr == f"{KEPT} is already in the archive, as {document['slug']}.\n"


@pytest.mark.parametrize("name", [b"a\xff\xfe.md", b"\xe4.txt", b"Mu\xc3\xb1oz \xf1.txt"])
def test_folders_may_have_such_names_too(run: Run, tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / os.fsdecode(b"d\xe9p\xf4t")
    folder.mkdir()
    (folder / os.fsdecode(name)).write_text("We were there.\n", encoding="utf-8")
    assert run("add", str(folder)).exit_code == 0
    (document,) = json.loads(run("list", "--json").stdout)
    assert json.loads(run("show", document["slug"], "--json").stdout)["source"].startswith(r"d\xe9p\xf4t/")


@pytest.mark.parametrize(
    "command",
    ["list", "list --json", "search", "search --documents six", "show 1", "show 1 --document --json", "history"],
)
def test_every_command_reads_such_an_archive(with_file: Run, command: str) -> None:
    assert with_file(*command.split()).exit_code == 0


@pytest.mark.parametrize("name", [name for name in EXPORTERS if name != "template"])
def test_every_export_can_be_made_of_it(with_file: Run, name: str) -> None:
    assert with_file("export", "--format", name, "--output", "out").exit_code == 0


def test_the_history_tells_the_words_of_such_a_command_and_undoes_it(with_file: Run, tmp_path: Path) -> None:
    first = json.loads(with_file("history", "--json").stdout)[0]
    assert KEPT in first["command"]
    assert with_file("undo", "2").exit_code == 0
    assert with_file("undo", "1").exit_code == 0
    (tmp_path / "archive.json").read_bytes().decode()


@pytest.mark.parametrize(
    ("option", "field"), [("--speaker", "speaker"), ("--note", "note"), ("--to", "to"), ("--role", "role")]
)
def test_an_argument_that_is_no_unicode_is_kept_as_its_escape(with_file: Run, option: str, field: str) -> None:
    result = with_file("edit", "1", option, ARGUMENT)
    assert result.exit_code == 0
    assert result.stderr == f"An argument is not valid Unicode and is read as: {ESCAPE}\n"
    assert json.loads(with_file("show", "1", "--json").stdout)[field] == ESCAPE


def test_what_was_kept_is_found_by_the_same_argument(with_file: Run) -> None:
    with_file("edit", "1", "--speaker", ARGUMENT, "--topic", ARGUMENT)
    assert len(json.loads(with_file("search", "--speaker", ARGUMENT, "--json").stdout)) == 1
    assert with_file("speakers", "show", ARGUMENT).exit_code == 0
    assert with_file("topics").exit_code == 0


def test_the_name_of_who_changes_the_archive_may_be_none(with_file: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with_file("--by", ARGUMENT, "edit", "1", "--note", "1")
    monkeypatch.setenv("QUOTEARCHIVE_BY", ARGUMENT)
    with_file("edit", "1", "--note", "2")
    monkeypatch.delenv("QUOTEARCHIVE_BY")
    monkeypatch.setenv("LOGNAME", ARGUMENT)
    with_file("edit", "1", "--note", "3")
    changes = json.loads(with_file("history", "--json").stdout)
    assert [each["by"] for each in changes[-3:]] == [ESCAPE] * 3


def test_the_archive_may_have_such_a_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = os.fsdecode(b"arch\xefv.json")
    assert run("-a", name, "add", "-", stdin="One two.").exit_code == 0
    monkeypatch.setenv("QUOTEARCHIVE_FILE", name)
    assert run("quote", "1", "One").exit_code == 0
    assert "One" in run("search").stdout
    assert (tmp_path / name).exists()


@pytest.mark.parametrize(
    "command",
    [
        ("search", ARGUMENT),
        ("list", "--to", ARGUMENT),
        ("quote", "1", ARGUMENT),
        ("quote", ARGUMENT, "One"),
        ("quote", "1", "Five", "--said", ARGUMENT),
        ("quote", "1", "--span", ARGUMENT),
        ("edit", "--where", f"speaker:{ARGUMENT}", "--note", "x", "--yes"),
        ("add", ARGUMENT),
        ("add", "--kind", ARGUMENT, "x"),
        ("import", ARGUMENT),
        ("merge", ARGUMENT),
        ("export", "--format", ARGUMENT),
        ("export", "--template", ARGUMENT, "--format", "template"),
        ("speakers", "rename", ARGUMENT, "x"),
        ("topics", "rename", ARGUMENT, "x"),
        ("remove", ARGUMENT, "--yes"),
        ("undo", ARGUMENT),
        (ARGUMENT,),
        ("list", f"--{ARGUMENT}"),
    ],
)
def test_no_command_fails_by_such_an_argument(with_file: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    assert with_file(*command).exit_code in {0, 1, 2}
    assert (tmp_path / "archive.json").read_bytes() == before
