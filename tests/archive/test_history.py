"""Undoing leaves the archive that the remaining commands give."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.archive import history, removal
from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import DocumentNotFoundError
from quotearchive.archive.history import AlreadyUndoneError, BuiltUponError, ChangeNotFoundError, NothingToUndoError
from quotearchive.archive.replacement import find_again
from quotearchive.model import Change, Document, Passage, Quote
from quotearchive.store.errors import ChangedMeanwhileError, EditedByHandError

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")

Records = dict[tuple[str, int], dict[str, Any]]
Effect = Callable[[Records], None]


def document(number: int) -> Document:
    return Document(slug=f"letter-{number}", title="A letter", text="To be or not to be. " * 40)


def quote(number: int, within: int | None = None) -> Quote:
    return Quote(document=number, passages=(Passage(start=0, end=5, exact="To be"),), within=within)


def stored(archive: Archive) -> Records:
    tables = json.loads(archive.path.read_bytes())
    return {
        (name, int(number)): {key: value for key, value in record.items() if key != "modified"}
        for name in ("documents", "quotes")
        for number, record in tables.get(name, {}).items()
    }


def fields(value: msgspec.Struct) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    return {name: each for name, each in values.items() if name not in ("id", "modified")}


class Commands:
    """Commands on an archive, and what each does to a plain dict."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.effects: dict[int, Effect] = {}

    def note(self, effect: Effect) -> None:
        number = max(change.id for change in self.archive.read().changes())
        if number not in self.effects:
            self.effects[number] = effect

    def add_document(self, choice: int) -> None:
        with self.archive.transaction(CHANGE, create=True) as transaction:
            value = document(len(transaction.identities()) + choice * 100 + len(self.effects) * 10_000)
            place = ("documents", transaction.add(value))
        self.note(lambda records: records.update({place: fields(value)}))

    def add_quote(self, choice: int) -> None:
        with self.archive.transaction(CHANGE, create=True) as transaction:
            documents, quotes = sorted(transaction.identities()), list(transaction.quotes())
            if not documents:
                return
            number = documents[choice % len(documents)]
            inside = [each.id for each in quotes if each.document == number]
            value = quote(number, inside[choice % len(inside)] if inside and choice % 2 else None)
            place = ("quotes", transaction.add(value))
        self.note(lambda records: records.update({place: fields(value)}))

    def edit(self, choice: int, field: str) -> None:
        with self.archive.transaction(CHANGE, create=True) as transaction:
            quotes = list(transaction.quotes())
            if not quotes:
                return
            old = quotes[choice % len(quotes)]
            words = f"{field} {len(self.effects)}"
            transaction.put(msgspec.structs.replace(old, modified=words, **{field: words}))
        self.note(lambda records: records[("quotes", old.id)].update({field: words}))

    def remove(self, choice: int) -> None:
        snapshot = self.archive.read()
        quotes, documents = sorted(snapshot.links()), sorted(snapshot.identities())
        if choice % 2 and quotes:
            removal = remove(self.archive, quotes=[str(quotes[choice % len(quotes)])])
        elif documents:
            chosen = str(documents[choice % len(documents)])
            removal = remove(self.archive, documents=[chosen])
        else:
            return
        self.note(lambda records: forget(records, removal))

    def undo(self, choice: int, *, any_change: bool) -> None:
        try:
            numbers = [change.id for change in self.archive.read().changes()]
            history.undo(self.archive, numbers[choice % len(numbers)] if any_change else None, change=CHANGE)
        except (AlreadyUndoneError, NothingToUndoError):
            return
        except BuiltUponError:
            assert any_change, "the last change can always be undone"
        self.note(lambda _: None)

    def remaining(self) -> Records:
        records: Records = {}
        for past in history.history(self.archive):
            if past.undone_by is None and past.change.undoes is None:
                self.effects[past.change.id](records)
        return records


def remove(archive: Archive, documents: Sequence[str] = (), quotes: Sequence[str] = ()) -> removal.Removal:
    planned = removal.plan(archive.read(), documents=documents, quotes=quotes)
    removal.remove(archive, planned, change=CHANGE)
    return planned


def forget(records: Records, removed: removal.Removal) -> None:
    for place in [("quotes", each.id) for each in removed.quotes]:
        del records[place]
    for each in removed.documents:
        del records[("documents", each.id)]
    outer = {each.id: each.within for each in removed.quotes}
    for record in records.values():
        while record.get("within") in outer:
            record["within"] = outer[record["within"]]
            if record["within"] is None:
                del record["within"]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["document", "quote", "quote", "note", "speaker", "remove", "undo", "undo any", "undo any"]),
        st.integers(0, 30),
    ),
    max_size=14,
)


@given(steps=STEPS)
@settings(deadline=None, max_examples=120)
def test_commands_and_undos_give_what_the_remaining_commands_give(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    commands = Commands(Archive(tmp_path_factory.mktemp("undo") / "archive.json"))
    commands.add_document(0)
    for kind, choice in steps:
        if kind == "document":
            commands.add_document(choice)
        elif kind == "quote":
            commands.add_quote(choice)
        elif kind in ("note", "speaker"):
            commands.edit(choice, kind)
        elif kind == "remove":
            commands.remove(choice)
        else:
            commands.undo(choice, any_change=kind == "undo any")
        assert stored(commands.archive) == commands.remaining()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive whose first change added a document, and whose second a quote of it."""
    archive = Archive(tmp_path / "archive.json")
    with archive.transaction(CHANGE, create=True) as transaction:
        transaction.add(document(1))
    with archive.transaction(CHANGE) as transaction:
        transaction.add(quote(1))
    return archive


def test_undo_goes_back_step_by_step_and_can_itself_be_undone(archive: Archive) -> None:
    before = stored(archive)
    assert [history.undo(archive, change=CHANGE).change.id for _ in range(2)] == [2, 1]
    assert stored(archive) == {}
    assert [history.undo(archive, number, change=CHANGE).change.id for number in (4, 3)] == [4, 3]
    assert stored(archive) == before


def test_a_change_that_others_build_on_is_not_undone(archive: Archive) -> None:
    with pytest.raises(BuiltUponError, match="later changes"):
        history.undo(archive, 1, change=CHANGE)


def test_a_name_that_was_given_away_is_not_taken_back(archive: Archive) -> None:
    remove(archive, documents=["1"])
    with archive.transaction(CHANGE) as transaction:
        transaction.add(document(1))
    with pytest.raises(BuiltUponError, match="letter-1"):
        history.undo(archive, 3, change=CHANGE)


def test_what_was_edited_by_hand_is_not_overwritten(archive: Archive) -> None:
    content = json.loads(archive.path.read_bytes())
    del content["quotes"]["1"]
    archive.path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(EditedByHandError, match="record 1 of quotes"):
        history.undo(archive, 2, change=CHANGE)


def test_a_change_that_is_not_there_is_not_undone(archive: Archive) -> None:
    with pytest.raises(ChangeNotFoundError):
        history.undo(archive, 9, change=CHANGE)


def test_the_history_of_a_document_holds_that_of_its_quotes(archive: Archive) -> None:
    with archive.transaction(CHANGE) as transaction:
        transaction.add(document(2))
    remove(archive, documents=["letter-1"])
    assert [past.change.id for past in history.history(archive, document="letter-1")] == [1, 2, 4]
    assert [past.change.id for past in history.history(archive, quote=1)] == [2, 4]
    assert [past.change.id for past in history.history(archive, document="letter-2")] == [3]
    with pytest.raises(DocumentNotFoundError):
        history.history(archive, document="letter-3")


def test_a_change_that_touched_nothing_can_not_be_undone(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive.json")
    with archive.transaction(CHANGE, create=True) as transaction:
        transaction.add(document(1))
    path = archive.path
    tables = json.loads(path.read_bytes())
    tables["history"]["2"] = {"when": CHANGE.when, "command": "nothing"}
    path.write_text(json.dumps(tables), encoding="utf-8")
    with pytest.raises(NothingToUndoError):
        history.undo(archive, 2, change=CHANGE)


def test_another_change_than_was_agreed_to_is_not_undone(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive.json")
    with archive.transaction(CHANGE, create=True) as transaction:
        transaction.add(document(1))
        transaction.add(quote(1))
    (recorded,) = archive.read().changes()
    moved = find_again(quote(1), "Whether to be or not", CHANGE)
    agreed = history.Undone(change=recorded, findings=(moved,), remarks=(), is_written=False)
    before = archive.path.read_bytes()
    with pytest.raises(ChangedMeanwhileError):
        history.undo(archive, 1, change=CHANGE, agreed=agreed)
    assert archive.path.read_bytes() == before
