"""What every format keeps to."""

import subprocess
import sys
from typing import Any

import msgspec
import pytest
from lxml import etree

from quotearchive.errors import MissingPartError, UnknownFormatError
from quotearchive.exporters import EXPORTERS, exporter
from quotearchive.exporters.interface import Exporter, File, Options
from quotearchive.fields import FIELDS, Kind
from quotearchive.model import Document, Passage, Quote, Selection


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_format_says_what_it_is_for_and_what_it_leaves_out(name: str) -> None:
    asked = EXPORTERS[name]
    assert asked.name == name
    assert asked.purpose.endswith(".")
    assert asked.leaves_out


@pytest.mark.parametrize("name", EXPORTERS)
def test_pieces_have_the_shape_that_is_announced(name: str, letter: Selection, persian: Selection) -> None:
    kinds = {"text": str, "bytes": bytes, "folder": File}
    asked = EXPORTERS[name]
    pieces = list(asked.export([letter, persian], Options(template="{{ title }}")))
    assert pieces
    assert {type(piece) for piece in pieces} == {kinds[asked.shape]}


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_archive_of_nothing_can_be_exported(name: str) -> None:
    list(EXPORTERS[name].export([], Options(template="")))


HOSTILE = "\x1b[31m<b>]]>&\x00\x07\u202e{{ 1 }}\\end{x}\n=1+1\ufffe"


def hostile(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Values that do harm where they are taken for more than text; numbers lead to the record itself, or nowhere."""
    several = (HOSTILE, "B")
    values = {Kind.NAMES: several, Kind.TOPICS: several, Kind.DOCUMENTS: (9, 8), Kind.DOCUMENT: 9, Kind.QUOTE: 8}
    return {field.name: values.get(field.kind, HOSTILE) for field in FIELDS[kind] if field.kind is not Kind.COUNT}


@pytest.mark.parametrize("kind", ["letter", HOSTILE])
@pytest.mark.parametrize("name", EXPORTERS)
def test_control_characters_and_markup_do_no_harm(name: str, kind: str) -> None:
    known = {**hostile(Document), "kind": kind, "url": f"javascript:{HOSTILE}", "signatory_count": 9}
    document = Document(id=9, slug="../hostile", text=HOSTILE, **known)
    passage = Passage(start=0, end=len(HOSTILE), exact=HOSTILE)
    quote = Quote(id=8, document=9, passages=(passage,), **hostile(Quote))
    assert list(EXPORTERS[name].export([Selection(document=document, quotes=(quote,))], Options(template="a")))


@pytest.mark.parametrize("name", EXPORTERS)
@pytest.mark.parametrize("kind", ["letter", "\x07"])
def test_what_only_a_hand_or_a_merge_writes_into_a_field_does_no_harm(name: str, kind: str, letter: Selection) -> None:
    odd = "a\x1b[31m\x00\ufffe\nb"
    fields = dict.fromkeys(("slug", "sha256", "source", "source_sha256", "added", "modified"), odd)
    document = msgspec.structs.replace(letter.document, kind=kind, **fields)
    quotes = tuple(msgspec.structs.replace(each, created=odd, modified=odd) for each in letter.quotes)
    selection = msgspec.structs.replace(letter, document=document, quotes=quotes)
    assert list(EXPORTERS[name].export([selection], Options(template="a")))


@pytest.mark.parametrize("name", ["tei", "cmif"])
def test_control_characters_in_names_are_shown_by_their_pictures(name: str, letter: Selection) -> None:
    document = msgspec.structs.replace(letter.document, authors=("Ann\x1bLee",), slug="a\x07b", recipients=("B\x00",))
    pieces = EXPORTERS[name].export([msgspec.structs.replace(letter, document=document)], Options())
    root = etree.fromstring("".join(map(str, pieces)).encode())
    found = " ".join(
        [*map(str, root.itertext()), *(str(value) for each in root.iter() for value in each.attrib.values())]
    )
    assert all(words in found for words in ("Ann␛Lee", "a␇b", "B␀"))


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownFormatError, match=r"no format pdf.*markdown"):
        exporter("pdf")


def test_a_missing_library_is_named() -> None:
    asked = Exporter(name="dance", purpose="", omits="", suffix="", module="choreography")
    with pytest.raises(MissingPartError, match="dance needs choreography"):
        asked.export([], Options())


def test_listing_the_formats_imports_none_of_them() -> None:
    code = "import quotearchive.exporters, sys; print([n for n in sys.modules if '.exporters.' in n])"
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "['quotearchive.exporters.interface']"
