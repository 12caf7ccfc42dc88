"""Files that are added are kept beside the archive, checked, carried along, opened and read again."""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from quotearchive.readers import Extract

from .by_hand import spoil
from .conftest import Run

LETTER = "Open letter\n\nWe will not be silent. He said: we resist.\n"
FOLDER = "archive.files"


@pytest.fixture
def letter(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive with a letter that was read from a file."""
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    run("add", "letter.txt")
    return run


def kept(folder: Path) -> list[Path]:
    return sorted(each for each in folder.glob("??/*") if each.is_file())


def original(run: Run, document: str = "1", archive: str = "archive.json") -> dict[str, Any]:
    shown = json.loads(run("-a", archive, "show", document, "--document", "--json").stdout)
    found: dict[str, Any] = shown["original"]
    return found


def state(run: Run) -> tuple[int, list[str]]:
    result = run("verify", "--json")
    return result.exit_code, [each["original"] for each in json.loads(result.stdout)["documents"]]


def damage(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"Something else")


def test_the_file_is_kept_byte_for_byte(letter: Run, tmp_path: Path) -> None:
    (path,) = kept(tmp_path / FOLDER)
    assert path.read_bytes() == (tmp_path / "letter.txt").read_bytes()
    assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stat().st_nlink == 1
    told = original(letter)
    assert (told["name"], told["size"], told["media_type"], told["kept"]) == (
        "letter.txt",
        len(LETTER),
        "text/plain",
        True,
    )


def test_what_is_piped_in_is_kept_too(run: Run, tmp_path: Path) -> None:
    run("add", "-", stdin=LETTER)
    (path,) = kept(tmp_path / FOLDER)
    assert path.read_text(encoding="utf-8") == LETTER
    assert original(run)["name"] == "standard input"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_comes_through_a_named_pipe_is_kept_too(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    if os.fork() == 0:
        (tmp_path / "pipe").write_text(LETTER, encoding="utf-8")
        os._exit(0)
    assert run("add", "pipe").exit_code == 0
    os.wait()
    assert [each.read_text(encoding="utf-8") for each in kept(tmp_path / FOLDER)] == [LETTER]


def test_no_keep_keeps_the_hash_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    run("add", "letter.txt", "--no-keep")
    assert not (tmp_path / FOLDER).exists()
    assert (original(run)["kept"], original(run)["sha256"]) == (False, hashlib.sha256(LETTER.encode()).hexdigest())
    assert state(run) == (0, ["not kept"])


def test_an_archive_remembers_that_it_keeps_none(letter: Run, tmp_path: Path) -> None:
    assert "add keeps no files" in letter("originals", "--no-keep").stdout
    letter("add", "-", stdin="Another.")
    letter("add", "-", "--keep", stdin="A third.")
    assert [each["kept"] for each in json.loads(letter("originals", "--json").stdout)["originals"]] == [
        True,
        False,
        True,
    ]
    record = json.loads((tmp_path / "archive.json").read_text(encoding="utf-8"))["archive"]["1"]
    assert record["keeps_originals"] is False
    assert letter("undo", "2").exit_code == 0
    assert json.loads(letter("originals", "--json").stdout)["keeps"] is True
    assert letter("verify").exit_code == 0


def test_saying_it_again_changes_nothing(letter: Run, tmp_path: Path) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    letter("originals", "--keep")
    assert (tmp_path / "archive.json").read_bytes() == before


def test_what_is_known_or_fails_keeps_nothing(letter: Run, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(LETTER.replace("\n", "\r\n"), encoding="utf-8", newline="")
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    letter("add", "letter.txt", "copy.txt", "empty.txt")
    assert len(kept(tmp_path / FOLDER)) == 1


def test_the_suffix_of_a_program_is_not_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.sh").write_text(LETTER, encoding="utf-8")
    run("add", "letter.sh")
    assert [each.suffix for each in kept(tmp_path / FOLDER)] == [".txt"]


def test_verify_finds_what_was_changed_or_is_gone(letter: Run, tmp_path: Path) -> None:
    (path,) = kept(tmp_path / FOLDER)
    assert state(letter) == (0, ["same"])
    damage(path)
    assert state(letter) == (1, ["changed"])
    path.unlink()
    assert state(letter) == (1, ["gone"])
    told = letter("verify").stdout
    assert "Originals: 1 gone." in told
    assert "To keep an original anew, add its file again: quotearchive add FILE" in told


def test_adding_the_file_again_brings_back_what_is_gone(letter: Run, tmp_path: Path) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    damage(kept(tmp_path / FOLDER)[0])
    assert "is kept now" in letter("add", "letter.txt").stderr
    assert state(letter) == (0, ["same"])
    assert (tmp_path / "archive.json").read_bytes() == before


def test_adding_the_file_again_keeps_what_was_not_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    run("add", "letter.txt", "--no-keep")
    assert "is kept now" in run("add", "letter.txt").stderr
    assert (original(run)["kept"], state(run)) == (True, (0, ["same"]))


def test_what_was_removed_comes_back_with_its_original(letter: Run) -> None:
    letter("remove", "1", "--document", "--yes")
    assert json.loads(letter("verify", "--json").stdout)["unreferenced"] == []
    letter("undo")
    assert state(letter) == (0, ["same"])


def test_files_that_nothing_refers_to_are_told(letter: Run, tmp_path: Path) -> None:
    name = hashlib.sha256(b"?").hexdigest()
    (tmp_path / FOLDER / name[:2]).mkdir(exist_ok=True)
    (tmp_path / FOLDER / name[:2] / f"{name}.txt").write_bytes(b"?")
    assert json.loads(letter("verify", "--json").stdout)["unreferenced"] == [f"{name}.txt"]
    assert f"Originals of no document: 1 ({name}.txt)" in " ".join(letter("verify").stdout.split())


def test_a_text_that_is_replaced_keeps_both_originals(letter: Run, tmp_path: Path) -> None:
    (tmp_path / "better.txt").write_text(LETTER.replace("He said", "She said"), encoding="utf-8")
    letter("add", "--replace", "open-letter", "better.txt", "--yes")
    assert (len(kept(tmp_path / FOLDER)), original(letter)["name"]) == (2, "better.txt")
    letter("undo")
    assert (original(letter)["name"], state(letter)) == ("letter.txt", (0, ["same"]))


def test_exports_are_not_written_among_the_originals(letter: Run, tmp_path: Path) -> None:
    for path in (FOLDER, f"{FOLDER}/quotes.md", f"{FOLDER}/ab/x.md"):
        assert letter("export", "--output", path, "--force").exit_code == 2
    assert len(kept(tmp_path / FOLDER)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_the_place_of_the_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / FOLDER).symlink_to(tmp_path / "elsewhere")
    result = run("add", "-", stdin=LETTER)
    assert (result.exit_code, result.stderr.count("\n"), "Nothing was changed" in result.stderr) == (3, 1, True)
    assert not (tmp_path / "archive.json").exists()
    assert not list((tmp_path / "elsewhere").iterdir())
    assert run("add", "-", "--no-keep", stdin=LETTER).exit_code == 0


# Other archives


def moved(run: Run, tmp_path: Path) -> None:
    """Let the archive be another one, with the folder of its originals, and begin a new one."""
    (tmp_path / "archive.json").rename(tmp_path / "other.json")
    (tmp_path / FOLDER).rename(tmp_path / "other.files")
    run("add", "-", stdin="An answer.\n")


def test_merge_carries_originals_over(letter: Run, tmp_path: Path) -> None:
    moved(letter, tmp_path)
    assert letter("merge", "other.json").exit_code == 0
    assert state(letter) == (0, ["same", "same"])
    before = (tmp_path / "archive.json").read_bytes()
    letter("merge", "other.json")
    assert (tmp_path / "archive.json").read_bytes() == before


def test_a_rehearsed_merge_carries_nothing(letter: Run, tmp_path: Path) -> None:
    moved(letter, tmp_path)
    assert letter("merge", "other.json", "--dry-run").exit_code == 0
    assert len(kept(tmp_path / FOLDER)) == 1


@pytest.mark.parametrize("is_gone", [True, False])
def test_merge_tells_what_it_cannot_carry(letter: Run, tmp_path: Path, *, is_gone: bool) -> None:
    moved(letter, tmp_path)
    (path,) = kept(tmp_path / "other.files")
    path.unlink() if is_gone else damage(path)
    for how in (["--dry-run"], []):
        told = letter("merge", "other.json", *how)
        assert "it isn't kept here" in " ".join(told.stderr.split())
    assert state(letter) == (0, ["same", "not kept"])


def test_merge_brings_the_original_of_a_document_that_is_in_both(letter: Run, tmp_path: Path) -> None:
    moved(letter, tmp_path)
    letter("add", "letter.txt", "--no-keep")
    letter("merge", "other.json")
    assert state(letter) == (0, ["same", "same"])


def test_an_archive_that_keeps_none_carries_none_over(letter: Run, tmp_path: Path) -> None:
    moved(letter, tmp_path)
    letter("originals", "--no-keep")
    letter("merge", "other.json")
    assert state(letter) == (0, ["same", "not kept"])


def test_a_name_that_leads_elsewhere_is_not_merged(letter: Run, tmp_path: Path) -> None:
    spoil(tmp_path, lambda tables: tables["documents"]["1"]["original"].update(sha256="../../../etc/passwd"))
    moved(letter, tmp_path)
    assert letter("merge", "other.json").exit_code == 0
    assert original(letter, "2") is None


def test_verify_says_it_if_an_original_has_no_hash(letter: Run, tmp_path: Path) -> None:
    spoil(tmp_path, lambda tables: tables["documents"]["1"]["original"].update(sha256="../../../etc/passwd"))
    found = json.loads(letter("verify", "--json").stdout)
    assert "the original of open-letter has no SHA-256" in found["problems"]
    assert found["documents"][0]["original"] == "gone"


def test_import_notes_whether_an_original_is_here(letter: Run, tmp_path: Path) -> None:
    letter("export", "--format", "jsonl", "--output", "all.jsonl")
    letter("-a", "new.json", "import", "all.jsonl")
    assert original(letter, archive="new.json")["kept"] is False
    shutil.copytree(tmp_path / FOLDER, tmp_path / "third.files")
    letter("-a", "third.json", "import", "all.jsonl")
    assert original(letter, archive="third.json")["kept"] is True


def test_import_refuses_an_original_without_a_hash(letter: Run, tmp_path: Path) -> None:
    letter("export", "--format", "jsonl", "--output", "all.jsonl")
    name = hashlib.sha256(LETTER.encode()).hexdigest()
    text = (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    row = json.loads(text)
    assert row["original"]["sha256"] == name
    row["original"]["sha256"] = "../../../etc/passwd"
    (tmp_path / "all.jsonl").write_text(json.dumps(row), encoding="utf-8")
    result = letter("-a", "new.json", "import", "all.jsonl")
    assert (result.exit_code, "which is none" in result.stderr) == (1, True)


# Reading again


def improve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader of plain text find more words than it did."""

    def extract(text: str, name: str) -> Extract:  # noqa: ARG001 - the type of readers
        return Extract(text=text.replace("resist", "resist all of it"))

    monkeypatch.setattr("quotearchive.readers.plain_text.extract", extract)


def test_an_original_that_is_read_again_gives_the_same_text(letter: Run, tmp_path: Path) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    result = letter("add", "--replace", "open-letter")
    assert (result.exit_code, "the same text" in result.stderr) == (0, True)
    assert (tmp_path / "archive.json").read_bytes() == before


def test_a_better_reader_finds_quotes_again(letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "letter.txt").unlink()
    letter("quote", "open-letter", "not be silent")
    improve(monkeypatch)
    result = letter("add", "--replace", "open-letter")
    assert result.exit_code == 0, result.stderr
    shown = json.loads(letter("show", "open-letter", "--json").stdout)
    assert ("resist all of it" in shown["text"], shown["source"]) == (True, "letter.txt")
    assert state(letter)[1] == ["same"]
    assert json.loads(letter("show", "1", "--json").stdout)["text"] == "not be silent"


@pytest.mark.parametrize("how", ["not kept", "gone", "changed"])
def test_what_cannot_be_read_again_is_told_with_what_to_do(run: Run, tmp_path: Path, how: str) -> None:
    run("add", "-", *(["--no-keep"] if how == "not kept" else []), stdin=LETTER)
    for path in kept(tmp_path / FOLDER):
        path.unlink() if how == "gone" else damage(path)
    result = run("add", "--replace", "open-letter")
    assert (result.exit_code, "add --replace open-letter FILE" in result.stderr) == (1, True)


def test_a_path_is_missing_without_replace(run: Run) -> None:
    assert "PATH" in run("add").stderr


# Web pages


#: A page whose main text is an article, with words beside it.
PAGE = """<!doctype html><html lang="en"><head><title>We resist</title></head><body>
<header><nav><a href="/">Home</a> <a href="/about">About us</a></nav></header>
<main><article><h1>We resist</h1>
<p>We will not be silent about what has been done to the teachers of this town, and to their pupils.</p>
<p>He said that the schools would open again in the spring, and that nobody would be asked for papers.</p>
<p>She answered that they had heard that before, in the autumn and in the winter, and that they would wait.</p>
</article></main>
<footer><p>Related: the printers of the town walked out on Friday.</p></footer></body></html>
"""


@pytest.fixture
def page(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive with a saved web page."""
    pytest.importorskip("lxml", reason="web pages need the extra files")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert run("add", "page.html").exit_code == 0
    return run


def test_a_passage_beside_the_main_text_is_pointed_to(page: Run) -> None:
    passage = "the printers of the town walked out on Friday"
    result = page("quote", "1", passage)
    assert (result.exit_code, "outside its main text" in result.stderr) == (1, True)
    assert "add --replace we-resist --whole-page" in result.stderr
    assert "Not in we-resist" in page("quote", "1", "the printers stayed where they were").stderr
    assert page("add", "--replace", "we-resist", "--whole-page").exit_code == 0
    assert page("quote", "1", passage).exit_code == 0


def test_a_passage_beside_the_main_text_is_not_looked_for_in_what_is_gone(page: Run, tmp_path: Path) -> None:
    damage(kept(tmp_path / FOLDER)[0])
    assert "Not in we-resist" in page("quote", "1", "the printers of the town walked out on Friday").stderr


# Opening


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system is asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(click, "launch", asked.append)
    return asked


def test_show_opens_the_original(letter: Run, tmp_path: Path, opened: list[str]) -> None:
    letter("quote", "open-letter", "not be silent")
    for reference in ("open-letter", "1"):
        assert letter("show", reference, "--open").exit_code == 0
    assert opened == [str(kept(tmp_path / FOLDER)[0])] * 2


def test_show_opens_the_source_where_nothing_is_kept(run: Run, tmp_path: Path, opened: list[str]) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    run("add", "letter.txt", "--no-keep")
    assert run("show", "open-letter", "--open").exit_code == 0
    assert opened == [str(tmp_path / "letter.txt")]
    (tmp_path / "letter.txt").write_text("Something else", encoding="utf-8")
    result = run("show", "open-letter", "--open")
    assert (result.exit_code, "nothing to open" in result.stderr) == (1, True)


def test_what_could_be_run_is_not_opened(letter: Run, tmp_path: Path, opened: list[str]) -> None:
    (path,) = kept(tmp_path / FOLDER)
    path.rename(path.with_suffix(".desktop"))
    result = letter("show", "open-letter", "--open")
    assert (result.exit_code, path.stem in result.stderr, opened) == (1, True, [])


def test_a_web_page_is_opened_only_if_somebody_agrees(page: Run, tmp_path: Path, opened: list[str]) -> None:
    assert (page("show", "we-resist", "--open").exit_code, opened) == (2, [])
    assert page("show", "we-resist", "--open", "--yes").exit_code == 0
    assert opened == [str(kept(tmp_path / FOLDER)[0])]


def test_only_one_is_opened(letter: Run, opened: list[str]) -> None:
    letter("add", "-", stdin="Another.\n")
    assert letter("show", "open-letter", "another", "--open").exit_code == 2
    assert letter("show", "open-letter", "--yes").exit_code == 2
    assert opened == []


@pytest.mark.skipif(sys.platform != "linux", reason="the programs are those of Linux")
def test_a_pdf_is_opened_at_the_page_of_the_quote(
    letter: Run, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    letter("quote", "1", "we resist")
    pages = [[0, "page", "xi", 11], [LETTER.index("He said"), "page", "1", 12]]
    values = [dict(zip(("start", "kind", "label", "ref"), each, strict=True)) for each in pages]
    spoil(tmp_path, lambda tables: tables["documents"]["1"].update(segments=values))
    path = kept(tmp_path / FOLDER)[0]
    path = path.rename(path.with_suffix(".pdf"))
    programs(tmp_path / "bin", tmp_path / "asked", monkeypatch)
    result = letter("show", "1", "--open")
    assert "on page 12 of the file" in " ".join(result.stdout.split())
    for _ in range(500):
        if (tmp_path / "asked").exists():
            break
        os.sched_yield()
    os.wait()
    assert (tmp_path / "asked").read_text(encoding="utf-8").strip() == f"--page-index=12 {path}"
    assert opened == []


def programs(folder: Path, asked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put programs where the system looks first: one that names the viewer of PDFs, and that viewer."""
    folder.mkdir()
    for name, line in (("xdg-mime", "echo org.gnome.Evince.desktop"), ("evince", f'echo "$@" > {asked}')):
        (folder / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
