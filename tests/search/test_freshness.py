"""The index is current, whatever happens to the archive or to its own file."""

import contextlib
import os
import random
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.errors import ArchiveMissingError, DamagedArchiveError
from quotearchive.model import Document, Quote, Speaker
from quotearchive.query import And, Involves, Query, parse
from quotearchive.search import FileState, Index, Order, Record, apply
from quotearchive.store import ArchiveFile
from tests.search.conftest import NAMES, Value, random_values, records, write

Values = list[Value]
EVERYTHING = And()


def seen(index: Index, query: Query = EVERYTHING) -> object:
    """Ask for everything that the index can say, and close it."""
    order = Order("added")
    found = (
        index.search(query, order),
        index.search_documents(query, order),
        index.documents(),
        sorted(index.speakers(), key=str),
        index.topics(),
        [index.correspondence(number) for number in index.slugs()],
        sorted(index.names_in_quotes()),
        sorted(index.names_in_documents()),
        [index.quotes_by(name) for name in NAMES],
        index.documents(Involves(("authors",), "khaster"), order),
        index.count_by(query, "topic"),
    )
    index.close()
    return found


def expected(values: Values) -> object:
    return seen(Index(Path("archive.json"), None, lambda: records(values)))


def the_file(caches: Path) -> Path:
    (file,) = caches.iterdir()
    return file


def changed(values: Values) -> Values:
    """Change, remove and add a quote and a document."""
    first, *others = [value for value in values if not isinstance(value, Speaker)]
    assert isinstance(first, Document)
    last = others.pop()
    assert isinstance(last, Quote)
    others.pop()
    return [
        msgspec.structs.replace(first, date="1901", title="Renamed", text="wholly new words"),
        *others,
        msgspec.structs.replace(last, speaker="Somebody Else", topics=("new/topic",), said="1902"),
        msgspec.structs.replace(last, id=999, said=None),
        Speaker(id=77, name="Somebody Else", aliases=("Another",)),
    ]


def test_an_edit_by_hand_is_found(values: Values, path: Path, caches: Path, open_index: Callable[[], Index]) -> None:
    seen(open_index())
    file = the_file(caches).stat().st_ino
    write(path, changed(values))
    assert seen(open_index()) == expected(changed(values))
    assert the_file(caches).stat().st_ino == file, "it was made anew"


def test_an_unchanged_archive_is_not_read(path: Path, caches: Path, open_index: Callable[[], Index]) -> None:
    seen(open_index())

    def read() -> Iterator[Record]:
        pytest.fail("the archive was read")

    assert seen(Index(path, caches, read))


def test_a_change_of_ours_is_taken_over(values: Values, path: Path, caches: Path) -> None:
    index = Index(path, caches, lambda: ArchiveFile(path).read().records())
    seen(index)
    before = FileState.of(path)
    after = changed(values)
    old = {record[:2]: record for record in records(values)}
    new = {record[:2]: record for record in records(after)}
    write(path, after)
    apply(path, caches, [(*key, new[key][2] if key in new else None) for key in {**old, **new}], before)

    def read() -> Iterator[Record]:
        pytest.fail("the archive was read")

    assert seen(Index(path, caches, read)) == expected(after)


def test_a_change_of_ours_to_an_archive_that_others_changed_is_not_taken_for_all(
    values: Values, path: Path, caches: Path, open_index: Callable[[], Index]
) -> None:
    seen(open_index())
    write(path, values[:-1])
    before = FileState.of(path)
    write(path, changed(values))
    apply(path, caches, [], before)
    assert seen(open_index()) == expected(changed(values))


@given(seed=st.integers(0, 10**6), steps=st.integers(1, 4))
@settings(deadline=None, max_examples=25)
def test_after_any_changes_it_is_as_one_made_anew(
    tmp_path_factory: pytest.TempPathFactory, seed: int, steps: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secrets are made here
    path = tmp_path_factory.mktemp("changes") / "archive.json"
    values = random_values(dice, 30)
    for _ in range(steps):
        others = {(type(value), value.id): value for value in random_values(dice, 30)}
        values = [value if dice.random() < 5 / 6 else others.get((type(value), value.id), value) for value in values]
        numbers = {value.id for value in values if isinstance(value, Document)}
        values = [v for v in values if not isinstance(v, Quote) or (v.document in numbers and dice.random() < 9 / 10)]
        write(path, values)
        index = Index(path, path.parent / "caches", lambda: ArchiveFile(path).read().records())
        assert seen(index) == expected(values)


def _truncate(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def _spoil(file: Path) -> None:
    with file.open("r+b") as opened:
        for place in range(100, file.stat().st_size, 300):
            opened.seek(place)
            opened.write(b"\xff\x00spoilt")


def _age(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE noted SET value = 'of another version'")


def _empty_tables(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        database.execute("DELETE FROM quotes")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "empty": lambda file: file.write_bytes(b""),
    "truncated": _truncate,
    "filled with garbage": lambda file: file.write_bytes(random.Random(1).randbytes(50_000)),  # noqa: S311
    "spoilt here and there": _spoil,
    "of another version": _age,
    "changed by others": _empty_tables,
    "text": lambda file: file.write_text("no index"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_made_anew(
    values: Values, caches: Path, open_index: Callable[[], Index], damage: str
) -> None:
    seen(open_index())
    DAMAGE[damage](the_file(caches))
    assert seen(open_index()) == expected(values)
    assert seen(open_index()) == expected(values)


@pytest.mark.parametrize("damage", ["spoilt here and there", "filled with garbage", "truncated"])
def test_damage_that_hides_its_time_is_survived(
    values: Values, caches: Path, open_index: Callable[[], Index], damage: str
) -> None:
    seen(open_index())
    file = the_file(caches)
    was = file.stat().st_mtime_ns
    DAMAGE[damage](file)
    os.utime(file, ns=(was, was))
    assert seen(open_index()) == expected(values)


def test_a_folder_that_can_not_be_made_is_done_without(values: Values, path: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    index = Index(path, blocked / "caches", lambda: ArchiveFile(path).read().records())
    assert seen(index) == expected(values)


def test_a_file_that_can_not_be_written_is_done_without(
    values: Values, path: Path, caches: Path, open_index: Callable[[], Index]
) -> None:
    caches.mkdir(parents=True)
    index = open_index()
    index.close()
    from quotearchive.search.freshness import index_path  # noqa: PLC0415

    index_path(path, caches).mkdir()
    assert seen(open_index()) == expected(values)


def test_an_index_in_use_is_waited_for_or_done_without(
    values: Values, path: Path, caches: Path, open_index: Callable[[], Index]
) -> None:
    seen(open_index())
    with contextlib.closing(sqlite3.connect(the_file(caches), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        write(path, changed(values))
        assert seen(open_index()) == expected(changed(values))
        other.execute("ROLLBACK")
    assert seen(open_index()) == expected(changed(values))


def test_many_may_make_it_at_once(values: Values, open_index: Callable[[], Index]) -> None:
    wanted, answers = expected(values), []
    threads = [threading.Thread(target=lambda: answers.append(seen(open_index()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [wanted] * 8


def test_two_archives_never_share_one(
    values: Values, path: Path, caches: Path, open_index: Callable[[], Index]
) -> None:
    other = path.with_name("other.json")
    write(other, values[:5])
    seen(open_index())
    assert seen(Index(other, caches, lambda: ArchiveFile(other).read().records())) == expected(values[:5])
    assert seen(open_index()) == expected(values)


def test_others_can_not_read_it(caches: Path, open_index: Callable[[], Index]) -> None:
    seen(open_index())
    assert the_file(caches).stat().st_mode & 0o777 == 0o600
    assert caches.stat().st_mode & 0o777 == 0o700


def test_an_archive_that_is_missing_or_damaged_is_said_to_be(path: Path, open_index: Callable[[], Index]) -> None:
    seen(open_index())
    path.write_text('{"documents": {}, "quotes": {"1": {"document": "x"}}}')
    with pytest.raises(DamagedArchiveError):
        open_index().search(parse("x").query)
    path.unlink()
    with pytest.raises(ArchiveMissingError):
        open_index().search(parse("x").query)
