"""Transcripts that programs write as JSON."""

import json

import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import read
from tests.readers.talk import read_talk, times, turns

SEGMENTS = [
    {"start": 0.0, "end": 2.4, "text": " We were never told.", "speaker": "SPEAKER_00"},
    {"start": 2.4, "end": 3.3, "text": " Who knew?", "speaker": "SPEAKER_01"},
    {"start": 3.3, "end": 4.0, "text": " Everybody.", "speaker": "SPEAKER_00"},
]


def test_segments_have_times_and_speakers_who_are_nobody() -> None:
    reading = read_talk(json.dumps({"language": "en", "segments": SEGMENTS}), "a.json")
    assert times(reading) == [(0, "We were never told."), (2_400, "Who knew?"), (3_300, "Everybody.")]
    assert [speaker for speaker, _ in turns(reading)] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]
    assert reading.metadata == {"kind": "interview", "title": "a", "language": "en"}
    assert any("recognised" in remark for remark in reading.remarks)


@pytest.mark.parametrize(
    "content",
    [
        [{"start": 1, "end": 2, "text": "Hello."}, {"start": 2.5, "end": 3, "text": "You."}],
        {"segments": [{"startTime": 1, "body": "Hello."}, {"startTime": 2.5, "body": "You."}]},
        {"chunks": [{"timestamp": [1.0, 2], "text": "Hello."}, {"timestamp": [2.5, None], "text": "You."}]},
        {
            "transcription": [
                {"offsets": {"from": 1000, "to": 2000}, "text": "Hello."},
                {"timestamps": {"from": "00:00:02,500", "to": "00:00:03,000"}, "text": "You."},
            ]
        },
        {"utterances": [{"start": 1000, "end": 2000, "text": "Hello."}, {"start": 2500, "end": 9999, "text": "You."}]},
        {
            "events": [
                {"tStartMs": 1000, "dDurationMs": 500, "segs": [{"utf8": "Hel"}, {"utf8": "lo."}]},
                {"tStartMs": 2500, "segs": [{"utf8": "You."}]},
            ]
        },
    ],
)
def test_other_programs_with_the_same_parts_are_read(content: object) -> None:
    assert times(read_talk(json.dumps(content), "a.json")) == [(1_000, "Hello."), (2_500, "You.")]


def test_a_segment_is_divided_where_its_words_change_speakers() -> None:
    words = [
        {"word": "Told?", "start": 0.0, "speaker": "SPEAKER_00"},
        {"word": "Never", "start": 1.5, "speaker": "SPEAKER_01"},
        {"word": "ever."},
    ]
    reading = read_talk(json.dumps([{"start": 0, "end": 3, "text": " Told? Never ever.", "words": words}]), "a.json")
    assert turns(reading) == [("SPEAKER_00", "Told?"), ("SPEAKER_01", "Never ever.")]
    assert times(reading) == [(0, "Told?"), (1_500, "Never ever.")]


@pytest.mark.parametrize(
    "content", ["{", '{"name": "x"}', "[]", "3", "[" * 100_000, '{"segments": ' * 20_000, "9" * 9_999]
)
def test_what_is_no_transcript_is_refused(content: str) -> None:
    with pytest.raises(QuoteArchiveError, match=r"a\.json"):
        read(content.encode(), name="a.json")


@pytest.mark.parametrize("time", ["NaN", "1e999", "-1", "null", '"x"', "9" * 400, "true", "[]", '"99:99:99"'])
def test_a_time_that_is_none_harms_nothing(time: str) -> None:
    content = f'[{{"start": 1, "end": {time}, "text": "a"}}, {{"start": {time}, "end": 2, "text": "b\\u0000\\ud800"}}]'
    reading = read_talk(content, "a.json")
    assert reading.text.startswith("a")
    reading.text.encode()
