import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Document, Quote, Selection


def written(name: str, *selections: Selection) -> str:
    return "".join(str(piece) for piece in exporter(name).export(selections, Options()))


def rebuilt(records: list[dict[str, Any]]) -> list[Document | Quote]:
    """What the lines say, as values, with slugs turned back into numbers."""
    numbers = {record["slug"]: record["id"] for record in records if record["type"] == "document"}
    return [
        msgspec.convert({**known(record), "document": numbers[record["document"]]}, Quote)
        if record["type"] == "quote"
        else msgspec.convert(known(record), Document)
        for record in records
    ]


def known(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value is not None}


@pytest.mark.parametrize("name", ["jsonl", "json"])
def test_it_is_read_back_equal(name: str, letter: Selection, persian: Selection) -> None:
    text = written(name, letter, persian)
    records = json.loads(text) if name == "json" else [json.loads(line) for line in text.split("\n")[:-1]]
    assert rebuilt(records) == [letter.document, *letter.quotes, persian.document, *persian.quotes]


def test_the_array_has_the_lines_as_elements(letter: Selection, persian: Selection) -> None:
    lines = written("jsonl", letter, persian).split("\n")[:-1]
    assert json.loads(written("json", letter, persian)) == [json.loads(line) for line in lines]


def test_no_documents_are_an_empty_array() -> None:
    assert written("json") == "[]\n"


def test_lines_stay_as_they_are(letter: Selection, persian: Selection, golden: Callable[[str, str], None]) -> None:
    golden("letter.jsonl", written("jsonl", letter, persian))
