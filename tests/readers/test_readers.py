from pathlib import Path

import pytest

from quotearchive.errors import EmptyFileError, NotTextError
from quotearchive.readers import read

REPORT = """728 x 90

Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign

Iranian political prisoner Hashem Khastar
Iranian political prisoner Hashem Khastar

Reporting by PMOI/MEK

Iran, February 12, 2021—In an open letter to Iranian regime supreme leader Ali Khamenei, political prisoner
and teacher activist Hashem Khastar wrote: “You’ve created a prison within the prison for me.”
"""


def test_a_report_tells_its_title_date_place_and_publisher(tmp_path: Path) -> None:
    file = tmp_path / "khastar.txt"
    file.write_text(REPORT, encoding="utf-8")
    fields = read(file).fields
    assert (
        fields.title
        == "Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign"
    )
    assert (fields.kind, fields.date, fields.place, fields.publisher) == (
        "article",
        "2021-02-12",
        "Iran",
        "PMOI/MEK",
    )
    assert fields.language == "en"


def test_what_was_taken_is_told_with_its_line() -> None:
    taken = {each.field: each for each in read(REPORT.encode(), name="khastar.txt").taken}
    assert (taken["title"].line, taken["publisher"].line, taken["date"].line) == (3, 8, 10)
    assert taken["date"].words == "Iran, February 12, 2021"


def test_the_file_name_is_the_title_of_last_resort() -> None:
    assert read(b"42\n43\n", name="figures.txt").fields.title == "figures"


@pytest.mark.parametrize("content", [b"", b" \n\t\n", "\ufeff\n".encode(), b"---\ntitle: Nothing\n---\n\n"])
def test_a_file_without_words_is_refused(content: bytes) -> None:
    with pytest.raises(EmptyFileError, match="is empty"):
        read(content, name="a.md")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", bytes(range(256)), b"\x00\x01\x02\x03"]
)
def test_a_binary_file_is_refused(content: bytes) -> None:
    with pytest.raises(NotTextError, match="is not a text file"):
        read(content, name="a.txt")
