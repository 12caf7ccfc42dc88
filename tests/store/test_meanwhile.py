"""What others do to the file while it is written is never lost in silence."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from quotearchive.model import Change, Document, Passage, Quote
from quotearchive.store import ArchiveDatabase, ArchiveFile, ArchiveStorage
from quotearchive.store.errors import ChangedMeanwhileError

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")
TEXT = "To be, or not to be."


def quote(speaker: str) -> Quote:
    return Quote(document=1, passages=(Passage(start=0, end=5, exact=TEXT[:5]),), speaker=speaker)


@pytest.fixture
def store(tmp_path: Path) -> ArchiveFile:
    """An archive of one document and one quote."""
    store = ArchiveFile(tmp_path / "archive.json")
    with store.transaction(CHANGE, create=True) as transaction:
        transaction.add(Document(slug="letter", title="A letter", text=TEXT, characters=len(TEXT)))
        transaction.add(quote("first"))
    return store


def speakers(path: Path) -> list[str | None]:
    return [each.speaker for each in ArchiveFile(path).read().quotes()]


def in_a_process(script: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-c", script, *map(str, arguments)], check=True)


ADD = """
import sys
from pathlib import Path
from quotearchive.model import Change, Passage, Quote
from quotearchive.store import ArchiveFile
with ArchiveFile(Path(sys.argv[1])).transaction(Change(when="2026-01-05T09:30:00Z")) as transaction:
    transaction.add(Quote(document=1, passages=(Passage(start=0, end=5, exact="To be"),), speaker="other"))
"""


def without_lock(path: Path) -> None:
    """Somebody deletes the lock, and another writer takes one of its own."""
    path.with_name("archive.json.lock").unlink()
    in_a_process(ADD, path)


def replaced(path: Path) -> None:
    """Another archive is moved there, as `git checkout` does."""
    other = path.with_name("other.json")
    other.write_bytes(path.read_bytes().replace(b'"first"', b'"other"'))
    other.replace(path)


def by_plain_tinydb(path: Path) -> None:
    """TinyDB's own storage, which knows no lock, writes into the file."""
    with TinyDB(path, encoding="utf-8") as database:
        database.table("quotes").update({"speaker": "other"}, doc_ids=[1])


def in_place(path: Path) -> None:
    """Somebody writes as many bytes into the same file, and gives it back its time."""
    before = path.stat()
    with path.open("r+b") as file:
        content = file.read()
        file.seek(0)
        file.write(content.replace(b'"first"', b'"other"'))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("meanwhile", [without_lock, replaced, by_plain_tinydb, in_place, removed])
def test_a_writer_refuses_a_file_that_is_no_longer_the_one_it_read(
    store: ArchiveFile, meanwhile: Callable[[Path], None]
) -> None:
    with pytest.raises(ChangedMeanwhileError) as refusal, store.transaction(CHANGE) as transaction:  # noqa: PT012
        transaction.add(quote("mine"))
        meanwhile(store.path)
        content = store.path.read_bytes() if store.path.exists() else None
        beside = sorted(each.name for each in store.path.parent.iterdir() if not each.name.endswith(".lock"))
    assert (refusal.value.exit_code, "This command changed nothing" in str(refusal.value)) == (3, True)
    assert (store.path.read_bytes() if store.path.exists() else None) == content
    assert sorted(each.name for each in store.path.parent.iterdir()) == beside


def test_what_plain_tinydb_writes_into_the_backup_is_kept(store: ArchiveFile) -> None:
    with TinyDB(store.path, encoding="utf-8") as database:
        for speaker in ("second", "third"):
            with store.transaction(CHANGE) as transaction:
                transaction.add(quote(speaker))
            if speaker == "second":
                database.table("quotes").update({"speaker": "late"}, doc_ids=[1])
    assert speakers(store.path) == ["first", "second", "third"]
    assert speakers(store.path.with_name("archive.json.bak")) == ["first", "second"]
    assert speakers(store.path.with_name("archive.json.bak-1")) == ["late"]


def test_an_archive_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    store = ArchiveFile(tmp_path / "archive.json")
    with pytest.raises(ChangedMeanwhileError), store.transaction(CHANGE, create=True) as transaction:  # noqa: PT012
        transaction.add(Document(slug="letter", title="A letter", text=TEXT, characters=len(TEXT)))
        store.path.write_text("somebody's", encoding="utf-8")
    assert store.path.read_text(encoding="utf-8") == "somebody's"
    assert list(tmp_path.iterdir()) == [store.path]


def test_the_refused_change_goes_in_when_it_is_tried_again(store: ArchiveFile) -> None:
    with pytest.raises(ChangedMeanwhileError), store.transaction(CHANGE) as transaction:  # noqa: PT012
        transaction.add(quote("mine"))
        without_lock(store.path)
    with store.transaction(CHANGE) as transaction:
        transaction.add(quote("mine"))
    assert speakers(store.path) == ["first", "other", "mine"]


WITHOUT_LOCKS = """
import sys
from pathlib import Path
from quotearchive.store.errors import ChangedMeanwhileError
from quotearchive.model import Change, Passage, Quote
from quotearchive.store import ArchiveFile
added = 0
path = Path(sys.argv[1])
while added < 60:
    try:
        with ArchiveFile(path, 60).transaction(Change(when="2026-01-05T09:30:00Z")) as transaction:
            transaction.add(Quote(document=1, passages=(Passage(start=0, end=5, exact="To be"),), speaker="other"))
            path.with_name("archive.json.lock").unlink(missing_ok=True)
    except ChangedMeanwhileError:
        continue
    added += 1
"""


def test_writers_whose_locks_are_always_deleted_lose_nothing(store: ArchiveFile) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WITHOUT_LOCKS, store.path]) for _ in range(4)]
    assert [writer.wait() for writer in writers] == [0] * 4
    assert len(speakers(store.path)) == 1 + 4 * 60


PLAIN = """
import sys
from tinydb import TinyDB
from quotearchive.store.errors import ChangedMeanwhileError
from quotearchive.store import ArchiveStorage
numbers, table = [], TinyDB(sys.argv[1], storage=ArchiveStorage).table("quotes")
while len(numbers) < 200:
    try:
        numbers.append(table.insert({"by": sys.argv[2], "place": len(numbers)}))
    except (ChangedMeanwhileError, ValueError):  # ValueError: TinyDB sees itself that the number is taken
        continue
print(*numbers)
"""

OURS = """
import sys
from quotearchive.store import ArchiveDatabase
table = ArchiveDatabase(sys.argv[1]).table("quotes")
print(*[table.insert({"by": sys.argv[2], "place": place}) for place in range(200)])
"""


@pytest.mark.parametrize("script", [PLAIN, OURS])
def test_inserts_of_two_scripts_are_all_kept_under_the_numbers_they_were_told(tmp_path: Path, script: str) -> None:
    path = tmp_path / "a.json"
    writers = [
        subprocess.Popen([sys.executable, "-c", script, path, name], stdout=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    told = {}
    for name, writer in zip(("one", "two"), writers, strict=True):
        said, _ = writer.communicate()
        assert writer.returncode == 0
        told.update({number: {"by": name, "place": place} for place, number in enumerate(said.split())})
    assert json.loads(path.read_bytes())["quotes"] == told
    assert len(told) == 400


def test_two_objects_of_tinydb_do_not_give_one_number_twice(tmp_path: Path) -> None:
    one, two = (TinyDB(tmp_path / "a.json", storage=ArchiveStorage) for _ in range(2))
    assert one.insert({"by": "one"}) == 1
    assert two.insert({"by": "two"}) == 2
    with pytest.raises((ChangedMeanwhileError, ValueError)):
        one.insert({"by": "one, but the number 2"})
    assert [dict(each) for each in two] == [{"by": "one"}, {"by": "two"}]


def test_several_records_are_not_put_in_the_places_of_others(tmp_path: Path) -> None:
    one, two = (TinyDB(tmp_path / "a.json", storage=ArchiveStorage) for _ in range(2))
    one.insert({"by": "one"})
    two.insert({"by": "two"})
    with pytest.raises(ChangedMeanwhileError):
        one.insert_multiple([{"by": "one, but the number 2"}, {"by": "one"}])
    assert [dict(each) for each in two] == [{"by": "one"}, {"by": "two"}]


def test_several_first_records_are_not_put_over_those_of_another(tmp_path: Path) -> None:
    one, two = (TinyDB(tmp_path / "a.json", storage=ArchiveStorage) for _ in range(2))

    def records() -> Iterator[dict[str, str]]:
        two.table("theirs").insert({"by": "two"})
        yield {"by": "one"}

    with pytest.raises(ChangedMeanwhileError):
        one.insert_multiple(records())
    assert two.table("theirs").all() == [{"by": "two"}]


def test_our_database_does_what_tinydb_does_and_sees_what_others_did(tmp_path: Path) -> None:
    one, two = (ArchiveDatabase(tmp_path / "a.json") for _ in range(2))
    assert one.table("quotes").insert({"n": 1}) == 1
    assert two.table("quotes").insert_multiple([{"n": 2}, {"n": 3}]) == [2, 3]
    assert one.table("quotes").search(where("n") > 1) == [{"n": 2}, {"n": 3}]
    two.table("quotes").upsert({"n": 2, "m": 1}, where("n") == 2)
    assert one.table("quotes").search(where("n") > 1) == [{"n": 2, "m": 1}, {"n": 3}]
    one.drop_table("quotes")
    assert two.table("quotes").all() == []
    one.drop_tables()
    assert two.tables() == set()


def test_an_update_counts_what_another_counted_meanwhile(tmp_path: Path) -> None:
    databases = [ArchiveDatabase(tmp_path / "a.json") for _ in range(4)]
    databases[0].insert({"n": 0})

    def count(database: ArchiveDatabase) -> None:
        for _ in range(25):
            database.update(lambda record: record.update(n=record["n"] + 1))

    threads = [threading.Thread(target=count, args=(database,)) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert databases[0].all() == [{"n": 100}]
