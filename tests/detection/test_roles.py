"""Who is called what, and who wrote a letter."""

import pytest

from quotearchive.detection.languages import LANGUAGES
from quotearchive.detection.layout import paragraphs
from quotearchive.detection.names import NameIndex
from quotearchive.detection.roles import RoleIndex, writer_of
from tests.detection.speech import said


def test_the_writer_of_a_letter_says_what_nobody_else_says() -> None:
    text = (
        "Dear Mr. President,\n\nThe warden told me, “Nobody will read your letter.”\n\nI have always said: “A teacher "
        "must speak.”\n\n“No one is free while others are in chains.”\n\nSincerely,\n\nMaria Gonzalez"
    )
    assert [speaker for _, speaker in said(text)] == ["The warden", "Maria Gonzalez", "Maria Gonzalez"]


@pytest.mark.parametrize(
    ("text", "description", "holder"),
    [
        ("In May teacher Ann Lee came.", "the teacher", "Ann Lee"),
        ("Ann Lee, the leader of the union, came.", "the leader", "Ann Lee"),
        ("Sen. Ann Lee came.", "the senator", "Ann Lee"),
        ("In May teacher Ann Lee met teacher Paul Roy.", "the teacher", None),
        ("In May teacher Ann Lee came.", "a teacher", None),
        ("Ann Lee came.", "the teacher", None),
    ],
)
def test_a_role_means_the_one_person_who_is_called_so(text: str, description: str, holder: str | None) -> None:
    english = LANGUAGES["en"]
    roles = RoleIndex(text, english, NameIndex.of_text(text, english, wrapped=False))
    person = roles.holder(description, len(text))
    assert (person.fullest if person else None) == holder


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("Dear Ann,\n\nI write.\n\nYours,\n\nPaul Roy", "Paul Roy"),
        ("Dear Ann,\n\n" + "I write.\n\n" * 9 + "Yours,\n\nyour old friend in the south of the country", None),
        ("I write.\n\nYours,\n\nPaul Roy", None),
    ],
)
def test_a_letter_has_the_writer_who_signs_it(text: str, writer: str | None) -> None:
    english = LANGUAGES["en"]
    names = NameIndex.of_text(text, english, wrapped=False)
    assert writer_of(text, english, paragraphs(text, wrapped=False), names) == writer
