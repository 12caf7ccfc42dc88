"""REFI-QDA projects (.qdpx) of NVivo, ATLAS.ti, MAXQDA, QualCoder and our own.

A .qdpx is a ZIP of `project.qde` and the sources. Text sources become documents; each of their selections is
a quote, on the topics that its codes name by their path. Codes under `Speakers` and `Addressed to`, as our
own export has them, name who spoke and to whom. Pictures, PDFs and recordings are passed over. Positions count
Unicode code points of the text, half-open. See https://www.qdasoftware.org.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final

import msgspec
from lxml import etree

from quotearchive.importers.dates import instant
from quotearchive.importers.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import (
    DocumentRow,
    Naming,
    PassedRow,
    QuoteRow,
    RefusedRow,
    Row,
    field_values,
)
from quotearchive.importers.offsets import STANDARD, Counting, Judgement, Mark, Offsets, Placement, Unit, judge, settle
from quotearchive.importers.qdpx_container import QDE, Container, opened
from quotearchive.model import Description, Document, Passage, Quote, Segment
from quotearchive.text import canonical, clock, folded

#: The codes under which our own export has speakers and addressees.
_PEOPLE: Final = {"Speakers": "speaker", "Addressed to": "to"}

#: The fields of a document or a quote in our own export, a line for each.
_STATED: Final = re.compile(r"^([a-z_]+): (.*)$", re.MULTILINE)

#: How the name begins of a note of our own export that has fields of a quote.
_FIELDS_OF: Final = "Fields of quote "

#: The names of our own selections.
_SELECTION: Final = re.compile(r"Quote ([0-9]{1,15})(?:, passage ([0-9]{1,6}))?")

_POSITION: Final = re.compile(r"[0-9]{1,12}")

#: The origin that our own projects state.
_OWN: Final = "quotearchive"

#: What programs are known to count, by how their names begin in `origin`. NVivo keeps a Windows text's line ends
#: as they are, which is two characters.
_PROGRAMS: Final[Mapping[str, Counting]] = {
    _OWN: STANDARD,
    "QualCoder": STANDARD,
    "NVivo": Counting(Unit.UTF_16),
}

#: Rows that a remark names.
_NAMED: Final = 20

#: Code points in all selections of a project together: each is kept, however they overlap.
_SELECTED: Final = 2**28


class _Selection(msgspec.Struct, frozen=True, kw_only=True):
    """A selection of a source, or one passage of a quote of ours.

    Attributes:
        row: Its number, from 1, sources and selections being counted together.
        key: What joins the passages of one quote.
        mark: Its place, as the program counts.
        quote: The quote, without passages.
        others: Further speakers and addressees.
    """

    row: int
    key: str
    mark: Mark
    quote: Quote
    others: tuple[str, ...] = ()


class _Source(msgspec.Struct, frozen=True, kw_only=True):
    """A source that has a text.

    Attributes:
        row: Its document.
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

    def places(self, verdict: Judgement) -> Iterator[tuple[int, Placement]]:
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
    with opened(content) as container:
        yield from _Project(container).rows()


class _Project:
    """A project that is being read."""

    def __init__(self, container: Container) -> None:
        self._text = container.text_of
        self._root = container.root
        self._is_own = self._root.get("origin") == _OWN
        self._codes = dict(_codes(self._root.find(f"{QDE}CodeBook/{QDE}Codes")))
        self._notes = {str(note.get("guid")): self._note(note) for note in self._root.iter(f"{QDE}Note")}
        self._fields = self._noted_fields() if self._is_own else {}
        points = self._root.iter(f"{QDE}SyncPoint")
        self._positions = {str(point.get("guid")): point.get("position") or "" for point in points}
        self._row = 0

    def _noted_fields(self) -> dict[str, dict[str, str]]:
        """Take the notes that hold fields of quotes from among the notes."""
        notes = self._root.iter(f"{QDE}Note")
        guids = [str(note.get("guid")) for note in notes if str(note.get("name")).startswith(_FIELDS_OF)]
        return {guid: dict(_STATED.findall(self._notes.pop(guid))) for guid in guids if guid in self._notes}

    def rows(self) -> Iterator[Row]:
        found = list(self._sources())
        texts = [each for each in found if isinstance(each, _Source)]
        if sum(each.selected for each in texts) > _SELECTED:
            raise UnusableFileError(found=f"its selections hold more than {_SELECTED:,} characters")
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
        sources = self._root.find(f"{QDE}Sources")
        for source in sources if sources is not None else ():
            text = source if source.tag == f"{QDE}TextSource" else _text_of(source)
            if text is not None:
                yield self._source(text, source.get("name"))
            if text is not source and not (self._is_own and text is not None):
                yield from self._passed(source)

    def _passed(self, source: etree._Element) -> Iterator[PassedRow]:
        """Count what is no text, and what is selected of it."""
        self._row += 1
        yield PassedRow(row=self._row, reason="sources that are not text")
        for child in source:
            if str(child.tag).endswith("Selection"):
                self._row += 1
                yield PassedRow(row=self._row, reason="selections of something other than text")

    def _source(self, source: etree._Element, name: str | None) -> _Source | RefusedRow:
        self._row += 1
        row = self._row
        selections = [*source.findall(f"{QDE}PlainTextSelection"), *source.findall(f"{QDE}TranscriptSelection")]
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

    def _document(self, source: etree._Element, name: str | None, text: str) -> Description:
        stated = source.findtext(f"{QDE}Description") or ""
        known = dict(_STATED.findall(stated)) if self._is_own else {}
        slug = {"slug": known["slug"]} if "slug" in known else {}
        segments = sorted(_times(source, len(text)), key=attrgetter("start")) if self._is_own else ()
        base = {
            "slug": "",
            "title": name or "Untitled",
            "text": text,
            "added": instant(source.get("creationDateTime") or ""),
        }
        document = msgspec.convert({**base, **slug, **field_values(Document, known)}, Document)
        return msgspec.structs.replace(document, segments=tuple(segments))

    def _selection(self, element: etree._Element) -> _Selection:
        places = [element.get(name) or "" for name in ("startPosition", "endPosition")]
        if element.tag == f"{QDE}TranscriptSelection":
            places = [self._positions.get(str(element.get(name)), "") for name in ("fromSyncPoint", "toSyncPoint")]
        if not all(_POSITION.fullmatch(place) for place in places):
            raise MalformedRowError(found=f"its place is {' to '.join(place[:20] for place in places)}")
        start, end = map(int, places)
        stated = (element.findtext(f"{QDE}Description") or "", element.get("name") or "")
        own = _SELECTION.fullmatch(element.get("name") or "") if self._is_own else None
        return _Selection(
            row=self._row,
            key=f"Quote {own[1]}" if own else f"row {self._row}",
            mark=Mark(start, end, stated),
            quote=self._said(element, int(own[1]) if own else 0),
            others=tuple(name for names in self._people(element).values() for name in names[1:]),
        )

    def _paths(self, element: etree._Element) -> list[tuple[str, ...]]:
        return [self._codes.get(str(each.get("targetGUID")), ()) for each in element.iter(f"{QDE}CodeRef")]

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
        refs = [str(each.get("targetGUID")) for each in element.findall(f"{QDE}NoteRef")]
        notes = [self._notes[ref] for ref in refs if self._notes.get(ref)]
        stated = {name: words for ref in refs for name, words in self._fields.get(ref, {}).items()}
        outer = stated.get("within", "")
        values = {
            **people,
            **field_values(Quote, stated),
            "id": number,
            "document": 0,
            "passages": (),
            "topics": tuple(topic for topic in topics if topic.strip("/ ")),
            "note": "\n\n".join(notes) or None,
            "created": instant(element.get("creationDateTime") or ""),
            "modified": instant(element.get("modifiedDateTime") or ""),
            "within": int(outer) if _POSITION.fullmatch(outer) else None,
        }
        return msgspec.convert(values, Quote)

    def _note(self, note: etree._Element) -> str:
        try:
            return self._text(note).strip()
        except MalformedRowError:
            return ""


def _with_loss(error: MalformedRowError, selections: int) -> MalformedRowError:
    """Add how many selections a source that can't be used takes along."""
    lost = f" Its selections can't be used either: {selections:,}."
    return MalformedRowError(f"{error.found}.{lost}".removesuffix(".")) if selections else error


def _text_of(source: etree._Element) -> etree._Element | None:
    """Return the text of a source that is none itself: that of a PDF, or the transcript of a recording."""
    text = source.find(f"{QDE}Representation")
    return text if text is not None else source.find(f"{QDE}Transcript")


def _times(transcript: etree._Element, length: int) -> Iterator[Segment]:
    """Yield the times of a transcript of our own, whose positions count code points of the text."""
    for point in transcript.findall(f"{QDE}SyncPoint"):
        position, time = point.get("position") or "", point.get("timeStamp") or ""
        if _POSITION.fullmatch(position) and _POSITION.fullmatch(time) and int(position) <= length:
            yield Segment(int(position), "time", clock(int(time)), int(time))


def _quoted(source: _Source, places: Mapping[int, Placement]) -> Iterator[QuoteRow | RefusedRow]:
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
    """Put the comments on a selection into its note; some programs have the selected words there."""
    stated = [(selection.mark.stated[0].strip(), passage) for selection, passage in passages]
    comments = [words for words, passage in stated if words and folded(words) not in folded(passage.exact)]
    notes = filter(None, (row.quote.note, *dict.fromkeys(comments)))
    return msgspec.structs.replace(row, quote=msgspec.structs.replace(row.quote, note="\n\n".join(notes) or None))


def _misplaced(selection: _Selection, settled: Placement) -> RefusedRow:
    place = f"its place {selection.mark.start} to {selection.mark.end}"
    reason = "is not in the text"
    if settled.is_doubtful:
        reason = "has other words in each way to count, and none fits the file"
    return RefusedRow(row=selection.row, error=MalformedRowError(f"{place} {reason}"))


def _counted(places: Mapping[int, Placement], verdict: Judgement) -> Iterator[str]:
    """Yield how places were counted, where it makes a difference and is not as the standard says."""
    others = sum(place.span is not None and not place.is_usual for place in places.values())
    doubtful = [str(row) for row, place in places.items() if place.span and place.is_doubtful]
    if others:
        selections = f"{others:,} selection{'' if others == 1 else 's'}"
        counted = f"counted in {verdict.counting}, not in {STANDARD} as the standard says"
        yield f"The positions of {selections} were {counted}."
    if doubtful:
        rows = f"{', '.join(doubtful[:_NAMED])}{' and others' if len(doubtful) > _NAMED else ''}"
        yield f"Positions can be counted in several ways, and it is unclear which is right. Check rows {rows}."


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
        for code in parent.findall(f"{QDE}Code"):
            path = (*above, (code.get("name") or "").replace("/", "∕"))
            yield str(code.get("guid")), path
            waiting.append((code, path))
