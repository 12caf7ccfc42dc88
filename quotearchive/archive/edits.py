"""Edits of quotes and documents; the words of a document stay as they are."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from quotearchive.anchoring.errors import AmbiguousPassageError, PassageError
from quotearchive.anchoring.location import locate, take
from quotearchive.archive.archive import Archive
from quotearchive.archive.quotes import Wording, located, loosen, outer_quote
from quotearchive.archive.references import stored_document, stored_quote
from quotearchive.archive.values import FieldValues, Values
from quotearchive.errors import QuoteArchiveError, UsageError
from quotearchive.model import Change, Description, Document, Passage, Quote, is_within_itself
from quotearchive.names.topics import is_in
from quotearchive.store import Snapshot


class MissingWordsError(QuoteArchiveError):
    """The ends of a quote can't be moved in a text that no longer has its words."""

    def __init__(self, number: int, document: str) -> None:
        super().__init__(f"{document} no longer has the words of quote {number}, so its ends can't be moved.")


class QuoteEdit(msgspec.Struct, frozen=True, kw_only=True):
    """An edit of quotes.

    Attributes:
        values: The new values by field, empty to take one away; `within` is the number of a quote.
        add_topics: Topics to add.
        drop_topics: Topics to take away, with those below them.
        wording: Other words of the document.
        start: The first words it is to begin with.
        end: The last words it is to end with.
    """

    values: Values = msgspec.field(default_factory=dict)
    add_topics: tuple[str, ...] = ()
    drop_topics: tuple[str, ...] = ()
    wording: Wording = Wording()
    start: str | None = None
    end: str | None = None

    @property
    def moves(self) -> bool:
        """Whether it changes which words are quoted."""
        return bool(self.wording.passages or self.wording.spans or self.start or self.end)


class QuoteChange(msgspec.Struct, frozen=True, kw_only=True):
    """A quote before and after a change.

    Attributes:
        before: As it was.
        after: As it is, or would be.
    """

    before: Quote
    after: Quote


class EditPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The effect of an edit.

    Attributes:
        edited: The quotes that change, in the order of their numbers.
        unchanged: How many were named that have nothing to change.
        remarks: Sentences that the user should read.
    """

    edited: tuple[QuoteChange, ...]
    unchanged: int = 0
    remarks: tuple[str, ...] = ()


def plan(snapshot: Snapshot, numbers: Iterable[int], edit: QuoteEdit) -> EditPlan:
    """Plan an edit of quotes, without changing anything.

    Raises:
        PassageError: Words that were given are not in the document.
        NotWithinError: A quote is not held by the one it is to be said in.
        EmptyTopicError: A topic has no words.
    """
    return _Editor(snapshot, edit).plan([stored_quote(snapshot, number) for number in numbers])


def edit_quotes(
    archive: Archive, numbers: Iterable[int], edit: QuoteEdit, *, change: Change, agreed: EditPlan | None = None
) -> EditPlan:
    """Change quotes, all of them in one write.

    Args:
        archive: The archive.
        numbers: The numbers of quotes that are there.
        edit: What is to change.
        change: The command, for the history.
        agreed: What somebody was shown and agreed to, if they were.

    Raises:
        ChangedMeanwhileError: It would do something else than what was agreed to.
        QuoteNotFoundError: A quote is not there any more.
        PassageError: Words that were given are not in the document.
        NotWithinError: A quote is not held by the one it is to be said in.
        EmptyTopicError: A topic has no words.
    """
    with archive.transaction(change) as transaction:
        planned = plan(transaction, numbers, edit)
        archive.expect(agreed and agreed.edited, planned.edited)
        for each in planned.edited:
            transaction.put(msgspec.structs.replace(each.after, modified=change.when))
        moved = {each.after.id for each in planned.edited} if edit.moves else set()
        loosened = tuple(loosen(transaction, moved, change.when)) if moved else ()
    return msgspec.structs.replace(planned, remarks=(*planned.remarks, *loosened))


def plan_document(snapshot: Snapshot, document: Document, values: Values) -> Document:
    """Return a document as a change would leave it, without changing it.

    Raises:
        UsageError: A document can't be without this.
        DocumentNotFoundError: It can't refer to a document that is not there.
    """
    return msgspec.structs.replace(document, **FieldValues(snapshot).typed(Document, values))


def edit_document(
    archive: Archive, number: int, values: Values, *, change: Change, seen: Document | None = None
) -> Description:
    """Edit a document.

    Args:
        archive: The archive.
        number: Its number.
        values: The new values by field, empty to take one away; documents go by any name of them.
        change: The command, for the history.
        seen: The document as whoever changes it saw it, if they took their time.

    Raises:
        ChangedMeanwhileError: It is no longer what they saw.
        UsageError: A document can't be without this.
        DocumentNotFoundError: There is no such document.
    """
    with archive.transaction(change) as transaction:
        document = stored_document(transaction, number)
        archive.expect(seen, document)
        changed = plan_document(transaction, document, values)
        if changed != document:
            changed = msgspec.structs.replace(changed, modified=change.when)
            transaction.put(changed)
    return changed


class _Editor:
    """One change, made to one quote after another."""

    def __init__(self, snapshot: Snapshot, edit: QuoteEdit) -> None:
        self._snapshot = snapshot
        self._edit = edit
        self._known = FieldValues(snapshot)
        self._dropped = tuple(map(self._known.topics.find, edit.drop_topics))

    def plan(self, quotes: Sequence[Quote]) -> EditPlan:
        pairs = [QuoteChange(before=quote, after=self._edited(quote)) for quote in quotes]
        edited = tuple(each for each in pairs if each.before != each.after)
        new = self._typed(self._edit.values.get("topics") or ())
        return EditPlan(
            edited=edited, unchanged=len(pairs) - len(edited), remarks=tuple(self._known.remarks(Quote, new))
        )

    def _edited(self, quote: Quote) -> Quote:
        topics = self._edit.values.get("topics")
        given = quote.topics if topics is None else topics
        kept = (topic for topic in given if not any(is_in(topic, dropped) for dropped in self._dropped))
        changed = msgspec.structs.replace(quote, **self._typed(kept))
        if self._edit.moves:
            changed = self._moved(changed)
        return self._put_within(changed)

    def _typed(self, topics: Iterable[str]) -> dict[str, Any]:
        return self._known.typed(
            Quote, {**self._edit.values, "topics": (*filter(None, topics), *self._edit.add_topics)}
        )

    def _moved(self, quote: Quote) -> Quote:
        document = self._document(quote)
        if quote.missing and not (self._edit.wording.passages or self._edit.wording.spans):
            raise MissingWordsError(quote.id, document.slug)
        try:
            passages = _moved_passages(document.text, quote.passages, self._edit)
        except PassageError as error:
            raise error.in_document(document.slug) from error
        return msgspec.structs.replace(quote, passages=passages, missing=False)

    def _put_within(self, quote: Quote) -> Quote:
        """Put a quote into the one that it is to be said in, and see that it is held by it."""
        wanted = self._edit.values.get("within")
        if wanted == "":
            return msgspec.structs.replace(quote, within=None)
        reference = wanted if wanted is not None else str(quote.within or "")
        if not reference or (wanted is None and not self._edit.moves):
            return quote
        within = outer_quote(self._snapshot, reference, self._document(quote), quote.passages)
        placed = msgspec.structs.replace(quote, within=within)
        if is_within_itself(placed, self._snapshot.find_quote):
            circle = f"Quote {quote.id} can't be within quote {within}, which is within it. Nothing was changed."
            raise UsageError(circle)
        return placed

    def _document(self, quote: Quote) -> Document:
        return stored_document(self._snapshot, quote.document)


def _moved_passages(text: str, passages: Sequence[Passage], edit: QuoteEdit) -> tuple[Passage, ...]:
    """Choose other words, or move the first and the last bound."""
    if edit.wording.passages or edit.wording.spans:
        passages = tuple(passage for passage, _ in located(text, edit.wording))
    first, last = passages[0].start, passages[-1].end
    start = locate_near(text, edit.start, first)[0] if edit.start else first
    end = locate_near(text, edit.end, last, at_end=True)[1] if edit.end else last
    kept = [passage for passage in passages if passage.end > start and passage.start < end] or passages[:1]
    spans = [(passage.start, passage.end) for passage in kept]
    spans[0] = (start, spans[0][1])
    spans[-1] = (spans[-1][0], end)
    return tuple(take(text, *span) for span in spans)


def locate_near(text: str, words: str, place: int, *, at_end: bool = False) -> tuple[int, int]:
    """Find words: of several places the one that begins, or ends, nearest to an offset.

    Raises:
        PassageError: They are not in the text.
    """
    try:
        found = locate(text, words)
    except AmbiguousPassageError as error:
        spans = [(each.start, each.end) for each in error.places]
        return min(spans, key=lambda span: abs(span[1 if at_end else 0] - place))
    return found.start, found.end
