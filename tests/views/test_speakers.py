"""Speakers as Rich renderables."""

import msgspec

from quotearchive.archive.speakers import SpeakerChange
from quotearchive.views.speakers import pairs, profile, speaker_change, speakers_table

from .samples import OTHER, PAIR, PROFILE, SPEAKER, SUMMARY, labelled, screen


def test_of_many_quotes_the_first_numbers_are_shown() -> None:
    shown = " ".join(screen(profile(PROFILE)).split())
    assert "1200 (1, 2, 3, " in shown
    assert ", 40 …)" in shown


def test_a_speaker_without_quotes_has_none() -> None:
    shown = labelled(screen(profile(msgspec.structs.replace(PROFILE, quotes=())), 200).replace("\n  ", "\n"))
    assert shown["Quotes"] == "0"


def test_aliases_are_one_below_the_other() -> None:
    speaker = msgspec.structs.replace(SPEAKER, aliases=("One", "Two"))
    shown = screen(speakers_table([msgspec.structs.replace(SUMMARY, speaker=speaker)]), 200)
    assert ["One" in line for line in shown.splitlines()[2:]] == [True, False]


def test_a_pair_is_merged_by_the_command_that_is_shown() -> None:
    assert "quotearchive speakers merge 'N. Mohammadi' --into 'نرگس محمدی'" in screen(pairs([PAIR]), 200)


def test_dates_of_one_day_are_shown_once() -> None:
    assert "1 quote, 2020\n" in "\n".join(line.rstrip() + "\n" for line in screen(pairs([PAIR]), 200).splitlines())
    assert OTHER.first == OTHER.last


def test_a_change_without_quotes_says_so() -> None:
    assert "No quotes changed." in screen(speaker_change(SpeakerChange(speaker=SPEAKER)))
