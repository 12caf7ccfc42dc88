import io
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Document, Passage, Quote, Selection

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent.parent / "data/schemas/refi-qda-project-1.5.xsd")))
NAMES = {"q": "urn:QDA-XML:project:1.0"}


def written(*selections: Selection, **asked: str) -> zipfile.ZipFile:
    options = Options(made="2021-03-05T12:00:00Z", title=asked.get("title", "Quotes"))
    pieces = exporter("qdpx").export(selections, options)
    return zipfile.ZipFile(io.BytesIO(b"".join(piece for piece in pieces if isinstance(piece, bytes))))


def project(archive: zipfile.ZipFile) -> etree._Element:
    return etree.fromstring(archive.read("project.qde"))


def selected(archive: zipfile.ZipFile) -> list[str]:
    """The words of each selection, cut from the text of its source."""
    found: list[str] = []
    for source in project(archive).iterfind(".//q:TextSource", NAMES):
        path = str(source.get("plainTextPath")).replace("internal://", "sources/")
        text = archive.read(path).decode()
        places = source.iterfind("q:PlainTextSelection", NAMES)
        found += [text[position(place, "start") : position(place, "end")] for place in places]
    return found


def position(selection: etree._Element, side: str) -> int:
    return int(selection.get(f"{side}Position", ""))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_project_is_valid_by_the_schema(letter: Selection, persian: Selection, number: int) -> None:
    SCHEMA.assertValid(project(written(*(letter, persian)[:number], title='A "title" & <more>\x1b')))


def test_every_field_is_valid_by_the_schema(everything: Selection) -> None:
    SCHEMA.assertValid(project(written(everything)))


def test_selections_are_the_passages(letter: Selection, persian: Selection) -> None:
    passages = [
        passage.exact for selection in (letter, persian) for quote in selection.quotes for passage in quote.passages
    ]
    assert selected(written(letter, persian)) == passages


@given(st.text(min_size=1).filter(lambda text: "\r" not in text), st.data())
def test_positions_count_code_points(text: str, data: st.DataObject) -> None:
    text = f"👩‍👩‍👧 e\u0323\u0301 {text}".encode(errors="ignore").decode()
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote(id=1, document=1, passages=(Passage(start=start, end=end, exact=text[start:end]),))
    selection = Selection(document=Document(id=1, slug="a", title="A", text=text), quotes=(quote,))
    archive = written(selection)
    SCHEMA.assertValid(project(archive))
    (found,) = selected(archive)
    assert len(found) == end - start
    described = project(archive).findtext(".//q:PlainTextSelection/q:Description", namespaces=NAMES)
    assert described == found


def test_topics_are_a_tree_of_codes_and_speakers_are_codes(letter: Selection) -> None:
    root = project(written(letter))
    tree = {
        code.get("name"): [child.get("name") for child in code]
        for code in root.iterfind("q:CodeBook/q:Codes/q:Code", NAMES)
    }
    assert tree["prison"] == ["conditions", "telephone"]
    assert tree["Speakers"] == ["Hashem Khastar", "Ruhollah Khomeini"]
    assert tree["Addressed to"] == ["Ali Khamenei", "the Shah"]


def test_every_reference_leads_somewhere(letter: Selection, persian: Selection) -> None:
    root = project(written(letter, persian))
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    assert {element.get("targetGUID") for element in root.iter() if element.get("targetGUID")} <= set(guids)


def test_a_note_is_attached_to_its_selections(letter: Selection) -> None:
    root = project(written(letter))
    assert root.findtext("q:Notes/q:Note/q:PlainTextContent", namespaces=NAMES) == letter.quotes[1].note
    guid = root.findall("q:Notes/q:Note", NAMES)[0].get("guid")
    assert len(root.findall(f".//q:PlainTextSelection/q:NoteRef[@targetGUID='{guid}']", NAMES)) == 2


def test_the_same_quotes_give_the_same_bytes(letter: Selection) -> None:
    def pieces() -> list[object]:
        return list(exporter("qdpx").export([letter], Options()))

    assert pieces() == pieces()


def test_a_project_of_many_documents_is_complete(letter: Selection) -> None:
    """Written to a stream that can't be gone back in."""
    many = [
        Selection(document=msgspec.structs.replace(letter.document, id=number, slug=f"a-{number}"), quotes=())
        for number in range(1, 300)
    ]
    archive = written(*many)
    assert archive.testzip() is None
    assert len(archive.namelist()) == 300
