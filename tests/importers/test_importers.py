"""What every format keeps to."""

from pathlib import Path

import pytest

from quotearchive.errors import UnknownFormatError
from quotearchive.importers import IMPORTERS, guess, importer
from quotearchive.importers.errors import UnguessableFormatError


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_format_says_what_it_brings(name: str) -> None:
    asked = importer(name)
    assert asked.name == name
    assert asked.purpose.endswith(".")
    assert asked.unit


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownFormatError, match=r"no format docx.*jsonl"):
        importer("docx")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'{"type":"document","id":1}\n', "jsonl"),
        (b'[\n{"type":"document","id":1}]', "json"),
        (b"[]", "json"),
    ],
)
def test_the_format_is_told_from_how_a_file_begins(content: bytes, name: str) -> None:
    assert guess(Path("file"), content).name == name


@pytest.mark.parametrize("content", [b"", b"Dear Sir,\n\nI write to you.", b"\x89PNG", b"\x00\xff\xfe"])
def test_a_format_that_nothing_tells_is_asked_for(content: bytes) -> None:
    with pytest.raises(UnguessableFormatError, match="--format: json, jsonl"):
        guess(Path("letter.txt"), content)
