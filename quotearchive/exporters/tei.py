"""Documents with their whole text as TEI P5, quotes marked in it as `said` and `quote`.

Quotes that overlap are cut so that they nest. The stretches of a quote, like its passages, are linked by
`next` and `prev`. The words of a document's body, taken together, are its text. Pages begin at `pb`, other parts at
`milestone`, with the Message-ID of an e-mail as its address (RFC 2392), times at `anchor`, and what one speaker says
in a row is `u`.
See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/CO.html#COHQQ.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, Final
from urllib.parse import quote as percent_encoded

from lxml import etree

from quotearchive.anchoring.places import Places
from quotearchive.exporters.context import QuoteInContext, in_context
from quotearchive.exporters.interface import Options
from quotearchive.exporters.markup import MarkedSpan, Milestones, legal, marked_spans, pieces
from quotearchive.exporters.tei_header import (
    ID,
    NAMESPACE,
    E,
    address,
    date,
    field_notes,
    header,
    identified,
    language,
    named,
    people,
    serialised,
)
from quotearchive.model import Document, Quote, Segment, Selection

_PDF: Final = "application/pdf"

_TEI: Final = "application/tei+xml"

#: The fields of a quote that are attributes of its elements, or notes of a form of their own.
_PLACED: Final = frozenset({"speaker", "topics", "said", "note"})


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield one `TEI` for one document, a `teiCorpus` for more."""
    rest = iter(selections)
    first = list(islice(rest, 2))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    if len(first) == 1:
        yield serialised(_document(first[0]))
        return
    yield f'<teiCorpus xmlns="{NAMESPACE}">\n{serialised(_corpus_header(options))}'
    for selection in chain(first, rest):
        yield serialised(_document(selection))
    yield "</teiCorpus>\n"


def _document(selection: Selection) -> etree._Element:
    document = selection.document
    persons = people(document, selection.quotes)
    topics = (topic for quote in selection.quotes for topic in quote.topics)
    subjects = identified(f"document-{document.id}-topic", topics)
    body = _body(document, marked_spans(document, selection.quotes), persons, subjects)
    back = _notes(selection.quotes)
    back.extend(_ranges(in_context(selection)) if document.segments else ())
    return E.TEI(
        header(document, persons, subjects),
        E.text(body, *([E.back(back)] if len(back) else []), language(document)),
        {ID: f"document-{document.id}"},
    )


def _body(
    document: Document, found: list[MarkedSpan], persons: Mapping[str, str], subjects: Mapping[str, str]
) -> etree._Element:
    """Set the text in paragraphs, with all that is between them."""
    body = E.body()
    above = [body]
    names = {(span.quote.id, span.number): span.name for span in found}
    parts = _Parts(document, persons)
    if parts.times:
        body.append(parts.timeline())
    has_paragraph = False
    for words, step, span in pieces(document.text, found):
        for each in parts.cut(legal(words)):
            if isinstance(each, str):
                _append(above[-1], each)
            elif (sign := parts.sign(each)) is not None:
                above[-1].append(sign)
        if step > 0:
            element = _element(span, names, persons, subjects) if span else parts.paragraph()
            has_paragraph = True
            above[-1].append(element)
            above.append(element if span or not len(element) else element[0])
        elif step < 0:
            above.pop()
    if not has_paragraph:
        body.append(E.p())
    return body


class _Parts(Milestones):
    """The segments of a document as elements, dealt out while its text is gone through.

    Args:
        document: The document.
        persons: The `xml:id` of each person by name.
    """

    def __init__(self, document: Document, persons: Mapping[str, str]) -> None:
        super().__init__(each for each in document.segments if each.kind != "turn")
        self._persons = persons
        self._places = Places.of(document)
        self._original = document.original
        self.times = {
            each: f"document-{document.id}-time-{number}"
            for number, each in enumerate((each for each in document.segments if each.kind == "time"), 1)
        }

    def timeline(self) -> etree._Element:
        """List all times, to which what is said then points."""
        return E.timeline(*(named("when", "", **{ID: name, "n": each.label}) for each, name in self.times.items()))

    def sign(self, segment: Segment) -> etree._Element | None:
        """Return the element that stands where a segment begins."""
        if segment.kind == "page":
            facs = self._facsimile(segment)
            return named("pb", "", n=segment.label, **({"facs": address(facs)} if facs else {}))
        if segment.kind == "time":
            return named("anchor", "", n=segment.label, synch=f"#{self.times[segment]}")
        key = str(segment.ref or "").strip("<>") if segment.kind == "message" else ""
        found = {"corresp": f"mid:{percent_encoded(key, safe='@!$&*+=._-')}"} if key else {}
        return named("milestone", "", unit=segment.kind, n=segment.label, **found)

    def _facsimile(self, segment: Segment) -> str:
        """Return where the picture of a page is: in a PDF, in a picture, or where an edition says it is."""
        original = self._original
        if original is None:
            return ""
        if original.media_type == _PDF:
            return f"{original.name}#page={segment.ref}" if isinstance(segment.ref, int) else original.name
        if original.media_type.startswith("image/"):
            return original.name
        is_edition = original.media_type == _TEI and isinstance(segment.ref, str)
        return str(segment.ref) if is_edition else ""

    def paragraph(self) -> etree._Element:
        """Return the element of the paragraph that begins here: an utterance where it is known who speaks.

        An utterance holds a segment, since that may hold quotes.
        """
        start = self.position
        turn = self._places.place("turn", start, start + 1)
        if turn is None or turn.first.start > start:
            return E.p()
        time = self._places.place("time", start, start + 1)
        begins = {"start": self._pointer(time.first), "end": self._pointer(time.end)} if time else {}
        who = {"who": f"#{self._persons[turn.first.label]}"}
        return E.u(E.seg(), {name: value for name, value in {**who, **begins}.items() if value})

    def _pointer(self, time: Segment | None) -> str:
        return f"#{self.times[time]}" if time in self.times else ""


def _append(element: etree._Element, words: str) -> None:
    """Add words to the end of an element; its children are not counted, which takes as long as there are many."""
    last = next(element.iterchildren(reversed=True), None)
    if last is None:
        element.text = (element.text or "") + words
    else:
        last.tail = (last.tail or "") + words


def _element(
    span: MarkedSpan,
    names: Mapping[tuple[int, int], str],
    persons: Mapping[str, str],
    subjects: Mapping[str, str],
) -> etree._Element:
    quote = span.quote
    attributes = {
        ID: span.name,
        "n": str(quote.id),
        "who": _pointer(persons, quote.speaker),
        "toWhom": _pointer(persons, quote.to) if quote.speaker else "",
        "corresp": " ".join(f"#{subjects[topic]}" for topic in quote.topics),
        "prev": _pointer(names, (quote.id, span.number - 1)),
        "next": _pointer(names, (quote.id, span.number + 1)),
    }
    known = {name: value for name, value in attributes.items() if value}
    return E.said(known) if quote.speaker else E.quote(known)


def _pointer(names: Mapping[Any, str], key: object) -> str:
    return f"#{names[key]}" if key in names else ""


def _notes(quotes: Iterable[Quote]) -> etree._Element:
    """Gather the fields of quotes that have no place in the text, as notes."""
    notes = E.div(type="notes")
    for quote in quotes:
        target = f"#quote-{quote.id}"
        if quote.said:
            dates = date(quote.said)
            words = "" if dates else quote.said
            note = named("note", words, target=target, type="said")
            note.extend(dates)
            notes.append(note)
        if quote.note:
            notes.append(named("note", quote.note, target=target, type="comment"))
        placed = _PLACED | ({"to"} if quote.speaker else set())
        notes.extend(field_notes(quote, placed, target=target))
    return notes


def _ranges(entries: Iterable[QuoteInContext]) -> Iterator[etree._Element]:
    """Yield the place of each quote as a person cites it."""
    for entry in entries:
        ranges = [
            named(
                "citedRange",
                str(part),
                unit=part.kind,
                **{"from": part.labels[0][0], "to": part.labels[-1][1]},
            )
            for part in entry.cited
        ]
        if ranges:
            yield E.note(E.bibl(*ranges), target=f"#quote-{entry.quote.id}", type="locator")


def _corpus_header(options: Options) -> etree._Element:
    made = [E.date(when=options.made)] if options.made else []
    return E.teiHeader(
        E.fileDesc(
            E.titleStmt(named("title", options.title)),
            E.publicationStmt(E.p("Exported from an archive of quotations. ", *made)),
            E.sourceDesc(E.p("Each text has its own.")),
        )
    )
