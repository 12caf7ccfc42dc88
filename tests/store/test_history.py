"""Every change is recorded, with what it takes to reverse it."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.model import Change, Document, Passage, Quote
from quotearchive.store import ArchiveFile, RecordedChange
from quotearchive.store.errors import LostTextError

LETTER = Document(slug="letter", title="A letter", text="To be, or not to be. " * 100)
QUOTE = Quote(document=1, passages=(Passage(start=0, end=5, exact="To be"),))


@pytest.fixture
def store(tmp_path: Path) -> ArchiveFile:
    return ArchiveFile(tmp_path / "archive.json")


def change(command: str) -> Change:
    return Change(when="2026-01-05T09:30:00Z", command=command, by="me")


def changes(store: ArchiveFile) -> list[RecordedChange]:
    return list(store.read().changes())


def records(store: ArchiveFile) -> dict[str, object]:
    """Return the archive's tables but for its history and what it notes of itself."""
    tables = json.loads(store.path.read_bytes())
    return {name: list(table.items()) for name, table in tables.items() if name not in ("history", "archive")}


def add_both(store: ArchiveFile) -> None:
    with store.transaction(change("add"), create=True) as transaction:
        transaction.add(LETTER)
        transaction.add(QUOTE)


def remove_both(store: ArchiveFile) -> None:
    with store.transaction(change("remove")) as transaction:
        transaction.remove(msgspec.structs.replace(QUOTE, id=1))
        transaction.remove(msgspec.structs.replace(LETTER, id=1))


def reverse(store: ArchiveFile, number: int) -> None:
    with store.transaction(change("undo")) as transaction:
        transaction.reverse(next(each for each in transaction.changes() if each.id == number))


def test_a_change_is_recorded_with_who_gave_it_and_when(store: ArchiveFile) -> None:
    add_both(store)
    (recorded,) = changes(store)
    assert (recorded.when, recorded.command, recorded.by) == ("2026-01-05T09:30:00Z", "add", "me")
    assert recorded.added == {"documents": (1,), "quotes": (1,)}


def test_of_a_changed_record_only_the_changed_fields_are_kept(store: ArchiveFile) -> None:
    add_both(store)
    with store.transaction(change("edit")) as transaction:
        transaction.put(msgspec.structs.replace(LETTER, id=1, title="The letter", place="Iran"))
    before = changes(store)[-1].changed["documents"]["1"]
    assert (before.fields, before.absent, before.texts) == ({"title": "A letter"}, ("place",), {})


def test_what_changes_nothing_is_neither_recorded_nor_written(store: ArchiveFile) -> None:
    add_both(store)
    content = store.path.read_bytes()
    with store.transaction(change("edit")) as transaction:
        transaction.put(msgspec.structs.replace(QUOTE, id=1, note="x"))
        transaction.put(msgspec.structs.replace(QUOTE, id=1))
        transaction.remove(msgspec.structs.replace(QUOTE, id=transaction.add(QUOTE)))
    assert store.path.read_bytes() == content


def test_a_removed_text_is_kept_once_however_often_it_comes_and_goes(store: ArchiveFile) -> None:
    add_both(store)
    before = records(store)
    for number in (2, 4, 6):
        remove_both(store)
        reverse(store, number)
        assert records(store) == before
    assert store.path.read_text(encoding="utf-8").count(LETTER.text) == 2


def test_a_text_that_someone_took_out_of_the_history_is_missed(store: ArchiveFile) -> None:
    add_both(store)
    remove_both(store)
    content = json.loads(store.path.read_bytes())
    del content["history"]["2"]["texts"]
    store.path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(LostTextError):
        reverse(store, 2)


def test_fields_of_a_later_version_come_back_too(store: ArchiveFile) -> None:
    add_both(store)
    content = json.loads(store.path.read_bytes())
    content["quotes"]["1"] |= {"mood": {"grim": [1.5, None]}, "big": 2**70}
    store.path.write_text(json.dumps(content), encoding="utf-8")
    before = records(store)
    with store.transaction(change("remove")) as transaction:
        transaction.remove(msgspec.structs.replace(QUOTE, id=1))
    reverse(store, 2)
    assert records(store) == before


def test_adding_does_not_decode_the_history(store: ArchiveFile) -> None:
    add_both(store)
    spoiled = store.path.read_bytes().replace(b'"command":"add"', b'"command":[[[ ]]')
    store.path.write_bytes(spoiled.replace(b"[[[ ]]", b"[[[]]]"))
    with store.transaction(change("add")) as transaction:
        transaction.add(QUOTE)
    assert b"[[[]]]" in store.path.read_bytes()


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "put", "remove"]), st.integers(0, 5), st.text(max_size=3)),
    min_size=1,
    max_size=4,
)


@given(commands=st.lists(STEPS, max_size=6))
@settings(deadline=None, max_examples=60)
def test_any_commands_are_reversed_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, commands: list[list[tuple[str, int, str]]]
) -> None:
    store = ArchiveFile(tmp_path_factory.mktemp("history") / "archive.json")
    add_both(store)
    states = [records(store)]
    for steps in commands:
        with store.transaction(change("steps")) as transaction:
            for kind, choice, note in steps:
                quotes = list(transaction.quotes())
                chosen = quotes[choice % len(quotes)] if quotes else None
                if chosen is None or kind == "add":
                    transaction.add(msgspec.structs.replace(QUOTE, note=note))
                elif kind == "put":
                    transaction.put(msgspec.structs.replace(chosen, note=note or None))
                else:
                    transaction.remove(chosen)
        if len(changes(store)) > len(states):
            states.append(records(store))
    for number in range(len(states), 1, -1):
        assert records(store) == states[number - 1]
        reverse(store, number)
    assert records(store) == states[0]
