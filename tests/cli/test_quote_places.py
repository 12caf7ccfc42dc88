"""From a quote back to its page, on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

TEXT = "The report begins here.\n\nNobody told us why.\n\nThe second page speaks of prison and of work.\n\nIt ends."


def document(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    pages = [(0, "iv", 4), (TEXT.index("The second"), "12", 5), (TEXT.index("It ends"), "13", 6)]
    segments = [{"start": start, "kind": "page", "label": label, "ref": ref} for start, label, ref in pages]
    return {
        "type": "document",
        "id": 1,
        "slug": "report",
        "title": "A report",
        "text": TEXT,
        "segments": segments,
    } | fields


def quote(number: int, words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    passage = {"start": start, "end": start + len(words), "exact": words}
    return {"type": "quote", "id": number, "document": "report", "passages": [passage], "speaker": "Ann Lee"}


@pytest.fixture
def with_report(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive with a report of three pages, and two quotes of it."""
    values = (document(), quote(1, "Nobody told us why."), quote(2, "of prison and of work.\n\nIt ends."))
    (tmp_path / "report.jsonl").write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
    assert run("import", "report.jsonl").exit_code == 0
    return run


def found(run: Run, *arguments: str) -> list[int]:
    return [each["id"] for each in json.loads(run("search", *arguments, "--json").stdout)]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [("page:12", [2]), ("page:iv", [1]), ("page:4", [1]), ("page:5", []), ("page:1", []), ("page:5..13", [2])],
)
def test_quotes_are_found_by_their_page(with_report: Run, query: str, numbers: list[int]) -> None:
    assert found(with_report, query) == numbers


def test_a_found_quote_says_where_it_is(with_report: Run) -> None:
    values = json.loads(with_report("search", "--sort", "added", "--json").stdout)
    assert {each["id"]: each["locator"] for each in values} == {1: "p. iv, paragraph 2", 2: "pp. 12–13"}
    assert "p. iv, paragraph 2" in with_report("search", "nobody").stdout
    assert json.loads(with_report("show", "1", "--json").stdout)["locator"] == "p. iv, paragraph 2"
    assert "p. iv, paragraph 2, characters" in with_report("show", "1").stdout


def test_an_export_is_read_back_with_all_segments(with_report: Run, tmp_path: Path) -> None:
    before = with_report("export", "--format", "jsonl").stdout
    assert [each["label"] for each in json.loads(before.splitlines()[0])["segments"]] == ["iv", "12", "13"]
    (tmp_path / "copy.jsonl").write_text(before, encoding="utf-8")
    assert with_report("-a", "other.json", "import", "copy.jsonl").exit_code == 0
    after = with_report("-a", "other.json", "export", "--format", "jsonl").stdout
    assert [json.loads(line) for line in after.splitlines()] == [json.loads(line) for line in before.splitlines()]


def test_a_merge_carries_segments(with_report: Run) -> None:
    with_report("export", "--format", "jsonl", "--output", "copy.jsonl")
    Path("letter.txt").write_text("Another letter.", encoding="utf-8")
    assert with_report("-a", "other.json", "add", "letter.txt").exit_code == 0
    assert with_report("-a", "other.json", "merge", "archive.json").exit_code == 0
    values = json.loads(with_report("-a", "other.json", "search", "page:12", "--json").stdout)
    assert [each["locator"] for each in values] == ["pp. 12–13"]


def test_a_page_is_shown_with_the_quotes_on_it(with_report: Run) -> None:
    shown = with_report("show", "report", "--page", "12").stdout
    assert "The second page speaks ⟦2 of prison and of work.\n\n⟧" in shown
    assert "Nobody told us why" not in shown
    assert "It ends" not in shown
    values = json.loads(with_report("show", "1", "--page", "12-13", "--json").stdout)
    assert values["text"] == TEXT[TEXT.index("The second") :]
    assert values["shown"]["quotes"] == [2]


def test_a_page_that_is_not_there_is_told_with_those_that_are(with_report: Run) -> None:
    refused = with_report("show", "report", "--page", "99")
    assert refused.exit_code == 1
    assert "report has no page 99. Its pages are iv to 13." in refused.stderr


def test_a_document_shows_the_places_of_its_quotes(with_report: Run) -> None:
    shown = with_report("show", "report").stdout
    assert "3 pages (iv–13)" in shown
    assert "1: p. iv, paragraph 2; 2: pp. 12–13" in shown


def test_segments_are_in_listings_for_programs(with_report: Run) -> None:
    (listed,) = json.loads(with_report("list", "--json").stdout)
    assert [each["label"] for each in listed["segments"]] == ["iv", "12", "13"]


def test_quotes_of_a_new_text_have_new_places(with_report: Run, tmp_path: Path) -> None:
    assert found(with_report, "page:iv") == [1]
    (tmp_path / "better.txt").write_text(TEXT.replace("begins here", "starts here"), encoding="utf-8")
    assert with_report("add", "--replace", "report", "better.txt", "--yes").exit_code == 0
    assert found(with_report, "page:iv") == []
    values = json.loads(with_report("search", "nobody", "--json").stdout)
    assert [each["locator"] for each in values] == ["paragraph 2"]
    assert with_report("undo").exit_code == 0
    assert found(with_report, "page:iv") == [1]


def test_words_that_were_recognised_are_marked_everywhere(run: Run, tmp_path: Path) -> None:
    original = {
        "sha256": "ab",
        "name": "scan.png",
        "size": 1,
        "media_type": "image/png",
        "reader": "ocr",
        "recognised": True,
    }
    values = (document(original=original), quote(1, "Nobody told us why."))
    (tmp_path / "scan.jsonl").write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
    run("import", "scan.jsonl")
    assert "recognised text" in run("list").stdout
    assert "recognised text" in " ".join(run("search", "nobody").stdout.split())
    assert "Recognised in a picture" in run("show", "1").stdout
    assert "recognised in a picture" in run("show", "report").stdout
    assert "Quotes: 1 as recognised in a picture." in run("verify").stdout
    assert json.loads(run("verify", "--json").stdout)["outcomes"] == {"recognised": 1}
