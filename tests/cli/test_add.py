"""What `add` does."""

import json
from pathlib import Path

import pytest

from .conftest import DATA, Run

SLUG = "iran-political-prisoner-hashem-khaster-pens-open-letter"


def test_add_tells_what_the_letter_says_of_itself(run: Run) -> None:
    added = json.loads(run("add", str(DATA / "khastar-open-letter.txt"), "--json").stdout)["added"][0]
    assert added["title"] == ("Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign")
    assert (added["slug"], added["date"], added["place"], added["publisher"]) == (
        SLUG,
        "2021-02-12",
        "Iran",
        "PMOI/MEK",
    )


def test_options_say_it_instead(run: Run) -> None:
    told = (
        "--title",
        "Open letter",
        "--date",
        "13 February 2021",
        "--kind",
        "letter",
        "--author",
        "H. Khastar",
    )
    added = json.loads(run("add", str(DATA / "khastar-open-letter.txt"), *told, "--json").stdout)["added"][0]
    assert [added[key] for key in ("slug", "date", "kind", "authors")] == [
        "open-letter",
        "2021-02-13",
        "letter",
        ["H. Khastar"],
    ]


def test_the_same_text_again_is_skipped(with_letter: Run) -> None:
    result = with_letter("add", str(DATA / "khastar-open-letter.txt"))
    assert result.exit_code == 0
    assert f"is already in the archive, as {SLUG}" in result.stderr


def test_what_cannot_be_read_keeps_nothing_else_from_being_added(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "good.txt").write_text("Freedom is never given.", encoding="utf-8")
    result = run("add", "empty.txt", "picture.png", "nothing", "missing.txt", "good.txt")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 4
    assert "Added freedom-is-never-given" in result.stdout


def test_nothing_is_made_where_nothing_was_added(run: Run, tmp_path: Path) -> None:
    assert run("add", "missing.txt").exit_code == 1
    assert run("search", "x").exit_code == 3
    assert run("--help").exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_many_files_are_told_in_one_line_with_what_was_passed_over(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(30):
        text = f"Letter {number}\n\n“We will stay here for ever,” said Ann Lee.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "again.txt").write_bytes((folder / "7.txt").read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    for name in ("a.mp3", "b.MP3", "c.exe", "README"):
        (folder / name).write_bytes(b"%PDF")
    result = run("add", "letters")
    assert result.exit_code == 1
    assert result.stdout == (
        "Added 30 documents, 1 with the same text as another, 1 could not be read. Found 30 likely quotations."
        " Skipped 4 files: 2 .mp3, 1 without a suffix, 1 .exe.\n"
    )
    assert [line for line in result.stderr.splitlines() if "letters" in line] == result.stderr.splitlines()[:1]
    again = run("add", "letters", "--json")
    assert json.loads(again.stdout)["passed_over"] == {".mp3": 2, "": 1, ".exe": 1}


def test_of_a_few_files_in_a_folder_those_passed_over_are_remarked_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Freedom is never given.", encoding="utf-8")
    (tmp_path / "letters" / "b.xlsx").write_bytes(b"PK")
    result = run("add", "letters")
    assert (result.exit_code, result.stderr) == (0, "Skipped 1 file: 1 .xlsx.\n")
    assert "Added freedom-is-never-given" in result.stdout


def test_data_of_programs_in_a_folder_is_passed_over_and_refused_when_it_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Freedom is never given.", encoding="utf-8")
    (tmp_path / "letters" / "package.json").write_text('{"name": "letters", "version": "1.0"}', encoding="utf-8")
    (tmp_path / "letters" / "pom.xml").write_text("<?xml version='1.0'?><project/>", encoding="utf-8")
    result = run("add", "letters")
    assert (result.exit_code, result.stderr) == (0, "Skipped 2 files: 1 .json, 1 .xml.\n")
    named = run("add", "letters/package.json")
    assert named.exit_code == 1
    assert "JSON that is no transcript" in named.stderr


def test_what_programs_leave_in_folders_is_not_even_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Freedom is never given.", encoding="utf-8")
    for name in (".DS_Store", "Thumbs.db", "~$letter.docx", "report.pdf.part", ".~lock.letter.odt#"):
        (tmp_path / "letters" / name).write_bytes(b"\x00\x01")
    result = run("add", "letters")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_file_with_a_broken_encoded_word_keeps_none_of_its_folder_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("From: =?utf-8ö?b?w6k=?=\nTo: Jane\n\nDear Jane,\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Freedom is never given.", encoding="utf-8")
    assert run("add", ".").stdout.count("Added ") == 2


def test_a_tilde_that_the_shell_left_is_the_home_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("Freedom is never given.", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert run("add", "~/letter.txt").exit_code == 0
    unknown = run("add", "~nobody-of-that-name/letter.txt")
    assert (unknown.exit_code, "~nobody-of-that-name/letter.txt" in unknown.stderr) == (1, True)
