"""Search, list and show what the archive holds."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

import msgspec

from quotearchive.archive.naming import Directory
from quotearchive.archive.references import find_document, find_quote
from quotearchive.model import Description, Document, Finding, Holding, Quote, in_reading_order, relay
from quotearchive.query import Query, conditions_of, highlights, quote_entry
from quotearchive.store import Snapshot, Store
from quotearchive.text import folded

#: How similar a word must be to be offered, 0..1: one letter of four may differ.
_SIMILAR: Final = 0.75

#: Marks that stand at a word's ends and are no part of it.
_MARKS: Final = "\"'“”‘’«»[](){}.,;:!?…—–-"


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
        """Give the quotes that are said in a quote."""
        return tuple(each for each in self.quotes if each.within == quote.id)


def search(store: Store, query: Query) -> list[Finding]:
    """Find the quotes that a query asks for, in the order in which they were stored.

    Raises:
        ArchiveError: The archive can't be read.
    """
    return list(_findings(store.read(), query))


def _findings(snapshot: Snapshot, query: Query) -> Iterator[Finding]:
    documents = {document.id: document for document in snapshot.descriptions()}
    quotes = {quote.id: quote for quote in snapshot.quotes()}
    names = Directory(snapshot).aliases
    for quote in quotes.values():
        if query.matches(quote_entry(quote, documents[quote.document], names)):
            yield Finding(
                quote=quote,
                document=documents[quote.document],
                marks=tuple(highlights(query, quote.text)),
                relay=relay(quote, quotes),
            )


def list_documents(store: Store) -> list[tuple[Description, int]]:
    """Give what is known of every document, each with the number of its quotes.

    Raises:
        ArchiveError: The archive can't be read.
    """
    snapshot = store.read()
    counts = Counter(quote.document for quote in snapshot.quotes())
    return [(document, counts[document.id]) for document in snapshot.descriptions()]


def show_document(store: Store, reference: str) -> Page:
    """Give a document with its quotes.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
    """
    snapshot = store.read()
    document = find_document(snapshot, reference)
    return Page(document=document, quotes=snapshot.quotes_of(document.id))


def show_quote(store: Store, reference: str) -> tuple[Quote, Page]:
    """Give a quote, and its document with all quotes of it.

    Raises:
        QuoteNotFoundError: There is no such quote.
    """
    snapshot = store.read()
    quote = find_quote(snapshot, reference)
    document = find_document(snapshot, str(quote.document))
    return quote, Page(document=document, quotes=snapshot.quotes_of(document.id))


def holdings(store: Store, query: Query) -> Iterator[Holding]:
    """Yield the documents that a query finds quotes of, with those quotes, as exports take them.

    Raises:
        ArchiveError: The archive can't be read.
    """
    snapshot = store.read()
    by_document: dict[int, list[Quote]] = {}
    for quote in snapshot.quotes():
        by_document.setdefault(quote.document, []).append(quote)
    chosen = _chosen(snapshot, query, by_document)
    for document in snapshot.documents():
        quotes = by_document.pop(document.id, [])
        if not chosen.isdisjoint(quote.id for quote in quotes):
            yield _holding(document, quotes, chosen)


def _chosen(snapshot: Snapshot, query: Query, by_document: Mapping[int, Iterable[Quote]]) -> set[int]:
    """Give the numbers of the quotes that a query finds; one that asks for nothing finds all."""
    if not conditions_of(query):
        return {quote.id for quotes in by_document.values() for quote in quotes}
    documents = {document.id: document for document in snapshot.descriptions()}
    names = Directory(snapshot).aliases
    return {
        quote.id
        for number, quotes in by_document.items()
        for quote in quotes
        if query.matches(quote_entry(quote, documents[number], names))
    }


def _holding(document: Document, quotes: Iterable[Quote], chosen: AbstractSet[int]) -> Holding:
    ordered = {quote.id: quote for quote in in_reading_order(quotes)}
    own = chosen & ordered.keys()
    around = set(_enclosing((ordered[number] for number in own), ordered)) - own
    return Holding(
        document=document,
        quotes=tuple(quote for quote in ordered.values() if quote.id in own),
        enclosing=tuple(quote for quote in ordered.values() if quote.id in around),
    )


def _enclosing(chosen: Iterable[Quote], quotes: dict[int, Quote]) -> Iterator[int]:
    for quote in chosen:
        outer = quote.within
        while outer in quotes:
            yield outer
            outer = quotes[outer].within


def explain_nothing(store: Store, query: Query) -> str:
    """Say that nothing was found, and what could be meant: words, speakers and topics the archive has."""
    snapshot = store.read()
    quotes = list(snapshot.quotes())
    if not quotes:
        return "The archive has no quotes yet. Tag one with: quotearchive quote DOC PASSAGE --speaker NAME"
    known: dict[str, str] = {}
    for quote in quotes:
        for words in (
            *quote.text.split(),
            quote.speaker or "",
            *(quote.speaker or "").split(),
            *quote.topics,
        ):
            known.setdefault(folded(words).strip(_MARKS), words.strip(_MARKS))
    asked = re.findall(r"[^\s:()\"*|]+", folded(str(query)))
    near = {
        known[match]
        for word in asked
        if word not in known
        for match in difflib.get_close_matches(word, filter(None, known), n=2, cutoff=_SIMILAR)
    }
    meant = f" The archive has: {', '.join(sorted(near))}." if near else ""
    return f"Nothing was found for {query}.{meant}"
