"""The sample archive: a real letter, what was said in it, and nothing that nobody said."""

import hashlib
from pathlib import Path

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.model import Quote, relay
from quotearchive.store import Snapshot

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sample() -> Snapshot:
    return Archive(ROOT / "archive.json").read()


def test_every_passage_is_the_letters_own_words(sample: Snapshot, letter: str) -> None:
    for passage in (passage for quote in sample.quotes() for passage in quote.passages):
        assert letter[passage.start : passage.end] == passage.exact


def test_the_letter_is_whole(sample: Snapshot, letter: str) -> None:
    (document,) = sample.documents()
    assert document.text == letter
    assert document.sha256 == hashlib.sha256(letter.encode()).hexdigest()


def test_khastar_says_five_things_and_khomeini_one_within_one_of_them(sample: Snapshot) -> None:
    quotes: dict[int, Quote] = {quote.id: quote for quote in sample.quotes()}
    chains = sorted(relay(quote, quotes) for quote in quotes.values())
    assert chains == [("Hashem Khastar",)] * 5 + [("Ruhollah Khomeini", "Hashem Khastar")]


def test_charges_in_quotation_marks_are_nobodys_words(sample: Snapshot) -> None:
    assert not any("membership in groups" in quote.text for quote in sample.quotes())


def test_every_quote_has_topics(sample: Snapshot) -> None:
    assert all(quote.topics for quote in sample.quotes())
