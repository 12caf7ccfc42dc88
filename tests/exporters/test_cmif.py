from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Selection

SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parent.parent / "data/schemas/cmif.rng")))
NAMES = {"t": "http://www.tei-c.org/ns/1.0"}


def written(*selections: Selection, made: str = "2021-03-05T12:00:00Z") -> str:
    return "".join(str(piece) for piece in exporter("cmif").export(selections, Options(made=made)))


def parsed(*selections: Selection, made: str = "2021-03-05T12:00:00Z") -> etree._Element:
    return etree.fromstring(written(*selections, made=made).encode())


@pytest.mark.parametrize("made", ["", "2021-03-05T12:00:00Z"])
@pytest.mark.parametrize("date", [None, "2021-02-12", "1943~", "2021-02/2021-03", "spring 1943", "2021-02-30", "194X"])
@pytest.mark.parametrize("names", [(), ("Hashem Khastar",), ("A", "B & C")])
def test_it_is_valid_by_the_schema(letter: Selection, made: str, date: str | None, names: tuple[str, ...]) -> None:
    document = msgspec.structs.replace(letter.document, date=date, authors=names, recipients=names)
    root = parsed(letter, msgspec.structs.replace(letter, document=document), made=made)
    assert SCHEMA.validate(root), SCHEMA.error_log


def test_every_field_is_valid_by_the_schema(everything: Selection) -> None:
    assert SCHEMA.validate(parsed(everything)), SCHEMA.error_log


def test_it_keeps_the_rules_beyond_the_schema(letter: Selection) -> None:
    """Those of cmif.sch: both actions, a source that is there, a date that says when."""
    root = parsed(letter)
    (letters,) = root.findall(".//t:correspDesc", NAMES)
    assert [action.get("type") for action in letters] == ["sent", "received"]
    (source,) = root.findall(".//t:bibl", NAMES)
    assert letters.get("source") == f"#{source.get('{http://www.w3.org/XML/1998/namespace}id')}"
    dates = root.findall(".//t:date", NAMES)
    assert all({"when", "from", "to", "notBefore", "notAfter"} & set(date.keys()) for date in dates)


def test_only_letters_are_in_it(letter: Selection, persian: Selection) -> None:
    assert len(parsed(letter, persian).findall(".//t:correspDesc", NAMES)) == 1


def test_the_letter_is_described(letter: Selection, golden: Callable[[str, str], None]) -> None:
    golden("letter.cmif.xml", written(letter))
