"""Search, list and show what the archive holds."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import QuoteNotFoundError, UnreadableReferenceError
from quotearchive.archive.references import LAST, document_number, numbers_among
from quotearchive.model import Document, Quote, Selection, Speaker, in_reading_order, relay
from quotearchive.names import key
from quotearchive.names.people import SpeakerSummary
from quotearchive.names.topics import TopicSummary, tidy, topic_key, upward
from quotearchive.query import And, Query, condition, conditions_of, sought
from quotearchive.search import (
    DocumentHits,
    Facet,
    Hits,
    Listing,
    Order,
)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its quotes, or one of them, as it is shown.

    Attributes:
        document: The document.
        quotes: All its quotes, in reading order.
    """

    document: Document
    quotes: tuple[Quote, ...]

    def relay(self, quote: Quote) -> tuple[str | None, ...]:
        """Name who said a quote, then who passes it on."""
        return relay(quote, {each.id: each for each in self.quotes})

    def inner(self, quote: Quote) -> tuple[Quote, ...]:
        """Return the quotes that are said in a quote."""
        return tuple(each for each in self.quotes if each.within == quote.id)


def search(archive: Archive, query: Query, order: Order) -> Hits:
    """Find the quotes that a query asks for.

    Raises:
        ArchiveError: The archive can't be read.
    """
    return archive.index.search(query, order)


def search_documents(archive: Archive, query: Query, order: Order) -> DocumentHits:
    """Find the documents that a query asks for, by their texts and by what is known of them."""
    return archive.index.search_documents(query, order)


def count(archive: Archive, query: Query, facet: Facet) -> list[tuple[str | None, int]]:
    """Count the quotes that a query finds by a facet, the most frequent first; None for what is not known."""
    return archive.index.count(query, facet)


def list_documents(archive: Archive, order: Order) -> Listing:
    """List documents, each with the number of its quotes."""
    return archive.index.documents(order=order)


def list_speakers(archive: Archive, words: str = "") -> list[SpeakerSummary]:
    """Return the speakers, those with most quotes first.

    Args:
        archive: The archive.
        words: Parts of a name or an alias that all must be there, folded; empty for all speakers.

    Raises:
        ArchiveError: The archive can't be read.
    """
    wanted = key(words).split()
    speakers = archive.index.speakers()
    return [each for each in speakers if not wanted or _is_called(each.speaker, wanted)]


def _is_called(speaker: Speaker, wanted: Iterable[str]) -> bool:
    return any(all(word in key(name) for word in wanted) for name in speaker.names)


def list_topics(archive: Archive, words: str = "") -> list[TopicSummary]:
    """Return the topics, or those whose path holds some words, with all that they lie under.

    Raises:
        ArchiveError: The archive can't be read.
    """
    branches = archive.index.topics()
    wanted = topic_key(tidy(words))
    kept = {above for each in branches if wanted in topic_key(each.path) for above in upward(each.path)}
    return [each for each in branches if each.path in kept]


def show_document(archive: Archive, reference: str) -> Page:
    """Return a document with its quotes.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
    """
    return _page(archive, document_number(archive.index.slugs(), reference))


def show_quote(archive: Archive, reference: str) -> tuple[Quote, Page]:
    """Return a quote, and its document with all quotes of it.

    Raises:
        QuoteNotFoundError: There is no such quote.
    """
    if not (reference.isdecimal() or reference == LAST):
        raise UnreadableReferenceError(reference)
    (number,) = numbers_among(archive.index.numbers(_named(reference)), [reference])
    found = archive.index.find_quote(number)
    if found is None:
        raise QuoteNotFoundError(number)
    return found.quote, _page(archive, found.quote.document)


def _named(reference: str) -> Query:
    """Ask for the quote of a number; for the last one, all must be known."""
    return condition("id", reference) or And()


def _page(archive: Archive, number: int) -> Page:
    return Page(document=archive.index.document(number), quotes=tuple(archive.index.quotes_of(number)))


def selections(archive: Archive, query: Query, *, with_unquoted: bool = False) -> Iterator[Selection]:
    """Return the documents that a query finds quotes of, with those quotes, as exports take them.

    Args:
        archive: The archive.
        query: Which quotes.
        with_unquoted: Whether a query that asks for nothing also gives the documents without quotes.

    Raises:
        ArchiveError: The archive can't be read.
    """
    snapshot = archive.read()
    by_document: dict[int, list[Quote]] = {}
    for quote in snapshot.quotes():
        by_document.setdefault(quote.document, []).append(quote)
    chosen = _chosen(archive, query, by_document)
    whole = with_unquoted and not conditions_of(query)
    return _held(snapshot.documents(), by_document, chosen, whole=whole)


def _held(
    documents: Iterable[Document], by_document: dict[int, list[Quote]], chosen: AbstractSet[int], *, whole: bool
) -> Iterator[Selection]:
    for document in documents:
        quotes = by_document.pop(document.id, [])
        if whole or not chosen.isdisjoint(quote.id for quote in quotes):
            yield _selection(document, quotes, chosen)


def _chosen(archive: Archive, query: Query, by_document: Mapping[int, Iterable[Quote]]) -> set[int]:
    """Return the numbers of the quotes that a query finds; one that asks for nothing needs no index."""
    if conditions_of(query):
        return set(archive.index.numbers(query))
    return {quote.id for quotes in by_document.values() for quote in quotes}


def _selection(document: Document, quotes: Iterable[Quote], chosen: AbstractSet[int]) -> Selection:
    ordered = {quote.id: quote for quote in in_reading_order(quotes)}
    own = chosen & ordered.keys()
    around = set(_enclosing((ordered[number] for number in own), ordered)) - own
    return Selection(
        document=document,
        quotes=tuple(quote for quote in ordered.values() if quote.id in own),
        enclosing=tuple(quote for quote in ordered.values() if quote.id in around),
    )


def _enclosing(chosen: Iterable[Quote], quotes: dict[int, Quote]) -> Iterator[int]:
    seen: set[int] = set()
    for quote in chosen:
        outer = quote.within
        while outer in quotes and outer not in seen:
            seen.add(outer)
            yield outer
            outer = quotes[outer].within


#: Code points of a query that is repeated; of a longer one, its beginning is enough to know it by.
_LONGEST_TOLD: Final = 500


def explain_nothing(archive: Archive, query: Query) -> Iterator[str]:
    """Say that nothing was found, what could be meant, and which condition kept it from being found."""
    if not archive.index.numbers(And()):
        yield "The archive has no quotes yet. Tag one with: quotearchive quote DOC PASSAGE --speaker NAME"
        return
    typed = str(query)
    yield f"Nothing was found for {typed if len(typed) <= _LONGEST_TOLD else f'{typed[:_LONGEST_TOLD]} …'}."
    advice = archive.index.advise(query)
    for word, near in advice.words.items():
        yield f"No quote has {word}. The archive has: {', '.join(near)}."
    for name, near in advice.speakers.items():
        yield f"No speaker is called {name}. There is: {', '.join(near)}."
    for obstacle in advice.obstacles:
        yield f"Without {obstacle.condition} there {_are(obstacle.without, 'quote')}."
    if len(typed) <= _LONGEST_TOLD and sought(query) and (documents := archive.index.number_of_documents(query)):
        asked = shlex.quote(typed)
        yield f"There {_are(documents, 'document')} that it fits: quotearchive search --documents {asked}"


def _are(number: int, name: str) -> str:
    """Say how many there are.

    >>> _are(1, "quote"), _are(1200, "quote")
    ('is 1 quote', 'are 1,200 quotes')
    """
    return f"is 1 {name}" if number == 1 else f"are {number:,} {name}s"
