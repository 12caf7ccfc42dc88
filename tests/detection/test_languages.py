"""Language tables and the guess of a language."""

import pytest

from quotearchive.detection.languages import LANGUAGES, choose_language
from quotearchive.detection.languages.language import CLASSES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister said that it was not for the king to decide.", "en"),
        ("Le ministre a dit que ce n’était pas au roi de décider.", "fr"),
        ("Der Minister sagte, dass der König das nicht entscheiden könne.", "de"),
        ("El ministro dijo que no era el rey quien debía decidir.", "es"),
        ("وزیر گفت که این تصمیم با پادشاه نیست.", "fa"),
        ("قال الوزير إن هذا القرار ليس للملك.", "ar"),
        ("", "en"),
    ],
)
def test_the_language_is_guessed_from_the_text(text: str, code: str) -> None:
    assert choose_language(text).code == code


def test_a_given_language_is_taken_and_an_unknown_one_is_not() -> None:
    assert choose_language("The end.", "fr-CA").code == "fr"
    assert choose_language("This is the end of the story.", "xx").code == "en"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_table_gives_known_classes(code: str) -> None:
    language = LANGUAGES[code]
    assert set(language.classes.values()) <= set(CLASSES)
    assert language.cues
    assert language.frequent
