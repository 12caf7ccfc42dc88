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
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
from lxml import etree

from quotearchive.importers.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import (
    LIMIT,
    DocumentRow,
    Naming,
    PassedRow,
    QuoteRow,
    RefusedRow,
    Row,
    field_values,
)
from quotearchive.importers.offsets import STANDARD, Counting, Mark, Offsets, Settled, Unit, Verdict, judge, settle
from quotearchive.importers.times import instant
from quotearchive.model import Description, Document, Passage, Quote
from quotearchive.text import canonical, folded

#: What messages call the format.
_NAME: Final = "qdpx"

#: Tags of version 1.0 and of 1.5, which share it.
_Q: Final = "{urn:QDA-XML:project:1.0}"

#: The codes under which our own export has speakers and addressees.
_PEOPLE: Final = {"Speakers": "speaker", "Addressed to": "to"}

#: What our own export says of a document, a line for each.
_TOLD: Final = re.compile(r"^([a-z_]+): (.*)$", re.MULTILINE)

#: How the name begins of a note of our own export that has fields of a quote, a line for each.
_FIELDS_OF: Final = "Fields of quote "

#: The names of our own selections.
_SELECTION: Final = re.compile(r"Quote ([0-9]{1,15})(?:, passage ([0-9]{1,6}))?")

_POSITION: Final = re.compile(r"[0-9]{1,12}")

#: What our own projects say of where they come from.
_OWN: Final = "quotearchive"

#: What programs are known to count, by how their names begin in `origin`. NVivo has a Windows text's line ends
#: as they stand there, which is two characters.
_PROGRAMS: Final[Mapping[str, Counting]] = {
    _OWN: STANDARD,
    "QualCoder": STANDARD,
    "NVivo": Counting(Unit.UTF_16),
}

#: Files in the largest project that is read; each takes memory before it is unpacked.
_FILES: Final = 100_000
_ENTRY: Final = b"PK\x01\x02"

#: Elements and attributes of the largest project that is read. In memory each takes some 200 bytes, and in the
#: ZIP it may take none at all. A coding has some 20 of them.
_PARTS: Final = 2**22

#: Bytes of a project file from which on a text in it may be longer than the parser takes by itself.
_LONG: Final = 10_000_000

#: How many times its size in the ZIP a file may be. XML and text shrink to a tenth, seldom to a fiftieth; what
#: is made to do harm shrinks to a thousandth. Small files may be what they want.
_RATIO: Final = 200
_SMALL: Final = 2**24

#: Rows that a remark names.
_NAMED: Final = 20

#: Code points in all selections of a project together: each is kept, however they overlap.
_SELECTED: Final = 2**28

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
        mark: Its place, as the program counts.
        quote: What is said of it, without passages.
        others: Who else is said to have spoken, or to have been spoken to.
    """

    row: int
    key: str
    mark: Mark
    quote: Quote
    others: tuple[str, ...] = ()


class _Source(msgspec.Struct, frozen=True, kw_only=True):
    """A source that has a text.

    Attributes:
        row: What is known of it.
        offsets: Its text.
        selections: Its selections, those that can't be used among them.
    """

    row: DocumentRow
    offsets: Offsets
    selections: list[_Selection | RefusedRow]

    @property
    def marks(self) -> list[Mark]:
        """The places of those that can be used."""
        return [each.mark for each in self.selections if isinstance(each, _Selection)]

    def places(self, verdict: Verdict) -> Iterator[tuple[int, Settled]]:
        """Yield the row of each of those with its place."""
        for each in self.selections:
            if isinstance(each, _Selection):
                yield each.row, settle(self.offsets, each.mark, verdict)

    @property
    def selected(self) -> int:
        """How many code points they hold at most."""
        return sum(min(max(0, mark.end - mark.start), len(self.offsets.text)) for mark in self.marks)


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each source and each selection.

    Raises:
        UnusableFileError: It is no such project, or one that is made to do harm.
    """
    if content.count(_ENTRY) > _FILES:
        found = f"it holds more than {_FILES:,} files"
        raise UnusableFileError(_NAME, found)
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
        self._codes = dict(_codes(self._root.find(f"{_Q}CodeBook/{_Q}Codes")))
        self._notes = {str(note.get("guid")): self._note(note) for note in self._root.iter(f"{_Q}Note")}
        self._fields = self._noted_fields() if self._is_own else {}
        self._row = 0

    def _noted_fields(self) -> dict[str, dict[str, str]]:
        """Take the notes that hold fields of quotes from among the notes."""
        notes = self._root.iter(f"{_Q}Note")
        guids = [str(note.get("guid")) for note in notes if str(note.get("name")).startswith(_FIELDS_OF)]
        return {guid: dict(_TOLD.findall(self._notes.pop(guid))) for guid in guids if guid in self._notes}

    def rows(self) -> Iterator[Row]:
        found = list(self._sources())
        texts = [each for each in found if isinstance(each, _Source)]
        if sum(each.selected for each in texts) > _SELECTED:
            reason = f"its selections hold more than {_SELECTED:,} characters"
            raise UnusableFileError(_NAME, reason)
        known = [each for name, each in _PROGRAMS.items() if str(self._root.get("origin")).startswith(name)]
        judged = ((each.offsets, each.marks) for each in texts)
        verdict = judge(judged, known[0] if known else STANDARD, is_known=bool(known))
        places = {row: place for each in texts for row, place in each.places(verdict)}
        remarks = tuple(_counted(places, verdict))
        for each in found:
            if isinstance(each, _Source):
                yield msgspec.structs.replace(each.row, remarks=remarks)
                yield from _quoted(each, places)
                remarks = ()
            else:
                yield each

    def _sources(self) -> Iterator[_Source | PassedRow | RefusedRow]:
        sources = self._root.find(f"{_Q}Sources")
        for source in sources if sources is not None else ():
            text = source if source.tag == f"{_Q}TextSource" else source.find(f"{_Q}Representation")
            if text is not None:
                yield self._source(text, source.get("name"))
            if text is not source:
                yield from self._passed(source)

    def _passed(self, source: etree._Element) -> Iterator[PassedRow]:
        """Count what is no text, and what is selected of it."""
        self._row += 1
        yield PassedRow(row=self._row, reason="sources that are no text")
        for child in source:
            if str(child.tag).endswith("Selection"):
                self._row += 1
                yield PassedRow(row=self._row, reason="selections of what is no text")

    def _source(self, source: etree._Element, name: str | None) -> _Source | RefusedRow:
        self._row += 1
        row = self._row
        selections = source.findall(f"{_Q}PlainTextSelection")
        try:
            text = self._text(source)
        except MalformedRowError as error:
            self._row += len(selections)
            return RefusedRow(row=row, error=_with_loss(error, len(selections)))
        naming = Naming(key=f"row {row}", title=name)
        known = DocumentRow(row=row, naming=naming, document=self._document(source, name, canonical(text)))
        return _Source(row=known, offsets=Offsets(text), selections=[self._marked(each) for each in selections])

    def _marked(self, element: etree._Element) -> _Selection | RefusedRow:
        self._row += 1
        try:
            return self._selection(element)
        except MalformedRowError as error:
            return RefusedRow(row=self._row, error=error)

    def _text(self, source: etree._Element) -> str:
        """Give a source's text: from within the project file, or from beside it in the ZIP."""
        inside = source.findtext(f"{_Q}PlainTextContent")
        path = source.get("plainTextPath") or ""
        if inside is not None and not path:
            return inside
        scheme, mark, name = path.partition("://")
        if not mark and f"sources/{path}".lower() in self._names:
            scheme, name = "internal", path
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
        entry = self._archive.getinfo(self._names[name.lower()])
        if entry.file_size > max(_SMALL, _RATIO * entry.compress_size):
            found = f"its {name} unpacks to more than {_RATIO} times its size"
            raise UnusableFileError(_NAME, found)
        with self._archive.open(entry) as member:
            content = member.read(self._left + 1)
        if len(content) > self._left:
            found = f"it unpacks to more than {LIMIT // 2**20} MiB"
            raise UnusableFileError(_NAME, found)
        self._left -= len(content)
        return content

    def _document(self, source: etree._Element, name: str | None, text: str) -> Description:
        told = source.findtext(f"{_Q}Description") or ""
        known = dict(_TOLD.findall(told)) if self._is_own else {}
        slug = {"slug": known["slug"]} if "slug" in known else {}
        base = {
            "slug": "",
            "title": name or "Untitled",
            "text": text,
            "added": instant(source.get("creationDateTime") or ""),
        }
        return msgspec.convert({**base, **slug, **field_values(Document, known)}, Document)

    def _selection(self, element: etree._Element) -> _Selection:
        places = [element.get(name) or "" for name in ("startPosition", "endPosition")]
        if not all(_POSITION.fullmatch(place) for place in places):
            found = f"its place is {' to '.join(place[:20] for place in places)}"
            raise MalformedRowError(found)
        start, end = map(int, places)
        told = (element.findtext(f"{_Q}Description") or "", element.get("name") or "")
        own = _SELECTION.fullmatch(element.get("name") or "") if self._is_own else None
        return _Selection(
            row=self._row,
            key=f"Quote {own[1]}" if own else f"row {self._row}",
            mark=Mark(start, end, told),
            quote=self._said(element, int(own[1]) if own else 0),
            others=tuple(name for names in self._people(element).values() for name in names[1:]),
        )

    def _paths(self, element: etree._Element) -> list[tuple[str, ...]]:
        return [self._codes.get(str(each.get("targetGUID")), ()) for each in element.iter(f"{_Q}CodeRef")]

    def _people(self, element: etree._Element) -> dict[str, list[str]]:
        """Return who spoke and who was spoken to, each name once."""
        people: dict[str, dict[str, None]] = defaultdict(dict)
        for path in self._paths(element):
            if len(path) == 2 and path[0] in _PEOPLE:  # noqa: PLR2004 - what they are, and a name
                people[_PEOPLE[path[0]]][path[1]] = None
        return {field: list(names) for field, names in people.items()}

    def _said(self, element: etree._Element, number: int) -> Quote:
        topics = ["/".join(path) for path in self._paths(element) if path and path[0] not in _PEOPLE]
        people = {field: names[0] for field, names in self._people(element).items()}
        refs = [str(each.get("targetGUID")) for each in element.findall(f"{_Q}NoteRef")]
        notes = [self._notes[ref] for ref in refs if self._notes.get(ref)]
        told = {name: words for ref in refs for name, words in self._fields.get(ref, {}).items()}
        fields = {**people, **field_values(Quote, told)}
        outer = told.get("within", "")
        return Quote(
            id=number,
            document=0,
            passages=(),
            topics=tuple(topic for topic in topics if topic.strip("/ ")),
            note="\n\n".join(notes) or None,
            created=instant(element.get("creationDateTime") or ""),
            modified=instant(element.get("modifiedDateTime") or ""),
            speaker=fields.get("speaker"),
            to=fields.get("to"),
            role=fields.get("role"),
            mention=fields.get("mention"),
            said=fields.get("said"),
            within=int(outer) if _POSITION.fullmatch(outer) else None,
        )

    def _note(self, note: etree._Element) -> str:
        try:
            return self._text(note).strip()
        except MalformedRowError:
            return ""


def _with_loss(error: MalformedRowError, selections: int) -> MalformedRowError:
    """Add how many selections a source that can't be used takes along."""
    lost = f" Its selections can't be used either: {selections:,}."
    return MalformedRowError(f"{error.found}.{lost}".removesuffix(".")) if selections else error


def _quoted(source: _Source, places: Mapping[int, Settled]) -> Iterator[QuoteRow | RefusedRow]:
    """Yield a row for each quote in a source, and for each selection that can't be used."""
    gathered: dict[str, list[tuple[_Selection, Passage]]] = {}
    for selection in source.selections:
        if isinstance(selection, RefusedRow):
            yield selection
        elif (span := places[selection.row].span) is None:
            yield _misplaced(selection, places[selection.row])
        else:
            gathered.setdefault(selection.key, []).append((selection, source.offsets.passage(*span)))
    for passages in gathered.values():
        yield _commented(_quote(passages, source.row.naming), passages)


def _commented(row: QuoteRow, passages: Sequence[tuple[_Selection, Passage]]) -> QuoteRow:
    """Put what a program's user wrote of a selection into its note; some write the selected words there themselves."""
    told = [(selection.mark.told[0].strip(), passage) for selection, passage in passages]
    comments = [words for words, passage in told if words and folded(words) not in folded(passage.exact)]
    notes = filter(None, (row.quote.note, *dict.fromkeys(comments)))
    return msgspec.structs.replace(row, quote=msgspec.structs.replace(row.quote, note="\n\n".join(notes) or None))


def _misplaced(selection: _Selection, settled: Settled) -> RefusedRow:
    place = f"its place {selection.mark.start} to {selection.mark.end}"
    reason = "is not in the text"
    if settled.is_doubtful:
        reason = "has other words in each way to count, and none fits the file"
    return RefusedRow(row=selection.row, error=MalformedRowError(f"{place} {reason}"))


def _counted(places: Mapping[int, Settled], verdict: Verdict) -> Iterator[str]:
    """Yield how places were counted, where it makes a difference and is not as the standard has it."""
    others = sum(place.span is not None and not place.is_usual for place in places.values())
    doubtful = [str(row) for row, place in places.items() if place.span and place.is_doubtful]
    if others:
        selections = f"{others:,} selection{'' if others == 1 else 's'}"
        counted = f"counted in {verdict.counting}, not in {STANDARD} as the standard has it"
        yield f"The places of {selections} were {counted}."
    if doubtful:
        rows = f"{', '.join(doubtful[:_NAMED])}{' and others' if len(doubtful) > _NAMED else ''}"
        yield f"Places can be counted in several ways, and nothing tells in which: check the words of rows {rows}."


def _quote(passages: list[tuple[_Selection, Passage]], naming: Naming) -> QuoteRow:
    first, _ = passages[0]
    others = dict.fromkeys(name for selection, _ in passages for name in selection.others)
    also = f"Row {first.row} is also coded with {', '.join(others)}"
    said = f"{also}, but a quote has one speaker and one addressee: the first stays."
    places = tuple(passage for _, passage in passages)
    return QuoteRow(
        row=first.row,
        naming=naming,
        quote=msgspec.structs.replace(first.quote, passages=places, within=None),
        key=first.key if first.quote.id else "",
        within=f"Quote {first.quote.within}" if first.quote.within else "",
        remarks=(said,) if others else (),
    )


def _codes(codes: etree._Element | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the guid of each code with its path."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [] if codes is None else [(codes, ())]
    while waiting:
        parent, above = waiting.pop()
        for code in parent.findall(f"{_Q}Code"):
            path = (*above, (code.get("name") or "").replace("/", "∕"))
            yield str(code.get("guid")), path
            waiting.append((code, path))


def _parsed(content: bytes) -> etree._Element:
    """Read XML without entities, network or depth, and not more of it than fits into memory."""
    if content.count(b"<") + content.count(b"=") > _PARTS:
        found = f"project.qde has more than {_PARTS:,} elements and attributes"
        raise UnusableFileError(_NAME, found)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=len(content) > _LONG,  # what it guards against are entities, which are refused anyway
        load_dtd=False,
        remove_comments=True,
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
