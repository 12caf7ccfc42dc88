import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import read
from tests.readers.office_files import fodt, odt, sections


def text(body: str) -> str:
    return read(odt(body), name="a.odt").text


def p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def test_white_space_of_the_file_is_one_space_and_elements_are_the_rest() -> None:
    words = "\n  One \n <text:span> two</text:span><text:s text:c='2'/>three<text:tab/>4<text:line-break/>5"
    assert text(p(words)) == "One two  three\t4\n5"


def test_a_document_in_one_file_is_read_too() -> None:
    assert read(fodt(p("Words.")), name="a.fodt").text == "Words."
    assert read(fodt(p("Words.")), name="a.xml").text == "Words."


def test_headers_and_footers_are_left_out_and_told_if_they_have_words() -> None:
    pages = (
        f"<style:master-page><style:header>{p('The Ministry')}</style:header>"
        f"<style:footer>{p('7')}</style:footer></style:master-page>"
    )
    reading = read(odt(p("One."), pages=pages), name="a.odt")
    assert (reading.text, reading.remarks) == ("One.", ("1 header or footer was left out.",))


def test_deletions_and_comments_are_left_out_and_told_and_insertions_are_in() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{p('never')}</text:deletion></text:changed-region><text:changed-region><text:insertion/>"
        "</text:changed-region></text:tracked-changes>"
    )
    words = (
        f"We <text:change-start/>firmly<text:change-end/> agree<office:annotation>{p('Really?')}</office:annotation>."
    )
    reading = read(odt(changes + p(words)), name="a.odt")
    assert reading.text == "We firmly agree."
    assert reading.remarks == (
        "1 comment and 1 deletion were left out.",
        "1 insertion, which nobody has accepted yet, is in the text.",
    )


def test_notes_stand_at_the_end_of_their_chapter_with_their_marks() -> None:
    note = (
        "<text:note text:id='n1' text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{p('See there.')}</text:note-body></text:note>"
    )
    body = (
        f"<text:h text:outline-level='1'>First</text:h>{p(f'Text{note} goes on.')}<text:h>Second</text:h>{p('More.')}"
    )
    reading = read(odt(body), name="a.odt")
    assert reading.text == "First\n\nText[1] goes on.\n\n[1] See there.\n\nSecond\n\nMore."
    assert sections(reading) == [("First", "First"), ("Note 1", "[1] See there."), ("Second", "Second")]


def test_lists_tables_and_boxes_are_text() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    table = f"<table:table><table:table-row>{cell.format(p('a'))}{cell.format(p('b'))}</table:table-row></table:table>"
    box = f"<draw:frame><draw:text-box>{p('In the box.')}</draw:text-box></draw:frame>"
    items = (
        f"<text:list><text:list-item>{p('One')}</text:list-item><text:list-item>{p('Two')}</text:list-item></text:list>"
    )
    assert text(items + table + p(f"Beside{box} it.")) == "One\n\nTwo\n\na\tb\n\nBeside it.\n\nIn the box."


def test_templates_of_a_table_of_contents_are_no_words_of_it() -> None:
    contents = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Template"
        f"</text:index-title-template></text:table-of-content-source><text:index-body>{p('One 1')}</text:index-body>"
        "</text:table-of-content>"
    )
    assert text(contents) == "One 1"


def test_what_no_one_sees_is_left_out() -> None:
    hidden = f"<text:section text:display='none'>{p('Secret.')}</text:section>"
    script = "<text:p>Seen<text:script>alert(1)</text:script>.</text:p>"
    reading = read(odt(hidden + script), name="a.odt")
    assert (reading.text, reading.remarks) == ("Seen.", ("1 hidden passage was left out.",))


def test_who_changed_it_last_is_not_who_wrote_it() -> None:
    meta = "<meta:initial-creator>Ann</meta:initial-creator><dc:creator>Ben</dc:creator>"
    found = read(odt(p("Words."), meta), name="a.odt").extracted
    assert [(each.value, each.is_guess) for each in found if each.field == "authors"] == [("Ann", True)]


def test_a_number_of_blanks_beyond_all_measure_is_not_believed() -> None:
    assert len(text(p(f"a<text:s text:c='{10**8}'/>b<text:s text:c='{10**30}'/>c"))) < 1000


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (odt(p("x"), manifest="<file-entry><encryption-data/></file-entry>"), "password"),
        (odt("</office:text>"), "can't be read"),
    ],
)
def test_what_is_locked_or_damaged_is_said(content: bytes, says: str) -> None:
    with pytest.raises(QuoteArchiveError, match=says):
        read(content, name="a.odt")
