"""An import that is planned: rows that can be used, and rows that cannot."""

from typing import Any

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.errors import ArchiveMissingError
from tests.archive.import_rows import Import, document, quote


def test_a_rehearsal_changes_nothing(imported: Import, archive: Archive) -> None:
    report = imported(document(), quote("To be"), is_dry_run=True)
    assert (len(report.documents), len(report.quotes)) == (1, 1)
    assert not list(archive.path.parent.glob("archive.json*"))


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (quote("To bee"), 'Not in hamlet: "To bee"'),
        (quote("be"), '"be" occurs 2 times in hamlet, and the file does not say where'),
        (quote("To be", said="yesterdayish"), '"yesterdayish" can\'t be read as a date'),
        (quote("To be", topics=[" / "]), "is not a topic"),
        ({**quote("To be"), "passages": []}, "it has no passage"),
        ({**quote("To be"), "document": "lear"}, 'The document "lear" is not in the archive. Add its text'),
        (document("x", kind="song"), '"song" is not a kind of document'),
        (document(" \n"), "The document has no text"),
        (document("x", sha256="0"), "Its text does not match its sha256"),
        ({"type": "song"}, "its type is 'song'"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_others_go_on(
    imported: Import, archive: Archive, record: dict[str, Any], reason: str
) -> None:
    if "passages" in record:
        for passage in record["passages"]:
            passage.update(start=-1, end=-1)
    report = imported(document(), record, quote("that is the question"))
    assert [error.row for error in report.refused] == [2]
    assert str(report.refused[0]).startswith("Line 2: ")
    assert reason in str(report.refused[0])
    assert [each.text for each in archive.read().quotes()] == ["that is the question"]


def test_what_is_wrong_with_rows_is_told_where_there_is_no_archive(imported: Import, archive: Archive) -> None:
    report = imported(document(sha256="0"), quote("To be"))
    assert [error.row for error in report.refused] == [1, 2]
    assert not list(archive.path.parent.glob("archive.json*"))


def test_quotes_alone_make_no_archive(imported: Import, archive: Archive) -> None:
    with pytest.raises(ArchiveMissingError):
        imported(quote("To be"))
    assert not list(archive.path.parent.glob("archive.json*"))
