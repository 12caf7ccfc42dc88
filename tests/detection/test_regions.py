"""Rows of symbols."""

import pytest

from quotearchive.detection.languages import LANGUAGES
from quotearchive.detection.regions import read_region


def read(text: str, code: str = "en") -> tuple[str, list[str]]:
    """Read a text without quotations: its symbols and the words of its mentions."""
    region = read_region(text, LANGUAGES[code], (0, len(text)), [])
    return region.symbols, [text[mention.start : mention.end] for mention in region.mentions]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Mr. Smith said so.", ["Mr. Smith"]),
        ("Then Ursula von der Leyen left.", ["Ursula von der Leyen"]),
        ("The old teacher wrote home.", ["The old teacher"]),
        ("Critics say so.", ["Critics"]),
        ("She told a friend.", ["She", "a friend"]),
        ("Another said nothing.", ["Another"]),
        ("[the founder Ruhollah] Khomeini came", ["Ruhollah] Khomeini"]),
        ("On Monday, Smith, who was late, said so.", ["Smith", "who"]),
    ],
)
def test_names_descriptions_and_pronouns_are_mentions(text: str, mentions: list[str]) -> None:
    assert read(text)[1] == mentions


def test_a_quotation_is_one_symbol_and_its_comma_stands_behind_it() -> None:
    text = "“No,” said Mr. Smith in a letter."
    region = read_region(text, LANGUAGES["en"], (0, len(text)), [(0, 5, 1, 4)])
    assert region.symbols == "Q,VnPl."
    assert region.places == [0]


def test_german_nouns_are_no_names_behind_an_article() -> None:
    symbols, mentions = read("Das sagte die Mutter von Anna Weber.", "de")
    assert mentions[-2:] == ["die Mutter", "Anna Weber"]
    assert "Vl" in symbols
