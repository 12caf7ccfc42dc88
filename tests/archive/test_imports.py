"""What an import does to an archive."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.archive.archive import Archive
from quotearchive.archive.history import undo
from quotearchive.archive.imports import Request, import_file
from quotearchive.importers.errors import UnguessableFormatError
from quotearchive.model import Quote
from quotearchive.text import canonical
from tests.archive.import_rows import CHANGE, TEXT, Import, archive_of, document, exported, quote

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(canonical).filter(str.strip)


@given(texts=st.lists(TEXTS, min_size=1, max_size=3, unique=True))
@settings(deadline=None, max_examples=25)
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_what_comes_back_into_an_empty_archive_is_what_was_taken_away(
    tmp_path_factory: pytest.TempPathFactory, name: str, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("import")
    before = exported(archive_of(folder / "a.json", texts), name)
    path = folder / "file"
    path.write_bytes(before.encode())
    report = import_file(Archive(folder / "b.json"), Request(path=path, format=name), change=CHANGE)
    assert not report.refused
    assert exported(Archive(folder / "b.json"), name) == before


def test_the_archive_that_was_imported_has_the_same_records(tmp_path: Path, archive: Archive) -> None:
    origin = archive_of(tmp_path / "origin.json", [TEXT, "Another text."])
    path = tmp_path / "file.jsonl"
    path.write_text(exported(origin), encoding="utf-8")
    import_file(archive, Request(path=path), change=CHANGE)
    assert list(archive.read().documents()) == list(origin.read().documents())
    assert list(archive.read().quotes()) == list(origin.read().quotes())
    with archive.transaction(CHANGE) as transaction:
        assert transaction.reserve(Quote) == 1 + max(quote.id for quote in origin.read().quotes())


def test_a_second_import_changes_nothing(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "file.jsonl"
    path.write_text(exported(archive_of(tmp_path / "origin.json")), encoding="utf-8")
    import_file(archive, Request(path=path), change=CHANGE)
    before = archive.path.read_bytes()
    report = import_file(archive, Request(path=path), change=CHANGE)
    assert (report.known_documents, report.known_quotes) == (1, 3)
    assert not report.documents + report.quotes
    assert not report.remarks
    assert archive.path.read_bytes() == before


def test_what_is_known_otherwise_stays_and_is_told(imported: Import, archive: Archive) -> None:
    imported(document(date="1602"), quote("To be", note="mine"))
    report = imported(document(date="1603"), quote("To be", note="yours"))
    assert report.remarks == (
        "hamlet differs from the file in date; ours was kept.",
        "Quote 1 is already in the archive and differs in note; it was left as it is.",
    )
    assert [each.date for each in archive.read().descriptions()] == ["1602"]


def test_an_import_is_one_change_and_can_be_undone(imported: Import, archive: Archive) -> None:
    imported(document(), quote("To be"))
    assert len(list(archive.read().changes())) == 1
    undo(archive, change=CHANGE)
    assert not list(archive.read().descriptions())
    assert not list(archive.read().quotes())


def test_a_file_of_no_known_format_is_not_touched(imported: Import) -> None:
    with pytest.raises(UnguessableFormatError, match="quotearchive add"):
        imported("Dear Sir")
