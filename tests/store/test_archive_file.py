"""The door to an archive that is a file."""

import json
import stat
from pathlib import Path

import pytest

from quotearchive.errors import ArchiveMissingError, DamagedArchiveError
from quotearchive.model import Passage, Quote
from quotearchive.store import FORMAT, ArchiveFile
from quotearchive.store.errors import (
    ArchiveUnreadableError,
    ArchiveUnwritableError,
    ChangedMeanwhileError,
    NewerFormatError,
)

from .letters import CHANGE, document


def quote(**fields: object) -> Quote:
    return Quote(document=1, passages=(Passage(start=0, end=5, exact="To be"),), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"people": {"1": {}}}', "PK\x03\x04", '{"quotes": 1}'])
def test_what_is_no_archive_is_said_and_kept(store: ArchiveFile, content: str) -> None:
    store.path.write_text(content, encoding="utf-8")
    with pytest.raises(DamagedArchiveError):
        store.read()
    with pytest.raises(DamagedArchiveError), store.transaction(CHANGE, create=True):
        pass
    assert store.path.read_text(encoding="utf-8") == content


def test_the_old_content_stands_beside_the_new(with_letter: ArchiveFile) -> None:
    for speaker in ("A", "B"):
        with with_letter.transaction(CHANGE, create=True) as transaction:
            transaction.add(quote(speaker=speaker))
    backup = ArchiveFile(with_letter.path.with_name("archive.json.bak"))
    assert [each.speaker for each in backup.read().quotes()] == ["A"]


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.json").symlink_to(tmp_path / "real" / "archive.json")
    with ArchiveFile(tmp_path / "link.json").transaction(CHANGE, create=True) as transaction:
        transaction.add(document())
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real" / "archive.json").is_file()


def test_a_missing_archive_is_not_made_by_reading_or_changing(store: ArchiveFile, tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissingError):
        store.read()
    with pytest.raises(ArchiveMissingError), store.transaction(CHANGE):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnreadableError, match="directory"):
        ArchiveFile(tmp_path).read()


def test_a_newer_format_is_refused(store: ArchiveFile) -> None:
    store.path.write_text(json.dumps({"archive": {"1": {"format": FORMAT + 1}}}), encoding="utf-8")
    with pytest.raises(NewerFormatError):
        store.read()


def test_a_read_only_folder_can_be_read_and_says_that_it_can_not_be_written(unprivileged: Path) -> None:
    store = ArchiveFile(unprivileged / "archive.json")
    with store.transaction(CHANGE, create=True) as transaction:
        transaction.add(document())
        transaction.add(quote())
    unprivileged.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert len(list(store.read().quotes())) == 1
    with (
        pytest.raises(ArchiveUnwritableError, match="permission denied"),
        store.transaction(CHANGE) as transaction,
    ):
        transaction.add(quote())


def test_who_commits_is_notified_of_the_records_as_they_are_in_the_file(with_letter: ArchiveFile) -> None:
    noted: list[tuple[str, int, bytes | None]] = []
    store = ArchiveFile(with_letter.path, on_commit=lambda: noted.extend)
    with store.transaction(CHANGE) as transaction:
        number = transaction.add(quote())
    with store.transaction(CHANGE):
        pass
    ((table, given, line),) = noted
    assert (table, given, store.is_changed) == ("quotes", number, True)
    assert f'"{number}":'.encode() + (line or b"") in store.content().splitlines()


def test_other_tables_take_the_place_of_what_was_read_and_are_sealed(with_letter: ArchiveFile) -> None:
    content, kept = with_letter.content(), with_letter.path.with_name("kept.json")
    tables = json.loads(content)
    tables["documents"]["1"]["title"] = "Another"
    with pytest.raises(ChangedMeanwhileError):
        with_letter.rewrite(tables, instead_of=b"{}", keep=kept, change=CHANGE)
    with_letter.rewrite(tables, instead_of=content, keep=kept, change=CHANGE)
    assert kept.read_bytes() == content
    snapshot = with_letter.read()
    assert [each.title for each in snapshot.descriptions()] == ["Another"]
    assert list(snapshot.changes())[-1].by_hand == {"documents": (1,)}


def test_a_backup_is_set_aside_under_a_name_that_nothing_has(with_letter: ArchiveFile) -> None:
    with with_letter.transaction(CHANGE) as transaction:
        transaction.add(quote())
    backup = with_letter.backup()
    with_letter.path.with_name("archive.json.bak-1").touch()
    aside = with_letter.name_aside()
    with_letter.set_backup_aside(aside)
    assert (aside.name, aside.read_bytes(), with_letter.backup()) == ("archive.json.bak-2", backup, None)
