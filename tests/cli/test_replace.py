"""`add --replace` lists what becomes of every quote before it writes."""

import json
from pathlib import Path

import pytest

from .conftest import DATA, Run


@pytest.fixture
def corrected(tmp_path: Path) -> str:
    """The letter with a word more in one quote, and without the words of the other."""
    text = (DATA / "khastar-open-letter.txt").read_text(encoding="utf-8")
    text = text.replace("to see who they stand with", "to see with whom they stand")
    (tmp_path / "corrected.txt").write_text(text, encoding="utf-8")
    return "corrected.txt"


def test_a_dry_run_lists_and_writes_nothing(with_letter: Run, tmp_path: Path, corrected: str) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    result = with_letter("add", "--replace", "khaster", corrected, "--dry-run", "--json")
    listed = json.loads(result.stdout)
    assert [(each["id"], each["outcome"]) for each in listed["quotes"]] == [(1, "changed"), (2, "changed")]
    assert (tmp_path / "archive.json").read_bytes() == before


def test_changed_words_are_asked_about(with_letter: Run, tmp_path: Path, corrected: str) -> None:
    before = (tmp_path / "archive.json").read_bytes()
    result = with_letter("add", "--replace", "khaster", corrected)
    assert (result.exit_code, "changed" in result.stdout) == (2, True)
    assert (tmp_path / "archive.json").read_bytes() == before
    assert with_letter("add", "--replace", "khaster", corrected, "--yes").exit_code == 0
    assert "with whom they stand" in json.loads(with_letter("show", "2", "--json").stdout)["text"]


def test_a_missing_quote_is_marked_everywhere(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("The letter was taken down. " * 30, encoding="utf-8")
    assert with_letter("add", "--replace", "khaster", "other.txt", "--yes").exit_code == 0
    assert json.loads(with_letter("search", "--json").stdout)[0]["missing"] is True
    for command in (("search",), ("show", "1"), ("show", "khaster"), ("verify",)):
        assert "missing" in with_letter(*command).stdout.lower()
    assert "no longer in the document" in with_letter("export").stdout
    for name in ("tei", "qdpx", "csv", "web-annotation", "jsonl"):
        assert with_letter("export", "--format", name, "--output", f"out.{name}").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nobody", "corrected.txt"), 1),
        (("khaster", "corrected.txt", "corrected2.txt"), 2),
        (("khaster", "missing.txt"), 1),
        (("khaster", str(DATA / "khastar-open-letter.txt")), 1),
    ],
)
@pytest.mark.usefixtures("corrected")
def test_a_mistake_is_explained(with_letter: Run, arguments: tuple[str, ...], code: int) -> None:
    result = with_letter("add", "--replace", *arguments)
    assert (result.exit_code, result.stderr.startswith("Error: ")) == (code, True)


def test_what_is_said_of_a_replaced_document_is_read_as_what_is_said_of_a_new_one(
    with_letter: Run, tmp_path: Path
) -> None:
    (tmp_path / "new.txt").write_text("Another text.", encoding="utf-8")
    options = ("--date", "24 Bahman 1399", "--author", "hashem khastar")
    assert with_letter("add", "--replace", "khaster", "new.txt", "--yes", *options).exit_code == 0
    document = json.loads(with_letter("show", "khaster", "--json").stdout)
    assert [document[key] for key in ("date", "date_words", "authors")] == [
        "2021-02-12",
        "24 Bahman 1399",
        ["Hashem Khastar"],
    ]
