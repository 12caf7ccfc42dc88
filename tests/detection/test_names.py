"""The people of a text."""

import pytest

from quotearchive.detection.languages import LANGUAGES
from quotearchive.detection.names import NameIndex

TEXT = (
    "Hillary Clinton spoke. Mrs. Clinton left with Bill Clinton. Hillary Clinton came back. "
    "Hashem Khaster wrote. Hashem Khastar wrote again, and Hashem Khastar signed. Dr. Ann Lee-Jones watched."
)


@pytest.fixture
def names() -> NameIndex:
    """Index the names of the text."""
    return NameIndex.of_text(TEXT, LANGUAGES["en"], wrapped=False)


@pytest.mark.parametrize(
    ("name", "fullest"),
    [
        ("Clinton", "Hillary Clinton"),
        ("Mrs. Clinton", "Hillary Clinton"),
        ("Mr. Clinton", "Bill Clinton"),
        ("Clinton’s", "Hillary Clinton"),
        ("Hillary", "Hillary Clinton"),
        ("Khastar", "Hashem Khastar"),
        ("Hashem Khaster", "Hashem Khastar"),
        ("Lee-Jones", "Ann Lee-Jones"),
        ("Stranger", "Stranger"),
    ],
)
def test_a_short_name_means_the_fullest_one(names: NameIndex, name: str, fullest: str) -> None:
    person = names.person(name)
    assert person
    assert person.fullest == fullest


def test_titles_and_first_names_tell_sex(names: NameIndex) -> None:
    assert [names.person(name).sex for name in ("Clinton", "Mr. Clinton")] == ["f", "m"]  # type: ignore[union-attr]


def test_a_title_alone_is_no_name(names: NameIndex) -> None:
    assert names.person("Mr.") is None
