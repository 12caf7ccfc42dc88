"""What the formats for readers say of a quote: who passes it on, where it stands, what stands around it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from quotearchive.model import Description, Document, Quote, Selection, relay
from quotearchive.text import paragraphs


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a passage stands, so that a reader can find it again.

    Attributes:
        paragraph: The number of the paragraph that it begins in, from 1.
        start: Offset of its first code point.
        end: Offset behind its last code point.
    """

    paragraph: int
    start: int
    end: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A quote with all that is said of it, free of its document's text.

    Attributes:
        quote: The quote.
        document: What is known of its document.
        relay: Who said it, then who passes it on, outward; empty if nobody is known.
        places: One for each passage; none for a quote whose words the document no longer has.
        before: The words before its first passage, as many as were asked for; may be empty.
        after: The words behind its last passage.
    """

    quote: Quote
    document: Description
    relay: tuple[str | None, ...]
    places: tuple[Place, ...]
    before: str
    after: str


def entries(selection: Selection, context: int = 0) -> Iterator[Entry]:
    """Make an entry of each chosen quote of a document, in reading order.

    Args:
        selection: The document and its quotes.
        context: How many words to keep on each side.
    """
    others = {quote.id: quote for quote in (*selection.enclosing, *selection.quotes)}
    description = describe(selection.document)
    text = selection.document.text
    starts = [start for start, _ in paragraphs(text)]
    for quote in selection.quotes:
        words = 0 if quote.missing else context
        yield Entry(
            quote=quote,
            document=description,
            relay=relay(quote, others),
            places=() if quote.missing else _places(quote, starts),
            before=words_before(text, quote.passages[0].start, words) if words else "",
            after=words_after(text, quote.passages[-1].end, words) if words else "",
        )


def describe(document: Document) -> Description:
    """Keep what is known of a document and let go of its text."""
    fields = Description.__struct_fields__
    return Description(**{field: getattr(document, field) for field in fields})


def nested(group: Sequence[Entry]) -> Iterator[tuple[int, Entry]]:
    """Put each entry behind the one that its quote is said in, where that is among them.

    Args:
        group: Entries in the order in which they shall stand.

    Yields:
        The entry and how deep it lies: 0, or 1 for a quote within a quote, and so on. Each entry comes
        once, even where quotes are said in each other by mistake.
    """
    if all(entry.quote.within is None for entry in group):
        yield from ((0, entry) for entry in group)
        return
    numbers = {entry.quote.id for entry in group}
    inner: dict[int, list[Entry]] = {}
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


def words_before(text: str, offset: int, count: int) -> str:
    """Take the words that stand before an offset, with `…` where more precede them.

    >>> words_before("Let it be known to all", 10, 2)
    '… it be'

    Args:
        text: The text.
        offset: In code points.
        count: How many words to take at most; at least 1.
    """
    words = text[:offset].rsplit(maxsplit=count)
    kept = words[-count:]
    return " ".join(["…", *kept] if len(words) > count else kept)


def words_after(text: str, offset: int, count: int) -> str:
    """Take the words that stand behind an offset, with `…` where more follow them.

    >>> words_after("Let it be known to all", 3, 2)
    'it be …'

    Args:
        text: The text.
        offset: In code points.
        count: How many words to take at most; at least 1.
    """
    words = text[offset:].split(maxsplit=count)
    kept = words[:count]
    return " ".join([*kept, "…"] if len(words) > count else kept)


def attribution(names: Sequence[str | None]) -> str:
    """Say who said a quote and who passes it on.

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


def whereabouts(places: Iterable[Place]) -> str:
    """Say where the passages of a quote stand, or that the document no longer has them.

    >>> whereabouts([Place(paragraph=8, start=120, end=180), Place(paragraph=8, start=200, end=210)])
    'paragraph 8, characters 120–180 and 200–210'
    """
    spans: dict[int, list[str]] = {}
    for place in places:
        spans.setdefault(place.paragraph, []).append(f"{place.start}–{place.end}")
    found = "; ".join(f"paragraph {paragraph}, characters {' and '.join(each)}" for paragraph, each in spans.items())
    return found or "no longer in the document"


def remark(entry: Entry) -> str:
    """Put a quote and all that is said of it into one paragraph, for formats that have notes alone."""
    quote = entry.quote
    facts = (
        attribution(entry.relay),
        quote.to and f"to {quote.to}",
        quote.said and f"said {quote.said}",
        whereabouts(entry.places),
        ", ".join(quote.topics),
        f"quote {quote.id}",
    )
    said = f"“{quote.text}” ({'; '.join(fact for fact in facts if fact)})"
    return f"{said} {quote.note}" if quote.note else said


def _places(quote: Quote, starts: Sequence[int]) -> tuple[Place, ...]:
    return tuple(
        Place(
            paragraph=max(1, bisect_right(starts, passage.start)),
            start=passage.start,
            end=passage.end,
        )
        for passage in quote.passages
    )
