from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.exporters.markup import legal, marked_spans
from quotearchive.exporters.tei_header import date
from quotearchive.model import Document, Passage, Quote, Selection

NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
DTD = etree.DTD(str(Path(__file__).parent.parent / "data/schemas/tei_corpus.dtd"))


def written(*selections: Selection) -> str:
    return "".join(str(piece) for piece in exporter("tei").export(selections, Options()))


def parsed(*selections: Selection) -> etree._Element:
    return etree.fromstring(written(*selections).encode())


def words(root: etree._Element, path: str) -> str:
    return "".join("".join(element.itertext()) for element in root.findall(path, NAMES))


def overlapping(text: str, spans: Sequence[tuple[int, int]]) -> Selection:
    """Quotes wherever chance puts them."""
    quotes = tuple(
        Quote(
            id=number,
            document=1,
            speaker="A" if number % 2 else None,
            passages=(Passage(start=start, end=end, exact=text[start:end]),),
        )
        for number, (start, end) in enumerate(sorted(spans), 1)
    )
    return Selection(document=Document(id=1, slug="a", title="A", text=text), quotes=quotes)


TEXT = "First paragraph, which is\nof two lines.\n\nSecond 🕊️ one.\n\n\n  Third, a\u0323\u0301 last.\n"
spans = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(
        lambda pair: (pair[0], min(len(TEXT), pair[0] + pair[1]))
    ),
    max_size=12,
)


def test_every_field_is_valid_by_the_tei_schema(everything: Selection) -> None:
    assert DTD.validate(parsed(everything)), DTD.error_log.filter_from_errors()


@pytest.mark.parametrize("number", [1, 2])
def test_it_is_valid_by_the_tei_schema(letter: Selection, persian: Selection, number: int) -> None:
    root = parsed(*(letter, persian)[:number])
    assert DTD.validate(root), DTD.error_log.filter_from_errors()


@given(spans)
def test_overlapping_quotes_nest_and_keep_every_word(found: list[tuple[int, int]]) -> None:
    selection = overlapping(TEXT, found)
    root = parsed(selection)
    assert DTD.validate(root), DTD.error_log.filter_from_errors()
    assert words(root, "t:text/t:body") == TEXT
    for quote in selection.quotes:
        marked = "".join("".join(element.itertext()) for element in root.iterfind(f".//*[@n='{quote.id}']"))
        assert "".join(marked.split()) == "".join(quote.text.split())


@given(spans)
def test_pieces_are_linked_in_a_row(found: list[tuple[int, int]]) -> None:
    root = parsed(overlapping(TEXT, found))
    by_name = {element.get(ID): element for element in root.iter() if element.get(ID)}
    for element in by_name.values():
        following = element.get("next")
        if following:
            assert by_name[following[1:]].get("prev") == f"#{element.get(ID)}"


def test_the_text_is_whole(letter: Selection, persian: Selection) -> None:
    root = parsed(letter, persian)
    found = ["".join(body.itertext()) for body in root.iterfind(".//t:body", NAMES)]
    assert found == [letter.document.text, persian.document.text]


def test_a_quote_names_its_speaker_its_addressee_and_its_topics(letter: Selection) -> None:
    root = parsed(letter)
    (said,) = root.findall(".//t:said[@n='1']", NAMES)
    named = {element.get(ID): "".join(element.itertext()) for element in root.iter() if element.get(ID)}
    assert named[str(said.get("who"))[1:]] == "Hashem Khastar"
    assert named[str(said.get("toWhom"))[1:]] == "Ali Khamenei"
    topics = [named[pointer[1:]] for pointer in str(said.get("corresp")).split()]
    assert topics == ["executions", "uprising"]


def test_a_split_quote_is_linked_and_an_inner_one_lies_in_its_outer(letter: Selection) -> None:
    root = parsed(letter)
    first, second = root.findall(".//t:said[@n='2']", NAMES)
    assert (first.get("next"), second.get("prev")) == ("#quote-2-2", "#quote-2")
    assert [said.get("n") for said in root.findall(".//t:said[@n='3']/t:said", NAMES)] == ["4"]


def test_a_quote_with_the_same_words_as_its_outer_lies_within_it() -> None:
    passage = Passage(start=0, end=5, exact="Alpha")
    outer = Quote(id=7, document=1, passages=(passage,), speaker="A")
    inner = Quote(id=3, document=1, passages=(passage,), speaker="B", within=7)
    document = Document(id=1, slug="a", title="A", text="Alpha")
    assert [span.quote.id for span in marked_spans(document, (inner, outer))] == [7, 3]


def test_a_letter_has_its_correspondence(letter: Selection) -> None:
    root = parsed(letter)
    assert words(root, ".//t:correspAction[@type='sent']/t:persName") == "Hashem Khastar"
    assert words(root, ".//t:correspAction[@type='received']/t:persName") == "Ali Khamenei"
    article = msgspec.structs.replace(letter.document, kind="article")
    assert parsed(msgspec.structs.replace(letter, document=article)).find(".//t:correspDesc", NAMES) is None


@pytest.mark.parametrize(
    ("edtf", "attributes"),
    [
        ("2021-02", {"when": "2021-02"}),
        ("1943~", {"when": "1943", "cert": "low"}),
        ("1943/1945", {"from": "1943", "to": "1945"}),
        ("1943-21", {"notBefore": "1943-03-01", "notAfter": "1943-05-31"}),
        ("194X", {"notBefore": "1940-01-01", "notAfter": "1949-12-31"}),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(edtf: str, attributes: dict[str, str]) -> None:
    (element,) = date(edtf)
    assert dict(element.attrib) == attributes
    assert element.text == edtf


@given(st.text())
def test_stand_ins_keep_every_place(text: str) -> None:
    element = etree.Element("a")
    element.text = legal(text)
    assert len(element.text or "") == len(text)


def test_a_text_stays_as_it_is(letter: Selection, golden: Callable[[str, str], None]) -> None:
    golden("letter.tei.xml", written(letter))
