"""Transcripts in plain text and Markdown: what is one, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.model import Segment
from quotearchive.readers.extracts import Extract, Extracted
from quotearchive.readers.talk.transcripts import find_transcript, with_turns
from tests.readers.talk import read_talk, times, turns

SPEAKERS = {
    "names": (
        "Anna Svoboda: Who knew?\n\nBen: Nobody.\n\nAnna Svoboda: Nobody?\n\nBen: No.\n",
        ["Anna Svoboda", "Ben"] * 2,
    ),
    "initials": ("A.S.: Who knew?\nB.O.: Nobody.\nA.S.: Nobody?\nB.O.: No.\n", ["A.S.", "B.O."] * 2),
    "roles": ("INTERVIEWER: Who knew?\nANNA: We did.\nINTERVIEWER: And Ben?\nANNA: No.\n", ["INTERVIEWER", "ANNA"] * 2),
    "deposition": ("Q.  Who knew?\nA.  Nobody.\nQ.  Nobody?\nA.  I said so.\n", ["Q", "A"] * 2),
    "German": ("Frage: Wer wusste es?\nAntwort: Alle.\nFrage: Alle?\nAntwort: Ja.\n", ["Frage", "Antwort"] * 2),
    "Chinese": ("记者：为什么？\n王芳：没有人问。\n记者：后来呢？\n王芳：没有。\n", ["记者", "王芳"] * 2),
    "Persian": (
        "خبرنگار: چرا نامه نوشتید؟\nهاشم خواستار: سکوت نکنم.\nخبرنگار: پشیمانید؟\nهاشم خواستار: نه.\n",
        ["خبرنگار", "هاشم خواستار"] * 2,
    ),
    "bold": ("**Anna:** Who knew?\n\n**Ben:** Nobody.\n\n**Anna:** Why?\n\n**Ben:** Ask.\n", ["Anna", "Ben"] * 2),
    "asides": ("Anna (laughing): Who?\nBen: Nobody.\nAnna: Why?\nBen (quietly): Ask.\n", ["Anna", "Ben"] * 2),
    "screenplay": ("ANNA\nWho knew?\n\nBEN\nNobody.\n\nANNA\nWhy?\n\nBEN\nAsk.\n", ["ANNA", "BEN"] * 2),
}


@pytest.mark.parametrize(("content", "speakers"), SPEAKERS.values(), ids=SPEAKERS)
def test_labels_that_come_again_are_speakers(content: str, speakers: list[str]) -> None:
    reading = read_talk(content, "a.md")
    assert [speaker for speaker, _ in turns(reading)] == speakers
    assert (reading.text, reading.metadata["kind"]) == (content, "interview")


NO_TRANSCRIPTS = {
    "letter": "Dear John,\n\nPlease note: I am late.\n\nP.S.: Wait.\n\nYours,\nJane\n",
    "thread": "From: Jane\nTo: John\nSubject: Hello.\n\nHello.\n\nFrom: John\nTo: Jane\nSubject: Re.\n\nFine.\n",
    "recipe": "Pancakes\n\nFlour: 200 g.\nMilk: 3 dl.\n\nWaffles\n\nFlour: 300 g.\nMilk: 2 dl.\nMethod: Bake them.\n",
    "glossary": "Anarchy: no rule.\nDemocracy: rule of the people.\nMonarchy: rule of one.\n",
    "changes": "Added: A thing.\nFixed: Another.\nAdded: More.\nFixed: It all.\n",
    "records": "Title: A.\nAuthor: B.\nYear: 1999.\n\nTitle: C.\nAuthor: D.\nYear: 2001.\n",
    "prose": "Anna spoke.\n\n" + "She went on and on about it. " * 40 + "\n\nAnna: Yes.\nBen: No.\nAnna: Yes!\n",
    "addresses": "See:\nhttp://example.org/a\nhttp://example.org/b\nhttp://example.org/c\n",
    "verses": "Matthew 5:3 Blessed are the poor.\nMatthew 5:4 Blessed are they.\nMark 1:1 The beginning.\n",
    "programme": "09:00 Opening\n10:00 Coffee\n10:30 Talk\n",
}


@pytest.mark.parametrize("content", NO_TRANSCRIPTS.values(), ids=NO_TRANSCRIPTS)
def test_lines_with_colons_alone_are_no_transcript(content: str) -> None:
    assert find_transcript(content) is None
    assert read_talk(content, "a.txt").segments == ()


@pytest.mark.parametrize(
    "content",
    [
        "Anna Svoboda  0:04  \nWe were never told.\n\nBen  1:02:15  \nWho knew?\n\nTranscribed by https://otter.ai\n",
        "Anna Svoboda (00:04):\nWe were never told.\n\nBen (1:02:15):\nWho knew?\n",
        "[00:00:04] Anna Svoboda: We were never told.\n[01:02:15] Ben: Who knew?\n",
        "[Anna Svoboda] 00:00:04\nWe were never told.\n\n[Ben] 01:02:15\nWho knew?\n",
        "00:00:04 Anna Svoboda\nWe were never told.\n\n01:02:15 Ben\nWho knew?\n",
        "Anna Svoboda [0:04]: We were never told.\n\nBen [1:02:15]: Who knew?\n",
    ],
)
def test_heads_with_times_are_turns(content: str) -> None:
    reading = read_talk(content, "a.txt")
    assert [speaker for speaker, _ in turns(reading)] == ["Anna Svoboda", "Ben"]
    assert [time for time, _ in times(reading)] == [4_000, 3_735_000]
    assert "Transcribed by" not in reading.text


def test_times_alone_are_times() -> None:
    reading = read_talk("0:00\nso we went\n0:04\nno no\n1:08\nnever again\n", "a.txt")
    assert [time for time, _ in times(reading)] == [0, 4_000, 68_000]


def test_times_within_a_turn_are_kept_track_of() -> None:
    reading = read_talk("Anna: Who? [00:14:05] Ben?\nBen: No.\nAnna: Why?\nBen: Ask.\n", "a.txt")
    assert times(reading) == [(845_000, "[00:14:05] Ben? Ben: No. Anna: Why? Ben: Ask.")]


def test_what_is_above_the_first_turn_is_the_title() -> None:
    content = f"A talk with Anna\n\n3 May 2021\n\n{SPEAKERS['names'][0]}"
    assert read_talk(content, "a.txt").metadata.items() >= {"title": "A talk with Anna", "date": "2021-05-03"}.items()
    assert read_talk(SPEAKERS["names"][0], "a.txt").metadata["title"] == "a"


def test_the_only_one_who_is_named_is_the_author() -> None:
    assert read_talk(SPEAKERS["roles"][0], "a.txt").metadata["authors"] == ("ANNA",)
    assert "authors" not in read_talk(SPEAKERS["names"][0], "a.txt").metadata


def test_front_matter_stays_above() -> None:
    reading = read_talk(f"---\ntitle: Talk\n---\n\n{SPEAKERS['bold'][0]}", "a.md")
    assert (reading.metadata["title"], reading.segments[0].start) == ("Talk", 0)


def test_a_document_of_another_format_may_be_a_transcript() -> None:
    page = Extract(
        text=SPEAKERS["names"][0],
        segments=(Segment(5, "page", "2", 2),),
        extracted=(Extracted("kind", "article"), Extracted("authors", "Jane Doe")),
    )
    found = with_turns(page)
    assert [segment.kind for segment in found.segments] == ["turn", "page", "turn", "turn", "turn"]
    assert {each.field: each.value for each in found.extracted} == {"kind": "interview", "authors": "Jane Doe"}


@pytest.mark.parametrize(
    "extract",
    [
        Extract(text=SPEAKERS["names"][0], extracted=(Extracted("kind", "letter"),)),
        Extract(text=SPEAKERS["names"][0], segments=(Segment(0, "message", "1"),)),
        Extract(text="Nobody speaks here.\n"),
    ],
)
def test_letters_and_messages_are_no_transcripts(extract: Extract) -> None:
    assert with_turns(extract) == extract


@given(
    st.lists(st.sampled_from(["Anna: ", "Ben: ", "\n", "yes. ", "[0:04] ", "Q. ", "**", "x", "：", "ANNA\n", "0:09"]))
)
def test_segments_are_sorted_and_within_the_text(pieces: list[str]) -> None:
    found = find_transcript("".join(pieces))
    if found:
        starts = [segment.start for segment in found.segments]
        assert starts == sorted(starts)
        assert all(0 <= start < len(found.text) for start in starts)
