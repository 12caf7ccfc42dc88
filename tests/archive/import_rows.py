"""Rows of a file to import, and an archive of their own to compare with."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from quotearchive.anchoring.location import take
from quotearchive.archive.archive import Archive
from quotearchive.archive.imports import ImportReport
from quotearchive.archive.lookup import selections
from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Change, Document, Quote
from quotearchive.query import parse

NOW = "2026-02-01T10:00:00Z"


CHANGE = Change(when=NOW, command="import", by="me")


TEXT = "He said: “To be, or not to be, that is the question.” And left. He never left."


Import = Callable[..., ImportReport]


def exported(archive: Archive, name: str = "jsonl") -> str:
    return "".join(
        str(piece) for piece in exporter(name).export(selections(Archive(archive.path), parse("").query), Options())
    )


def archive_of(path: Path, texts: Sequence[str] = (TEXT,)) -> Archive:
    """An archive with gaps in its numbers, a quote within another, and one of two passages."""
    archive = Archive(path)
    with archive.transaction(CHANGE, create=True) as transaction:
        for place, text in enumerate(("gone", *texts)):
            number = transaction.add(text_of(place, text))
            outer, split = quotes(number, text)
            within = transaction.add(outer)
            transaction.add(msgspec.structs.replace(split, within=within))
            transaction.add(outer)
    with archive.transaction(CHANGE) as transaction:
        for quote in transaction.quotes_of(1):
            transaction.remove(quote)
        gone = transaction.find_document(1)
        assert gone
        transaction.remove(gone)
    return archive


def text_of(place: int, text: str) -> Document:
    return Document(
        slug=f"text-{place}",
        title=f"Text {place}",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        characters=len(text),
        added="2020-01-01T00:00:00Z",
    )


def quotes(number: int, text: str) -> tuple[Quote, Quote]:
    """All of a text, and its ends."""
    ends = [take(text, 0, 1)] + ([take(text, len(text) - 1, len(text))] if len(text) > 1 else [])
    whole = Quote(
        document=number,
        passages=(take(text, 0, len(text)),),
        speaker="A",
        topics=("b", "c/d"),
        said="1943~",
        note="=1",
        created="2020-01-02T00:00:00Z",
        modified="2020-01-03T00:00:00Z",
    )
    split = msgspec.structs.replace(whole, passages=tuple(ends), speaker="B", topics=(), said=None)
    return whole, split


def document(text: str = TEXT, **fields: object) -> dict[str, Any]:
    return {"type": "document", "slug": "hamlet", "title": "Hamlet", "text": text, **fields}


def quote(exact: str, **fields: object) -> dict[str, Any]:
    start = TEXT.find(exact)
    passage = {"start": start, "end": start + len(exact), "exact": exact}
    return {"type": "quote", "document": "hamlet", "passages": [passage], **fields}
