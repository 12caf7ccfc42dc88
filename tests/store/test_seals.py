"""What other hands altered since it was sealed is found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotearchive.model import Change, Document, Speaker
from quotearchive.store import ArchiveFile
from quotearchive.store.seals import altered_changes, altered_records

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")


@pytest.fixture
def store(tmp_path: Path) -> ArchiveFile:
    """An archive of three changes: a letter, and two speakers."""
    store = ArchiveFile(tmp_path / "archive.json")
    for value in Document(slug="letter", title="A letter", text="To be"), Speaker(name="Ann"), Speaker(name="Bo"):
        with store.transaction(CHANGE, create=True) as transaction:
            transaction.add(value)
    return store


def alter(store: ArchiveFile, change: Callable[[dict[str, Any]], object]) -> None:
    tables = json.loads(store.content())
    change(tables)
    store.path.write_text(json.dumps(tables), encoding="utf-8")


def test_what_nobody_altered_is_as_it_was_sealed(store: ArchiveFile) -> None:
    snapshot = store.read()
    assert (list(altered_records(snapshot)), altered_changes(snapshot)) == ([], {})


@pytest.mark.parametrize(
    ("change", "altered"),
    [
        (lambda tables: tables["speakers"]["1"].update(name="An"), (("speakers", "1"), True, True)),
        (lambda tables: tables["speakers"]["1"].update(note=""), (("speakers", "1"), True, True)),
        (lambda tables: tables["speakers"].pop("2"), (("speakers", "2"), True, False)),
        (lambda tables: tables["speakers"].update({"9": {"name": "Cy"}}), (("speakers", "9"), False, True)),
        (lambda tables: tables["archive"]["1"].update(format=0), (("archive", "1"), True, True)),
    ],
)
def test_a_record_that_was_altered_is_found(
    store: ArchiveFile, change: Callable[[dict[str, Any]], object], altered: tuple[object, ...]
) -> None:
    alter(store, change)
    (found,) = altered_records(store.read())
    assert (found.place, found.was_left, found.is_there) == altered


def test_a_record_with_a_space_more_is_found(store: ArchiveFile) -> None:
    store.path.write_bytes(store.content().replace(b'"name":"Bo"', b'"name": "Bo"'))
    (found,) = altered_records(store.read())
    assert (found.place, found.was_left) == (("speakers", "2"), True)


@pytest.mark.parametrize(
    ("change", "altered"),
    [
        (lambda tables: tables["history"]["2"].update(by="you"), {2: True}),
        (lambda tables: tables["history"]["3"].pop("seal"), {3: True}),
        (lambda tables: tables["history"].pop("2"), {2: False, 3: True}),
        (lambda tables: tables["history"].pop("3"), {3: False}),
    ],
)
def test_a_change_that_was_altered_or_taken_out_is_found(
    store: ArchiveFile, change: Callable[[dict[str, Any]], object], altered: dict[int, bool]
) -> None:
    alter(store, change)
    assert altered_changes(store.read()) == altered
