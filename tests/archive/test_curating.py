"""Laws of changes to speakers and topics: no quote is lost, whatever is merged, renamed or moved."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from quotearchive.archive.archive import Archive
from quotearchive.archive.speakers import add_aliases, merge_speakers, rename_speaker
from quotearchive.archive.topics import merge_topics, move_topic, rename_topic
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change, Document, Passage, Quote

CHANGE = Change(when="2021-03-01T08:00:00Z")

NAMES = st.sampled_from(["Hashem Khastar", "hashem khastar", "هاشم خواستار", "Sophie Scholl", "A", "B. C."])
PATHS = st.sampled_from(["prison", "prison/food", "Prison/Food/water", "law", "law/prison", "food"])

Said = list[tuple[str, list[str]]]
SAID = st.lists(st.tuples(NAMES, st.lists(PATHS, max_size=3)), min_size=1, max_size=8)


def stored(folder: str, said: Said) -> Archive:
    archive = Archive(Path(folder) / "archive.json")
    with archive.transaction(CHANGE, create=True) as transaction:
        text = "words"
        document = transaction.add(Document(slug="letter", title="Letter", text=text, characters=len(text)))
        for name, paths in said:
            passages = (Passage(start=0, end=5, exact=text),)
            transaction.add(Quote(document=document, passages=passages, speaker=name, topics=tuple(sorted(set(paths)))))
    return archive


@given(SAID, st.lists(st.tuples(st.sampled_from(["merge", "rename", "alias"]), NAMES, NAMES), max_size=4))
def test_whatever_happens_to_speakers_each_quote_keeps_one(said: Said, changes: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as folder:
        archive = stored(folder, said)
        for kind, one, other in changes:
            try:
                if kind == "merge":
                    merge_speakers(archive, [one], other, change=CHANGE)
                elif kind == "rename":
                    rename_speaker(archive, one, other, change=CHANGE)
                else:
                    add_aliases(archive, one, [other], change=CHANGE)
            except QuoteArchiveError:
                continue
        quotes = list(archive.read().quotes())
        assert len(quotes) == len(said)
        assert all(quote.speaker for quote in quotes)
        owners = [name for speaker in archive.read().speakers() for name in speaker.names]
        assert len(owners) == len(set(owners))


@given(SAID, st.sampled_from(["merge", "rename", "move"]), PATHS, PATHS)
def test_whatever_happens_to_a_branch_only_its_topics_change(said: Said, kind: str, one: str, other: str) -> None:
    with TemporaryDirectory() as folder:
        archive = stored(folder, said)
        before = {quote.id: quote.topics for quote in archive.read().quotes()}
        try:
            if kind == "merge":
                done = merge_topics(archive, [one], other, change=CHANGE)
            elif kind == "rename":
                done = rename_topic(archive, one, other, change=CHANGE)
            else:
                done = move_topic(archive, one, other, change=CHANGE)
        except QuoteArchiveError:
            assert {quote.id: quote.topics for quote in archive.read().quotes()} == before
            return
        places = dict(done.paths)
        for quote in archive.read().quotes():
            assert set(quote.topics) == {places.get(path, path) for path in before[quote.id]}
