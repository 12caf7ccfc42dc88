"""An archive with documents, to import their quotes into."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quotearchive.anchoring.location import take
from quotearchive.archive.archive import Archive
from quotearchive.archive.imports import ImportReport, Request, import_file
from quotearchive.archive.lookup import selections
from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Change, Document, Quote
from quotearchive.query import parse

CHANGE = Change(when="2026-02-01T10:00:00Z", command="import", by="me")

LETTER = (
    "Dear Anna,\n\nHe said: “To be, or not to be, that is the question.” 🕊️ Spin\u0308al ends it;"
    " I wrote […] too.\n\n=1+1 is what they call it. The night was long, and the night was cold.\n"
)
PERSIAN = "او گفت: «زندانی سیاسی آزاد باید گردد!» و رفت."

Import = Callable[..., ImportReport]
Export = Callable[[str], bytes]


def document(number: int, text: str, **fields: Any) -> Document:  # noqa: ANN401 - any field
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=number, text=text, sha256=sha256, characters=len(text), **fields)


def quote(number: int, text: str, *words: str, **fields: Any) -> Quote:  # noqa: ANN401 - any field
    passages = tuple(take(text, text.index(each), text.index(each) + len(each)) for each in words)
    time = f"2020-01-02T03:04:{number:02}Z"
    return Quote(document=0, passages=passages, created=time, modified=time, **fields)


DOCUMENTS = (
    document(
        1,
        LETTER,
        slug="letter-to-anna",
        kind="letter",
        title="Letter to Anna: on the night",
        authors=("Doe, Jane", "A; B"),
        recipients=("Anna",),
        date="1943-05~",
        place="Paris",
        publisher="Samizdat",
        url="https://example.org/letters/1",
        language="en",
        date_words="mid May",
        received="1943-06",
        destination="Lyon",
        signatories=("Jane Doe", "B; C"),
        signatory_count=12,
    ),
    document(2, PERSIAN, slug="بیانیه", title="بیانیه", language="fa"),
)

QUOTES = (
    (
        1,
        quote(
            1,
            LETTER,
            "He said: “To be, or not to be, that is the question.”",
            speaker="Jane Doe",
            role="teacher",
            topics=("prison/conditions", "question"),
            note="=note; with 'marks'",
        ),
    ),
    (1, quote(2, LETTER, "not to be", speaker="Hamlet", mention="He", to="Anna", said="1602~", within=1)),
    (1, quote(3, LETTER, "Spin\u0308al ends it; I wrote […] too", "=1+1 is", speaker="-Jane")),
    (1, quote(4, LETTER, "🕊️", "the night was cold")),
    (2, quote(5, PERSIAN, "زندانی سیاسی آزاد باید گردد!", speaker="شیرین عبادی", topics=("زندان",))),
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of documents without quotes."""
    return made(tmp_path / "archive.json", with_quotes=False)


def made(path: Path, *, with_quotes: bool) -> Archive:
    archive = Archive(path)
    with archive.transaction(CHANGE, create=True) as transaction:
        for each in DOCUMENTS:
            transaction.add(each)
        for number, said in QUOTES if with_quotes else ():
            transaction.add(msgspec.structs.replace(said, document=number))
    return archive


@pytest.fixture
def exported(tmp_path: Path) -> Export:
    """Export the same documents with quotes in a format."""
    full = made(tmp_path / "full.json", with_quotes=True)

    def exported(name: str) -> bytes:
        pieces = exporter(name).export(selections(Archive(full.path), parse("").query), Options())
        return b"".join(piece if isinstance(piece, bytes) else str(piece).encode() for piece in pieces)

    return exported


@pytest.fixture
def imported(archive: Archive, tmp_path: Path) -> Import:
    """Import a file's content into the archive."""

    def imported(content: str | bytes, **request: Any) -> ImportReport:  # noqa: ANN401 - any field
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_file(archive, msgspec.convert({"path": path, **request}, Request), change=CHANGE)

    return imported


def brought(archive: Archive) -> list[Quote]:
    """The archive's quotes in the form of `QUOTES`."""
    stored = sorted(archive.read().quotes(), key=lambda each: (each.document, each.created, each.id))
    return [msgspec.structs.replace(each, id=0) for each in stored]


def original() -> list[Quote]:
    return [msgspec.structs.replace(each, document=number) for number, each in QUOTES]
