"""The glossary names what there is."""

import importlib
import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")

PLACES = re.findall(r"^\| [^|]+ \| [^|]+ \| `([\w.]+)` \|$", TEXT, re.MULTILINE)


def is_there(place: str) -> bool:
    """Check whether a room has a module, a class or a function of a name, in itself or in one of its modules."""
    room, _, name = place.rpartition(".")
    folder = Path(importlib.import_module(f"quotearchive.{room}").__file__ or "")
    files = folder.parent.glob("*.py") if folder.name == "__init__.py" else [folder]
    pattern = re.compile(rf"^(class|def) {name}\b|^{name}\b", re.MULTILINE)
    return any(each.stem == name or pattern.search(each.read_text(encoding="utf-8")) for each in files)


@pytest.mark.parametrize("place", PLACES)
def test_a_word_of_the_glossary_is_where_it_is_said_to_be(place: str) -> None:
    assert is_there(place)


def test_the_glossary_is_read() -> None:
    assert len(PLACES) > 40
