import pytest

from quotearchive.archive.archive import Archive
from quotearchive.importers import IMPORTERS
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import RefusedRow

from .conftest import Import

COLUMNS = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,"
    "Document tags\n"
)


def test_highlights_are_found_in_their_document(imported: Import, archive: Archive) -> None:
    report = imported(
        COLUMNS
        + '"not to be",Letter to Anna,Jane Doe,,"My, note",yellow,"prison, .heading",page,3,'
        + "2024-05-01 12:00:00+02:00,\n"
        + "Call me Ishmael,Moby Dick,Melville,,,,,page,1,,\n"
    )
    assert report.format == "readwise"
    (quote,) = archive.read().quotes()
    assert (quote.text, quote.note, quote.topics) == ("not to be", "My, note", ("prison",))
    assert quote.created == "2024-05-01T10:00:00Z"
    assert [error.row for error in report.refused] == [3]
    assert "quotearchive add FILE --title 'Moby Dick'" in str(report.refused[0])


def test_highlights_of_the_same_words_are_one_quote(imported: Import, archive: Archive) -> None:
    row = "not to be,Letter to Anna,Jane Doe,,{},yellow,{},page,3,,\n"
    report = imported(COLUMNS + row.format("First", "prison") + row.format("", "law") + row.format("Third", "prison"))
    (quote,) = archive.read().quotes()
    assert (quote.note, quote.topics, report.joined) == ("First\n\nThird", ("law", "prison"), 2)


def test_the_shorter_form_is_read_too(imported: Import) -> None:
    report = imported("Highlight,Title,Author,URL,Note,Location\nnot to be,?,,http://example.org/letters/1,,\n")
    assert [quote.text for quote in report.quotes] == ["not to be"]


def test_a_highlight_without_words_is_refused() -> None:
    (row,) = IMPORTERS["readwise"].read(COLUMNS + " ,A,B,,,,,,,,\n")
    assert isinstance(row, RefusedRow)


def test_a_row_that_ends_early_is_refused() -> None:
    (row,) = IMPORTERS["readwise"].read("Title,Highlight\nA\n")
    assert isinstance(row, RefusedRow)


def test_another_table_is_refused() -> None:
    with pytest.raises(UnusableFileError, match="no column 'Highlight'"):
        list(IMPORTERS["readwise"].read("text,title\n"))
