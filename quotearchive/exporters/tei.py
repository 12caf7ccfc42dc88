"""Documents with their whole text as TEI P5, quotes marked in it as `said` and `quote`.

Quotes that overlap are cut so that they nest. The stretches of a quote, like its passages, are linked by
`next` and `prev`. The words of a document's body, taken together, are its text.
See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/CO.html#COHQQ.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, Final

from lxml import etree

from quotearchive.exporters.interface import Options
from quotearchive.exporters.markup import MarkedSpan, legal, marked_spans, pieces
from quotearchive.exporters.tei_header import (
    ID,
    NAMESPACE,
    E,
    date,
    field_notes,
    header,
    identified,
    language,
    named,
    people,
    serialised,
)
from quotearchive.model import Document, Quote, Selection

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
    for words, step, span in pieces(document.text, found):
        _append(above[-1], legal(words))
        if step > 0:
            element = _element(span, names, persons, subjects) if span else E.p()
            above[-1].append(element)
            above.append(element)
        elif step < 0:
            above.pop()
    if not len(body):
        body.append(E.p())
    return body


def _append(element: etree._Element, words: str) -> None:
    """Add words to the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


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


def _corpus_header(options: Options) -> etree._Element:
    made = [E.date(when=options.made)] if options.made else []
    return E.teiHeader(
        E.fileDesc(
            E.titleStmt(named("title", options.title)),
            E.publicationStmt(E.p("Exported from an archive of quotations. ", *made)),
            E.sourceDesc(E.p("Each text has its own.")),
        )
    )
