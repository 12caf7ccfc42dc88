"""What `export` does with what it is given."""

import os
from pathlib import Path

import pytest

from quotearchive.exporters import EXPORTERS

from .conftest import Run


def by_template(run: Run, folder: Path, content: bytes) -> tuple[int, str, str]:
    (folder / "mine.j2").write_bytes(content)
    result = run("export", "--format", "template", "--template", "mine.j2")
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"one\nM\xf1oz", "line 2: it is not UTF-8"),
        ("one\n{{ title }}".encode("utf-16"), "line 1: it is not UTF-8"),
        (b"a" * (2**20 + 1), "larger than 1 MiB"),
        (b"one\n\n{{ 1 | xmlattr }}", "line 3: "),
        (b"{{ title", "line 1: "),
    ],
)
def test_a_template_that_can_not_be_used_is_one_sentence_with_its_line(
    with_letter: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    exit_code, text, sentence = by_template(with_letter, tmp_path, content)
    assert (exit_code, text, sentence.count("\n")) == (2, "", 1)
    assert said in sentence


def test_a_template_may_begin_with_a_byte_order_mark_and_end_lines_as_windows_does(
    with_letter: Run, tmp_path: Path
) -> None:
    assert by_template(with_letter, tmp_path, b"\xef\xbb\xbf{{ title }}\r\nx") == (0, "Quotes\nx", "")


def test_a_template_may_be_an_endless_device(with_letter: Run) -> None:
    result = with_letter("export", "--format", "template", "--template", "/dev/zero")
    assert (result.exit_code, "larger than 1 MiB" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", [name for name, each in EXPORTERS.items() if each.shape == "text"])
def test_a_title_that_is_no_unicode_is_escaped(with_letter: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "mine.j2").write_text("{{ title }}", encoding="utf-8")
    title = os.fsdecode(b"caf\xe9")
    template = ("--template", "mine.j2") if name == "template" else ()
    result = with_letter("export", "--format", name, "--title", title, *template, "--output", "out")
    assert (result.exit_code, (tmp_path / "out").is_file()) == (0, True)


def test_an_export_that_fails_half_way_leaves_the_file_as_it_was(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.j2").write_text("{{ 'x' * 99999 }}{{ 1 / 0 }}", encoding="utf-8")
    (tmp_path / "out.txt").write_text("old", encoding="utf-8")
    options = ("--format", "template", "--template", "mine.j2", "--output", "out.txt")
    assert with_letter("export", *options).exit_code == 2
    assert with_letter("export", *options, "--force").exit_code == 2
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


def test_of_an_archive_that_cannot_be_read_nothing_is_printed(run: Run) -> None:
    result = run("export")
    assert (result.exit_code, result.stdout) == (3, "")


def test_a_template_is_not_passed_over(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "page.j2").write_text("{{ quotes | length }}", encoding="utf-8")
    result = with_letter("export", "--template", "page.j2")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--template goes with --format template" in result.stderr


def test_an_export_cites_in_the_style_that_is_asked_for(with_letter: Run) -> None:
    assert "(2021, February 12)" in with_letter("export", "--style", "apa").stdout
    assert with_letter("export", "--style", "klingon").exit_code == 2


def test_an_export_is_written_once(with_letter: Run, tmp_path: Path) -> None:
    assert with_letter("export", "--output", "quotes.md").exit_code == 0
    written = (tmp_path / "quotes.md").read_text(encoding="utf-8")
    assert "Take your knife off the people’s throat" in written
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    refused = with_letter("export", "--output", "mine.md")
    assert (refused.exit_code, (tmp_path / "mine.md").read_text(encoding="utf-8")) == (2, "mine")
    assert with_letter("export", "--output", "mine.md", "--force").exit_code == 0


def test_a_format_of_many_files_needs_a_folder(with_letter: Run) -> None:
    refused = with_letter("export", "--format", "obsidian")
    assert (refused.exit_code, refused.stdout, "--output" in refused.stderr) == (2, "", True)
