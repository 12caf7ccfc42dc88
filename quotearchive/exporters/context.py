"""Quotes as formats show them: who passes them on, where they are, what is around them, and their other fields."""

from collections.abc import Container, Iterator, Sequence
from operator import attrgetter
from typing import Any, Final

import msgspec

from quotearchive.anchoring.places import Citation, Places, without_day
from quotearchive.fields import FIELDS, Field, Kind
from quotearchive.model import Description, Document, Quote, Selection, relay
from quotearchive.text import join_names

#: What takes the values of all fields out of a record.
_VALUES: Final = {kind: attrgetter(*(field.name for field in fields)) for kind, fields in FIELDS.items()}

#: How a field of a quote reads in a line of facts, where that is not its label and its value.
_PHRASES: Final = {"to": "to {}", "said": "said {}", "within": "within quote {}"}

#: The fields of a quote that have places of their own wherever facts are listed.
APART: Final = frozenset({"speaker", "topics", "note"})

#: The fields of a document that its citation has.
CITED: Final = frozenset({"kind", "title", "authors", "recipients", "date", "place", "publisher", "url"})

#: The fields of a document for which reference managers have fields of their own.
BIBLIOGRAPHIC: Final = CITED | {"language"}


class QuoteInContext(msgspec.Struct, frozen=True, kw_only=True):
    """A quote with its surroundings, free of its document's text.

    Attributes:
        quote: The quote.
        document: What is known of its document.
        relay: Who said it, then who passes it on, outward; empty if nobody is known.
        paragraphs: The number of the paragraph that each passage begins in, from 1; none for a quote whose words the
            document no longer has.
        locators: Where each passage is, as a person cites it; none for such a quote either.
        locator: Where all of them are; empty for such a quote.
        beside: The same as it stands in a citation of the document, which has the day of a message.
        message_ids: The Message-ID of each message that it is in, where that is known.
        cited: The parts of that; a citation processor takes one of them.
        before: The words before its first passage, as many as were asked for; may be empty.
        after: The words behind its last passage.
    """

    quote: Quote
    document: Description
    relay: tuple[str | None, ...]
    paragraphs: tuple[int, ...]
    locators: tuple[str, ...] = ()
    locator: str = ""
    beside: str = ""
    message_ids: tuple[str, ...] = ()
    cited: tuple[Citation, ...] = ()
    before: str = ""
    after: str = ""


def in_context(selection: Selection, context: int = 0) -> Iterator[QuoteInContext]:
    """Yield each chosen quote of a document in its context, in reading order.

    Args:
        selection: The document and its quotes.
        context: How many words to keep on each side.
    """
    others = {quote.id: quote for quote in (*selection.enclosing, *selection.quotes)}
    description = describe(selection.document)
    text = selection.document.text
    places = Places.of(selection.document)
    for quote in selection.quotes:
        is_shown = context and not quote.missing
        placed = () if quote.missing else quote.passages
        before, after = _surroundings(text, quote, context) if is_shown else ("", "")
        locator = places.locator(placed)
        yield QuoteInContext(
            quote=quote,
            document=description,
            relay=relay(quote, others),
            paragraphs=tuple(places.paragraph(each.start) for each in placed),
            locators=tuple(places.locator([each]) for each in placed),
            locator=locator,
            beside=without_day(locator, description.date),
            message_ids=places.message_ids(placed),
            cited=places.cited(placed),
            before=before,
            after=after,
        )


def topics(selection: Selection) -> list[str]:
    """Return the topics of the chosen quotes of a document, sorted, each once."""
    return sorted({topic for quote in selection.quotes for topic in quote.topics})


def describe(document: Document) -> Description:
    """Return a document without its text and without the segments of that."""
    fields = [field for field in Description.__struct_fields__ if field != "segments"]
    return Description(**{field: getattr(document, field) for field in fields})


def nested(group: Sequence[QuoteInContext]) -> Iterator[tuple[int, QuoteInContext]]:
    """Yield each quote behind the one that it is said in, where that is among them.

    Args:
        group: Quotes in the order in which they are to be shown.

    Yields:
        How deep the quote lies, and the quote: 0, or 1 for a quote within a quote, and so on. Each comes
        once, even where quotes are said in each other by mistake.
    """
    if all(entry.quote.within is None for entry in group):
        yield from ((0, entry) for entry in group)
        return
    numbers = {entry.quote.id for entry in group}
    inner: dict[int, list[QuoteInContext]] = {}
    for entry in group:
        if entry.quote.within in numbers and entry.quote.within is not None:
            inner.setdefault(entry.quote.within, []).append(entry)
    waiting = [(0, entry) for entry in reversed(group) if entry.quote.within not in numbers]
    seen: set[int] = set()
    while waiting:
        depth, entry = waiting.pop()
        seen.add(entry.quote.id)
        yield depth, entry
        waiting.extend((depth + 1, child) for child in reversed(inner.get(entry.quote.id, [])))
    yield from ((0, entry) for entry in group if entry.quote.id not in seen)


def _surroundings(text: str, quote: Quote, count: int) -> tuple[str, str]:
    """Return the words before and behind a quote, with `…` where more follow on that side."""
    before = text[: quote.passages[0].start].rsplit(maxsplit=count)
    after = text[quote.passages[-1].end :].split(maxsplit=count)
    left, right = (["…"] if len(words) > count else [] for words in (before, after))
    return " ".join([*left, *before[-count:]]), " ".join([*after[:count], *right])


def attribution(names: Sequence[str | None]) -> str:
    """Return who said a quote and who passes it on, as a phrase.

    >>> attribution(["Ruhollah Khomeini", "Hashem Khastar"])
    'Ruhollah Khomeini, quoted by Hashem Khastar'
    >>> attribution([])
    'Speaker not known'

    Args:
        names: A relay: the speaker, then outward.
    """
    first, *rest = names or (None,)
    passed_on = [f", quoted by {name or 'someone not known'}" for name in rest]
    return (first or "Speaker not known") + "".join(passed_on)


def whereabouts(entry: QuoteInContext) -> str:
    """Return where a quote is, such as `p. 12, characters 120–180 and 200–210`, or that it is nowhere."""
    spans: dict[str, list[str]] = {}
    for locator, passage in zip(entry.locators, entry.quote.passages, strict=False):
        spans.setdefault(locator, []).append(f"{passage.start}–{passage.end}")
    found = "; ".join(f"{locator}, characters {' and '.join(each)}" for locator, each in spans.items())
    return found or "no longer in the document"


def retrieved(document: Description) -> str:
    """Return the day on which a document was retrieved from its address; empty where that is not known."""
    moment = document.original.retrieved if document.original and document.url else None
    return (moment or "").partition("T")[0]


def marked(document: Description) -> tuple[str, ...]:
    """Return the mark of a document whose text was recognised in a picture; nothing for others."""
    return ("recognised text, not verbatim",) if document.is_recognised else ()


def cell(value: str | int | tuple[str | int, ...] | None) -> str:
    """Return the value of a field as a program reads it back, several joined by `; `.

    >>> cell(("Ann Lee", "Omid Rad")), cell(12), cell(None)
    ('Ann Lee; Omid Rad', '12', '')
    """
    return join_names([str(each) for each in value]) if isinstance(value, tuple) else str(value or "")


def known(record: Quote | Description, besides: Container[str] = ()) -> Iterator[tuple[Field, Any]]:
    """Yield each field that is known with its value, in the order of the table of fields.

    Args:
        record: The quote or the document.
        besides: The names of the fields that are wanted elsewhere.
    """
    kind = Quote if isinstance(record, Quote) else Document
    for field, value in zip(FIELDS[kind], _VALUES[kind](record), strict=True):
        if value and field.name not in besides:
            yield field, value


def facts(record: Quote | Description, besides: Container[str] = ()) -> Iterator[str]:
    """Yield each field that is known as a phrase for readers, in the order of the table of fields.

    >>> list(facts(Quote(document=1, passages=(), speaker="Ann Lee", role="teacher", within=3), {"speaker"}))
    ['role: teacher', 'within quote 3']
    >>> list(facts(Description(slug="a", title="A", encloses=(2, 3)), {"kind", "title"}))
    ['Enclosed: document 2; document 3']

    Args:
        record: The quote or the document.
        besides: The names of the fields that are shown elsewhere.
    """
    for field, value in known(record, besides):
        if field.name == "mention" and isinstance(record, Quote) and value == record.speaker:
            continue
        label = field.label.lower() if isinstance(record, Quote) else field.label
        yield _PHRASES.get(field.name, f"{label}: {{}}").format(_words(field, value))


def _words(field: Field, value: str | int | tuple[str | int, ...]) -> str:
    if field.kind not in {Kind.DOCUMENT, Kind.DOCUMENTS}:
        return cell(value)
    return cell(tuple(f"document {number}" for number in (value if isinstance(value, tuple) else (value,))))


def about(entry: QuoteInContext, *origin: str) -> list[str]:
    """List what is known of a quote besides its speaker and its note, as phrases.

    Args:
        entry: The quote.
        origin: What is said of its document, if anything.
    """
    quote = entry.quote
    found = (*facts(quote, APART), *origin, whereabouts(entry), *marked(entry.document), ", ".join(quote.topics))
    return [fact for fact in found if fact]


def remark(entry: QuoteInContext) -> str:
    """Put a quote and its fields into one paragraph, for formats that have nothing but notes."""
    quote = entry.quote
    said = f"“{quote.text}” ({'; '.join((attribution(entry.relay), *about(entry), f'quote {quote.id}'))})"
    return f"{said} {quote.note}" if quote.note else said
