"""Every field is in a format's output, or among those that the format says it leaves out."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec
import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from lxml import etree, html
from markdown_it import MarkdownIt
from pylatexenc.latex2text import LatexNodes2Text

from quotearchive.exporters import EXPORTERS
from quotearchive.exporters.csl_json import TYPES as CSL_TYPES
from quotearchive.exporters.interface import ALL, File, Options, Piece
from quotearchive.exporters.ris import TYPES as RIS_TYPES
from quotearchive.exporters.web_annotation import identifier
from quotearchive.fields import FIELDS, Field
from quotearchive.model import Document, Quote, Selection
from tests.exporters.conftest import DOCUMENT, LETTER, OUTER, STATEMENT

#: What some formats call a kind.
WRITTEN: Final = {
    ("csl-json", "letter"): CSL_TYPES["letter"],
    ("ris", "letter"): RIS_TYPES["letter"],
}


def markdown(text: str) -> Iterable[str]:
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    return [str(yaml.safe_load(head)), *page(MarkdownIt().render(body))]


def page(text: str) -> Iterable[str]:
    root = html.document_fromstring(text)
    for unseen in root.xpath("//style | //script"):
        unseen.drop_tree()
    return markup(root)


def markup(root: etree._Element) -> Iterable[str]:
    return [*map(str, root.itertext()), *(str(value) for each in root.iter() for value in each.attrib.values())]


def project(content: bytes) -> Iterable[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return markup(etree.fromstring(archive.read("project.qde")))


def bibtex(text: str) -> Iterable[str]:
    entry = parse_string(text).entries[0]
    decoded = LatexNodes2Text().latex_to_text
    return [entry.entry_type, *(decoded(str(field.value)) for field in entry.fields)]


#: How the reader of a format reads it.
READERS: Final[dict[str, Callable[[Any], Iterable[str]]]] = {
    "markdown": markdown,
    "html": page,
    "csv": lambda text: [cell for row in list(csv.reader(io.StringIO(text)))[1:] for cell in row],
    "json": lambda text: values(json.loads(text)),
    "jsonl": lambda text: values([json.loads(line) for line in text.splitlines()]),
    "web-annotation": lambda text: values(json.loads(text)),
    "csl-json": lambda text: values(json.loads(text)),
    "bibtex": bibtex,
    "ris": lambda text: values(rispy.loads(text)),
    "tei": lambda text: markup(etree.fromstring(text.encode())),
    "cmif": lambda text: markup(etree.fromstring(text.encode())),
    "qdpx": project,
    "obsidian": markdown,
    "template": lambda text: [text],
}


def values(value: object) -> Iterable[str]:
    """All values in JSON, without their keys; lists of numbers are dates."""
    if isinstance(value, dict):
        return [each for part in value.values() for each in values(part)]
    if isinstance(value, list) and not (value and all(isinstance(part, int) for part in value)):
        return [each for part in value for each in values(part)]
    return ["-".join(f"{part:02}" for part in value) if isinstance(value, list) else str(value)]


def joined(pieces: Iterable[Piece]) -> Any:  # noqa: ANN401 - text or bytes
    parts = [piece.content if isinstance(piece, File) else piece for piece in pieces]
    return b"".join(map(bytes, parts)) if isinstance(parts[0], bytes) else "".join(map(str, parts))  # type: ignore[arg-type]


def shown(name: str, selection: Selection, **asked: Any) -> str:  # noqa: ANN401 - options
    """What the reader of a format finds in it, in one case and with dates in one form."""
    template = "{% for document in documents %}{{ document | tojson }}{% endfor %}"
    content = joined(EXPORTERS[name].export([selection], Options(template=template, **asked)))
    found = "\n".join(READERS[name](content)).casefold().replace("\\u0026", "&")
    return found.replace("/", "-") if name == "ris" else found


def has(name: str, found: str, field: Field, value: Any) -> bool:  # noqa: ANN401 - a field's value
    first = value[0] if isinstance(value, tuple) else value
    written = WRITTEN.get((name, first), first)
    if name == "ris" and field.name == "url":
        written = str(written).replace("/", "-")
    if (name, field.name) == ("web-annotation", "within"):
        written = identifier(DOCUMENT, OUTER)
    return str(written).casefold() in found


def carried(name: str, selection: Selection, **asked: Any) -> dict[type, set[str]]:  # noqa: ANN401 - options
    """The names of the fields that a format has."""
    found = shown(name, selection, **asked)
    records: dict[type[msgspec.Struct], msgspec.Struct] = {Quote: selection.quotes[0], Document: selection.document}
    return {
        kind: {field.name for field in FIELDS[kind] if has(name, found, field, getattr(record, field.name))}
        for kind, record in records.items()
    }


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_field_is_written_or_said_to_be_left_out(name: str) -> None:
    lacks = EXPORTERS[name].lacks
    assert carried(name, LETTER) == {kind: ALL[kind] - lacks.get(kind, set()) for kind in (Quote, Document)}


@pytest.mark.parametrize("by", ["speaker", "topic", "date"])
def test_a_field_is_in_markdown_whatever_quotes_are_gathered_by(by: str) -> None:
    assert carried("markdown", LETTER, by=by) == {kind: ALL[kind] for kind in (Quote, Document)}


@pytest.mark.parametrize("name", [name for name in EXPORTERS if name != "cmif"])
def test_what_is_known_of_letters_is_kept_of_other_documents_too(name: str) -> None:
    lacks = EXPORTERS[name].lacks.get(Document, frozenset())
    assert carried(name, STATEMENT)[Document] == ALL[Document] - lacks


@pytest.mark.parametrize("name", EXPORTERS)
def test_what_is_left_out_are_fields(name: str) -> None:
    assert all(names <= ALL[kind] for kind, names in EXPORTERS[name].lacks.items())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("json", "the history"),
        ("web-annotation", "the documents' texts; everything about documents but title, URL, language"),
        ("csl-json", "texts and hashes; the quotes"),
    ],
)
def test_a_sentence_says_what_is_left_out(name: str, sentence: str) -> None:
    assert EXPORTERS[name].leaves_out == f"{sentence}; everything about speakers but their names"
