"""REFI-QDA projects (.qdpx) of NVivo, ATLAS.ti, MAXQDA, QualCoder and our own.

A .qdpx is a ZIP of `project.qde` and the sources. Text sources become documents; each of their selections is
a quote, on the topics that its codes name by their path. Codes under `Speakers` and `Addressed to`, as our
own export has them, say who spoke and to whom. Pictures, PDFs and recordings are passed over. Positions count
Unicode code points of the text, half-open. See https://www.qdasoftware.org.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from quotearchive.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import (
    LIMIT,
    DocumentRow,
    Naming,
    PassedRow,
    QuoteRow,
    RefusedRow,
    Row,
)
from quotearchive.importers.offsets import Offsets
from quotearchive.importers.times import instant
from quotearchive.model import Description, Document, Passage, Quote
from quotearchive.text import canonical, split

#: What messages call the format.
_NAME: Final = "qdpx"

#: Tags of version 1.0 and of 1.5, which share it.
_Q: Final = "{urn:QDA-XML:project:1.0}"

#: The codes under which our own export has speakers and addressees.
_PEOPLE: Final = {"Speakers": "speaker", "Addressed to": "to"}

#: What our own export says of a document, a line for each.
_TOLD: Final = re.compile(r"^([a-z_]+): (.*)$", re.MULTILINE)
_FIELDS: Final = frozenset({"kind", "date", "place", "publisher", "url", "language", "slug"})
_NAMES: Final = frozenset({"authors", "recipients"})

#: The names of our own selections.
_SELECTION: Final = re.compile(r"Quote ([0-9]{1,15})(?:, passage ([0-9]{1,6}))?")

_POSITION: Final = re.compile(r"[0-9]{1,12}")

#: What our own projects say of where they come from.
_OWN: Final = "quotearchive"


#: What unpacking a damaged ZIP raises.
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError),
    *(EOFError, OSError, ValueError),
)


class _Selection(msgspec.Struct, frozen=True, kw_only=True):
    """A selection of a source, or one passage of a quote of ours.

    Attributes:
        row: Its number, from 1, sources and selections being counted together.
        key: What joins the passages of one quote.
        passage: What is selected.
        quote: What is said of it, without passages.
    """

    row: int
    key: str
    passage: Passage
    quote: Quote


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each source and each selection.

    Raises:
        UnusableFileError: It is no such project, or one that is made to do harm.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _Project(archive).rows()
    except _DAMAGE as error:
        raise UnusableFileError(_NAME, str(error) or type(error).__name__) from error


class _Project:
    """A project that is being read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self._left = LIMIT
        self._root = _parsed(self._bytes("project.qde"))
        self._is_own = self._root.get("origin") == _OWN
        self._codes = dict(_codes(self._root.find(f"{_Q}CodeBook/{_Q}Codes"), ()))
        self._notes = {str(note.get("guid")): self._note(note) for note in self._root.iter(f"{_Q}Note")}
        self._row = 0

    def rows(self) -> Iterator[Row]:
        sources = self._root.find(f"{_Q}Sources")
        for source in sources if sources is not None else ():
            self._row += 1
            if source.tag != f"{_Q}TextSource":
                yield PassedRow(row=self._row, reason="sources that are no text")
                continue
            yield from self._source(source)

    def _source(self, source: etree._Element) -> Iterator[Row]:
        row = self._row
        try:
            text = self._text(source)
        except MalformedRowError as error:
            yield RefusedRow(row=row, error=error)
            self._row += len(source.findall(f"{_Q}PlainTextSelection"))
            return
        naming = Naming(key=f"guid {source.get('guid')}", title=source.get("name"))
        yield DocumentRow(row=row, naming=naming, document=self._document(source, canonical(text)))
        gathered: dict[str, list[_Selection]] = {}
        offsets = Offsets(text)
        for element in source.findall(f"{_Q}PlainTextSelection"):
            self._row += 1
            try:
                selection = self._selection(element, offsets)
            except MalformedRowError as error:
                yield RefusedRow(row=self._row, error=error)
            else:
                gathered.setdefault(selection.key, []).append(selection)
        for selections in gathered.values():
            yield _quote(selections, naming)

    def _text(self, source: etree._Element) -> str:
        """Give a source's text: from within the project file, or from beside it in the ZIP."""
        inside = source.findtext(f"{_Q}PlainTextContent")
        path = source.get("plainTextPath") or ""
        if inside is not None and not path:
            return inside
        scheme, _, name = path.partition("://")
        if scheme != "internal":
            found = "its text is not in the project, but elsewhere"
            raise MalformedRowError(found)
        try:
            return self._bytes(f"sources/{name}").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            found = "its text is not UTF-8"
            raise MalformedRowError(found) from error
        except KeyError as error:
            found = f"the project does not have its text {name[:80]!r}"
            raise MalformedRowError(found) from error

    def _bytes(self, name: str) -> bytes:
        """Unpack a member, as far as what is left of the limit goes; nothing is written to the disk."""
        if name.lower() not in self._names:
            if name == "project.qde":
                found = "it has no project.qde"
                raise UnusableFileError(_NAME, found)
            raise KeyError(name)
        with self._archive.open(self._names[name.lower()]) as member:
            content = member.read(self._left + 1)
        if len(content) > self._left:
            found = f"it unpacks to more than {LIMIT // 2**20} MiB"
            raise UnusableFileError(_NAME, found)
        self._left -= len(content)
        return content

    def _document(self, source: etree._Element, text: str) -> Description:
        told = source.findtext(f"{_Q}Description") or ""
        known = dict(_TOLD.findall(told)) if self._is_own else {}
        fields = {name: words for name, words in known.items() if name in _FIELDS}
        people = {name: split(words) for name, words in known.items() if name in _NAMES}
        title = source.get("name") or "Untitled"
        base = {
            "slug": "",
            "title": title,
            "text": text,
            "added": instant(source.get("creationDateTime") or ""),
        }
        return msgspec.convert({**base, **fields, **people}, Document)

    def _selection(self, element: etree._Element, offsets: Offsets) -> _Selection:
        places = [element.get(name) or "" for name in ("startPosition", "endPosition")]
        if not all(_POSITION.fullmatch(place) for place in places):
            found = f"its place is {' to '.join(place[:20] for place in places)}"
            raise MalformedRowError(found)
        start, end = map(int, places)
        told = [element.findtext(f"{_Q}Description") or "", element.get("name") or ""]
        passage = offsets.passage(start, end, told)
        if passage is None:
            found = f"its place {start} to {end} is not in the text"
            raise MalformedRowError(found)
        own = _SELECTION.fullmatch(element.get("name") or "") if self._is_own else None
        return _Selection(
            row=self._row,
            key=f"Quote {own[1]}" if own else f"row {self._row}",
            passage=passage,
            quote=self._said(element, int(own[1]) if own else 0),
        )

    def _said(self, element: etree._Element, number: int) -> Quote:
        paths = [self._codes.get(str(each.get("targetGUID")), ()) for each in element.iter(f"{_Q}CodeRef")]
        people = {_PEOPLE[path[0]]: path[1] for path in paths if len(path) == 2 and path[0] in _PEOPLE}  # noqa: PLR2004
        topics = ["/".join(path) for path in paths if path and path[0] not in _PEOPLE]
        refs = [str(each.get("targetGUID")) for each in element.findall(f"{_Q}NoteRef")]
        notes = [self._notes[ref] for ref in refs if self._notes.get(ref)]
        return Quote(
            id=number,
            document=0,
            passages=(),
            topics=tuple(topic for topic in topics if topic.strip("/ ")),
            note="\n\n".join(notes) or None,
            created=instant(element.get("creationDateTime") or ""),
            modified=instant(element.get("modifiedDateTime") or ""),
            speaker=people.get("speaker"),
            to=people.get("to"),
        )

    def _note(self, note: etree._Element) -> str:
        try:
            return self._text(note).strip()
        except MalformedRowError:
            return ""


def _quote(selections: list[_Selection], naming: Naming) -> QuoteRow:
    first = selections[0]
    passages = tuple(selection.passage for selection in selections)
    quote = msgspec.structs.replace(first.quote, passages=passages)
    return QuoteRow(row=first.row, naming=naming, quote=quote, key=first.key if quote.id else "")


def _codes(parent: etree._Element | None, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the guid of each code with its path; the parser bounds how deep they lie."""
    for code in parent.findall(f"{_Q}Code") if parent is not None else ():
        path = (*above, (code.get("name") or "").replace("/", "∕"))
        yield str(code.get("guid")), path
        yield from _codes(code, path)


def _parsed(content: bytes) -> etree._Element:
    """Read XML without entities, network or depth."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        found = f"project.qde is no XML ({error})"
        raise UnusableFileError(_NAME, found) from error
    if root.getroottree().docinfo.doctype:
        found = "project.qde declares entities, which no project does"
        raise UnusableFileError(_NAME, found)
    if root.tag != f"{_Q}Project":
        found = f"project.qde holds {str(root.tag)[:60]}, not a REFI-QDA project"
        raise UnusableFileError(_NAME, found)
    return root
