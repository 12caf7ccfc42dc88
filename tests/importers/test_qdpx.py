from pathlib import Path

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.imports import Request, import_file
from quotearchive.fields import FIELDS
from quotearchive.importers import guess
from quotearchive.importers.interface import DocumentRow, PassedRow, QuoteRow, RefusedRow
from quotearchive.model import Document
from tests.importers.qdpx_projects import SELECTION, TEXT, packed, project, rows, selection, source

from .conftest import CHANGE, DOCUMENTS, Export, Import, brought, original


def test_our_own_project_comes_back(exported: Export, tmp_path: Path) -> None:
    path, archive = tmp_path / "quotes.qdpx", Archive(tmp_path / "new.json")
    path.write_bytes(exported("qdpx"))
    report = import_file(archive, Request(path=path), change=CHANGE)
    assert (report.format, report.refused, report.remarks) == ("qdpx", (), ())
    assert brought(archive) == original()
    fields = ("slug", "text", *(field.name for field in FIELDS[Document]))
    for before, after in zip(DOCUMENTS, archive.read().documents(), strict=True):
        assert [getattr(after, name) for name in fields] == [getattr(before, name) for name in fields]


def test_into_the_same_archive_only_quotes_come(exported: Export, imported: Import, archive: Archive) -> None:
    report = imported(exported("qdpx"))
    assert (report.known_documents, len(report.quotes)) == (2, 5)
    assert imported(exported("qdpx")).known_quotes == 5
    assert len(list(archive.read().quotes())) == 5


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("n\u0308", "\u00f1"), f"\ufeff{TEXT}"])
def test_selections_of_another_program_become_quotes(text: str, imported: Import, archive: Archive) -> None:
    start = text.removeprefix("\ufeff").index("Two")
    report = imported(project(source(SELECTION.format(1, "Two and Sp", start, start + 7)), a=text))
    assert not report.refused
    (quote,) = archive.read().quotes()
    assert (quote.text, quote.note, quote.created) == ("Two and", "A note", "2020-01-02T03:04:05Z")
    assert quote.topics == ("he∕she", "prison/conditions")


def test_line_ends_that_count_once_are_told_by_the_words(imported: Import) -> None:
    start = TEXT.replace("\r\n", "\n").index("Three")
    report = imported(project(source(SELECTION.format(1, "Thr...", start, start + 5)), a=TEXT))
    assert [quote.text for quote in report.quotes] == ["Three"]


EMOJI = "😀 He said hello and left.\r\n"


@pytest.mark.parametrize("origin", ["NVivo for Windows 12.6", "Other 1.0"])
def test_places_in_utf_16_units_have_the_words_that_were_selected(
    origin: str, imported: Import, archive: Archive
) -> None:
    report = imported(
        project(source(*(selection(*span) for span in ((11, 16), (3, 10), (17, 20), (21, 25)))), origin, a=EMOJI)
    )
    assert [quote.text for quote in archive.read().quotes()] == ["hello", "He said", "and", "left"]
    (remark,) = report.remarks
    assert remark.startswith("The positions of 4 selections were counted in UTF-16 units, not in code points")


@pytest.mark.parametrize("origin", ["QualCoder 4.0", "Other 1.0"])
def test_places_in_code_points_have_the_words_that_were_selected(
    origin: str, imported: Import, archive: Archive
) -> None:
    report = imported(
        project(source(*(selection(*span) for span in ((10, 15), (2, 9), (16, 19), (20, 24)))), origin, a=EMOJI)
    )
    assert [quote.text for quote in archive.read().quotes()] == ["hello", "He said", "and", "left"]
    assert not report.remarks


def test_the_program_settles_what_the_words_leave_open(imported: Import) -> None:
    text = "😀 a b c d"
    nvivo = imported(project(source(selection(5, 6)), "NVivo 15", a=text))
    other = imported(project(source(selection(5, 6)), "QualCoder 4.0", a=f"{text} e"))
    assert [quote.text for report in (nvivo, other) for quote in report.quotes] == ["b", " "]


def test_places_that_can_be_counted_in_several_ways_are_said(imported: Import) -> None:
    report = imported(project(source(selection(4, 5)), a="😀 a b c d"))
    (remark,) = report.remarks
    assert "it is unclear which is right. Check rows 2" in remark


def test_places_that_no_way_to_count_explains_are_refused(imported: Import, archive: Archive) -> None:
    selections = (selection(start, start + 2) for start in (13, 14, 22))
    report = imported(project(source(*selections), a="😀😀😀 " + "quotation" * 5))
    assert [error.row for error in report.refused] == [2, 3, 4]
    assert "has other words in each way to count, and none fits the file" in str(report.refused[0])
    assert not list(archive.read().quotes())


def test_codings_of_the_same_words_are_one_quote(imported: Import, archive: Archive) -> None:
    codings = (selection(0, 7), selection(0, 7, "c3", '<NoteRef targetGUID="n1"/>'), selection(0, 7, "c5"))
    content = project(source(*codings), a="Two and three.")
    report = imported(content)
    (quote,) = archive.read().quotes()
    assert (quote.topics, quote.note) == (("he∕she", "prison/conditions"), "A note")
    assert (report.joined, report.known_quotes, len(report.quotes)) == (2, 0, 1)
    before = archive.path.read_bytes()
    again = imported(content)
    assert (again.known_quotes, again.remarks) == (1, ())
    assert archive.path.read_bytes() == before


def test_a_comment_on_a_coding_is_a_note_unless_it_repeats_the_words(imported: Import, archive: Archive) -> None:
    comments = ("My comment.", "two  and", "Another.")
    codings = (selection(0, 7, "c2", f"<Description>{comment}</Description>") for comment in comments)
    imported(project(source(*codings), a="Two and three."))
    (quote,) = archive.read().quotes()
    assert quote.note == "My comment.\n\nAnother."


def test_a_second_speaker_of_a_selection_is_said(imported: Import) -> None:
    people = '<Code guid="s0" name="Speakers"><Code guid="s1" name="Ann"/><Code guid="s2" name="Ben"/></Code>'
    coding = '<Coding guid="k2"><CodeRef targetGUID="s2"/></Coding>'
    qde = (
        f'<Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes>{people}</Codes></CodeBook>'
        f"<Sources>{source(selection(0, 3, 's1', coding))}</Sources></Project>"
    )
    report = imported(packed({"project.qde": qde, "sources/a.txt": "Two."}))
    assert [quote.speaker for quote in report.quotes] == ["Ann"]
    assert report.remarks == (
        "Row 2 is also coded with Ben, but a quote has one speaker and one addressee: the first stays.",
    )


def test_the_text_of_a_pdf_is_read_and_what_is_selected_of_its_pages_is_counted(imported: Import) -> None:
    text = f'<Representation guid="r" plainTextPath="internal://a.txt">{selection(0, 3)}</Representation>'
    report = imported(project(f'<PDFSource guid="p" name="P">{text}<PDFSelection guid="q"/></PDFSource>', a="Two."))
    assert [quote.text for quote in report.quotes] == ["Two"]
    assert [document.title for document in report.documents if document.title == "P"]
    assert report.remarks == ("Skipped 2 rows: selections of something other than text, sources that are not text.",)


def test_a_text_that_cannot_be_used_tells_how_many_selections_go_with_it(tmp_path: Path) -> None:
    path = tmp_path / "p.qdpx"
    path.write_bytes(project(source(selection(0, 3), selection(1, 3), path="absolute:///x")))
    report = import_file(Archive(tmp_path / "new.json"), Request(path=path), change=CHANGE)
    (refused,) = report.refused
    assert "Its selections can't be used either: 2." in str(refused)
    assert not list(tmp_path.glob("new.json*"))


@pytest.mark.parametrize("place", [("0", "999"), ("3", "3"), ("-1", "3"), ("a", "3"), ("0", "9" * 5000), ("", "")])
def test_a_selection_that_is_not_in_the_text_is_refused(place: tuple[str, str]) -> None:
    found = rows(project(source(SELECTION.format(1, "", *place), SELECTION.format(2, "", 0, 3)), a=TEXT))
    assert [type(row) for row in found] == [DocumentRow, RefusedRow, QuoteRow]


def test_pictures_and_recordings_are_passed_over() -> None:
    (row,) = rows(project('<PictureSource guid="p" name="P"/>'))
    assert isinstance(row, PassedRow)


def test_a_project_is_told_by_its_first_bytes() -> None:
    assert guess(Path("a"), project()).name == "qdpx"
