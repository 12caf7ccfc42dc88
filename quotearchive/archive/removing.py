"""Remove documents with their quotes, and quotes."""

from collections.abc import Sequence

import msgspec

from quotearchive.archive.references import document_numbers, quote_numbers
from quotearchive.model import Change, Document, Quote
from quotearchive.store import Snapshot, Store, Transaction


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """What goes when something is removed.

    Attributes:
        documents: The documents.
        quotes: The quotes, those of the documents among them.
        orphans: Quotes that stay and were said in one of these; they are said in what those were said in.
    """

    documents: tuple[Document, ...]
    quotes: tuple[Quote, ...]
    orphans: tuple[Quote, ...]


def plan(snapshot: Snapshot, *, documents: Sequence[str] = (), quotes: Sequence[str] = ()) -> Removal:
    """Say what would go if these were removed.

    Args:
        snapshot: The archive.
        documents: Slugs, parts of slugs, numbers, ranges, or `last`.
        quotes: Numbers, ranges, or `last`.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
        QuoteNotFoundError: There is no such quote.
    """
    numbers = document_numbers(snapshot, documents)
    gone_documents = {number: document for number in numbers if (document := snapshot.find_document(number))}
    named = set(quote_numbers(snapshot, quotes))
    everything = list(snapshot.quotes())
    gone = {quote.id: quote for quote in everything if quote.id in named or quote.document in gone_documents}
    return Removal(
        documents=tuple(gone_documents.values()),
        quotes=tuple(gone.values()),
        orphans=tuple(quote for quote in everything if quote.within in gone and quote.id not in gone),
    )


def remove(store: Store, *, documents: Sequence[str] = (), quotes: Sequence[str] = (), change: Change) -> Removal:
    """Remove documents with all their quotes, and quotes, in one write.

    Args:
        store: The archive.
        documents: Slugs, parts of slugs, numbers, ranges, or `last`.
        quotes: Numbers, ranges, or `last`.
        change: The command, for the history.

    Returns:
        What was removed.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
        QuoteNotFoundError: There is no such quote.
    """
    with store.transaction(change) as transaction:
        removal = plan(transaction, documents=documents, quotes=quotes)
        gone = {quote.id for quote in removal.quotes}
        for orphan in removal.orphans:
            within = next((each.id for each in transaction.outward(orphan) if each.id not in gone), None)
            transaction.put(msgspec.structs.replace(orphan, within=within, modified=change.when))
        for quote in removal.quotes:
            transaction.remove(quote)
        for document in removal.documents:
            transaction.remove(document)
        _forget(transaction, {document.id for document in removal.documents}, change.when)
    return removal


def _forget(transaction: Transaction, gone: set[int], when: str) -> None:
    """Take documents that are gone out of what others answer and enclose."""
    for description in list(transaction.descriptions()) if gone else []:
        related = {description.replies_to, *description.encloses}
        document = None if related.isdisjoint(gone) else transaction.find_document(description.id)
        if document is not None:
            kept = {
                "replies_to": document.replies_to if document.replies_to not in gone else None,
                "encloses": tuple(number for number in document.encloses if number not in gone),
            }
            transaction.put(msgspec.structs.replace(document, **kept, modified=when))
