import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.exporters.interface import Options
from quotearchive.exporters.tei import export
from quotearchive.model import Document, Passage, Quote, Selection
from quotearchive.readers import Reading, read, read_all

LETTER = (
    "<profileDesc><correspDesc>"
    "<correspAction type='sent'><persName>Doe, Jane</persName><placeName>London</placeName>"
    "<date when='1816-05-03'>[3.] May 1816</date></correspAction>"
    "<correspAction type='received'><persName>Roe, John</persName><placeName>Leeds</placeName>"
    "<date notBefore='1816-05-04' notAfter='1816-05-06'/></correspAction>"
    "</correspDesc><langUsage><language ident='en'>English</language></langUsage></profileDesc>"
)


def tei(body: str, header: str = LETTER, *, around: str = "") -> bytes:
    titles = "<title level='s'>Letters</title><title level='a'>Jane to John</title><editor>Ed</editor>"
    title = f"<titleStmt>{titles}</titleStmt>"
    text = f"<teiHeader><fileDesc>{title}</fileDesc>{header}</teiHeader><text><body>{body}</body></text>"
    whole = f"<TEI xmlns='http://www.tei-c.org/ns/1.0'>{text}</TEI>"
    return f"<?xml version='1.0' encoding='UTF-8'?>{around or whole}".replace("WHOLE", whole).encode()


def text(body: str) -> str:
    return read(tei(body), name="a.xml").text


def pages(reading: Reading) -> list[tuple[str, str | int | None, str]]:
    return [(each.label, each.ref, reading.text[each.start :][:5]) for each in reading.segments if each.kind == "page"]


def test_a_letter_says_who_sent_it_whence_and_when_and_who_received_it() -> None:
    assert read(tei("<p>Words.</p>"), name="a.xml").metadata == {
        "title": "Jane to John",
        "kind": "letter",
        "authors": ("Doe, Jane",),
        "place": "London",
        "date": "1816-05-03",
        "date_words": "[3.] May 1816",
        "recipients": ("Roe, John",),
        "destination": "Leeds",
        "received": "1816-05-04/1816-05-06",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<choice><sic>teh</sic><corr>the</corr></choice>", "teh"),
        ("<choice><corr>the</corr><sic>teh</sic></choice>", "teh"),
        ("<choice><orig>vnd</orig><reg>und</reg></choice>", "vnd"),
        ("<choice><abbr>Mr</abbr><expan>Mister</expan></choice>", "Mr"),
        ("M<corr>iste</corr>r", "Mister"),
        ("<app><lem>mine</lem><rdg>thine</rdg></app>", "mine"),
        ("<app><rdg>mine</rdg><rdg>thine</rdg></app>", "mine"),
        ("<subst><del>never</del><add>ever</add></subst>", "ever"),
        ("<delSpan spanTo='#e'/>struck <anchor xml:id='e'/>kept", "kept"),
        ("lost <gap/> here", "lost […] here"),
        ("<fw>Head</fw>Words", "Words"),
        ("Mit-<lb break='no'/>glieder<lb/>alle", "Mitglieder alle"),
        ("Kum<pb/>mer", "Kummer"),
        ("a<space/>b<c>c</c>\n   d", "a bc d"),
    ],
)
def test_the_words_are_those_of_the_source(body: str, words: str) -> None:
    assert text(f"<p>{body}</p>") == words


def test_notes_of_editors_are_left_out_and_told_and_the_writers_own_are_at_the_end() -> None:
    body = "<p>Text<note type='commentary'>Editors say.</note> goes<note place='foot' n='*'>I add.</note> on.</p>"
    reading = read(tei(body), name="a.xml")
    assert reading.text == "Text goes[*] on.\n\n[*] I add."
    assert reading.remarks == ("1 editor's note was left out.",)


def test_the_parts_of_a_letter_are_paragraphs_and_lines_of_addresses_and_closings_are_lines() -> None:
    body = (
        "<div type='address'><address><addrLine>John Roe</addrLine><addrLine>Leeds</addrLine></address></div>"
        "<opener><dateline>London, 3 May</dateline><salute>Dear John,</salute></opener><p>Words.</p>"
        "<closer>Yours<lb/>ever<lb/><signed>Jane</signed></closer>"
    )
    assert text(body) == "John Roe\nLeeds\n\nLondon, 3 May\n\nDear John,\n\nWords.\n\nYours\never\nJane"


def test_lines_of_a_poem_are_lines_and_rows_of_a_table_too() -> None:
    body = "<lg><l>One,</l>\n<l>two.</l></lg><table><row><cell>a</cell><cell>b</cell></row></table>"
    assert text(body) == "One,\ntwo.\n\na\tb"


def test_pages_have_their_own_number_or_the_next_and_lead_to_their_picture() -> None:
    reading = read(tei("<pb facs='one.jpg'/><p>Begin <pb n='iv' facs='two.jpg'/>again.</p>"), name="a.xml")
    assert pages(reading) == [("1", "one.jpg", "Begin"), ("iv", "two.jpg", "again")]


def test_a_division_with_a_heading_is_a_section() -> None:
    reading = read(tei("<div xml:id='d1'><head>Of <hi>trees</hi></head><p>Words.</p></div>"), name="a.xml")
    assert [(each.kind, each.label, each.ref, each.start) for each in reading.segments] == [
        ("section", "Of trees", "d1", 0)
    ]


def test_each_text_of_a_corpus_is_a_document() -> None:
    corpus = "<teiCorpus xmlns='http://www.tei-c.org/ns/1.0'><teiHeader/>WHOLEWHOLE</teiCorpus>"
    found = read_all(tei("<p>Words.</p>", around=corpus), name="a.xml")
    assert [each.original.member for each in found if isinstance(each, Reading)] == ["text 1", "text 2"]


def test_what_this_project_exports_is_read_as_it_was() -> None:
    words = "Dear  John,\nof old\n\nI saw the  sea.\n\nYours,\nJane"
    document = Document(
        id=3, slug="letter", title="A letter", kind="letter", text=words, authors=("Jane",), recipients=("John",),
        date="1816-05", place="London", language="en",
    )  # fmt: skip
    passage = Passage(start=words.index("I saw"), end=words.index("sea") + 3, exact="I saw the  sea")
    quote = Quote(id=1, document=3, passages=(passage,), speaker="Jane")
    exported = "".join(export([Selection(document=document, quotes=(quote,))], Options()))
    reading = read(exported.encode(), name="a.xml")
    assert reading.text == words
    assert dict(reading.metadata) == {
        "title": "A letter", "kind": "letter", "authors": ("Jane",), "recipients": ("John",), "date": "1816-05",
        "place": "London", "language": "en",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        tei("<p>Words.").replace(b"</body>", b""),
        tei("<hi>" * 3000 + "Deep." + "</hi>" * 3000),
        tei("<p>&x;</p>").replace(b"<TEI", b"<!DOCTYPE TEI [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><TEI"),
        tei("<p>" + "&j;" * 9 + "</p>").replace(
            b"<TEI",
            b"<!DOCTYPE TEI [<!ENTITY a 'aaaaaaaaaa'>"
            + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
            + b"]><TEI",
        ),
    ],
    ids=["not XML", "too deep", "a file as an entity", "entities that multiply"],
)
def test_hostile_files_are_one_clear_error(content: bytes) -> None:
    with pytest.raises(QuoteArchiveError) as caught:
        read(content, name="a.xml")
    assert "passwd" not in str(caught.value)


def test_entities_that_a_document_declares_are_characters() -> None:
    content = tei("<p>caf&e;</p>").replace(b"<TEI", b"<!DOCTYPE TEI [<!ENTITY e '&#233;'>]><TEI")
    assert read(content, name="a.xml").text == "café"
