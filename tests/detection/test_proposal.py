"""Candidates: whose words, how sure, and why."""

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.detection import Candidate, detect

Said = list[tuple[str, str | None]]


def said(text: str, language: str | None = None) -> Said:
    """Return the words and speakers of what is likelier speech than not."""
    return [(one.exact.strip(), one.speaker) for one in detect(text, language) if one.confidence >= 0.5]


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


def test_a_quotation_within_another_has_a_speaker_of_its_own() -> None:
    outer, inner = detect("“My mother told me, ‘Never sign anything,’ and I did not,” said Ann Lee.")
    assert (outer.within, inner.within) == (None, 0)
    assert (outer.speaker, inner.speaker) == ("Ann Lee", "My mother")


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
    assert one.reason.startswith("Perhaps no speech: ")


def test_the_writer_of_a_letter_says_what_nobody_else_says() -> None:
    text = (
        "Dear Mr. President,\n\nThe warden told me, “Nobody will read your letter.”\n\nI have always said: “A teacher "
        "must speak.”\n\n“No one is free while others are in chains.”\n\nSincerely,\n\nMaria Gonzalez"
    )
    assert [speaker for _, speaker in said(text)] == ["The warden", "Maria Gonzalez", "Maria Gonzalez"]


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
