"""What stands between marks and is no speech."""

import pytest

from quotearchive.detection import detect


@pytest.mark.parametrize(
    "text",
    [
        "He read the novel “War and Peace” in prison.",
        "She was convicted of “spreading lies against the state” and left the country.",
        "The so-called “reform” was late.",
        "The film “Long Way Home” opens on Friday.",
    ],
)
def test_titles_charges_and_scare_quotes_are_doubted_with_a_reason(text: str) -> None:
    (one,) = detect(text)
    assert one.confidence < 0.5
    assert one.reason.startswith("Perhaps not a quotation: ")
