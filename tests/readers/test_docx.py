import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import read
from tests.readers.office_files import STRICT, core, docx, p, package, relations, run, sections

TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"


def text(body: str, **parts: str) -> str:
    return read(docx(body, **parts), name="a.docx").text


def test_each_paragraph_is_a_paragraph_and_empty_ones_are_none() -> None:
    assert text(p("One.") + "<w:p/>" + p("Two.")) == "One.\n\nTwo."


def test_the_strict_form_with_other_namespaces_is_read() -> None:
    assert read(docx(p("One."), namespace=STRICT), name="a.docx").text == "One."


def test_a_row_of_a_table_is_a_line_and_cells_are_separated_by_tabs() -> None:
    assert text(p("Here:") + TABLE.format(p("a"), p("b"), p("c"), p("d"))) == "Here:\n\na\tb\nc\td"


def test_a_row_with_a_cell_of_several_paragraphs_is_its_paragraphs() -> None:
    assert text(TABLE.format(p("a"), p("b"), p("c"), p("d") + p("e"))) == "a\tb\n\nc\n\nd\n\ne"


def test_a_table_in_a_cell_loses_no_word() -> None:
    inner = TABLE.format(p("1"), p("2"), p("3"), p("4"))
    assert text(TABLE.format(p("a"), inner, p("c"), p("d"))) == "a\n\n1\t2\n3\t4\n\nc\td"


def test_headers_and_footers_are_left_out_and_told_if_they_have_words() -> None:
    reading = read(docx(p("One."), header=p("The Ministry"), footer=p("7")), name="a.docx")
    assert (reading.text, reading.remarks) == ("One.", ("1 header or footer was left out.",))


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    drawn = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert text(f"<w:p><w:r>{drawn}</w:r>{run('Beside it.')}</w:p>{p('After.')}") == (
        "Beside it.\n\nIn the box.\n\nAfter."
    )


def test_insertions_are_in_and_deletions_comments_and_hidden_words_out_and_all_are_told() -> None:
    body = (
        f"<w:p>{run('We ')}<w:ins>{run('firmly ')}</w:ins><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('once ')}</w:moveFrom><w:commentRangeStart w:id='0'/>{run('agree')}"
        f"<w:r><w:commentReference w:id='0'/></w:r>{run(' secretly', '<w:vanish/>')}{run('.')}</w:p>"
    )
    reading = read(docx(body, comments=f"<w:comment w:id='0'>{p('Really?')}</w:comment>"), name="a.docx")
    assert reading.text == "We firmly agree."
    assert reading.remarks == (
        "1 comment, 2 deletions and 1 hidden passage were left out.",
        "1 insertion, which nobody has accepted yet, is in the text.",
    )


def test_a_paragraph_whose_end_was_deleted_runs_into_the_next() -> None:
    assert text(p("One ", "<w:rPr><w:del/></w:rPr>") + p("sentence.")) == "One sentence."


def test_of_a_field_its_result_is_read_and_not_its_code() -> None:
    def turn(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    code = "<w:r><w:instrText> IF 1 </w:instrText></w:r>"
    inner = f"{turn('begin')}{code}{turn('separate')}{run('hidden')}{turn('end')}"
    field = f"{turn('begin')}{code}{inner}{turn('separate')}{run('shown')}{turn('end')}"
    assert text(f"<w:p>{run('It is ')}{field}{run('.')}</w:p>") == "It is shown."


def test_a_field_that_never_ends_takes_no_words_with_it() -> None:
    assert text(f"<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>{run('Kept.')}</w:p>") == "Kept."


def test_signs_that_are_elements_are_characters() -> None:
    body = "<w:p><w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t><w:tab/><w:t>soft</w:t><w:softHyphen/>"
    body += "<w:t>ly</w:t><w:br/><w:sym w:font='Symbol' w:char='F061'/></w:r></w:p>"
    assert text(body) == "non‑stop\tsoftly\nα"


def test_an_unknown_sign_of_a_font_is_told() -> None:
    reading = read(docx("<w:p><w:r><w:sym w:font='Webdings' w:char='F021'/></w:r></w:p>"), name="a.docx")
    assert reading.text == "�"
    assert reading.remarks


NOTES = {
    "footnotes": f"<w:footnote w:id='2'>{p(' See there.')}</w:footnote>",
    "endnotes": f"<w:endnote w:id='7'>{p('At last.')}</w:endnote>",
    "styles": "<w:style w:styleId='h1'><w:name w:val='heading 1'/></w:style>",
}
HEADING = "<w:pStyle w:val='h1'/>"


def test_footnotes_stand_at_the_end_of_their_chapter_and_endnotes_at_the_end_of_all() -> None:
    noted = (
        f"<w:p>{run('Text')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' goes')}"
        f"<w:r><w:endnoteReference w:id='7'/></w:r>{run(' on.')}</w:p>"
    )
    reading = read(docx(p("First", HEADING) + noted + p("Second", HEADING) + p("More."), **NOTES), name="a.docx")
    assert reading.text == "First\n\nText[1] goes[i] on.\n\n[1] See there.\n\nSecond\n\nMore.\n\n[i] At last."
    assert sections(reading) == [
        ("First", "First"),
        ("Note 1", "[1] See there."),
        ("Second", "Second"),
        ("Note i", "[i] At last."),
    ]


def test_a_heading_is_known_by_the_style_below_its_own_and_styles_may_run_in_a_ring() -> None:
    styles = (
        "<w:style w:styleId='own'><w:name w:val='Mine'/><w:basedOn w:val='base'/></w:style>"
        "<w:style w:styleId='base'><w:name w:val='Base'/><w:basedOn w:val='own'/>"
        "<w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>"
    )
    reading = read(docx(p("Chapter", "<w:pStyle w:val='own'/>") + p("Text."), styles=styles), name="a.docx")
    assert sections(reading) == [("Chapter", "Chapter")]


def test_numbers_of_lists_are_told_and_bullets_are_not() -> None:
    numbering = (
        "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/></w:lvl></w:abstractNum>"
        "<w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='2'/></w:num>"
    )
    items = "".join(p(f"Item {number}", f"<w:numPr><w:numId w:val='{number}'/></w:numPr>") for number in (1, 2))
    reading = read(docx(items, numbering=numbering), name="a.docx")
    assert reading.text == "Item 1\n\nItem 2"
    assert "The number of 1 paragraph" in reading.remarks[0]


def test_the_properties_of_a_template_are_guesses() -> None:
    body = p("Report on the harvest") + p("It was poor in this year, as it had been in the year before.")
    reading = read(docx(body, core=core("Letter to Ann", "Old Author", "2001-02-03T04:05:06Z")), name="a.docx")
    guesses = {each.field: (each.value, each.source) for each in reading.extracted if each.is_guess}
    assert reading.metadata["title"] == "Report on the harvest"
    assert "authors" not in reading.metadata
    assert "date" not in reading.metadata
    assert guesses == {
        "title": ("Letter to Ann", "core dc:title"),
        "authors": ("Old Author", "core dc:creator"),
        "date": ("2001-02-03", "core dcterms:created"),
    }


def test_properties_that_the_text_bears_out_are_believed() -> None:
    body = p("The Harvest of 1816") + p("By Jane Doe") + p("It was poor.")
    reading = read(docx(body, core=core("The Harvest of 1816", "Jane Doe")), name="a.docx")
    assert (reading.metadata["title"], reading.metadata["authors"]) == ("The Harvest of 1816", ("Jane Doe",))


@pytest.mark.parametrize("name", ["Microsoft Office User", "Windows User", "user", "Admin", "Unknown", "python-docx"])
def test_users_that_programs_invent_are_not_even_guessed(name: str) -> None:
    reading = read(docx(p("Words."), core=core("Microsoft Word - draft.doc", name)), name="a.docx")
    assert not [each for each in reading.extracted if each.field == "authors"]
    assert "draft" not in str(reading.extracted)


def test_a_letter_says_itself_who_writes_to_whom_and_when() -> None:
    lines = ("London, 3 May 1933", "Dear Mr Roe,", "I write to you of the harvest.", "Yours sincerely,", "Jane Doe")
    letter = docx("".join(map(p, lines)), core=core("Invoice", "Someone Else", "2020-01-01T00:00:00Z"))
    metadata = read(letter, name="letter.docx").metadata
    assert metadata["kind"] == "letter"
    assert metadata["authors"] == ("Jane Doe",)
    assert metadata["recipients"] == ("Mr Roe",)
    assert (metadata["date"], metadata["place"]) == ("1933-05-03", "London")


def test_a_relation_that_leads_out_of_the_file_is_not_followed() -> None:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(
            ("styles", "file:///etc/passwd"),
            ("attachedTemplate", "http://192.0.2.1/t.dotm"),
            mode=" TargetMode='External'",
        ),
        "word/document.xml": f"<w:document xmlns:w='{STRICT}'><w:body>{p('Words.')}</w:body></w:document>",
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
    }
    assert read(package(parts), name="a.docm").text == "Words."


@pytest.mark.parametrize(
    "content",
    [
        package({"[Content_Types].xml": "", "word/other.xml": ""}),
        package({"[Content_Types].xml": "<a/>", "word/document.xml": "<w:document"}),
        package({"[Content_Types].xml": "<a/>", "word/document.xml": b"\0" * (20 * 2**20)}),
        docx(p("Words."))[:-40],
        docx("<w:p>" * 3000 + run("Deep.") + "</w:p>" * 3000),
        docx("").replace(b"PK\x01\x02", b"PK\x09\x09"),
    ],
    ids=["without its text", "not XML", "a bomb", "cut off", "too deep", "without a list"],
)
def test_what_is_damaged_or_hostile_is_one_clear_error(content: bytes) -> None:
    with pytest.raises(QuoteArchiveError) as caught:
        read(content, name="a.docx")
    assert "\n" not in str(caught.value)


def test_words_below_the_usual_depth_of_a_parser_are_not_lost() -> None:
    assert text("<w:p>" + "<w:smartTag>" * 900 + run("Deep.") + "</w:smartTag>" * 900 + "</w:p>") == "Deep."


def test_an_entity_is_never_a_file() -> None:
    evil = (
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document xmlns:w='{STRICT}'><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    parts = {"[Content_Types].xml": "<a/>", "word/document.xml": evil}
    with pytest.raises(QuoteArchiveError):
        read(package(parts), name="a.docx")
