"""Documents, quotes and their codes as a REFI-QDA project, for NVivo, ATLAS.ti, MAXQDA and QualCoder.

A .qdpx is a ZIP of `project.qde` and the texts. Topics and speakers are codes, topics in their tree; each
passage is a selection, whose positions count Unicode code points of the text; notes are notes. A PDF is a source with
its text beside it, a transcript with times has a point for each. Where on its page a passage is drawn nobody has
measured, so selections are of the text; the page is in the note with the fields of the quote.
See https://www.qdasoftware.org. The codes stand before the sources in the file, and are not all known before
the last source was seen: texts stream, but the rest is gathered, compressed, until then.
"""

import io
import uuid
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from lxml import etree
from lxml.builder import ElementMaker

from quotearchive.anchoring.places import Places, number_of
from quotearchive.exporters.context import cell, known, marked
from quotearchive.exporters.interface import Options
from quotearchive.exporters.markup import legal
from quotearchive.model import Document, Passage, Quote, Selection

NAMESPACE: Final = "urn:QDA-XML:project:1.0"

E: Final = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})

#: What guids are made from, so that the same archive gives the same project.
_GUIDS: Final = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)

#: The codes under which speakers and addressees stand; topics stand at the top.
SPEAKERS: Final = "Speakers"
ADDRESSEES: Final = "Addressed to"

#: The fields of a quote that are codes, or the archivist's note.
_ELSEWHERE: Final = frozenset({"speaker", "to", "topics", "note"})

_PDF: Final = "application/pdf"

#: The time of files whose time is not to be known: the earliest that a ZIP can hold.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def guid(kind: str, name: object) -> str:
    """Return the lasting identifier of a thing.

    >>> guid("code", "prison") == guid("code", "prison")
    True
    """
    return str(uuid.uuid5(_GUIDS, f"{kind}/{name}"))


def export(selections: Iterable[Selection], options: Options) -> Iterator[bytes]:
    """Yield the bytes of the ZIP file."""
    sink = _Sink()
    gathered = _Gathered()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for selection in selections:
            text = legal(selection.document.text).encode()
            archive.writestr(_entry(f"sources/{guid('source', selection.document.id)}.txt"), text)
            gathered.add(selection)
            yield sink.drain()
        with archive.open(_entry("project.qde"), "w", force_zip64=True) as project:
            for part in gathered.project(options):
                project.write(part)
                yield sink.drain()
    yield sink.drain()


class _Sink(io.RawIOBase):
    """Keeps what is written to it until it is drained; it can't be gone back in."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._waiting += content
        return len(content)

    def drain(self) -> bytes:
        drained = bytes(self._waiting)
        self._waiting.clear()
        return drained


class _Gathered:
    """The parts of the project file that wait until all codes are known."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, ...], None] = {}
        self._sources: list[bytes] = []
        self._notes: list[bytes] = []

    def add(self, selection: Selection) -> None:
        places = Places.of(selection.document) if selection.document.segments else None
        for quote in selection.quotes:
            for path in codes(quote):
                self._codes.update(dict.fromkeys(path[: depth + 1] for depth in range(len(path))))
            self._notes += map(_compressed, _notes(quote, places))
        self._sources.append(_compressed(_source(selection)))

    def project(self, options: Options) -> Iterator[bytes]:
        attributes = {"name": legal(options.title), "origin": "quotearchive", **_times(options.made, "")}
        written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        yield b'<?xml version="1.0" encoding="utf-8"?>\n'
        yield f'<Project xmlns="{NAMESPACE}"{written}>\n'.encode()
        if self._codes:
            yield _serialised(E.CodeBook(_tree(self._codes)))
        yield from _wrapped("Sources", self._sources)
        yield from _wrapped("Notes", self._notes)
        yield b"</Project>\n"


def codes(quote: Quote) -> list[tuple[str, ...]]:
    """List the codes of a quote as paths.

    >>> codes(Quote(document=1, passages=(), speaker="A", topics=("prison/conditions",)))
    [('prison', 'conditions'), ('Speakers', 'A')]
    """
    found: list[tuple[str, ...]] = [tuple(topic.split("/")) for topic in quote.topics]
    found += [(SPEAKERS, quote.speaker)] if quote.speaker else []
    found += [(ADDRESSEES, quote.to)] if quote.to else []
    return found


def _tree(paths: Mapping[tuple[str, ...], None]) -> etree._Element:
    root = E.Codes()
    made: dict[tuple[str, ...], etree._Element] = {(): root}
    for path in sorted(paths):
        is_codable = "false" if path in {(SPEAKERS,), (ADDRESSEES,)} else "true"
        code = E.Code(guid=guid("code", path), name=legal(path[-1]), isCodable=is_codable)
        made[path[:-1]].append(code)
        made[path] = code
    return root


def _source(selection: Selection) -> etree._Element:
    """Make the source of a document: a PDF or a recording with its text, or the text alone."""
    document = selection.document
    source = guid("source", document.id)
    described = E.Description(legal(_description(document)))
    named = {"name": legal(document.title), **_times(document.added, document.modified)}
    file = {"plainTextPath": f"internal://{source}.txt", **named}
    own = {"guid": guid("file", document.id), **named}
    points = _points(document)
    if points:
        return E.AudioSource(E.Transcript(described, *_timed(selection, points), guid=source, **file), **own)
    places = Places.of(document) if document.segments else None
    text = [described, *(_selection(*each, places) for each in _passages(selection))]
    if document.original and document.original.media_type == _PDF and document.source:
        path = {"path": legal(f"{'absolute' if document.source.startswith('/') else 'relative'}://{document.source}")}
        return E.PDFSource(E.Representation(*text, guid=source, **file), **path, **own)
    return E.TextSource(*text, guid=source, **file)


def _passages(selection: Selection) -> Iterator[tuple[Quote, int, Passage]]:
    for quote in selection.quotes:
        for number, passage in enumerate(() if quote.missing else quote.passages):
            yield quote, number, passage


def _points(document: Document) -> dict[int, int]:
    """Return the times of a transcript in milliseconds, by where they begin."""
    timed = ((each, number_of(each)) for each in document.segments if each.kind == "time")
    return {each.start: time for each, time in timed if time is not None}


def _timed(selection: Selection, points: Mapping[int, int]) -> Iterator[etree._Element]:
    """Yield points of a transcript, those of its times and those of its selections, then the selections."""
    document = selection.document
    places = Places.of(document)
    spans = {each for _, _, passage in _passages(selection) for each in (passage.start, passage.end)}
    names = {position: guid("point", (document.id, position)) for position in sorted({*points, *spans})}
    for position, name in names.items():
        time = {"timeStamp": str(points[position])} if position in points else {}
        yield E.SyncPoint(guid=name, position=str(position), **time)
    for quote, number, passage in _passages(selection):
        timed = _selection(quote, number, passage, places)
        timed.tag = f"{{{NAMESPACE}}}TranscriptSelection"
        for side, place in (("startPosition", "fromSyncPoint"), ("endPosition", "toSyncPoint")):
            timed.set(place, names[int(timed.attrib.pop(side))])
        yield timed


def _description(document: Document) -> str:
    """Return what is known of a document, a line for each field."""
    recognised = (("recognised", mark) for mark in marked(document))
    own = (("slug", document.slug), ("sha256", document.sha256), *recognised)
    return _lines(*((field.name, value) for field, value in known(document, {"title"})), *own)


def _lines(*values: tuple[str, Any]) -> str:
    """Return values with the names of their fields, each as a line that an import reads back."""
    return "\n".join([f"{name}: {' '.join(cell(value).split())}" for name, value in values if value])


def _selection(quote: Quote, number: int, passage: Passage, places: Places | None) -> etree._Element:
    selection = E.PlainTextSelection(
        E.Description(legal(passage.exact)),
        guid=guid("selection", (quote.id, number)),
        name=f"Quote {quote.id}" + (f", passage {number + 1}" if len(quote.passages) > 1 else ""),
        startPosition=str(passage.start),
        endPosition=str(passage.end),
        **_times(quote.created, quote.modified),
    )
    for path in codes(quote):
        coding = E.Coding(E.CodeRef(targetGUID=guid("code", path)), guid=guid("coding", (quote.id, number, path)))
        selection.append(coding)
    selection.extend(E.NoteRef(targetGUID=guid(kind, quote.id)) for kind, _, _ in _texts(quote, places))
    return selection


def _notes(quote: Quote, places: Places | None) -> Iterator[etree._Element]:
    for kind, title, words in _texts(quote, places):
        yield E.Note(
            E.PlainTextContent(legal(words)),
            guid=guid(kind, quote.id),
            name=f"{title} quote {quote.id}",
            **_times(quote.created, quote.modified),
        )


def _texts(quote: Quote, places: Places | None) -> Iterator[tuple[str, str, str]]:
    """Yield the archivist's note on a quote, and the fields that have no code: the kind, the title and the words."""
    if quote.note:
        yield "note", "Note on", quote.note
    located = (("locator", places.locate(quote)),) if places else ()
    if fields := _lines(*((field.name, value) for field, value in known(quote, _ELSEWHERE)), *located):
        yield "fields", "Fields of", fields


def _times(created: str, modified: str) -> dict[str, str]:
    times = {"creationDateTime": created, "modifiedDateTime": modified}
    return {name: legal(time) for name, time in times.items() if time}


def _wrapped(tag: str, elements: Iterable[bytes]) -> Iterator[bytes]:
    opening = f"<{tag}>\n".encode()
    for element in elements:
        yield opening + zlib.decompress(element)
        opening = b""
    if not opening:
        yield f"</{tag}>\n".encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _compressed(element: etree._Element) -> bytes:
    return zlib.compress(_serialised(element))


def _serialised(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="utf-8") + b"\n"
