import re
from collections.abc import Callable

import msgspec
import pytest
import rispy

from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Selection

LINE = re.compile(r"[A-Z][A-Z0-9]  - ")


def written(*selections: Selection) -> str:
    return "".join(str(piece) for piece in exporter("ris").export(selections, Options()))


def test_every_line_has_a_tag(letter: Selection, persian: Selection) -> None:
    lines = [line for line in written(letter, persian).split("\n") if line]
    assert all(LINE.match(line) for line in lines)
    assert lines[0].startswith("TY  - ")
    assert lines[-1] == "ER  - "


def test_it_is_read_back(letter: Selection, persian: Selection) -> None:
    first, second = rispy.loads(written(letter, persian))
    assert first["title"] == letter.document.title
    assert first["authors"] == ["Hashem Khastar"]
    assert first["secondary_authors"] == ["Ali Khamenei"]
    assert first["type_of_reference"] == "PCOMM"
    assert first["keywords"] == sorted(["elections", "executions", "prison/conditions", "prison/telephone", "uprising"])
    assert all(quote.text in note for quote, note in zip(letter.quotes, first["notes"], strict=True))
    assert second["title"] == "بیانیه 🕊️"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2021-02-12", "2021/02/12/"),
        ("2021", "2021///"),
        ("1943~", "1943///1943~"),
        ("spring 1943", "///spring 1943"),
    ],
)
def test_a_date_has_four_parts(letter: Selection, date: str, expected: str) -> None:
    document = msgspec.structs.replace(letter.document, date=date)
    assert f"DA  - {expected}\n" in written(msgspec.structs.replace(letter, document=document))


def test_a_line_end_can_not_forge_a_tag(letter: Selection) -> None:
    document = msgspec.structs.replace(letter.document, title="A\nER  - \nTY  - BOOK")
    assert len(rispy.loads(written(msgspec.structs.replace(letter, document=document)))) == 1


def test_references_stay_as_they_are(letter: Selection, persian: Selection, golden: Callable[[str, str], None]) -> None:
    golden("letter.ris", written(letter, persian))
