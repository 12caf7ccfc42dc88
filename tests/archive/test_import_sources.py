"""Which document a row of another program is of."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def with_namesakes(with_letter: Run, tmp_path: Path) -> Run:
    """Run commands on an archive with two documents of one title and address."""
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"Words of number {number}.\n", encoding="utf-8")
        options = ("--title", "The same title", "--url", "https://example.org/a")
        assert with_letter("add", f"{number}.txt", *options).exit_code == 0
    return with_letter


@pytest.mark.parametrize("field", [{"title": "The same title"}, {"url": "https://example.org/a"}])
def test_a_row_that_may_be_of_several_documents_is_refused_with_their_names(
    with_namesakes: Run, tmp_path: Path, field: dict[str, str]
) -> None:
    (name, value), *_ = field.items()
    (tmp_path / "rows.csv").write_text(f"text,{name}\nWords of number 1,{value}\n", encoding="utf-8")
    result = with_namesakes("import", "rows.csv")
    said = " ".join((result.stdout + result.stderr).split())
    assert result.exit_code == 1
    assert "the-same-title" in said
    assert "the-same-title-2" in said


def test_what_an_import_fills_in_is_said(with_letter: Run, tmp_path: Path) -> None:
    items = [{"id": "an-answer", "type": "article", "title": "An answer", "publisher": "The Press"}]
    (tmp_path / "items.json").write_text(json.dumps(items), encoding="utf-8")
    (tmp_path / "answer.txt").write_text("An answer\n\nWe will not be silent.\n", encoding="utf-8")
    assert with_letter("add", "answer.txt").exit_code == 0
    assert "Would fill in an-answer: kind, publisher." in with_letter("import", "items.json", "--dry-run").stdout
    assert "Filled in an-answer: kind, publisher." in with_letter("import", "items.json").stdout


def test_rows_of_the_same_words_are_joined_and_counted(with_letter: Run, tmp_path: Path) -> None:
    rows = "text,document,topics\nresign immediately,khaster,one\nresign immediately,khaster,two\n"
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    assert "1 row with rows of the same words." in with_letter("import", "rows.csv", "--document", "khaster").stdout
    found = json.loads(with_letter("search", "resign", "--json").stdout)
    assert [each["topics"] for each in found] == [["one", "two"]]
