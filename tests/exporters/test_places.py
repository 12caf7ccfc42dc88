"""Each format tells where a quote is: its page, minute, message or chapter."""

import csv
import io
import json
from typing import Any, Final

import jsonschema
import msgspec
import pytest
from lxml import etree, html

from quotearchive.exporters import EXPORTERS
from quotearchive.exporters.interface import File, Options
from quotearchive.exporters.web_annotation import CONTEXT
from quotearchive.importers import importer
from quotearchive.importers.interface import DocumentRow, QuoteRow
from quotearchive.model import Document, Original, Passage, Quote, Segment, Selection
from tests.exporters.test_csl_json import SCHEMA as CSL
from tests.exporters.test_fields import READERS
from tests.exporters.test_qdpx import SCHEMA as QDE
from tests.exporters.test_qdpx import project, written
from tests.exporters.test_tei import DTD

TEXT: Final = "Anna: We were told to wait.\n\nAnd so we waited, all of us, until the guard came.\n\nOmid: Nobody came."

#: The parts of four documents with this text, and how the words "until the guard came" are cited in each.
PARTS: Final[dict[str, tuple[tuple[tuple[str, str | int, int], ...], str]]] = {
    "page": ((("iv", 4, 0), ("v", 5, TEXT.index("all of us"))), "p. v, paragraph 1"),
    "time": ((("00:14:05", 845000, 0), ("00:14:31", 871500, TEXT.index("all of us"))), "00:14:31"),
    "message": ((("3", "<3@example.org>", 0),), "message 3, paragraph 2"),
    "section": ((("Chapter 2", "ch2.xhtml", 0),), "Chapter 2, paragraph 2"),
}

#: The formats that name no places of quotes: they have no quotes.
WITHOUT: Final = {"cmif"}

PDF: Final = Original(sha256="ab", name="a report.pdf", size=1, media_type="application/pdf", reader="pdf")


def selection(kind: str, **fields: Any) -> Selection:  # noqa: ANN401 - any field
    segments = [Segment(start, kind, label, ref) for label, ref, start in PARTS[kind][0]]
    turns = [Segment(0, "turn", "Anna"), Segment(TEXT.index("Omid"), "turn", "Omid")] if kind == "time" else []
    document = Document(id=1, slug="a", title="A", text=TEXT, segments=(*segments, *turns), kind="letter", **fields)
    words = "until the guard came"
    start = TEXT.index(words)
    quote = Quote(
        id=2, document=1, passages=(Passage(start=start, end=start + len(words), exact=words),), speaker="Anna"
    )
    return Selection(
        document=msgspec.structs.replace(document, segments=tuple(sorted(document.segments, key=lambda s: s.start))),
        quotes=(quote,),
    )


def exported(name: str, chosen: Selection, **asked: Any) -> Any:  # noqa: ANN401 - text or bytes
    template = "{% for document in documents %}{{ document | tojson }}{% endfor %}"
    pieces = list(EXPORTERS[name].export([chosen], Options(template=template, **asked)))
    parts = [piece.content if isinstance(piece, File) else piece for piece in pieces]
    return b"".join(map(bytes, parts)) if isinstance(parts[0], bytes) else "".join(map(str, parts))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize("name", [name for name in EXPORTERS if name not in WITHOUT])
def test_a_format_tells_the_place_of_a_quote(name: str, kind: str) -> None:
    (*_, (label, _, _)), _ = PARTS[kind]
    found = "\n".join(READERS[name](exported(name, selection(kind))))
    # A citation processor is given the number of a chapter, and says "chapter" in the language of the citation.
    assert (label.removeprefix("Chapter ") if name == "csl-json" else label) in found


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize("name", ["markdown", "html", "csv", "json", "jsonl", "bibtex", "ris", "obsidian", "template"])
def test_a_format_for_readers_cites_it(name: str, kind: str) -> None:
    found = "\n".join(READERS[name](exported(name, selection(kind)))).replace("\u2060", "")
    assert PARTS[kind][1] in found


@pytest.mark.parametrize("name", [name for name in EXPORTERS if name not in WITHOUT])
def test_recognised_words_are_marked(name: str) -> None:
    recognised = msgspec.structs.replace(PDF, recognised=True)
    plain, marked = (
        "\n".join(READERS[name](exported(name, selection("page", original=each)))) for each in (PDF, recognised)
    )
    assert plain.casefold() != marked.casefold()


@pytest.mark.parametrize("asked", [{}, {"citations": "text"}, {"by": "speaker"}])
def test_a_footnote_has_the_page(asked: dict[str, Any]) -> None:
    text = exported("markdown", selection("page"), **asked)
    assert "“A”, letter, p. v, paragraph 1 (document 1, a)" in text.replace("\\", "")


def test_a_style_cites_the_page() -> None:
    pytest.importorskip("citeproc", reason="the styles are a part of their own")
    text = exported("markdown", selection("page", authors=("Ann Lee",), date="2021"), style="apa")
    assert ", p. v, paragraph 1" in text.replace("\\", "")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("page", {"locator": "v", "label": "page"}),
        ("time", {"locator": "00:14:31", "label": "timestamp"}),
        ("section", {"locator": "2", "label": "chapter"}),
    ],
)
def test_a_citation_processor_is_given_a_locator(kind: str, expected: dict[str, str]) -> None:
    items = json.loads(exported("csl-json", selection(kind)))
    jsonschema.validate(items, CSL)
    (cite,) = items[0]["custom"]["quotearchive"]["cites"]
    assert cite | expected == cite
    assert items[0]["locator"] == cite["locator"]


def test_the_table_has_a_column_of_places() -> None:
    recognised = msgspec.structs.replace(PDF, recognised=True)
    (row,) = csv.DictReader(io.StringIO(exported("csv", selection("page", original=recognised))))
    assert (row["locator"], row["recognised"]) == ("p. v, paragraph 1", "yes")


LETTER: Final = "From: Omid\nSubject: The list\n\nDear Leyla,\n\nNobody came.\n\n> Who came?\n\nNobody at all."


def mailed(words: str) -> Selection:
    """Return an e-mail with a quote: its header, the sender's words, what it quotes, and the sender's again."""
    begins = {"From": "header", "Dear": "Omid", "> Who": "quoted from Leyla", "Nobody at": "Omid"}
    sections = (Segment(LETTER.index(words), "section", label) for words, label in begins.items())
    message = Segment(0, "message", "message of 2021-03-01 23:40 +03:30", "<1+x@example.org>")
    document = Document(
        id=1,
        slug="a",
        title="A",
        text=LETTER,
        kind="letter",
        authors=("Omid",),
        date="2021-03-01",
        segments=(message, *sections),
    )
    start = LETTER.index(words)
    passage = Passage(start=start, end=start + len(words), exact=words)
    return Selection(document=document, quotes=(Quote(id=2, document=1, passages=(passage,), speaker="Omid"),))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Nobody came", "paragraph 2"),
        ("Nobody at all", "paragraph 4"),
        ("Who came", "quoted from Leyla"),
        ("The list", "header"),
    ],
)
@pytest.mark.parametrize("style", [None, "apa"])
def test_a_footnote_leads_to_the_message(words: str, place: str, style: str | None) -> None:
    """The citation has the day and the sender already; APA lists no letters among its sources."""
    if style:
        pytest.importorskip("citeproc", reason="the styles are a part of their own")
    text = exported("markdown", mailed(words), style=style).replace("\\", "")
    cited = (
        f"Omid, “A”, letter, 2021-03-01, message of 23:40 +03:30, {place}, Message-ID <1+x@example.org> (document 1, a)"
    )
    assert cited in text


def test_a_processor_is_given_the_paragraph_of_an_email_and_its_id() -> None:
    (item,) = json.loads(exported("csl-json", mailed("Nobody came")))
    (cite,) = item["custom"]["quotearchive"]["cites"]
    assert (cite["locator"], cite["label"], cite["message_id"]) == ("2", "paragraph", "<1+x@example.org>")


def test_an_edition_has_the_address_of_a_message() -> None:
    (sign,) = etree.fromstring(exported("tei", mailed("Nobody came")).encode()).findall(
        ".//{*}milestone[@unit='message']"
    )
    assert sign.get("corresp") == "mid:1+x@example.org"


def test_the_margin_has_one_sign_where_several_parts_begin() -> None:
    root = html.document_fromstring(exported("html", mailed("Nobody came")))
    signs = root.xpath("//span[@class='place']/@data-place")
    assert signs == ["message of 2021-03-01 23:40 +03:30, header", "quoted from Leyla"]


PAGE: Final = Original(
    sha256="ab", name="a.mhtml", size=1, media_type="multipart/related", reader="web", retrieved="2024-05-06T07:08:09Z"
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("markdown", "retrieved 2024-05-06"),
        ("html", "retrieved 2024-05-06"),
        ("obsidian", "retrieved 2024-05-06"),
        ("bibtex", "urldate = {2024-05-06}"),
        ("ris", "Y2  - 2024/05/06"),
        ("csl-json", '"accessed":{"date-parts":[[2024,5,6]]}'),
    ],
)
def test_a_web_page_is_cited_with_the_day_on_which_it_was_retrieved(name: str, expected: str) -> None:
    text = exported(name, selection("section", original=PAGE, url="https://example.org/a"))
    assert expected in text
    assert "2024" not in exported(name, selection("section", original=PAGE))


def test_a_footnote_says_that_words_were_recognised() -> None:
    text = exported("markdown", selection("page", original=msgspec.structs.replace(PDF, recognised=True)))
    assert ", p. v, paragraph 1, recognised text, not verbatim (document 1, a)" in text


@pytest.mark.parametrize(
    ("media_type", "ref", "facs"),
    [
        ("image/jpeg", 1, "a%20report.pdf"),
        ("application/tei+xml", "https://example.org/4.jpg", "https://example.org/4.jpg"),
        ("application/epub+zip", "ch2.xhtml#p4", None),
    ],
)
def test_a_page_without_a_pdf_leads_to_the_picture_that_there_is(media_type: str, ref: str | int, facs: str) -> None:
    original = msgspec.structs.replace(PDF, media_type=media_type)
    chosen = selection("page", original=original)
    document = msgspec.structs.replace(chosen.document, segments=(Segment(0, "page", "4", ref),))
    root = etree.fromstring(exported("tei", msgspec.structs.replace(chosen, document=document)).encode())
    assert [each.get("facs") for each in root.iter("{*}pb")] == [facs]


def test_the_name_in_a_transcript_is_not_said_twice() -> None:
    chosen = selection("time")
    quote = msgspec.structs.replace(chosen.quotes[0], mention="Anna")
    assert "named as" not in exported("markdown", msgspec.structs.replace(chosen, quotes=(quote,)))


@pytest.mark.parametrize("kind", PARTS)
def test_an_edition_has_the_parts_where_they_begin_and_all_words(kind: str) -> None:
    root = etree.fromstring(exported("tei", selection(kind)).encode())
    if kind != "time":  # the schema is for corpora of writing: it knows no utterances
        assert DTD.validate(root), DTD.error_log
    body = root.find(".//{*}body")
    assert body is not None
    assert "".join(body.itertext()).strip() == TEXT
    tag = {"page": "pb", "time": "anchor"}.get(kind, "milestone")
    found = body.findall(f".//{{*}}{tag}")
    assert [each.get("n") for each in found] == [label for label, _, _ in PARTS[kind][0]]
    before = ["".join(body.xpath("preceding::text()[ancestor::*[local-name()='body']]")) for body in found]
    assert [len(each) for each in before] == [start for _, _, start in PARTS[kind][0]]


def test_a_page_of_an_edition_leads_to_its_picture() -> None:
    root = etree.fromstring(exported("tei", selection("page", original=PDF)).encode())
    assert [each.get("facs") for each in root.iter("{*}pb")] == ["a%20report.pdf#page=4", "a%20report.pdf#page=5"]


def test_what_one_speaker_says_is_an_utterance_with_its_time() -> None:
    root = etree.fromstring(exported("tei", selection("time")).encode())
    names = {
        each.get("{http://www.w3.org/XML/1998/namespace}id"): "".join(each.itertext())
        for each in root.iter("{*}person")
    }
    spoken = [(names[str(each.get("who"))[1:]].strip(), each.get("start")) for each in root.iter("{*}u")]
    assert spoken == [("Anna", "#document-1-time-1"), ("Anna", "#document-1-time-1"), ("Omid", "#document-1-time-2")]


@pytest.mark.parametrize(("kind", "value"), [("page", "page=5"), ("time", "t=871.5")])
def test_an_annotation_leads_to_the_page_and_the_time(kind: str, value: str) -> None:
    collection = json.loads(exported("web-annotation", selection(kind, original=PDF)))
    assert collection["@context"] == CONTEXT
    words, position, fragment = collection["first"]["items"][0]["target"][0]["selector"]
    assert position["type"] == "TextPositionSelector"
    assert (fragment["type"], fragment["value"], fragment["refinedBy"]) == ("FragmentSelector", value, words)


def test_a_page_of_what_is_no_pdf_is_no_fragment() -> None:
    collection = json.loads(exported("web-annotation", selection("page")))
    assert len(collection["first"]["items"][0]["target"][0]["selector"]) == 2


@pytest.mark.parametrize("kind", PARTS)
def test_a_reading_page_has_signs_in_the_margin_that_are_no_text(kind: str) -> None:
    root = html.document_fromstring(exported("html", selection(kind)))
    (text,) = root.xpath("//div[@class='text']")
    for number in text.xpath(".//a[@class='back']"):
        number.drop_tree()
    assert "".join(text.itertext()).split() == TEXT.split()
    assert text.xpath(".//span[@class='place']/@data-place")


@pytest.mark.parametrize("kind", PARTS)
def test_a_project_with_parts_is_valid(kind: str) -> None:
    QDE.assertValid(project(written(selection(kind, original=PDF, source="a report.pdf"))))


def test_a_pdf_is_a_source_with_its_text_and_a_transcript_has_points_of_time() -> None:
    (source,) = project(written(selection("page", original=PDF, source="a report.pdf"))).iter("{*}PDFSource")
    assert source.get("path") == "relative://a report.pdf"
    assert len(source.findall("{*}Representation/{*}PlainTextSelection")) == 1
    root = project(written(selection("time")))
    points = {each.get("guid"): (each.get("position"), each.get("timeStamp")) for each in root.iter("{*}SyncPoint")}
    assert {time: int(str(place)) for place, time in points.values() if time} == {
        "845000": 0,
        "871500": TEXT.index("all of us"),
    }
    (marked,) = root.iter("{*}TranscriptSelection")
    start, end = (int(str(points[marked.get(side)][0])) for side in ("fromSyncPoint", "toSyncPoint"))
    assert TEXT[start:end] == "until the guard came"


@pytest.mark.parametrize("kind", PARTS)
def test_our_own_project_is_read_back(kind: str) -> None:
    content = exported("qdpx", selection(kind, original=PDF, source="a report.pdf"))
    document, quote = importer("qdpx").read(content)
    assert isinstance(document, DocumentRow)
    assert isinstance(quote, QuoteRow)
    assert isinstance(document.document, Document)
    assert document.document.text == TEXT
    assert [each.exact for each in quote.quote.passages] == ["until the guard came"]
    times = [(each.start, each.label, each.ref) for each in document.document.segments]
    assert times == ([(start, label, ref) for label, ref, start in PARTS[kind][0]] if kind == "time" else [])
