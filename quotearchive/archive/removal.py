"""The removal of documents with their quotes, and of quotes."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import DocumentNotFoundError, QuoteNotFoundError
from quotearchive.archive.references import (
    are_numbers,
    document_number,
    document_numbers,
    quote_numbers,
    refuse_removed,
    slugs_of,
)
from quotearchive.archive.values import renumbered
from quotearchive.model import Change, Document, Quote, outward
from quotearchive.store import Snapshot, Transaction


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """Records that are removed together.

    Attributes:
        documents: The documents.
        quotes: The quotes, those of the documents among them.
        orphans: Quotes that stay and were said in one of these; they are said in what those were said in.
    """

    documents: tuple[Document, ...]
    quotes: tuple[Quote, ...]
    orphans: tuple[Quote, ...]


def plan(
    snapshot: Snapshot, *, documents: Sequence[str] = (), quotes: Sequence[str] = (), is_asked: bool = True
) -> Removal:
    """Plan a removal, without changing anything.

    Args:
        snapshot: The archive.
        documents: Slugs, parts of slugs, numbers, ranges, or `last`.
        quotes: Numbers, ranges, or `last`.
        is_asked: Whether somebody sees what would go and agrees; if not, a part of a slug will not do where it was
            the slug of a document that is removed: the same command, given twice, would take another one.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
        PartOfNameError: A part of a slug was that of a removed document, and nobody is asked.
        QuoteNotFoundError: There is no such quote.
    """
    slugs = slugs_of(snapshot)
    for reference in () if is_asked else documents:
        if not are_numbers(reference) and reference not in slugs.values():
            name = slugs[document_number(slugs, reference)]
            refuse_removed(snapshot, "documents", partial(_is_called, reference), reference, name)
    return _removal(snapshot, document_numbers(slugs, documents), quote_numbers(snapshot, quotes))


def _is_called(slug: str, fields: Mapping[str, Any]) -> bool:
    return bool(fields.get("slug") == slug)


def _removal(snapshot: Snapshot, documents: Collection[int], quotes: Collection[int]) -> Removal:
    """Return the records that are removed with documents and quotes."""
    gone_documents = {number: document for number in documents if (document := snapshot.find_document(number))}
    named = set(quotes)
    everything = list(snapshot.quotes())
    gone = {quote.id: quote for quote in everything if quote.id in named or quote.document in gone_documents}
    return Removal(
        documents=tuple(gone_documents.values()),
        quotes=tuple(gone.values()),
        orphans=tuple(quote for quote in everything if quote.within in gone and quote.id not in gone),
    )


def remove(archive: Archive, planned: Removal, *, change: Change, is_agreed: bool = True) -> Removal:
    """Remove documents with all their quotes, and quotes, in one write.

    Args:
        archive: The archive.
        planned: What goes.
        change: The command, for the history.
        is_agreed: Whether somebody saw what goes and agreed to just that.

    Returns:
        What went: what was planned, as it is by now.

    Raises:
        ChangedMeanwhileError: What goes is no longer what was agreed to.
        DocumentNotFoundError: Nothing of it is there any more.
        QuoteNotFoundError: The same, where only quotes were named.
        ArchiveError: The archive can't be read or written.
    """
    documents = [document.id for document in planned.documents]
    with archive.transaction(change) as transaction:
        removal = _removal(transaction, documents, {quote.id for quote in planned.quotes})
        archive.expect(planned if is_agreed else None, removal)
        _refuse_nothing(removal, planned)
        gone = {quote.id for quote in removal.quotes}
        for orphan in removal.orphans:
            within = next((each.id for each in outward(orphan, transaction.find_quote) if each.id not in gone), None)
            transaction.put(msgspec.structs.replace(orphan, within=within, modified=change.when))
        for quote in removal.quotes:
            transaction.remove(quote)
        for document in removal.documents:
            transaction.remove(document)
        _forget(transaction, set(documents), change.when)
    return removal


def _refuse_nothing(removal: Removal, planned: Removal) -> None:
    """Refuse a removal of what somebody else removed in the meantime."""
    if removal.documents or removal.quotes:
        return
    if planned.documents:
        raise DocumentNotFoundError(planned.documents[0].slug)
    raise QuoteNotFoundError(planned.quotes[0].id)


def _forget(transaction: Transaction, gone: set[int], when: str) -> None:
    """Drop references to documents that are gone."""
    for description in list(transaction.descriptions()) if gone else []:
        kept = renumbered(description, lambda number: None if number in gone else number)
        if all(getattr(description, name) == value for name, value in kept.items()):
            continue
        if document := transaction.find_document(description.id):
            transaction.put(msgspec.structs.replace(document, **kept, modified=when))
