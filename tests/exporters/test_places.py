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
    assert label in found


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
        ("section", {"locator": "Chapter 2", "label": "section"}),
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
