import json
from typing import Any

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.importers import IMPORTERS
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import PassedRow, QuoteRow, RefusedRow

from .conftest import Export, Import, brought, original

WORDS = {"type": "TextQuoteSelector", "exact": "not to be", "prefix": "To be, or ", "suffix": ", that"}
HYPOTHESIS = {
    "id": "aB3",
    "created": "2024-03-04T10:00:00.123456+00:00",
    "updated": "2024-03-05T10:00:00.123456+00:00",
    "user": "acct:jane@hypothes.is",
    "uri": "https://www.example.org/letters/1#top",
    "text": "My *note*",
    "tags": ["prison", "law"],
    "group": "__world__",
    "target": [
        {
            "source": "https://www.example.org/letters/1",
            "selector": [
                {"type": "RangeSelector", "startContainer": "/p[1]"},
                {"type": "TextPositionSelector", "start": 900, "end": 909},
                WORDS,
            ],
        }
    ],
    "document": {"title": ["Letter to Anna"]},
}
NOTE = {
    "id": "c",
    "uri": "https://example.org",
    "text": "a page note",
    "tags": [],
    "target": [{"source": "x"}],
}


def rows(value: Any) -> list[Any]:  # noqa: ANN401 - a JSON value
    return list(IMPORTERS["web-annotation"].read(json.dumps(value).encode()))


def test_our_own_collection_comes_back(exported: Export, imported: Import, archive: Archive) -> None:
    report = imported(exported("web-annotation"))
    assert (report.format, report.refused, report.remarks) == ("web-annotation", (), ())
    assert brought(archive) == original()


@pytest.mark.parametrize("value", [{"total": 2, "rows": [HYPOTHESIS, NOTE]}, [HYPOTHESIS, NOTE]])
def test_what_hypothesis_gives_is_found_by_its_words(value: object, imported: Import, archive: Archive) -> None:
    report = imported(json.dumps(value))
    assert report.remarks == ("Skipped 1 annotation: no words of a document are marked.",)
    (quote,) = archive.read().quotes()
    assert (quote.text, quote.topics, quote.note) == ("not to be", ("law", "prison"), "My *note*")
    assert (quote.created, quote.modified) == ("2024-03-04T10:00:00Z", "2024-03-05T10:00:00Z")


def test_annotations_may_stand_one_a_line() -> None:
    content = b"\n".join(json.dumps(each).encode() for each in (HYPOTHESIS, NOTE))
    found = list(IMPORTERS["web-annotation"].read(content))
    assert [type(row) for row in found] == [QuoteRow, PassedRow]


def test_context_tells_equal_words_apart(imported: Import, archive: Archive) -> None:
    words = {
        "type": "TextQuoteSelector",
        "exact": "the night was",
        "prefix": "night was long, and ",
        "suffix": " cold.",
    }
    target = {"source": "https://example.org/letters/1", "selector": words}
    imported(json.dumps({"type": "Annotation", "target": target}))
    (quote,) = archive.read().quotes()
    assert quote.passages[0].suffix == " cold.\n"


def test_a_place_in_utf_16_units_tells_equal_words_apart(imported: Import, archive: Archive) -> None:
    text = "😀😀 the night, the night, the night"
    imported(json.dumps({"type": "document", "slug": "d", "title": "D", "text": text, "url": "https://d.example"}))
    place = {"type": "TextPositionSelector", "start": 16, "end": 25}
    target = {"source": "https://d.example", "selector": [{"type": "TextQuoteSelector", "exact": "the night"}, place]}
    imported(json.dumps({"type": "Annotation", "target": target}))
    assert [each.passages[0].start for each in archive.read().quotes()] == [14]


def test_annotations_of_the_same_words_are_one_quote(imported: Import, archive: Archive) -> None:
    other = {**HYPOTHESIS, "id": "zZ9", "tags": ["night"], "text": "Another note"}
    report = imported(json.dumps([HYPOTHESIS, other]))
    (quote,) = archive.read().quotes()
    assert (quote.topics, quote.note) == (("law", "night", "prison"), "My *note*\n\nAnother note")
    assert report.joined == 1


def test_half_a_character_in_a_context_does_not_matter(imported: Import) -> None:
    words = {**WORDS, "prefix": "\udd4a To be, or "}
    report = imported(json.dumps({**HYPOTHESIS, "target": [{**HYPOTHESIS["target"][0], "selector": [words]}]}))  # type: ignore[index]
    assert [quote.text for quote in report.quotes] == ["not to be"]


def test_bodies_of_any_form_are_read() -> None:
    bodies = [
        "plain",
        {"type": "TextualBody", "value": "tag", "purpose": "tagging"},
        {"id": "https://x"},
        None,
        3,
    ]
    (row,) = rows({"target": {"source": "x", "selector": WORDS}, "body": bodies})
    assert row.quote.topics == ("tag",)
    assert row.quote.note == "plain\n\nNone\n\n3"


@pytest.mark.parametrize(
    "annotation",
    [
        3,
        "x",
        None,
        {
            "target": {"selector": WORDS},
            "tags": {"a": 1},
            "body": {"schema:text": "x", "schema:position": "7"},
        },
        {"target": {"selector": WORDS}, "body": {"schema:text": "x", "schema:spokenByCharacter": {"a": []}}},
        {"target": {"selector": WORDS, "source": ["x"]}},
        {"target": {"selector": WORDS}, "document": "title"},
    ],
)
def test_an_annotation_that_is_not_as_it_should_be_is_refused(annotation: object) -> None:
    refused, taken = rows([annotation, HYPOTHESIS])
    assert isinstance(refused, RefusedRow)
    assert isinstance(taken, QuoteRow)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"first":{}}', b"[" * 100_000, b'{"items":' * 9 + b"1" + b"}" * 9, b"{}\n{"]
)
def test_a_file_without_annotations_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableFileError, match="web-annotation"):
        list(IMPORTERS["web-annotation"].read(content))
