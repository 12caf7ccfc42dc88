"""New quotes: passages of a document, in the document's own words, never in the user's typing."""

import itertools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import msgspec

from quotearchive.anchoring.errors import PassageError, PassageNotFoundError
from quotearchive.anchoring.location import Rung, locate, take
from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import NoPassageError
from quotearchive.archive.references import find_document, find_quote
from quotearchive.archive.values import FieldValues, Values
from quotearchive.archive.whole_pages import is_in_whole_page
from quotearchive.errors import QuoteArchiveError, UsageError, excerpt
from quotearchive.model import Change, Document, Passage, Quote, outward
from quotearchive.store import Snapshot, Transaction


class UnusableOccurrenceError(UsageError):
    """An occurrence was chosen, but not of one passage."""

    def __init__(self, passages: int) -> None:
        super().__init__(f"An occurrence can only be chosen for one passage, and {passages} were given.")


class NotWithinError(QuoteArchiveError):
    """A quote is said to be within another that does not hold its words."""

    def __init__(self, outer: int, document: str) -> None:
        self.outer = outer
        super().__init__(f"Quote {outer} does not contain these words of {document}.")


class OutsideMainTextError(QuoteArchiveError):
    """A passage is in a web page, but not in its main text, which is all that the document has."""

    def __init__(self, passage: str, slug: str) -> None:
        self.slug = slug
        super().__init__(f"{excerpt(passage)} is in the page that {slug} is from, but outside its main text.")


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a document to quote.

    Attributes:
        passages: Passages as the user typed or pasted them.
        spans: Passages as half-open spans of code points.
        occurrence: Which place is meant, from 1, where the one passage occurs several times.
    """

    passages: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    occurrence: int | None = None


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """A quote that was stored.

    Attributes:
        quote: As it was stored.
        document: Its document.
        rungs: How each of its passages was found, in their order.
        enclosing: The quotes it is said in, by number.
        remarks: Sentences on names that are new but much like known ones.
    """

    quote: Quote
    document: Document
    rungs: tuple[Rung, ...]
    enclosing: Mapping[int, Quote]
    remarks: tuple[str, ...] = ()


def quote(archive: Archive, reference: str, wording: Wording, values: Values, *, change: Change) -> Quoted:
    """Store passages of a document as one quote.

    Args:
        archive: The archive.
        reference: The document: a slug, an unambiguous part of one, or a number.
        wording: Which words; at least one passage or span.
        values: Their fields: any spelling of a name or topic, dates in words, and as `within`
            the number of a quote.
        change: The command, for the history.

    Raises:
        NoPassageError: No words were given.
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
        PassageNotFoundError: A passage is not in the document.
        OutsideMainTextError: A passage is in the web page that the document is from, but not in its main text.
        AmbiguousPassageError: A passage occurs there several times.
        SpanError: A span is empty or reaches beyond the text.
        UsageError: Two of the passages share words.
        EmptyTopicError: A topic has no words.
        UnreadableDateError: A date is none.
        NotWithinError: The quote it is said in does not hold its words.
        ArchiveError: The archive can't be read or written.
    """
    if not wording.passages and not wording.spans:
        raise NoPassageError
    with archive.transaction(change) as transaction:
        document = find_document(transaction, reference)
        try:
            found = located(document.text, wording)
        except PassageError as error:
            _refuse_side_text(archive, document, error)
            raise error.in_document(document.slug) from error
        passages = tuple(passage for passage, _ in found)
        known = FieldValues(transaction)
        typed = known.typed(Quote, values)
        value = Quote(
            document=document.id,
            passages=passages,
            **typed,
            within=outer_quote(transaction, values.get("within"), document, passages),
            created=change.when,
            modified=change.when,
        )
        remarks = (*_repeated(transaction, document, passages[0]), *known.remarks(Quote, typed))
        stored = msgspec.structs.replace(value, id=transaction.add(value))
        enclosing = {outer.id: outer for outer in outward(stored, transaction.find_quote)}
    return Quoted(
        quote=stored,
        document=document,
        rungs=tuple(rung for _, rung in found),
        enclosing=enclosing,
        remarks=remarks,
    )


def _refuse_side_text(archive: Archive, document: Document, error: PassageError) -> None:
    """Raise an error with advice if a passage is in the web page of a document, but outside its main text."""
    original = document.original
    if isinstance(error, PassageNotFoundError) and original and is_in_whole_page(archive, original, error.passage):
        raise OutsideMainTextError(error.passage, document.slug) from error


def located(text: str, wording: Wording) -> list[tuple[Passage, Rung]]:
    """Cut out every passage, in reading order, each with how it was found."""
    if wording.occurrence is not None and len(wording.passages) != 1:
        raise UnusableOccurrenceError(len(wording.passages))
    places = [locate(text, passage, occurrence=wording.occurrence) for passage in wording.passages]
    found = [(take(text, place.start, place.end), place.rung) for place in places]
    found += [(take(text, start, end), Rung.EXACT) for start, end in wording.spans]
    found.sort(key=lambda passage: (passage[0].start, passage[0].end))
    refuse_overlap(text, [passage for passage, _ in found])
    return found


def overlap(passages: Iterable[Passage]) -> tuple[int, int] | None:
    """Return the first span that two of several passages in reading order share; None if they are apart."""
    pairs = itertools.pairwise(passages)
    return next(((after.start, before.end) for before, after in pairs if after.start < before.end), None)


def refuse_overlap(text: str, passages: Iterable[Passage]) -> None:
    """Refuse passages of one quote that share words.

    Raises:
        UsageError: Two of them do.
    """
    if shared := overlap(passages):
        overlapping = (
            f"Two of the passages share the words {excerpt(text[slice(*shared)])}."
            " The passages of a quote can't overlap: give them as one, or as two quotes."
        )
        raise UsageError(overlapping)


def outer_quote(
    snapshot: Snapshot, reference: str | None, document: Document, passages: Sequence[Passage]
) -> int | None:
    """Find the quote that a quote is said in, whose passages must hold all its words."""
    if reference is None:
        return None
    outer = find_quote(snapshot, reference)
    if outer.document != document.id or not outer.holds(passages):
        raise NotWithinError(outer.id, document.slug)
    return outer.id


def _repeated(snapshot: Snapshot, document: Document, passage: Passage) -> Iterator[str]:
    """Remark on a quote of the same words; another speaker or topic may be meant."""
    span = passage.start, passage.end
    firsts = (quote.passages[0] for quote in snapshot.quotes_of(document.id))
    if any((first.start, first.end) == span for first in firsts):
        yield f"These words are already quoted; see: quotearchive show {document.slug}"


def loosen(transaction: Transaction, moved: Container[int], when: str) -> Iterator[str]:
    """Take quotes out of those that no longer hold their words, into the nearest that does, and yield remarks.

    Args:
        transaction: The archive, in which the words have moved already.
        moved: The numbers of the quotes whose passages have changed.
        when: The time of the change, ISO 8601 in UTC.
    """
    for inner in list(transaction.quotes()):
        if inner.within is None or not (inner.id in moved or inner.within in moved):
            continue
        within = next((outer.id for outer in outward(inner, transaction.find_quote) if outer.may_hold(inner)), None)
        if within != inner.within:
            transaction.put(msgspec.structs.replace(inner, within=within, modified=when))
            now = f"is within quote {within} now" if within else "is a quote of its own now"
            yield f"Quote {inner.id} was within quote {inner.within}, which no longer contains its words; it {now}."
