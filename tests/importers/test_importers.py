"""What every format keeps to."""

import pytest

from quotearchive.errors import UnknownFormatError
from quotearchive.importers import IMPORTERS, importer


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_format_says_what_it_brings(name: str) -> None:
    asked = importer(name)
    assert asked.name == name
    assert asked.purpose.endswith(".")
    assert asked.unit


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownFormatError, match=r"no format docx.*jsonl"):
        importer("docx")
