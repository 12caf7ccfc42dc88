"""The history of changes, and how they are reversed.

A change can be reversed as long as nothing builds on it: no later change that still holds touched the same
fields of the same records, and nothing refers to what it made. An undo is a change like any other, so that
it too is shown and can be undone. Where it brings back a text, or a quote of a text that is another now,
the quotes are found again as when a text is replaced.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import DocumentNotFoundError
from quotearchive.archive.references import document_number, slugs_of
from quotearchive.archive.replacement import Relocation, find_again, needs_consent, put_all
from quotearchive.errors import NotFoundError, QuoteArchiveError, shorten
from quotearchive.model import Change
from quotearchive.store import HistoryEntry, RecordedChange, Snapshot, Transaction, invariants
from quotearchive.store.history import MODIFIED, Place


class ChangeNotFoundError(NotFoundError):
    """The history has no change of that number."""

    thing = "change"


class NothingToUndoError(QuoteArchiveError):
    """The history has no change that holds."""

    def __init__(self) -> None:
        super().__init__("There is nothing to undo.")


class AlreadyUndoneError(QuoteArchiveError):
    """A change was undone before."""

    def __init__(self, number: int, undo: int) -> None:
        self.undo = undo
        super().__init__(f"Change {number} was already undone, by change {undo}.")


class BuiltUponError(QuoteArchiveError):
    """A change can't be undone because something builds on it.

    Args:
        number: The change.
        later: Later changes of the same.
        quotes: Quotes that would be left without their document or without the quote they are said in.
        names: Names that have been given to something else since.
    """

    #: How many of each the sentence names.
    SHOWN: Final = 8

    def __init__(
        self, number: int, *, later: Sequence[int] = (), quotes: Sequence[int] = (), names: Sequence[str] = ()
    ) -> None:
        if later:
            listed = shorten(later, self.SHOWN)
            reason = f"later changes build on it ({listed}). Undo those first, the last one first"
        elif quotes:
            reason = f"quotes {shorten(quotes, self.SHOWN)} depend on what it would remove. Remove them first"
        else:
            taken = shorten(sorted(set(names)), self.SHOWN)
            reason = f"its names are in use again ({taken}). Rename or remove those first"
        super().__init__(f"Change {number} can't be undone: {reason}. Nothing was changed.")


def history(archive: Archive, *, document: str | None = None, quote: int | None = None) -> list[HistoryEntry]:
    """Return the changes of the archive, of a document with its quotes, or of a quote, the oldest first.

    Args:
        archive: The archive.
        document: A slug, a part of one, or a number; also that of a document that was removed.
        quote: A number; also that of a quote that was removed.

    Raises:
        DocumentNotFoundError: There is and was no such document.
        AmbiguousDocumentError: There are several.
        ArchiveError: The archive can't be read.
    """
    snapshot = archive.read()
    changes = list(snapshot.changes())
    undone = _undone(changes)
    wanted = _wanted(snapshot, changes, document, quote)
    return [
        HistoryEntry(change=change, undone_by=undone.get(change.id))
        for change in changes
        if wanted is None or any(place in wanted for place, _ in change.touched())
    ]


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was reversed, or would be.

    Attributes:
        change: The change.
        findings: Quotes whose words were looked for in another text than they were quoted from.
        remarks: Sentences that the user should read.
        is_written: Whether it was reversed; not where quotes would change or be missing without consent.
    """

    change: RecordedChange
    findings: tuple[Relocation, ...] = ()
    remarks: tuple[str, ...] = ()
    is_written: bool = True


def undo(
    archive: Archive,
    number: int | None = None,
    *,
    change: Change,
    consents: bool = False,
    agreed: Undone | None = None,
) -> Undone:
    """Reverse the last change that holds and is no undo, or the one of a number.

    Args:
        archive: The archive.
        number: The number of a change; an undo may be undone by its number.
        change: The command, for the history.
        consents: Whether words of quotes may change or be missing because another text is back.
        agreed: What somebody was shown and agreed to, if they were.

    Returns:
        The change that was reversed, and what became of quotes on the way.

    Raises:
        NothingToUndoError: There is no change that holds.
        ChangeNotFoundError: There is none of that number.
        AlreadyUndoneError: It does not hold any more.
        BuiltUponError: Something builds on it.
        ChangedMeanwhileError: It would do something else than what was agreed to.
        BrokenInvariantError: It would leave an archive that is not as it must be.
        ArchiveError: The archive can't be read or written.
    """
    with archive.transaction(change) as transaction:
        target = _reversed(transaction, number)
        findings = tuple(_found_again(transaction, target, change))
        archive.expect(agreed and agreed.findings, findings)
        is_written = consents or agreed is not None or not needs_consent(findings)
        remarks = tuple(put_all(transaction, findings, change))
        if not is_written:
            transaction.discard()
    return Undone(change=target, findings=findings, remarks=remarks, is_written=is_written)


def _reversed(transaction: Transaction, number: int | None) -> RecordedChange:
    """Reverse a change, if nothing builds on it."""
    changes = list(transaction.changes())
    target = _target(changes, number)
    later = list(_later(target, changes))
    touched, outer = dict(target.touched()), _outer_places(transaction, changes)
    building = [each.id for each in later if _shares(each, touched) or _refers(each, target, outer)]
    if building:
        raise BuiltUponError(target.id, later=building)
    transaction.reverse(target, {place for each in later for place, _ in each.touched()})
    _refuse_loose_ends(transaction, target)
    return target


def _found_again(transaction: Transaction, target: RecordedChange, change: Change) -> Iterator[Relocation]:
    """Find the quotes that are not where they should be, among those of a reversed change, in their new places."""
    touched = list(target.touched())
    texts = {int(each) for (name, each), fields in touched if name == "documents" and "text" in (fields or {"text"})}
    quotes = {int(each) for (name, each), _ in touched if name == "quotes"}
    if texts:
        quotes |= {number for number, link in transaction.links().items() if link.document in texts}
    for quote in filter(None, map(transaction.find_quote, sorted(quotes))):
        document = transaction.find_document(quote.document)
        if document and not quote.stands_in(document.text):
            yield find_again(quote, document.text, change)


def _undone(changes: Sequence[RecordedChange]) -> dict[int, int]:
    """Return the changes that do not hold, each with the one that reversed it."""
    undone: dict[int, int] = {}
    for change in reversed(changes):
        if change.undoes is not None and change.id not in undone:
            undone.setdefault(change.undoes, change.id)
    return undone


def _target(changes: Sequence[RecordedChange], number: int | None) -> RecordedChange:
    undone = _undone(changes)
    if number is None:
        holding = [each for each in changes if each.id not in undone and each.undoes is None and any(each.touched())]
        if not holding:
            raise NothingToUndoError
        return holding[-1]
    found = [each for each in changes if each.id == number]
    if not found:
        raise ChangeNotFoundError(number)
    if not any(found[0].touched()):
        raise NothingToUndoError
    if number in undone:
        raise AlreadyUndoneError(number, undone[number])
    return found[0]


def _later(target: RecordedChange, changes: Sequence[RecordedChange]) -> Iterator[RecordedChange]:
    """Yield the later changes that hold; a later one and its undo, also later, are as if they never were."""
    undone = _undone(changes)
    for change in changes:
        is_cancelled = change.id in undone or (change.undoes is not None and change.undoes > target.id)
        if change.id > target.id and not is_cancelled:
            yield change


def _shares(change: RecordedChange, touched: Mapping[tuple[str, str], frozenset[str] | None]) -> bool:
    for place, fields in change.touched():
        if place in touched:
            others = touched[place]
            if fields is None or others is None or not fields.isdisjoint(others - {MODIFIED}):
                return True
    return False


def _outer_places(snapshot: Snapshot, changes: Sequence[RecordedChange]) -> dict[str, set[Place]]:
    """Return what each quote refers to or once referred to: its document, and the quotes it is said in."""
    outer: dict[str, set[Place]] = {}
    for quote, link in snapshot.links().items():
        outer[str(quote)] = {("documents", str(link.document)), ("quotes", str(link.within))}
    for change in changes:
        for records in (change.removed, change.changed):
            for number, before in records.get("quotes", {}).items():
                places = outer.setdefault(number, set())
                places.add(("documents", str(before.fields.get("document"))))
                places.add(("quotes", str(before.fields.get("within"))))
    return outer


def _refers(change: RecordedChange, target: RecordedChange, outer: Mapping[str, set[Place]]) -> bool:
    """Check whether a later change touched quotes that refer to what an earlier one made."""
    made = {(name, str(number)) for name, numbers in target.added.items() for number in numbers}
    return any(not made.isdisjoint(outer.get(number, ())) for (name, number), _ in change.touched() if name == "quotes")


def _refuse_loose_ends(transaction: Transaction, target: RecordedChange) -> None:
    """Refuse to leave quotes of no document, quotes within no quote, and names that two records share."""
    links = transaction.links()
    documents = transaction.identities().keys()
    loose = [
        number
        for number, link in links.items()
        if (link.document not in documents and _concerns(target, "documents", link.document, number))
        or (link.within is not None and link.within not in links and _concerns(target, "quotes", link.within, number))
    ]
    if loose:
        raise BuiltUponError(target.id, quotes=loose)
    touched = invariants.touched({place: (None, None) for place, _ in target.touched()})
    if doubles := [each.name for each in invariants.namesakes(transaction, touched)]:
        raise BuiltUponError(target.id, names=doubles)


def _concerns(target: RecordedChange, table: str, number: int, quote: int) -> bool:
    """Check whether a loose end is of this change's making, not one that was there before."""
    places = {place for place, _ in target.touched()}
    return (table, str(number)) in places or ("quotes", str(quote)) in places


def _wanted(
    snapshot: Snapshot, changes: Sequence[RecordedChange], document: str | None, quote: int | None
) -> set[tuple[str, str]] | None:
    """Return the places of the records that are asked for; None for all."""
    if quote is not None:
        return {("quotes", str(quote))}
    if document is None:
        return None
    number = _once_document(snapshot, changes, document)
    links = {each for each, link in snapshot.links().items() if link.document == number}
    return {
        ("documents", str(number)),
        *(("quotes", str(each)) for each in links),
        *(("quotes", each) for each in _removed_quotes(changes, number)),
    }


def _once_document(snapshot: Snapshot, changes: Sequence[RecordedChange], reference: str) -> int:
    """Find a document, also one that was removed, by its slug or number."""
    try:
        return document_number(slugs_of(snapshot), reference)
    except DocumentNotFoundError:
        for change in reversed(changes):
            for number, before in change.removed.get("documents", {}).items():
                if reference in (number, before.fields.get("slug")):
                    return int(number)
        raise


def _removed_quotes(changes: Sequence[RecordedChange], document: int) -> Iterator[str]:
    for change in changes:
        for number, before in change.removed.get("quotes", {}).items():
            if before.fields.get("document") == document:
                yield number
