import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import Reading, read
from tests.readers.office_files import package, sections

CONTAINER = "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>"

METADATA = (
    "<dc:title id='t2'>A tale</dc:title><dc:title id='t1'>The Sea</dc:title>"
    "<meta refines='#t1' property='title-type'>main</meta><meta refines='#t2' property='title-type'>subtitle</meta>"
    "<dc:creator id='c1'>Jane Doe</dc:creator><dc:creator id='c2'>Ed Itor</dc:creator>"
    "<meta refines='#c2' property='role'>edt</meta><dc:publisher>Press</dc:publisher><dc:date>2020-05-06</dc:date>"
    "<dc:language>en</dc:language><dc:identifier>urn:isbn:1</dc:identifier><dc:source>https://example.org/1</dc:source>"
)


def page(body: str) -> str:
    return (
        "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml' "
        f"xmlns:epub='http://www.idpf.org/2007/ops'><head><title>x</title></head><body>{body}</body></html>"
    )


def epub(chapters: dict[str, str], *, nav: str = "", metadata: str = METADATA, spine: str = "", **parts: str) -> bytes:
    """Make a book of chapters by the names of their files, in order."""
    items = "".join(
        f"<item id='{name}' href='text/{name}.xhtml' media-type='application/xhtml+xml'/>" for name in chapters
    )
    order = spine or "".join(f"<itemref idref='{name}'/>" for name in chapters)
    opf = (
        "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'>"
        f"<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>{metadata}</metadata><manifest>{items}"
        "<item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/></manifest>"
        f"<spine><itemref idref='nav'/>{order}</spine></package>"
    )
    files = {f"OPS/text/{name}.xhtml": page(body) for name, body in chapters.items()}
    return package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OPS/book.opf": opf,
            "OPS/nav.xhtml": page(nav),
            **files,
            **{f"META-INF/{name}.xml": content for name, content in parts.items()},
        }
    )


def pages(reading: Reading) -> list[tuple[str, str | int | None, str]]:
    return [(each.label, each.ref, reading.text[each.start :][:6]) for each in reading.segments if each.kind == "page"]


TOC = (
    "<nav epub:type='toc'><ol><li><a href='text/one.xhtml'>Chapter 1</a></li>"
    "<li><a href='text/two.xhtml#s'>Chapter 2</a></li></ol></nav>"
)


def test_chapters_are_read_in_order_and_called_what_the_contents_call_them() -> None:
    book = epub({"two": "<p>Before.</p><h2 id='s'>II</h2><p>More.</p>", "one": "<p>Words.</p>"}, nav=TOC)
    reading = read(book, name="a.epub")
    assert reading.text == "Before.\n\nII\n\nMore.\n\nWords."
    assert sections(reading) == [("Chapter 2", "II"), ("Chapter 1", "Words.")]
    assert [each.ref for each in reading.segments] == ["OPS/text/two.xhtml#s", "OPS/text/one.xhtml"]


def test_what_is_beside_the_main_order_comes_last() -> None:
    spine = "<itemref idref='one' linear='no'/><itemref idref='two'/>"
    assert read(epub({"one": "<p>1</p>", "two": "<p>2</p>"}, spine=spine), name="a.epub").text == "2\n\n1"


@pytest.mark.parametrize(
    "mark",
    [
        "<span epub:type='pagebreak' id='x' title='xiv'/>",
        "<span role='doc-pagebreak' id='x' aria-label='Page xiv.'/>",
        "<span epub:type='pagebreak' id='x'>xiv</span>",
    ],
)
def test_printed_pages_begin_within_a_paragraph_and_their_numbers_are_no_words(mark: str) -> None:
    reading = read(epub({"one": f"<p>Begin {mark}again.</p>"}), name="a.epub")
    assert reading.text == "Begin again."
    assert pages(reading) == [("xiv", "OPS/text/one.xhtml#x", "again.")]


def test_the_list_of_pages_and_an_identifier_name_pages_too() -> None:
    nav = "<nav epub:type='page-list'><ol><li><a href='text/one.xhtml#a'>12</a></li></ol></nav>"
    body = "<p><a id='a'></a>First <span epub:type='pagebreak' id='page_13'/>second.</p>"
    reading = read(epub({"one": body}, nav=nav), name="a.epub")
    assert [(label, words) for label, _, words in pages(reading)] == [("12", "First "), ("13", "second")]


def test_footnotes_stand_at_the_end_of_their_chapter() -> None:
    note = "<aside epub:type='footnote' id='n'>1 There.</aside>"
    body = f"<p>Text<a epub:type='noteref' href='#n'>1</a>.</p>{note}<p>On.</p>"
    assert read(epub({"one": body, "two": "<p>Next.</p>"}), name="a.epub").text == "Text1.\n\nOn.\n\n1 There.\n\nNext."


def test_a_book_says_its_title_authors_and_source_and_its_date_is_a_guess() -> None:
    reading = read(epub({"one": "<p>Words.</p>"}), name="a.epub")
    assert dict(reading.metadata) == {
        "title": "The Sea: A tale",
        "kind": "other",
        "authors": ("Jane Doe",),
        "publisher": "Press",
        "language": "en",
        "url": "https://example.org/1",
    }
    assert [(each.field, each.value) for each in reading.extracted if each.is_guess] == [("date", "2020-05-06")]


def test_a_language_that_the_words_speak_against_is_a_guess() -> None:
    body = (
        "<p>"
        + "Der Mann und die Frau sind nicht auf dem Berg, und das Kind ist mit der Katze in der Stadt. " * 3
        + "</p>"
    )
    reading = read(epub({"one": body}), name="a.epub")
    assert reading.metadata["language"] == "de"


def locked(*addresses: str, method: str) -> str:
    data = "".join(
        f"<EncryptedData><EncryptionMethod Algorithm='{method}'/><CipherData><CipherReference URI='{address}'/>"
        "</CipherData></EncryptedData>"
        for address in addresses
    )
    return f"<encryption>{data}</encryption>"


def test_a_book_that_is_locked_is_said_to_be_and_a_locked_font_locks_nothing() -> None:
    chapters = {"one": "<p>Words.</p>", "two": "<p>More.</p>"}
    aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    with pytest.raises(QuoteArchiveError, match="lock"):
        read(epub(chapters, encryption=locked("OPS/text/one.xhtml", "OPS/text/two.xhtml", method=aes)), name="a.epub")
    partly = read(epub(chapters, encryption=locked("OPS/text/one.xhtml", method=aes)), name="a.epub")
    assert (partly.text, partly.remarks) == ("More.", ("1 locked chapter was left out.",))
    font = locked("OPS/text/one.xhtml", method="http://www.idpf.org/2008/embedding")
    assert read(epub(chapters, encryption=font), name="a.epub").text == "Words.\n\nMore."


@pytest.mark.parametrize(
    "content",
    [
        package({"mimetype": "application/epub+zip"}),
        package({"META-INF/container.xml": "<container/>"}),
        package({"META-INF/container.xml": CONTAINER}),
        package({"META-INF/container.xml": CONTAINER, "OPS/book.opf": "<package/>"}),
        epub({"one": "<p>" + "x" * 40_000_000 + "</p>"}),
    ],
    ids=["nothing", "no book named", "no book", "no chapters", "a bomb"],
)
def test_what_is_damaged_or_hostile_is_one_clear_error(content: bytes) -> None:
    with pytest.raises(QuoteArchiveError) as caught:
        read(content, name="a.epub")
    assert "\n" not in str(caught.value)


def test_words_that_lie_deep_are_not_lost() -> None:
    deep = "<div>" * 900 + "Deep." + "</div>" * 900
    assert read(epub({"one": deep}), name="a.epub").text == "Deep."
