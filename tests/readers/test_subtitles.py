"""Subtitles: their cues as paragraphs, with a time each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import read
from quotearchive.readers.errors import EmptyFileError
from quotearchive.readers.talk.utterances import MOST
from quotearchive.text import clock
from tests.readers.talk import read_talk, times, turns

INTERVIEW = """WEBVTT - A talk

NOTE kept by hand

STYLE
::cue { color: red }

cue-1
00:00:01.000 --> 00:00:04.500 align:start position:0%
<v Anna Svoboda>We were <i>never</i> told &amp; nobody asked.</v>

00:04.500 --> 00:06.000
<v.loud Ben>Who knew?
<v Anna Svoboda>Everybody.

01:14:05.250 --> 01:14:09.000
It was a long

01:14:09.000 --> 01:14:13.000
sentence.
"""


def test_each_voice_of_a_cue_is_a_turn() -> None:
    assert turns(read_talk(INTERVIEW, "a.vtt")) == [
        ("Anna Svoboda", "We were never told & nobody asked."),
        ("Ben", "Who knew?"),
        ("Anna Svoboda", "Everybody."),
        ("unknown speaker", "It was a long sentence."),
    ]


def test_each_cue_has_its_time_and_a_sentence_over_two_is_one() -> None:
    reading = read_talk(INTERVIEW, "a.vtt")
    assert [time for time, _ in times(reading)] == [1_000, 4_500, 4_445_250, 4_449_000]
    assert reading.segments[-1].label == "01:14:09"
    assert "It was a long sentence." in reading.text.split("\n\n")


def test_what_is_no_cue_is_not_said() -> None:
    text = read_talk(INTERVIEW, "a.vtt").text
    assert not any(words in text for words in ("kept by hand", "::cue", "cue-1", "align", "<"))


def test_the_header_gives_title_and_language() -> None:
    content = "WEBVTT - A talk\nKind: captions\nLanguage: fr\n\n00:01.000 --> 00:02.000\nHello.\n"
    metadata = read_talk(content, "a.vtt").metadata
    assert (metadata["title"], metadata["language"]) == ("A talk", "fr")
    assert read_talk(content.replace("- A talk", "FILE"), "b.vtt").metadata["title"] == "b"


def test_a_name_of_a_download_gives_title_and_language() -> None:
    metadata = read_talk("WEBVTT\n\n00:01.000 --> 00:02.000\nOui.\n", "A talk [dQw4w9WgXcQ].fr.vtt").metadata
    assert metadata == {"title": "A talk", "language": "fr"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Hello</i> <font color='red'>you</font>\n", "Hello you"),
        ("\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\nyou\r\n", "Hello you"),
        ("00:01.5 --> 00:02\nHello\n\n\n\nyou\n", "Hello you"),
        ("1\n00:00:01,000 --> 00:00:02,000 X1:0 X2:9\nHello\n2\n00:00:02,000 --> 00:00:03,000\nyou\n", "Hello you"),
        ("0:00:01.000,0:00:02.000\nHello\n\n0:00:02.000,0:00:03.000\nyou\n", "Hello you"),
        ("1\n00:00:02,000 --> 00:00:03,000\nyou\n\n2\n00:00:01,000 --> 00:00:02,000\nHello\n", "Hello you"),
        ("1\n00:00:01,000 --> 00:00:02,000\nI <3 AT&T &lt; 5\n", "I <3 AT&T < 5"),
        ("1\n00:00:01,000 --> 00:00:02,000\n1984\n\n2\n00:00:02,000 --> 00:00:03,000\nit was\n", "1984 it was"),
        ("1\n00:00:01,000 --> 00:00:02,000\n長い\n文\n", "長い文"),
        ("1\n00:00:01,000 --> 00:00:02,000\nHello\\Nyou\n", "Hello you"),
        ("1\n00:00:01,000 --> 00:00:02,000\n[applause] ♪ La ♪\n", "[applause] ♪ La ♪"),
    ],
)
def test_subrip_is_read_as_players_do(content: str, words: str) -> None:
    assert read_talk(content, "a.srt").text == words


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<c.yellow.bg_blue>a</c> <b>b</b> <u>c</u> <lang en-GB>d</lang>", "a b c d"),
        ("a <00:00:01.500><c>b</c>", "a b"),
        ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>", "漢字"),
        ("&lt;a&gt;&nbsp;&#x41;&#66; &unknown; & b", "<a> AB &unknown; & b"),
        ("<v Anna &amp; Ben>yes", "yes"),
    ],
)
def test_webvtt_tags_and_references_are_resolved(markup: str, words: str) -> None:
    reading = read_talk(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{markup}\n", "a.vtt")
    assert reading.text.replace("\u00a0", " ") == words


def test_lines_with_dashes_are_paragraphs() -> None:
    reading = read_talk("1\n00:00:01,000 --> 00:00:02,000\n- Yes.\n- No, -5.\n", "a.srt")
    assert reading.text == "- Yes.\n\n- No, -5."


def test_rolling_captions_say_each_line_once() -> None:
    rolling = (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.390\n \nso<00:00:00.480><c> we</c>\n\n"
        "00:00:02.390 --> 00:00:02.400\nso we\n \n\n"
        "00:00:02.400 --> 00:00:05.000\nso we\nwent<00:00:02.600><c> home</c>\n\n"
        "00:00:05.000 --> 00:00:05.010\nwent home\n \n\n"
        "00:00:05.010 --> 00:00:07.000\nwent home\nwent<00:00:05.600><c> home</c> again\n"
    )
    reading = read_talk(rolling, "a.vtt")
    assert times(reading) == [(0, "so we"), (2_400, "went home"), (5_010, "went home again")]


def test_what_is_said_again_is_kept() -> None:
    cues = "".join(f"00:0{at}.000 --> 00:0{at + 1}.000\nFreedom!\n\n" for at in range(5))
    assert read_talk(f"WEBVTT\n\n{cues}", "a.vtt").text.count("Freedom!") == 5


def test_labels_in_the_words_name_the_speakers() -> None:
    said = ["Anna Svoboda: We were never told.", "Anna Svoboda: Nobody asked: why?", "Ben: Who knew?"]
    cues = "".join(f"00:0{at}.000 --> 00:0{at + 1}.000\n{words}\n\n" for at, words in enumerate(said))
    assert turns(read_talk(f"WEBVTT\n\n{cues}", "a.vtt")) == [
        ("Anna Svoboda", "We were never told. Nobody asked: why?"),
        ("Ben", "Who knew?"),
    ]


def test_a_long_pause_ends_a_paragraph() -> None:
    content = "00:01.000 --> 00:02.000\nHello.\n\n00:20.000 --> 00:21.000\nGoodbye.\n"
    assert read_talk(content, "a.srt").text == "Hello.\n\nGoodbye."


def test_times_that_begin_anew_are_told_and_their_order_is_kept() -> None:
    first = "".join(f"00:1{at}:00,000 --> 00:1{at}:02,000\nOld {at}.\n\n" for at in range(4))
    second = "".join(f"00:00:0{at},000 --> 00:00:0{at + 1},000\nNew {at}.\n\n" for at in range(4))
    reading = read_talk(first + second, "a.srt")
    assert reading.text.index("Old 3.") < reading.text.index("New 0.")
    assert any("begin anew at 00:00:00" in remark for remark in reading.remarks)


def test_a_file_without_cues_is_refused() -> None:
    with pytest.raises(QuoteArchiveError, match="no cue with a time"):
        read(b"WEBVTT\n\nNOTE nothing here\n", name="a.vtt")
    with pytest.raises(EmptyFileError):
        read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\n", name="a.vtt")


def test_too_many_cues_are_refused() -> None:
    content = b"00:01.000 --> 00:02.000\na\n\n" * (MOST + 1)
    with pytest.raises(QuoteArchiveError, match="Divide it"):
        read(content, name="a.srt")


@pytest.mark.parametrize(
    "start", ["<v " * 9_999, "{\\" * 9_999, "&#" * 9_999, "a --> b", "9" * 9_999 + " --> 1", "\x00"]
)
def test_hostile_cues_are_words_or_refused(start: str) -> None:
    reading = read_talk(f"1\n00:00:01,000 --> 00:00:02,000\nx {start}\n", "a.srt")
    assert reading.text.startswith("x")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20)


@given(
    st.lists(
        st.tuples(st.integers(0, 7_200_000), st.sampled_from(["", "Anna", "Ben"]), WORDS),
        min_size=1,
        max_size=12,
        unique_by=lambda cue: cue[0],
    )
)
def test_each_cue_stands_where_its_time_begins(cues: list[tuple[int, str, str]]) -> None:
    said = [(start, voice, words) for start, voice, words in cues if words.isalnum()] or [(0, "", "a")]
    content = "WEBVTT\n\n" + "".join(
        f"{clock(start)}.{start % 1000:03} --> {clock(start + 900)}.999\n{f'<v {voice}>' if voice else ''}{words}\n\n"
        for start, voice, words in said
    )
    reading = read_talk(content, "a.vtt")
    starts = [segment.start for segment in reading.segments]
    assert starts == sorted(starts)
    found = {segment.ref: reading.text[segment.start :] for segment in reading.segments if segment.kind == "time"}
    assert set(found) == {start for start, _, _ in said}
    for start, _, words in said:
        assert found[start].startswith(read(words.encode(), name="a.txt").text[:1])
