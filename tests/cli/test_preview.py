"""What `add --preview` shows, and that it stores nothing."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from .conftest import Run

CUES = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Anna Lee>We will stay.\n\n"
    "00:01:05.000 --> 00:01:07.000\n<v Ben Ito>No.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "talk.vtt").write_text(CUES, encoding="utf-8")
    (tmp_path / "letter.txt").write_text("Open letter\n\nParis, 12 February 2021\n\nDear all,\n", encoding="utf-8")
    return tmp_path


def test_it_shows_values_with_where_they_stand_and_stores_nothing(run: Run, files: Path) -> None:
    result = run("add", "--preview", "letter.txt")
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "Title Open letter line 1" in lines
    assert "Date 2021-02-12 line 3" in lines
    assert any(line.startswith("Text 48 characters, 3 paragraphs") for line in lines)
    assert not (files / "archive.json").exists()


def test_it_sums_up_parts(run: Run, files: Path) -> None:
    assert files
    shown = " ".join(run("add", "--preview", "talk.vtt").stdout.split())
    assert "2 times, 00:00:01–00:01:05" in shown
    assert "2 turns, Anna Lee–Ben Ito" in shown


def test_several_documents_are_numbered(run: Run, files: Path) -> None:
    assert files
    shown = run("add", "--preview", "letter.txt", "talk.vtt").stdout
    assert "letter.txt (1 of 2)" in shown
    assert "talk.vtt (2 of 2)" in shown


def test_as_json_it_is_one_value(run: Run, files: Path) -> None:
    assert files
    result = run("add", "--preview", "--json", "letter.txt", "gone.txt")
    value = json.loads(result.stdout)
    assert result.exit_code == 1
    assert len(value["failed"]) == 1
    [document] = value["documents"]
    assert (document["text"], document["title"], document["file"]) == (
        "Open letter\n\nParis, 12 February 2021\n\nDear all,\n",
        "Open letter",
        "letter.txt",
    )
    assert {"field": "title", "value": "Open letter"}.items() <= document["taken"][0].items()
    assert document["remarks"] == []


def test_the_text_alone_is_what_quotes_will_stand_on(run: Run, files: Path) -> None:
    assert files
    result = run("add", "--preview", "--text", "letter.txt")
    assert result.stdout == "Open letter\n\nParis, 12 February 2021\n\nDear all,\n\n"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--text",), "--text needs --preview"),
        (("--preview", "--title", "A letter"), "--preview shows what files say"),
        (("--preview", "--replace", "1"), "--preview shows what files say"),
    ],
)
def test_options_that_mean_nothing_together_are_refused(
    run: Run, files: Path, options: tuple[str, ...], told: str
) -> None:
    result = run("add", "letter.txt", *options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (files / "archive.json").exists()


def test_a_text_that_seems_wrong_is_told(run: Run, files: Path) -> None:
    (files / "a.txt").write_text("«Ã‰tÃ© Ã  lâ€™Ã©cole», a-t-il Ã©crit.", encoding="utf-8")
    (files / "b.txt").write_text("Dear \ufffd\ufffd, dear all", encoding="utf-8")
    (files / "c.txt").write_text("1 2 3 …", encoding="utf-8")
    remarks = run("add", "a.txt", "b.txt", "c.txt").stderr.splitlines()
    assert [remark.partition(": ")[2].split(" (")[0][:28] for remark in remarks] == [
        "The letters seem garbled",
        "The text has 2 signs � where",
        "The text has no letters. If ",
    ]


def test_an_archive_of_files_is_one_change_and_names_its_members(run: Run, files: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("letters/a.txt", "Freedom is never given.")
        archive.writestr("letters/b.vtt", CUES)
        archive.writestr("letters/c.mp3", b"ID3\x03")
        archive.writestr("letters/d.docx", b"PK\x03\x04 broken")
    (files / "letters.zip").write_bytes(content.getvalue())
    result = run("add", "letters.zip", "--json")
    value = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [each["original"]["member"] for each in value["added"]] == ["letters/a.txt", "letters/b.vtt"]
    assert {each["original"]["name"] for each in value["added"]} == {"letters.zip"}
    assert value["passed_over"] == {".mp3": 1}
    assert len(value["failed"]) == 1
    assert "letters.zip/letters/d.docx" in value["failed"][0]
    assert len(json.loads(run("history", "--json").stdout)) == 1
