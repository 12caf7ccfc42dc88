"""Candidates as Rich renderables."""

import msgspec

from quotearchive.views.candidates import candidate_page, candidates_table

from .samples import CANDIDATE, DOCUMENT, labelled, screen


def test_a_candidate_that_is_a_quote_already_says_so() -> None:
    known = msgspec.structs.replace(CANDIDATE, quote=3)
    assert "Already quote 3." in screen(candidates_table([known], DOCUMENT), 200)


def test_a_speaker_who_is_named_in_full_is_named_once() -> None:
    plain = msgspec.structs.replace(CANDIDATE, mention=CANDIDATE.speaker)
    assert "Named as" not in screen(candidate_page(plain, DOCUMENT, 1))
    assert "“" not in screen(candidates_table([msgspec.structs.replace(plain, reason="a colon")], DOCUMENT))


def test_a_candidate_tells_its_confidence_and_what_it_is_within() -> None:
    shown = labelled(screen(candidate_page(CANDIDATE, DOCUMENT, 9)))
    assert shown.items() >= {"Confidence": "88%", "Within": "candidate 1", "Named as": "She [who]"}.items()


def test_a_speaker_whom_nobody_knows_is_shown_as_such() -> None:
    nobody = msgspec.structs.replace(CANDIDATE, speaker=None, mention=None)
    assert labelled(screen(candidate_page(nobody, DOCUMENT, 9)))["Speaker"] == "not known"
