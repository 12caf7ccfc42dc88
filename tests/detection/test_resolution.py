"""From a mention to the fullest name."""

import pytest

from quotearchive.detection import detect
from tests.detection.speech import said


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee came late. “We will stay here,” she said.", "Ann Lee"),
        ("Paul Roy met Ann Lee. “We will stay here,” she told him.", "Ann Lee"),
        ("Paul Roy met Ann Lee. “We will stay here,” he told her.", "Paul Roy"),
        ("Ann Lee, the mayor of Rome, came late.\n\n“We will stay here,” the mayor said.", "Ann Lee"),
        ("Sen. Ann Lee came late.\n\n“We will stay here,” the senator said.", "Ann Lee"),
        ("Paul Roy met Ann Lee.\n\n“We will stay here,” Mr. Roy said.", "Paul Roy"),
    ],
)
def test_pronouns_descriptions_and_short_names_become_the_fullest_name(text: str, speaker: str) -> None:
    assert said(text) == [("We will stay here,", speaker)]


def test_a_quotation_within_another_has_a_speaker_of_its_own() -> None:
    outer, inner = detect("“My mother told me, ‘Never sign anything,’ and I did not,” said Ann Lee.")
    assert (outer.within, inner.within) == (None, 0)
    assert (outer.speaker, inner.speaker) == ("Ann Lee", "My mother")
