"""What the import command says."""

import json
import shutil
from pathlib import Path

from .conftest import Run


def export(run: Run, path: Path) -> bytes:
    run("export", "--format", "jsonl", "--output", str(path))
    return path.read_bytes()


def test_an_export_comes_back_byte_for_byte(with_letter: Run, tmp_path: Path) -> None:
    before = export(with_letter, tmp_path / "a.jsonl")
    shutil.copytree(tmp_path / "archive.files", tmp_path / "copy.files")
    result = with_letter("-a", "copy.json", "import", "a.jsonl")
    assert result.output == "Imported 1 document and 2 quotes (jsonl).\n"
    (tmp_path / "archive.json").unlink()
    (tmp_path / "copy.json").rename(tmp_path / "archive.json")
    assert export(with_letter, tmp_path / "b.jsonl") == before


def test_what_is_here_already_is_told(with_letter: Run, tmp_path: Path) -> None:
    export(with_letter, tmp_path / "a.jsonl")
    result = with_letter("import", "a.jsonl")
    assert result.exit_code == 0
    assert result.stdout == (
        "Imported 0 documents and 0 quotes (jsonl).\nAlready in the archive: 1 document and 2 quotes.\n"
    )


def test_a_rehearsal_says_what_would_happen(with_letter: Run, tmp_path: Path) -> None:
    export(with_letter, tmp_path / "a.jsonl")
    result = with_letter("-a", "copy.json", "import", "a.jsonl", "--dry-run", "--json")
    told = json.loads(result.stdout)
    assert (told["dry_run"], told["format"], len(told["documents"])) == (True, "jsonl", 1)
    assert not (tmp_path / "copy.json").exists()


def test_refused_rows_are_told_and_the_answer_is_no(with_letter: Run, tmp_path: Path) -> None:
    lines = export(with_letter, tmp_path / "a.jsonl").splitlines()
    (tmp_path / "b.jsonl").write_bytes(b"\n".join([b"{", *lines]))
    result = with_letter("-a", "copy.json", "import", "b.jsonl", "--format", "jsonl")
    assert result.exit_code == 1
    assert "Refused: 1 row." in result.stdout
    assert result.stderr.startswith("Error: Line 1: Malformed row")


def test_a_file_that_cannot_be_read_changes_nothing(with_letter: Run, tmp_path: Path) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    (tmp_path / "a.json").write_text("[1", encoding="utf-8")
    codes = [
        with_letter("import", *words).exit_code
        for words in (("a.json", "--format", "json"), ("missing.json",), ("a.json", "--format", "docx"))
    ]
    assert codes == [1, 1, 2]
    assert (tmp_path / "archive.json").read_bytes() == before
