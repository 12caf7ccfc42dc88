from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotearchive.dates import bounds
from quotearchive.errors import NotTextError, QuoteArchiveError
from quotearchive.model import Description
from quotearchive.readers import Reading, read
from quotearchive.readers.errors import EmptyFileError
from quotearchive.readers.formats import SUFFIXES
from quotearchive.text import canonical

#: The first date in words loads the libraries for it, which takes longer than any deadline.
unhurried = settings(deadline=None)

#: Lines that the rules look for, to be put together in any way.
LINES = (
    *(
        "From: a@example.org",
        "To: =?utf-8?q?=FF?=",
        "Date: 99 Foo 2021",
        "Subject:",
        "Dear",
        "Dear x,",
        "Sincerely,",
    ),
    *(
        "Paris, 12 February 2021 — a",
        ", 2021",
        "(—",
        "— 2021",
        "By",
        "By Jane Doe",
        "Signatories:",
        "1.",
        "and 9 others",
    ),
    *(
        "---",
        "title: a",
        "date: [",
        "a: &a *a",
        "# b",
        "===",
        "```",
        "",
        "\x00",
        "\u202e",
        "جناب",
        "مشهد، ۲۴ بهمن ۱۳۹۹",
    ),
    *(
        "Received 0000",
        "Jane Doe",
        "“a” (b)",
        ":",
        ",",
        "،",
        "()",
        "99999999999 signatories",
        "2021/2022/2023",
    ),
)

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
    fields = Description(slug="", **read(file).metadata)
    assert fields.title == "Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign"
    assert (fields.kind, fields.date, fields.place, fields.publisher) == (
        "article",
        "2021-02-12",
        "Iran",
        "PMOI/MEK",
    )
    assert fields.language == "en"


def test_what_was_taken_is_told_with_its_line() -> None:
    taken = {each.field: each for each in read(REPORT.encode(), name="khastar.txt").extracted}
    assert (taken["title"].line, taken["publisher"].line, taken["date"].line) == (3, 8, 10)
    assert taken["date"].words == "Iran, February 12, 2021"


def test_the_file_name_is_the_title_of_last_resort() -> None:
    assert read(b"42\n43\n", name="figures.txt").metadata["title"] == "figures"


@pytest.mark.parametrize("content", [b"", b" \n\t\n", "\ufeff\n".encode(), b"---\ntitle: Nothing\n---\n\n"])
def test_a_file_without_words_is_refused(content: bytes) -> None:
    with pytest.raises(EmptyFileError, match="is empty"):
        read(content, name="a.md")


@pytest.mark.parametrize("content", [bytes(range(256)), b"\x00\x01\x02\x03"])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(NotTextError, match="is not a text file"):
        read(content, name="a.txt")


def read_or_refuse(content: bytes, name: str) -> Reading | None:
    try:
        return read(content, name=name)
    except QuoteArchiveError as error:
        refusal = error
    assert "\n" not in str(refusal)
    return None


@unhurried
@given(content=st.binary(), suffix=st.sampled_from([*SUFFIXES, ""]))
@example(content=b"\xff\xfe\x00", suffix=".txt")
@example(content=b"\x1b$B\xff", suffix=".txt")
@example(content=b"---\na:\x00", suffix=".md")
def test_any_bytes_are_read_or_refused(content: bytes, suffix: str) -> None:
    reading = read_or_refuse(content, f"a{suffix}")
    assert reading is None or reading.metadata["title"]


@unhurried
@given(
    lines=st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=30),
    suffix=st.sampled_from([*SUFFIXES]),
)
def test_any_lines_are_read_and_what_is_taken_stands_there(lines: list[str], suffix: str) -> None:
    source = "\n".join(lines)
    if reading := read_or_refuse(source.encode("utf-8", "replace"), f"a{suffix}"):
        kept = canonical(source.encode("utf-8", "replace").decode()).split("\n")
        assert reading.encoding != "utf-8" or all(
            each.words in kept[each.line - 1] for each in reading.extracted if each.line
        )
        assert canonical(reading.text) == reading.text
        assert "date" not in reading.metadata or bounds(reading.metadata["date"])


@unhurried
@given(
    text=st.text(st.characters(exclude_characters="\0\x1b"), min_size=1),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_text_in_unicode_is_read_back(text: str, encoding: str) -> None:
    reading = read_or_refuse(text.encode(encoding, "replace"), "a.txt")
    assert reading is None or reading.text == canonical(text.encode(encoding, "replace").decode(encoding))
