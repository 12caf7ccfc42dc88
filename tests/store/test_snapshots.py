"""What is asked of an archive has one answer, however its file is laid out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.quotes import Wording, quote
from quotearchive.errors import DamagedArchiveError
from quotearchive.model import Change, Document, Passage, Quote, Speaker, Topic
from quotearchive.store import ArchiveFile, Identity, Mention, Snapshot
from quotearchive.store.parts import Link

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")
TEXT = "To be, or not to be"


def relaid(path: Path, **options: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_bytes()), ensure_ascii=False, **options), encoding="utf-8")  # type: ignore[arg-type]


LAYOUTS: dict[str, Callable[[Path], object]] = {
    "ours": lambda _: None,
    "TinyDB's": relaid,
    "indented": lambda path: relaid(path, indent=4),
    "one token a line": lambda path: relaid(path, indent=0),
    "escaped": lambda path: path.write_text(json.dumps(json.loads(path.read_bytes()), ensure_ascii=True)),
    "sorted": lambda path: relaid(path, sort_keys=True),
    "joined": lambda path: path.write_bytes(path.read_bytes().replace(b'},\n"2":', b'},"2":')),
    "spaced": lambda path: path.write_bytes(path.read_bytes().replace(b'"document":1,', b'"document" : 1 ,')),
}


def said(start: int, end: int, **fields: object) -> Quote:
    passage = Passage(start=start, end=end, exact=TEXT[start:end])
    return Quote(document=1, passages=(passage,), **fields)  # type: ignore[arg-type]


@pytest.fixture(params=LAYOUTS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive of a letter, its answer, two quotes, a speaker and a topic, in each layout."""
    path = tmp_path / "archive.json"
    with ArchiveFile(path).transaction(CHANGE, create=True) as transaction:
        transaction.add(Document(slug="letter", title="نامه", text=TEXT, characters=len(TEXT)))
        transaction.add(Document(slug="answer", title="Re", text="No", characters=2, replies_to=1))
        transaction.add(said(0, 19, speaker="نرگس", topics=("prison",)))
        transaction.add(said(0, 5, speaker="Ann", to="Bo", within=1, said="1943"))
        transaction.add(Speaker(name="نرگس", aliases=("Narges",)))
        transaction.add(Topic(path="prison"))
    LAYOUTS[request.param](path)
    return path


def test_parts_of_records_are_the_same_in_any_layout(path: Path) -> None:
    snapshot = ArchiveFile(path).read()
    assert snapshot.identities() == {1: Identity(slug="letter"), 2: Identity(slug="answer", replies_to=1)}
    assert snapshot.links() == {1: Link(document=1), 2: Link(document=1, within=1)}
    assert snapshot.mentions() == {
        1: Mention(document=1, speaker="نرگس", topics=("prison",)),
        2: Mention(document=1, speaker="Ann", to="Bo", said="1943"),
    }
    assert [quote.id for quote in snapshot.quotes_of(1)] == [1, 2]
    assert snapshot.newest_mentions.items() <= snapshot.mentions().items()


def test_words_that_are_quoted_already_are_said_to_be_in_any_layout(path: Path) -> None:
    values = {"speaker": "narges", "topics": ("Prison",)}
    stored = quote(Archive(path), "letter", Wording(spans=((0, 5),)), values, change=CHANGE)
    assert (stored.quote.speaker, stored.quote.topics) == ("نرگس", ("prison",))
    assert stored.remarks == ("These words are already quoted; see: quotearchive show letter",)


def test_a_change_brings_any_layout_into_ours_and_changes_nothing_else(path: Path) -> None:
    before = json.loads(path.read_bytes())
    with ArchiveFile(path).transaction(CHANGE) as transaction:
        transaction.add(said(7, 19))
    after = json.loads(path.read_bytes())
    assert after["quotes"].pop("3")["passages"][0]["exact"] == TEXT[7:]
    assert {name: after[name] for name in before if name not in ("archive", "history")} == {
        name: before[name] for name in before if name not in ("archive", "history")
    }


def test_parts_follow_what_a_transaction_changes(path: Path) -> None:
    with ArchiveFile(path).transaction(CHANGE) as transaction:
        number = transaction.add(said(7, 9, speaker="Cy"))
        transaction.remove(said(0, 5, id=2))
        transaction.put(said(0, 19, id=1, speaker="Dee"))
        found = {each: mention.speaker for each, mention in transaction.mentions().items()}
        assert (found, set(transaction.links())) == ({1: "Dee", number: "Cy"}, {1, number})
        assert [each.speaker for each in transaction.quotes_of(1)] == ["Dee", "Cy"]


@pytest.mark.parametrize("number", ["x", "", "01", "1.0"])
@pytest.mark.parametrize("ask", [Snapshot.links, Snapshot.mentions, lambda snapshot: list(snapshot.records())])
def test_a_key_that_is_no_number_is_named(tmp_path: Path, number: str, ask: Callable[[Snapshot], object]) -> None:
    path = tmp_path / "archive.json"
    path.write_text(json.dumps({"quotes": {number: {"document": 1, "passages": [{}]}}}), encoding="utf-8")
    with pytest.raises(DamagedArchiveError, match="number"):
        ask(ArchiveFile(path).read())
