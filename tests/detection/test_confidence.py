"""Confidence means a share of right candidates."""

import pytest

from quotearchive.detection.weights import confidence, learnt_weights

COUNTED = learnt_weights().counted


@pytest.mark.parametrize("speaker", [0.0, 0.5, 1.0])
def test_what_is_surely_speech_has_at_least_one_half(speaker: float) -> None:
    assert confidence(COUNTED, 0.99, speaker) >= 0.5


@pytest.mark.parametrize("speech", [0.0, 0.3, 0.499])
def test_what_is_likelier_no_speech_has_less_than_one_half(speech: float) -> None:
    assert confidence(COUNTED, speech, 1.0) < 0.5


def test_a_surer_speaker_gives_no_less_confidence() -> None:
    steps = [confidence(COUNTED, 0.95, speaker / 20) for speaker in range(21)]
    assert steps == sorted(steps)


def test_what_is_certain_has_the_highest_share() -> None:
    assert confidence(COUNTED, 1.0, 1.0) == round(COUNTED[-1][1], 2)
