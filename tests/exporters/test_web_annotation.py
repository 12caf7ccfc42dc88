"""Checked against what the W3C Web Annotation Data Model says an annotation MUST be."""

import json
import re
from typing import Any

import msgspec
import pytest

from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Selection

#: https://www.w3.org/TR/annotation-vocab/#named-individuals
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def written(*selections: Selection) -> Any:  # noqa: ANN401
    options = Options(made="2021-03-05T12:00:00Z")
    return json.loads("".join(str(piece) for piece in exporter("web-annotation").export(selections, options)))


def listed(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def test_the_collection_is_one_with_one_page(letter: Selection, persian: Selection) -> None:
    collection = written(letter, persian)
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == 6
    page = collection["first"]
    assert page["type"] == "AnnotationPage"
    assert page["startIndex"] == 0
    assert IRI.fullmatch(collection["id"])
    assert IRI.fullmatch(page["id"])
    assert len(page["items"]) == 6


def test_an_annotation_has_one_name_its_type_and_targets(letter: Selection, persian: Selection) -> None:
    items = written(letter, persian)["first"]["items"]
    assert len({item["id"] for item in items}) == 6
    for item in items:
        assert IRI.fullmatch(item["id"])
        assert item["type"] == "Annotation"
        assert set(listed(item["motivation"])) <= MOTIVATIONS
        assert all(DATE_TIME.fullmatch(item[name]) for name in ("created", "generated") if name in item)
        assert item["target"]


def test_a_textual_body_has_one_value_and_one_purpose(letter: Selection) -> None:
    bodies = [body for item in written(letter)["first"]["items"] for body in item["body"]]
    textual = [body for body in bodies if body["type"] == "TextualBody"]
    assert textual
    for body in textual:
        assert isinstance(body["value"], str)
        assert body["purpose"] in MOTIVATIONS


def test_a_target_finds_its_passage_by_words_and_by_place(letter: Selection, persian: Selection) -> None:
    items = written(letter, persian)["first"]["items"]
    quotes = [(selection.document, quote) for selection in (letter, persian) for quote in selection.quotes]
    for item, (document, quote) in zip(items, quotes, strict=True):
        assert [target["type"] for target in item["target"]] == ["SpecificResource"] * len(quote.passages)
        for target, passage in zip(item["target"], quote.passages, strict=True):
            words, place = target["selector"]
            assert (words["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert document.text[place["start"] : place["end"]] == words["exact"] == passage.exact
            assert document.text[: place["start"]].endswith(words["prefix"])
            assert document.text[place["end"] :].startswith(words["suffix"])
            assert IRI.fullmatch(target["source"]["id"])


def test_a_quote_within_another_names_it(letter: Selection) -> None:
    outer, inner = written(letter)["first"]["items"][2:4]
    assert inner["body"][0]["schema:isPartOf"] == {"id": outer["id"]}
    assert inner["body"][0]["schema:provider"] == ["Hashem Khastar"]


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://a b", 'http://"'])
def test_only_an_address_of_the_web_names_a_source(letter: Selection, url: str | None) -> None:
    document = msgspec.structs.replace(letter.document, url=url)
    items = written(msgspec.structs.replace(letter, document=document))["first"]["items"]
    assert items[0]["target"][0]["source"]["id"].startswith("urn:uuid:")


def test_no_quotes_are_a_collection_of_none() -> None:
    assert written()["total"] == 0
