"""Values in the archive, and changes that are written once."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.errors import DamagedArchiveError
from quotearchive.model import Passage, Quote
from quotearchive.store import ArchiveFile

from .letters import CHANGE, document

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def quote(**fields: object) -> Quote:
    return msgspec.convert({"document": 1, "passages": [{"start": 0, "end": 5, "exact": "To be"}], **fields}, Quote)


def test_what_is_stored_is_read_back_equal(store: ArchiveFile) -> None:
    with store.transaction(CHANGE, create=True) as transaction:
        number = transaction.add(document(authors=["A", "B"], date="1943~"))
    assert store.read().find_document(number) == document(id=number, authors=["A", "B"], date="1943~")


@given(exact=TEXTS, speaker=TEXTS, topics=st.lists(TEXTS, max_size=3), note=TEXTS)
@settings(deadline=None, max_examples=30)
def test_any_quote_is_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, exact: str, speaker: str, topics: list[str], note: str
) -> None:
    store = ArchiveFile(tmp_path_factory.mktemp("store") / "archive.json")
    stored = quote(passages=[Passage(start=0, end=len(exact), exact=exact)], speaker=speaker, topics=topics, note=note)
    with store.transaction(CHANGE, create=True) as transaction:
        transaction.add(document(text=exact))
        number = transaction.add(stored)
    assert list(store.read().quotes()) == [msgspec.structs.replace(stored, id=number)]


def test_numbers_are_never_given_twice(with_letter: ArchiveFile) -> None:
    for _ in range(2):
        with with_letter.transaction(CHANGE, create=True) as transaction:
            number = transaction.add(quote())
        with with_letter.transaction(CHANGE) as transaction:
            transaction.remove(quote(id=number))
    with with_letter.transaction(CHANGE) as transaction:
        assert transaction.add(quote()) == number + 1


def test_fields_of_a_later_version_stay_with_a_changed_value(with_letter: ArchiveFile) -> None:
    with with_letter.transaction(CHANGE, create=True) as transaction:
        transaction.add(quote(speaker="A"))
    content = json.loads(with_letter.path.read_bytes())
    content["quotes"]["1"]["mood"] = "grim"
    with_letter.path.write_text(json.dumps(content), encoding="utf-8")
    with with_letter.transaction(CHANGE) as transaction:
        transaction.put(quote(id=1, speaker="B"))
    assert json.loads(with_letter.path.read_bytes())["quotes"]["1"] == {
        "document": 1,
        "passages": [{"start": 0, "end": 5, "exact": "To be", "prefix": "", "suffix": ""}],
        "speaker": "B",
        "mood": "grim",
    }


def test_a_table_of_another_program_is_kept(store: ArchiveFile) -> None:
    store.path.write_text('{"documents": {}, "mine": {"1": {"a": [1, 2]}}}', encoding="utf-8")
    with store.transaction(CHANGE) as transaction:
        transaction.add(document())
    assert json.loads(store.path.read_bytes())["mine"] == {"1": {"a": [1, 2]}}


@given(changes=st.lists(st.tuples(st.sampled_from(["add", "put", "remove"]), st.integers(0, 9), TEXTS), max_size=15))
@settings(deadline=None, max_examples=50)
def test_any_changes_leave_what_they_say(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, str]]
) -> None:
    store = ArchiveFile(tmp_path_factory.mktemp("store") / "archive.json")
    with store.transaction(CHANGE, create=True) as transaction:
        transaction.add(document())
        expected = {transaction.add(quote(note=str(n))): str(n) for n in range(6)}
    for kind, choice, words in changes:
        with store.transaction(CHANGE) as transaction:
            number = sorted(expected)[choice % len(expected)] if expected else None
            if kind == "add" or number is None:
                expected[transaction.add(quote(note=words))] = words
            elif kind == "put":
                transaction.put(quote(id=number, note=words))
                expected[number] = words
            else:
                transaction.remove(quote(id=number))
                del expected[number]
    assert {each.id: each.note for each in store.read().quotes()} == expected
    lines = store.path.read_bytes().splitlines()
    history = len(list(store.read().changes()))
    assert len(lines) == len(expected) + 1 + 1 + history + 4 * 2 + 2 - (not expected)


def test_one_transaction_is_one_write(store: ArchiveFile) -> None:
    with store.transaction(CHANGE, create=True) as transaction:
        transaction.add(document())
        for _ in range(3):
            transaction.add(quote())
    assert not store.path.with_name("archive.json.bak").exists()


def test_nothing_is_written_if_the_block_fails(with_letter: ArchiveFile) -> None:
    with with_letter.transaction(CHANGE, create=True) as transaction:
        transaction.add(quote())
    before = with_letter.path.read_bytes()
    with pytest.raises(KeyError), with_letter.transaction(CHANGE) as transaction:  # noqa: PT012 - both belong to the block
        transaction.add(quote())
        transaction.remove(quote(id=99))
    assert with_letter.path.read_bytes() == before


def test_nothing_is_written_if_nothing_changed(store: ArchiveFile) -> None:
    with store.transaction(CHANGE, create=True):
        pass
    assert not store.path.exists()


def test_a_record_of_the_wrong_type_is_named(store: ArchiveFile) -> None:
    store.path.write_text('{"quotes": {"12": {"document": "one", "passages": []}}}', encoding="utf-8")
    with pytest.raises(DamagedArchiveError, match=r"12.*quotes.*document"):
        list(store.read().quotes())
