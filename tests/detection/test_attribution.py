"""Where the text says whose a quotation is."""

import pytest

from quotearchive.detection import detect
from tests.detection.speech import Said, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will stay here,” said Ann Lee.", [("We will stay here,", "Ann Lee")]),
        ("“We will stay here,” Ann Lee said.", [("We will stay here,", "Ann Lee")]),
        ("Ann Lee said, “We will stay here.”", [("We will stay here.", "Ann Lee")]),
        ("Ann Lee: “We will stay here.”", [("We will stay here.", "Ann Lee")]),
        ("In a letter wrote Khastar: “We will stay here.”", [("We will stay here.", "Khastar")]),
        (
            "According to the Ministry of Justice, the prison is “fully compliant with the law.”",
            [("fully compliant with the law.", "Ministry of Justice")],
        ),
        (
            "“We will stay here,” said Ann Lee, a teacher who lives in Rome. “We have no choice.”",
            [("We will stay here,", "Ann Lee"), ("We have no choice.", "Ann Lee")],
        ),
        (
            "Ann Lee, who teaches in Rome and knows Paul Roy, told the court that “nobody asked us.”",
            [("nobody asked us.", "Ann Lee")],
        ),
        ("“We will stay here,” said a spokesman for the union.", [("We will stay here,", "a spokesman")]),
        ("Clinton’s lawyer, Paul Roy, said, “We will stay here.”", [("We will stay here.", "Paul Roy")]),
    ],
)
def test_the_speaker_is_found_wherever_it_stands(text: str, expected: Said) -> None:
    assert said(text) == expected


def test_a_split_quotation_is_one_in_parts() -> None:
    first, second = detect("“We will,” Ann Lee said, “stay here until spring.”")
    assert (first.continues, second.continues) == (None, 0)
    assert first.speaker == second.speaker == "Ann Lee"


def test_paragraphs_that_open_again_are_parts_of_one_quotation() -> None:
    first, second = detect("“We came here in spring.\n\n“And we will stay,” said Ann Lee, a teacher.")
    assert second.continues == 0
    assert first.speaker == second.speaker == "Ann Lee"


def test_speakers_of_a_dialogue_alternate() -> None:
    text = "“Stay,” said Ann.\n\n“Why?” asked Paul.\n\n“You know why.”\n\n“I do not.”"
    assert [speaker for _, speaker in said(text)] == ["Ann", "Paul", "Ann", "Paul"]
