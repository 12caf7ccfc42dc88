"""How files of each format begin."""

from pathlib import Path

import pytest

from quotearchive.importers import guess
from quotearchive.importers.errors import UnguessableFormatError


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
