"""A replaced text keeps every quote on its own words, or says that it can't."""

import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.anchoring.location import take
from quotearchive.anchoring.relocation import Outcome, relocate
from quotearchive.archive import quotes
from quotearchive.archive.archive import Archive
from quotearchive.archive.documents import Piped, add, read_source
from quotearchive.archive.history import undo
from quotearchive.archive.replacement import NewText, plan, replace
from quotearchive.archive.verification import verify
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change
from quotearchive.store.errors import ChangedMeanwhileError

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")
LATER = Change(when="2026-01-06T09:30:00Z", command="add --replace", by="me")

SENTENCES = (
    "The ministry closed the northern archive in the spring of that year.",
    "She kept her letters under a loose board and told nobody about them.",
    "Eleven students were taken from the dormitory before the exams began.",
    "We asked for water, and they brought us a list of rules to sign.",
    "My brother wrote from the port that ships no longer came on Sundays.",
    "Nobody who saw the verdict believed that a judge had written it.",
    "The bakery opened at four, so the queue began before the curfew ended.",
    "He played the violin so softly that the guards took it for the wind.",
    "After the flood the village moved its graves and then its houses.",
    "They counted the ballots twice and burned them in the school stove.",
)


def made(path: Path, text: str, *passages: str) -> Archive:
    """Make an archive of one text with a quote of each passage."""
    archive = Archive(path)
    add(archive, [Piped(text.encode(), "a.txt")], given={"title": "A"}, change=CHANGE)
    for passage in passages:
        wording = quotes.Wording(passages=(passage,))
        quotes.quote(archive, "a", wording, {}, change=CHANGE)
    return archive


def replaced(archive: Archive, text: str) -> dict[str, Outcome]:
    """Replace the text and give what became of each quote by its old words."""
    source = Piped(text.encode(), "b.txt")
    new = NewText(source=source, reading=read_source(source), given={})
    planned = plan(archive.read(), "a", new, change=LATER)
    replace(archive, planned, change=LATER)
    return {finding.before.text: finding.outcome for finding in planned.findings}


def test_each_outcome_is_told(tmp_path: Path) -> None:
    text = "\n\n".join(SENTENCES)
    archive = made(tmp_path / "archive.json", text, *(SENTENCES[n] for n in (0, 2, 4, 6)))
    new = [*SENTENCES[:2], SENTENCES[2].replace("Eleven", "Twelve"), *SENTENCES[3:6], *SENTENCES[7:]]
    new.remove(SENTENCES[4])
    new.append(SENTENCES[4])
    assert replaced(archive, "\n\n".join(new)) == {
        SENTENCES[0]: Outcome.EXACT,
        SENTENCES[2]: Outcome.CHANGED,
        SENTENCES[4]: Outcome.MOVED,
        SENTENCES[6]: Outcome.MISSING,
    }
    quotes = {quote.id: quote for quote in archive.read().quotes()}
    assert [quotes[n].missing for n in (1, 2, 3, 4)] == [False, False, False, True]
    assert (quotes[2].text, quotes[4].text) == (SENTENCES[2].replace("Eleven", "Twelve"), SENTENCES[6])
    outcomes = [check.outcome.value for check in verify(archive).quotes]
    assert outcomes == ["exact", "exact", "exact", "missing"]


def test_a_missing_quote_is_found_again_when_its_words_come_back(tmp_path: Path) -> None:
    text = "\n\n".join(SENTENCES)
    archive = made(tmp_path / "archive.json", text, SENTENCES[5])
    assert replaced(archive, text.replace(SENTENCES[5], "")) == {SENTENCES[5]: Outcome.MISSING}
    assert replaced(archive, text + "\n") in ({SENTENCES[5]: Outcome.EXACT}, {SENTENCES[5]: Outcome.MOVED})
    assert not next(archive.read().quotes()).missing


def test_replacing_is_undone_with_every_quote(tmp_path: Path) -> None:
    text = "\n\n".join(SENTENCES)
    archive = made(tmp_path / "archive.json", text, *SENTENCES[:4])
    before = list(archive.read().documents()), list(archive.read().quotes())
    replaced(archive, "\n\n".join(reversed(SENTENCES[2:])))
    undo(archive, change=LATER)
    assert (list(archive.read().documents()), list(archive.read().quotes())) == before


def test_a_text_that_is_here_already_replaces_nothing(tmp_path: Path) -> None:
    archive = made(tmp_path / "archive.json", SENTENCES[0])
    with pytest.raises(QuoteArchiveError, match="has the same text as"):
        replaced(archive, SENTENCES[0])


def test_what_changed_since_it_was_listed_is_not_replaced(tmp_path: Path) -> None:
    archive = made(tmp_path / "archive.json", SENTENCES[0], SENTENCES[0])
    source = Piped(SENTENCES[1].encode(), "b.txt")
    new = NewText(source=source, reading=read_source(source), given={})
    planned = plan(archive.read(), "a", new, change=LATER)
    quotes.quote(archive, "a", quotes.Wording(spans=((0, 3),)), {}, change=CHANGE)
    with pytest.raises(ChangedMeanwhileError):
        replace(archive, planned, change=LATER)


@pytest.mark.parametrize(
    ("old", "passage", "new", "expected"),
    [
        ("He wrote to J and S. They fled.", "J and S",
         "He wrote to James and Sarah. They fled.", "James and Sarah"),
        ("J and S wrote: we will not leave the house today.", "we will not leave the house",
         "James and Sarah wrote: we will not leave the house today.", "we will not leave the house"),
        ("Then he said: we will\nnot leave\nthe house.", "we will not leave the house",
         "Then he said: we will not leave the house.", "we will not leave the house"),
        ('Then she said: "we won\'t go" and sat down again.', '"we won\'t go"',
         "Then she said: “we won’t go” and sat down again.", "“we won’t go”"),
    ],
)  # fmt: skip
def test_published_cases_of_changed_texts(tmp_path: Path, old: str, passage: str, new: str, expected: str) -> None:
    archive = made(tmp_path / "archive.json", old, passage)
    replaced(archive, new)
    assert next(archive.read().quotes()).text.rstrip(".") == expected


EDITS = st.lists(
    st.tuples(st.sampled_from(["typo", "move", "remove", "double"]), st.integers(0, 99), st.integers(0, 99)),
    max_size=5,
)


def edited(sentences: list[str], kind: str, first: int, second: int) -> list[str]:
    """Fix a typo in a sentence, or move, remove or double it."""
    if not sentences:
        return sentences
    at = first % len(sentences)
    if kind == "typo":
        words = sentences[at].split()
        words[second % len(words)] += "s"
        return [*sentences[:at], " ".join(words), *sentences[at + 1 :]]
    if kind == "double":
        return [*sentences, sentences[at]]
    rest = sentences[:at] + sentences[at + 1 :]
    if kind == "move":
        rest.insert(second % (len(rest) + 1), sentences[at])
    return rest


@given(seed=st.integers(0, 999), edits=EDITS)
@settings(max_examples=150)
def test_no_edit_moves_a_quote_in_silence(seed: int, edits: list[tuple[str, int, int]]) -> None:
    old = random.Random(seed).sample(SENTENCES, k=len(SENTENCES))  # noqa: S311 - no secrets are made here
    text = "\n\n".join(old)
    new = old
    for edit in edits:
        new = edited(new, *edit)
    now = "\n\n".join(new)
    start = 0
    for sentence in old:
        found = relocate(now, take(text, start, start + len(sentence)))
        start += len(sentence) + 2
        if found.outcome in (Outcome.EXACT, Outcome.MOVED):
            assert found.passage
            assert found.passage.exact == sentence
        if sentence not in now:
            assert found.outcome in (Outcome.CHANGED, Outcome.MISSING)
            assert found.outcome is Outcome.MISSING or found.differences
        elif "double" not in {kind for kind, *_ in edits}:
            assert found.outcome in (Outcome.EXACT, Outcome.MOVED)
        if found.passage:
            span = slice(found.passage.start, found.passage.end)
            assert now[span] == found.passage.exact


def test_the_time_of_a_change_is_noted_where_words_changed(tmp_path: Path) -> None:
    archive = made(tmp_path / "archive.json", "\n\n".join(SENTENCES), SENTENCES[0], SENTENCES[1])
    replaced(archive, "\n\n".join(SENTENCES).replace("spring", "winter"))
    times = [msgspec.structs.asdict(quote)["modified"] for quote in archive.read().quotes()]
    assert times == [LATER.when, CHANGE.when]
