import pytest

from quotearchive.readers import Reading, read
from quotearchive.readers.errors import FrontMatterError
from tests.readers.metadata import fields


def reading(source: str) -> Reading:
    return read(source.encode(), name="a.md")


FULL = """---
title: "A letter: from prison"
author: Hashem Khastar
to: [Ali Khamenei, The Supreme Leader]
date: 24 Bahman 1399
place: Mashhad
kind: Letter
publisher: HRANA
url: https://example.org/a?b=c
lang: fa
signatories:
  - Jane Doe
  - John Roe
signatory_count: 215
received: 2021-03-01
destination: Tehran
---

# A heading

He said *this*.
"""


def test_a_heading_is_the_title_once() -> None:
    found = reading("# A heading [sic]\n\nHe said this.\n").extracted
    assert [each.value for each in found if each.field == "title"] == ["A heading [sic]"]


def test_front_matter_fills_the_fields() -> None:
    found = fields(FULL, "a.md")
    assert (found.title, found.authors) == ("A letter: from prison", ("Hashem Khastar",))
    assert found.recipients == ("Ali Khamenei", "The Supreme Leader")
    assert (found.date, found.date_words) == ("2021-02-12", "24 Bahman 1399")
    assert (found.kind, found.place, found.publisher, found.language) == (
        "letter",
        "Mashhad",
        "HRANA",
        "fa",
    )
    assert (found.url, found.destination) == ("https://example.org/a?b=c", "Tehran")
    assert (found.signatories, found.signatory_count) == (("Jane Doe", "John Roe"), 215)
    assert found.received == "2021-03-01"


def test_the_text_is_the_source_below_the_front_matter() -> None:
    assert reading(FULL).text == "# A heading\n\nHe said *this*.\n"


def test_lines_are_counted_in_the_file() -> None:
    assert {each.field: each.line for each in reading(FULL).extracted if each.field in {"title", "date"}} == {
        "title": 2,
        "date": 5,
    }
    assert (
        next(each.line for each in reading("---\nlang: en\n---\n\n# Title\n").extracted if each.field == "title") == 5
    )


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# On liberty\n\nThe struggle", "On liberty"),
        ("\n\n## On liberty ##\n", "On liberty"),
        ("On liberty\n==========\n\nThe struggle", "On liberty"),
        ("On liberty\n---\n\nThe struggle", "On liberty"),
        ("```\n# no heading\n```\n\n# On liberty\n", "On liberty"),
        ("---\nauthor: Mill\n---\n# On liberty\n", "On liberty"),
        ("The struggle\n", "The struggle"),
        ("#hashtag, and a sentence that goes on.\n\n# On liberty", "On liberty"),
    ],
)
def test_the_title_is_the_first_heading(source: str, title: str) -> None:
    assert reading(source).metadata["title"] == title


@pytest.mark.parametrize("value", ["2021-02-12", "12 February 2021", "1943~", "1943", '"1943-21"'])
def test_dates_are_read_as_people_write_them_not_as_yaml_does(value: str) -> None:
    assert reading(f"---\ndate: {value}\n---\nwords").metadata["date"] in {
        "2021-02-12",
        "1943~",
        "1943",
        "1943-21",
    }


def test_yaml_types_do_not_change_what_is_written() -> None:
    found = fields("---\ntitle: no\nauthor: 007\npublisher: 1_000\n---\nwords", "a.md")
    assert (found.title, found.authors, found.publisher) == ("no", ("007",), "1_000")


@pytest.mark.parametrize(
    ("front", "remark"),
    [
        ("tags: [a, b]", "'tags' in the front matter (line 2) is not used."),
        ("date: some day", "'date: some day' in the front matter (line 2) is not understood."),
        ("date: 03/04/2021", "'date: 03/04/2021' in the front matter (line 2) is not understood."),
        ("kind: novel", "'kind: novel' in the front matter (line 2) is not understood."),
        ("title: [a, b]", "'title: [a, b]' in the front matter (line 2) is not understood."),
        ("title: {a: b}", "'title' in the front matter (line 2) is not used."),
        ("author: [[a], b]", "'author' in the front matter (line 2) is not used."),
        ("title: a\nTitle: b", "'Title' in the front matter (line 3) is not used."),
        ("title:", "'title' in the front matter (line 2) is not used."),
        ("x: &x [a]\nauthor: *x", "'author' in the front matter (line 3) is not used."),
    ],
)
def test_what_front_matter_says_in_vain_is_remarked_on(front: str, remark: str) -> None:
    assert remark in reading(f"---\n{front}\n---\nwords").remarks


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: a: b", 2),
        ("title: ok\nauthor: [a", 4),
        ('title: "a', 3),
        ("title: a\n\tx: b", 3),
        ("title: a\nauthor: a bell \x07", 2),
    ],
)
def test_front_matter_that_is_no_yaml_is_refused_with_its_line(front: str, line: int) -> None:
    with pytest.raises(FrontMatterError, match=rf"line {line}"):
        reading(f"---\n{front}\n---\nwords")


@pytest.mark.parametrize(
    "source",
    [
        "---\nA line between rules.\n---\nMore.\n",
        "---\n\n---\nMore.\n",
        "---\ntitle: without end\n",
        "----\na: b\n----\n",
    ],
)
def test_dashes_around_other_words_are_text(source: str) -> None:
    assert reading(source).text == source


@pytest.mark.parametrize(
    "front",
    [
        "a: " + "[" * 15_000 + "]" * 15_000,
        "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a, *a]" for n in range(500)),
        "a: !!python/object/apply:os.system [echo]",
        "a: " + "{a: " * 7_000,
        "lang: en\n? [a, b]\n: c\n",
        "lang: en\n<<: {title: a}",
    ],
)
def test_hostile_front_matter_is_read_in_vain(front: str) -> None:
    try:
        assert reading(f"---\n{front}\n---\nwords").text == "words"
    except FrontMatterError as error:
        assert len(str(error)) < 300  # noqa: PT017


def test_a_list_below_the_first_key_is_read() -> None:
    assert reading("---\nauthors:\n- Jane Doe\n- John Roe\n---\nwords").metadata["authors"] == (
        "Jane Doe",
        "John Roe",
    )
