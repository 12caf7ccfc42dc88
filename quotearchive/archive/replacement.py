"""The replacement of a document's text by a corrected one, in which every quote is found again."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from quotearchive.anchoring.comparison import Difference
from quotearchive.anchoring.relocation import Outcome, relocate
from quotearchive.archive.archive import Archive
from quotearchive.archive.documents import Kept, Source, kept, name_of, origin
from quotearchive.archive.originals import keeping
from quotearchive.archive.quotes import loosen, overlap
from quotearchive.archive.references import find_document
from quotearchive.archive.values import FieldValues, Values
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change, Document, Quote
from quotearchive.readers import LIMIT, Options, Reading, read_all
from quotearchive.store import Snapshot, Transaction
from quotearchive.text import sha256_of

#: The outcomes, the best first: a quote of several passages has the worst of theirs.
_RANKS = (Outcome.EXACT, Outcome.MOVED, Outcome.CHANGED, Outcome.MISSING)


_DEFAULTS: Final = Options()


class UnkeptOriginalError(QuoteArchiveError):
    """The original of a document is not there to be read."""

    def __init__(self, slug: str, what: str) -> None:
        super().__init__(
            f"The original of {slug} {what}, so its text can't be read again."
            f" Name the file: quotearchive add --replace {slug} FILE"
        )


class Relocation(msgspec.Struct, frozen=True, kw_only=True):
    """A quote that was looked for in the new text.

    Attributes:
        before: The quote as it was.
        after: As it is in the new text; with its old words if they are missing.
        outcome: What became of it.
        differences: How its old and its new words differ.
    """

    before: Quote
    after: Quote
    outcome: Outcome
    differences: tuple[Difference, ...] = ()


class Replacement(msgspec.Struct, frozen=True, kw_only=True):
    """The effect of replacing a text.

    Attributes:
        before: The document as it was.
        after: The document with the new text.
        findings: Where each of its quotes is now, in reading order.
        source: Where the new text comes from.
    """

    before: Document
    after: Document
    findings: tuple[Relocation, ...]
    source: Source

    @property
    def is_needed(self) -> bool:
        """Whether it changes the text, or where the parts of the text begin."""
        return (self.before.text, self.before.segments) != (self.after.text, self.after.segments)


class NewText(msgspec.Struct, frozen=True, kw_only=True):
    """A text that is to replace a document's.

    Attributes:
        source: Where it comes from.
        reading: The text.
        given: New values for its fields; the rest stays.
    """

    source: Source
    reading: Reading
    given: Values


def plan(snapshot: Snapshot, reference: str, new: NewText, *, change: Change) -> Replacement:
    """Plan the replacement of a document's text, without changing anything.

    Args:
        snapshot: The archive.
        reference: The document: a slug, an unambiguous part of one, or a number.
        new: The new text.
        change: The command, for its time.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
        QuoteArchiveError: This or another document has the text already.
    """
    before, text = find_document(snapshot, reference), new.reading.text
    sha256 = sha256_of(text)
    for number, identity in snapshot.identities().items():
        is_read_again = number == before.id and isinstance(new.source, Kept)
        if identity.sha256 == sha256 and not is_read_again:
            same = (
                f"{name_of(new.source)!r} has the same text as {identity.slug}, which is already in the archive."
                " Nothing was changed."
            )
            raise QuoteArchiveError(same)
    after = msgspec.structs.replace(
        before,
        **FieldValues(snapshot).typed(Document, new.given),
        **origin(new.source, new.reading, snapshot.path.parent),
        text=text,
        sha256=sha256,
        characters=len(text),
        modified=change.when,
    )
    findings = tuple(find_again(quote, text, change) for quote in snapshot.quotes_of(before.id))
    return Replacement(before=before, after=after, findings=findings, source=new.source)


def read_again(archive: Archive, reference: str, given: Values, options: Options = _DEFAULTS) -> NewText:
    """Read the kept original of a document once more, for a reader may have become better.

    Args:
        archive: The archive.
        reference: The document: a slug, an unambiguous part of one, or a number.
        given: New values for its fields.
        options: How to read it.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
        UnkeptOriginalError: Its original isn't there as it was.
        QuoteArchiveError: It can't be read any more.
    """
    document = find_document(archive.read(), reference)
    original = document.original
    if original is None or not original.kept:
        raise UnkeptOriginalError(document.slug, "isn't kept")
    content = archive.originals.read(original.sha256, LIMIT)
    if content is None:
        raise UnkeptOriginalError(document.slug, "is gone or was changed")
    outcomes = read_all(content, name=original.name, options=options)
    readings = [each for each in outcomes if isinstance(each, Reading) and each.original.member == original.member]
    if not readings:
        part = original.member or "the text"
        lost = f"{document.slug} was {part} in {original.name!r}, and is no longer found there."
        raise QuoteArchiveError(lost)
    return NewText(source=Kept(content, original.name), reading=readings[0], given=given)


def replace(archive: Archive, planned: Replacement, *, change: Change, keeps: bool | None = None) -> tuple[str, ...]:
    """Replace a document's text and put every quote where its words are now, in one write.

    Args:
        archive: The archive.
        planned: What to do.
        change: The command, for the history.
        keeps: Whether the original is kept; None to do as the archive's own record says.

    Returns:
        Remarks on quotes that are no longer within another.

    Raises:
        ChangedMeanwhileError: The document or its quotes are no longer those that were planned for.
        ArchiveError: The archive can't be read or written.
    """
    number = planned.before.id
    with archive.transaction(change) as transaction, keeping(archive, transaction, wish=keeps) as keeper:
        archive.expect(planned.before, transaction.find_document(number))
        archive.expect(tuple(finding.before for finding in planned.findings), transaction.quotes_of(number))
        transaction.put(kept(planned.after, planned.source, keeper))
        return tuple(put_all(transaction, planned.findings, change))


def put_all(transaction: Transaction, findings: Sequence[Relocation], change: Change) -> Iterator[str]:
    """Put quotes where they were found, out of quotes that no longer hold them, and yield remarks on those."""
    moved = {each.after.id: each.after for each in findings if each.after != each.before}
    for quote in moved.values():
        transaction.put(quote)
    yield from loosen(transaction, moved, change.when)


def needs_consent(findings: Iterable[Relocation]) -> bool:
    """Check whether words of a quote change, or are missing that were there."""
    worse = (Outcome.CHANGED, Outcome.MISSING)
    return any(each.outcome in worse and not each.before.missing for each in findings)


def find_again(quote: Quote, text: str, change: Change) -> Relocation:
    """Find a quote in a text; one of several passages is found if all are, one behind the other."""
    found = [relocate(text, passage) for passage in quote.passages]
    passages = sorted((each.passage for each in found if each.passage), key=lambda each: each.start)
    if len(passages) < len(quote.passages) or overlap(passages):
        gone = quote if quote.missing else msgspec.structs.replace(quote, missing=True, modified=change.when)
        return Relocation(before=quote, after=gone, outcome=Outcome.MISSING)
    outcome = max((each.outcome for each in found), key=_RANKS.index)
    after = msgspec.structs.replace(quote, passages=tuple(passages), missing=False)
    if outcome is Outcome.CHANGED or quote.missing:
        after = msgspec.structs.replace(after, modified=change.when)
    differences = tuple(difference for each in found for difference in each.differences)
    return Relocation(before=quote, after=after, outcome=outcome, differences=differences)
