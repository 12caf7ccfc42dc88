"""What holds of every archive is checked before a change is written, whatever the command."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quotearchive.model import Change, Document, Passage, Quote, Segment, Speaker, Topic
from quotearchive.store import ArchiveFile, Transaction
from quotearchive.store.errors import BrokenInvariantError, NotUnicodeError

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")
LETTER = Document(id=1, slug="letter", title="A letter", text="To be or not to be", characters=18)

PAGE = Segment(6, "page", "2", 2)

NAMED = (
    Speaker(name="Ann Lee", aliases=("Annie", "ann lee")),
    Speaker(name="Bo"),
    Topic(path="prison/food"),
    Topic(path="prison"),
)

FALSE = Quote(id=3, document=1, passages=(Passage(start=6, end=8, exact="of"),))


def quote(number: int, start: int = 0, end: int = 5, **fields: Any) -> Quote:  # noqa: ANN401 - any field
    passage = Passage(start=start, end=end, exact=LETTER.text[start:end])
    return Quote(id=number, document=1, passages=(passage,), **fields)


@pytest.fixture
def store(tmp_path: Path) -> ArchiveFile:
    """An archive of a letter, its answer, and three quotes: the second within the first, the third apart."""
    store = ArchiveFile(tmp_path / "archive.json")
    answer = msgspec.structs.replace(LETTER, slug="answer", text="Not to be", characters=9, replies_to=1)
    with store.transaction(CHANGE, create=True) as transaction:
        for value in (LETTER, answer, quote(1), quote(2, 0, 2, within=1), quote(3, 6, 8), *NAMED):
            transaction.add(value)
    return store


def without_quotes(transaction: Transaction) -> None:
    for each in list(transaction.quotes()):
        transaction.remove(each)


def without_letter(transaction: Transaction) -> None:
    without_quotes(transaction)
    transaction.remove(LETTER)


def put(value: Document | Quote | Speaker | Topic) -> Callable[[Transaction], None]:
    return lambda transaction: transaction.put(value)


def changed(**fields: Any) -> Document:  # noqa: ANN401 - any field
    return msgspec.structs.replace(LETTER, **fields)


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (put(FALSE), "quote 3 is not the words of letter"),
        (put(changed(text="To be and not to be", characters=19)), "quote 3 is not the words of letter"),
        (put(changed(characters=17)), "does not have its recorded length"),
        (put(changed(sha256="0" * 64)), "does not match its SHA-256"),
        (put(changed(slug="answer")), "both called answer"),
        (put(changed(slug="../letter")), "can't be typed"),
        (put(changed(segments=(PAGE, Segment(0, "page", "1")))), "segments of letter are out of order"),
        (put(changed(segments=(Segment(-1, "page", "1"),))), "does not begin in its text"),
        (put(changed(segments=(Segment(19, "page", "1"),))), "does not begin in its text"),
        (put(changed(segments=(Segment(0, "verse", "1"),))), "of an unknown kind, verse"),
        (put(changed(segments=(Segment(0, "page", "1\n2"),))), "has more than one line, or a control character"),
        (put(changed(replies_to=1)), "letter answers itself"),
        (put(changed(encloses=(9,))), "encloses document 9, which is not in the archive"),
        (without_letter, "answer answers document 1"),
        (lambda t: t.remove(LETTER), "quote 1 is of document 1"),
        (lambda t: t.remove(quote(1)), "quote 2 is within quote 1, which is not in the archive"),
        (put(quote(3, 6, 8, within=1)), "which does not contain its words"),
        (put(quote(1, 3, 5)), "quote 2 is within quote 1, which does not contain its words"),
        (put(quote(1, within=1)), "quote 1 is within itself"),
        (put(quote(2, 0, 5, within=2)), "quote 2 is within itself"),
        (put(Speaker(id=1, name="Ann Lee", aliases=("bo",))), "speakers 1 and 2 are both called Bo"),
        (put(Speaker(id=2, name="Bo", aliases=("Ánnie",))), "speakers 1 and 2 are both called Ánnie"),
        (put(Topic(id=2, path="Prison/Food")), "topics 1 and 2 are both called Prison/Food"),
    ],
)  # fmt: skip
def test_a_change_that_breaks_what_holds_of_every_archive_is_refused(
    store: ArchiveFile, break_it: Callable[[Transaction], None], said: str
) -> None:
    before = store.path.read_bytes()
    with pytest.raises(BrokenInvariantError, match=said), store.transaction(CHANGE) as transaction:
        break_it(transaction)
    assert store.path.read_bytes() == before


def test_quotes_are_not_put_within_each_other(store: ArchiveFile) -> None:
    def put_both(transaction: Transaction) -> None:
        transaction.put(quote(2, within=1))
        transaction.put(quote(1, within=2))

    with pytest.raises(BrokenInvariantError, match="within itself"), store.transaction(CHANGE) as transaction:
        put_both(transaction)


def test_a_quote_whose_words_are_missing_may_say_so(store: ArchiveFile) -> None:
    with store.transaction(CHANGE) as transaction:
        transaction.put(changed(text="To be and not to be", characters=19))
        transaction.put(quote(3, 6, 8, missing=True))
    found = store.read().find_quote(3)
    assert found is not None
    assert found.missing


def test_what_was_broken_by_hand_does_not_stop_other_changes(store: ArchiveFile) -> None:
    tables = json.loads(store.path.read_bytes())
    tables["quotes"]["3"]["passages"][0]["exact"] = "of"
    store.path.write_text(json.dumps(tables), encoding="utf-8")
    noted = msgspec.structs.replace(FALSE, note="to be checked")
    with store.transaction(CHANGE) as transaction:
        transaction.put(noted)
    assert store.read().find_quote(3) == noted


@pytest.mark.parametrize("value", [changed(title="caf\udce9"), quote(3, 6, 8, note="\ud83d")])
def test_half_a_character_is_never_stored(store: ArchiveFile, value: Document | Quote) -> None:
    before = store.path.read_bytes()
    with pytest.raises(NotUnicodeError, match="not valid Unicode"), store.transaction(CHANGE) as transaction:
        transaction.put(value)
    assert store.path.read_bytes() == before
