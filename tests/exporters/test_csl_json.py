import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from quotearchive.exporters import exporter
from quotearchive.exporters.csl_json import TYPES
from quotearchive.exporters.interface import Options
from quotearchive.model import KINDS, Selection

SCHEMA = json.loads((Path(__file__).parent.parent / "data/schemas/csl-data.json").read_text(encoding="utf-8"))


def written(*selections: Selection) -> Any:  # noqa: ANN401
    return json.loads("".join(str(piece) for piece in exporter("csl-json").export(selections, Options())))


def test_every_field_is_valid_by_the_schema(everything: Selection) -> None:
    jsonschema.validate(written(everything), SCHEMA)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("date", [None, "2021", "2021-02", "1943~", "2021-02-12/2021-03-01", "spring 1943"])
def test_sources_are_valid_by_the_schema(letter: Selection, persian: Selection, kind: str, date: str | None) -> None:
    document = msgspec.structs.replace(letter.document, kind=kind, date=date)
    items = written(msgspec.structs.replace(letter, document=document), persian)
    jsonschema.validate(items, SCHEMA)
    assert items[0]["type"] == TYPES[kind]


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("2021-02-12", {"date-parts": [[2021, 2, 12]]}),
        ("1943~", {"date-parts": [[1943]], "circa": True}),
        ("2021-02/2021-03", {"date-parts": [[2021, 2], [2021, 3]]}),
        ("2021-13", {"literal": "2021-13"}),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(letter: Selection, date: str, issued: dict[str, Any]) -> None:
    document = msgspec.structs.replace(letter.document, date=date)
    assert written(msgspec.structs.replace(letter, document=document))[0]["issued"] == issued


def test_no_sources_are_an_empty_list() -> None:
    assert written() == []


def test_the_letter_is_a_letter_with_its_addressee(letter: Selection) -> None:
    (item,) = written(letter)
    assert item["recipient"] == [{"literal": "Ali Khamenei"}]
    assert item["publisher-place"] == "Iran"
    own = item["custom"]["quotearchive"]
    assert (own["document"], own["quotes"]) == (1, [1, 2, 3, 4])
    assert own["cites"][0] == {"id": item["id"], "quote": 1, "locator": "5", "label": "paragraph"}
