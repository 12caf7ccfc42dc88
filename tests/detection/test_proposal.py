"""From a text to candidates."""

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.detection import Candidate, detect
from tests.detection.speech import said


def test_the_letter_of_khastar(letter: str) -> None:
    found = detect(letter)
    speech = [one for one in found if one.confidence >= 0.5]
    assert [(one.speaker, one.within) for one in speech] == [
        ("Hashem Khastar", None),
        ("Hashem Khastar", None),
        ("Hashem Khastar", None),
        ("Hashem Khastar", None),
        ("Ruhollah Khomeini", 3),
        ("Hashem Khastar", None),
    ]
    assert speech[4].exact.startswith("Take your knife off")
    assert (speech[-1].mention, speech[-1].cue) == ("He", "finished")
    charges = [one.exact.split()[0] for one in found if one.confidence < 0.5]
    assert charges == ["membership", "propaganda", "setting"]


def test_a_wrapped_letter_gives_the_same_speakers(letter: str) -> None:
    wrapped = "\n\n".join(textwrap.fill(block, 72) for block in letter.split("\n\n"))
    assert [speaker for _, speaker in said(wrapped)] == [speaker for _, speaker in said(letter)]


def test_a_text_without_marks_has_no_candidates() -> None:
    assert detect("") == []
    assert detect("The dogs’ home isn't John's.") == []


SIGNS = "“”‘’\"'«»‹›„‚「」『』``…,.!?:;—-()[] \n\t\u200c\ufeff😀"
WORDS = [
    "''",
    "\n\n",
    "Ann Lee",
    "he",
    "said",
    "told",
    "the teacher",
    "’s",
    "“Yes,”",
    "wrote:",
    "Mr.",
    "who",
    "A.",
]
FOREIGN = ["گفت", "قال", "dit-elle", "sagte", "e\u0301"]
PIECES = st.sampled_from([*SIGNS, *WORDS, *FOREIGN])


def check(text: str, found: list[Candidate]) -> None:
    """Check what holds of all candidates of any text."""
    assert [one.start for one in found] == sorted(one.start for one in found)
    for index, one in enumerate(found):
        assert 0 <= one.start < one.end <= len(text)
        assert one.exact == text[one.start : one.end]
        assert 0.0 <= one.confidence <= 1.0
        assert one.reason.endswith(".")
        if one.speaker_span:
            assert 0 <= one.speaker_span[0] < one.speaker_span[1] <= len(text)
            assert one.mention
        if one.within is not None:
            assert one.within < index
            assert found[one.within].start <= one.start
            assert one.end <= found[one.within].end
        if one.continues is not None:
            assert one.continues < index


@given(
    st.lists(PIECES, max_size=60).map("".join),
    st.sampled_from([None, "en", "fr", "de", "es", "fa", "ar", "xx"]),
)
def test_any_text_gives_sound_candidates(text: str, language: str | None) -> None:
    check(text, detect(text, language))


@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_words_give_sound_candidates(text: str) -> None:
    check(text, detect(text))


@given(st.text(max_size=200))
def test_any_characters_give_sound_candidates(text: str) -> None:
    check(text, detect(text))


#: Texts of one long paragraph, as what comes before, what is repeated, and what comes behind.
ENDLESS = {
    "tags": ("", "“x,” said A B. ", ""),
    "quotations behind one speaker": ("He said ", "“a” ", ""),
    "cues without a verb": ("“q” in a letter. ", "“a” letter ", ""),
    "words": ("“q,” said Ann. ", "word ", "“z”"),
    "first names": ("“q,” ", "Anna ", "“z”"),
    "titles": ("", "Mr. ", "“z”"),
    "German first names": ("„q“, sagte die ", "Anna ", "„z“"),
    "descriptions": ("", "Ann, the leader, said “a”. The leader said “b”. ", ""),
    "Persian tags": ("", "«الف» گفت احمد محمدی. ", ""),
    "a line of spaces": ("“q”\n", " ", "\n“z”"),
}


@pytest.mark.parametrize("shape", ENDLESS)
def test_a_paragraph_without_end_takes_bounded_time(shape: str) -> None:
    head, piece, tail = ENDLESS[shape]
    text = head + piece * (400_000 // len(piece)) + tail
    start = time.process_time()
    assert detect(text)
    assert time.process_time() - start < 30
