import pytest

from quotearchive.archive.archive import Archive
from quotearchive.importers import IMPORTERS, guess
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import NOWHERE, QuoteRow, RefusedRow

from .conftest import Export, Import, brought, original


def rows(content: str) -> list[QuoteRow]:
    found = list(IMPORTERS["csv"].read(content))
    assert all(isinstance(row, QuoteRow) for row in found)
    return [row for row in found if isinstance(row, QuoteRow)]


def test_our_own_table_comes_back(exported: Export, imported: Import, archive: Archive) -> None:
    report = imported(exported("csv"))
    assert (report.format, report.refused) == ("csv", ())
    assert brought(archive) == original()


def test_a_table_of_ones_own_needs_few_columns() -> None:
    (row,) = rows(
        'Title;Text;Topics;Colour\r\nA letter;"To be; or not";prison; law;red\r\n'.replace(
            "prison; law", '"prison; law"'
        )
    )
    assert (row.naming.title, row.quote.text, row.quote.topics) == (
        "A letter",
        "To be; or not",
        ("prison", "law"),
    )
    assert row.quote.passages[0].start == NOWHERE


def test_the_words_may_stand_in_a_column_quote() -> None:
    (row,) = rows("document\tquote\nletter\tTo be\n")
    assert (row.naming.slug, row.quote.text, row.key) == ("letter", "To be", "")


def test_rows_have_the_numbers_of_a_spreadsheet(imported: Import) -> None:
    report = imported(
        'document,text\nletter to Anna,"To\nbee"\n\nletter-to-anna,never there\n,"not to be"\n,not to be\n'
    )
    assert [str(error)[:9] for error in report.refused] == [
        "Row 2: No",
        "Row 4: No",
        "Row 5: It",
        "Row 6: It",
    ]


def test_rows_of_the_same_words_are_one_quote(imported: Import, archive: Archive) -> None:
    content = (
        "text,document,speaker,topics,note\nnot to be,letter-to-anna,,silence,first\n"
        "not to be,letter-to-anna,Jane,courage,second\nnot to be,letter-to-anna,Ben,,first\n"
    )
    report = imported(content)
    (quote,) = archive.read().quotes()
    assert (quote.speaker, quote.topics, quote.note) == ("Jane", ("courage", "silence"), "first\n\nsecond")
    assert report.remarks == (
        "Row 4 has the speaker Ben, and a row before it, of the same words, Jane; the first was kept.",
    )
    assert (report.joined, report.known_quotes) == (2, 0)
    before = archive.path.read_bytes()
    again = imported(content)
    assert (len(again.quotes), again.known_quotes, again.grown) == (0, 1, ())
    assert archive.path.read_bytes() == before


def test_an_apostrophe_against_formulas_is_taken_away(imported: Import, archive: Archive) -> None:
    imported("document,text,note\nletter-to-anna,'=1+1 is,'=SUM(1)\n")
    assert [(each.text, each.note) for each in archive.read().quotes()] == [("=1+1 is", "=SUM(1)")]


def test_a_document_may_be_named_for_all_rows(imported: Import) -> None:
    assert len(imported("text\nnot to be\n", document="anna").quotes) == 1


@pytest.mark.parametrize(
    "line",
    ["letter,,", "letter,To be,x", "letter,To be,1,more", "letter,To be," + "9" * 4400],
)
def test_a_row_that_is_not_as_it_should_be_is_refused(line: str) -> None:
    (row,) = IMPORTERS["csv"].read(f"document,text,quote\n{line}\n")
    assert isinstance(row, RefusedRow)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "\x00\x00"])
def test_a_table_without_quotes_is_refused(content: str) -> None:
    with pytest.raises(UnusableFileError, match="names no column 'text'"):
        list(IMPORTERS["csv"].read(content))


def test_a_cell_may_be_as_long_as_a_book() -> None:
    words = "long " * 100_000
    assert rows(f"document,text\nletter,{words}\n")[0].quote.text == words


def test_a_table_is_told_by_its_columns(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("x") / "file.csv"
    assert guess(path, b'\xef\xbb\xbf"quote","document","text"\r\n').name == "csv"
