"""Failures of the use cases."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from quotearchive.anchoring.errors import PassageError
from quotearchive.errors import (
    AmbiguousError,
    ArchiveError,
    NotFoundError,
    QuoteArchiveError,
    UsageError,
    excerpt,
    shorten,
)


class UnrepairableError(ArchiveError):
    """Neither an archive nor its backup holds anything that can be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Nothing in {path} can be recovered, and it has no readable backup. Nothing was changed.")


class DocumentNotFoundError(NotFoundError):
    """No document has that name or number."""

    thing = "document"


class AmbiguousDocumentError(AmbiguousError):
    """A part of a slug occurs in the slugs of several documents."""

    things = "documents"
    advice = "Give more of the name, or the number."


class PartOfNameError(QuoteArchiveError):
    """Something is to be removed unasked by a part of its name, which was the name of something removed before."""

    def __init__(self, reference: str, name: str, removed: int) -> None:
        super().__init__(
            f"{shlex.quote(reference)} was removed by change {removed}, and is now only a part of the name {name}."
            f" If you mean that one, give its whole name: {shlex.quote(name)}. Nothing was changed."
        )


class QuoteNotFoundError(NotFoundError):
    """No quote has that number."""

    thing = "quote"

    def __init__(self, number: int) -> None:
        super().__init__(str(number))


class ChangeNotFoundError(NotFoundError):
    """The history has no change of that number."""

    thing = "change"

    def __init__(self, number: int) -> None:
        super().__init__(str(number))


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


class UnreadableReferenceError(UsageError):
    """What should be the number of a quote is none."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"{shlex.quote(reference)} is not the number of a quote, such as 12, 12-19 or last.")


class SpeakerNotFoundError(NotFoundError):
    """No speaker goes by that name."""

    thing = "speaker"


class AmbiguousSpeakerError(AmbiguousError):
    """A part of a name is in the names of several speakers."""

    things = "speakers"
    advice = "Give more of the name."


class SpeakerExistsError(QuoteArchiveError):
    """A name is another speaker's already."""

    def __init__(self, name: str, owner: str) -> None:
        self.owner = shlex.quote(owner)
        known = f"{name} is already a speaker" if name == owner else f"{name} is another name of {owner}"
        super().__init__(f"{known}. Nothing was changed.")


class NamelessError(UsageError):
    """A name without a letter."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{shlex.quote(name)} is not a name. A name has letters.")


class NoRecordError(QuoteArchiveError):
    """A speaker has quotes, but no record that could be removed."""

    def __init__(self, name: str) -> None:
        self.name = shlex.quote(name)
        super().__init__(f"{name} has no record, only quotes.")


class EmptyTopicError(UsageError):
    """A topic without words."""

    def __init__(self, topic: str) -> None:
        super().__init__(
            f"{shlex.quote(topic)} is not a topic. A topic has words, such as prison or prison/conditions."
        )


class TopicNotFoundError(NotFoundError):
    """No quote is on that topic, and it has no description."""

    thing = "topic"


class AmbiguousTopicError(AmbiguousError):
    """A part of a path is in several."""

    things = "topics"
    advice = "Give the whole path."


class TopicExistsError(QuoteArchiveError):
    """A topic can't get a path that another has."""

    def __init__(self, topic: str, taken: str) -> None:
        self.merge = shlex.join([topic, "--into", taken])
        super().__init__(f"There is already a topic {taken}. Nothing was changed.")


class TopicIntoItselfError(UsageError):
    """A topic can't lie below itself."""

    def __init__(self, topic: str, place: str) -> None:
        super().__init__(f"{topic} can't become {place}, which is below it. Nothing was changed.")


class OverlappingPassagesError(UsageError):
    """Two passages of one quote share words."""

    def __init__(self, shared: str) -> None:
        super().__init__(
            f"Two of the passages share the words {excerpt(shared)}."
            " The passages of a quote can't overlap: give them as one, or as two quotes."
        )


class UnusableOccurrenceError(UsageError):
    """An occurrence was chosen, but not of one passage."""

    def __init__(self, passages: int) -> None:
        super().__init__(f"An occurrence can be chosen of one passage, and {passages} were given.")


class NoPassageError(UsageError):
    """A quote was asked for without its words."""

    def __init__(self) -> None:
        super().__init__(
            "No passage was given. Give its words as the document has them, or its two ends:"
            " 'first words ... last words'."
        )


class NotWithinError(QuoteArchiveError):
    """A quote is said to be within another that does not hold its words."""

    def __init__(self, outer: int, document: str) -> None:
        self.outer = outer
        super().__init__(f"Quote {outer} does not hold these words of {document}.")


class MissingWordsError(QuoteArchiveError):
    """The ends of a quote can't be moved in a text that no longer has its words."""

    def __init__(self, number: int, document: str) -> None:
        super().__init__(f"{document} no longer has the words of quote {number}, so its ends can't be moved.")


class WithinItselfError(UsageError):
    """A quote can't be said in itself, nor in one that is said in it."""

    def __init__(self, quote: int, outer: int) -> None:
        super().__init__(f"Quote {quote} can't be within quote {outer}, which is within it. Nothing was changed.")


class EmptyFieldError(UsageError):
    """A document can't be without this."""

    def __init__(self, field: str) -> None:
        super().__init__(f"A document needs a {field}. Give another one.")


class MergedWithItselfError(UsageError):
    """An archive can't be merged into itself."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{shlex.quote(str(path))} is this archive. Name another one.")


class ConflictsError(QuoteArchiveError):
    """Two archives know something else of the same fields, and nobody said which is right.

    Args:
        conflicts: Of what, which field, ours, theirs.
    """

    #: How many of them the message lists.
    SHOWN: Final = 20

    def __init__(self, conflicts: Sequence[tuple[str, str, str, str]]) -> None:
        lines = [
            f"  {of}, {field}: ours {excerpt(ours)}, theirs {excerpt(theirs)}"
            for of, field, ours, theirs in conflicts[: self.SHOWN]
        ]
        lines += [f"  and {len(conflicts) - self.SHOWN} more"] if len(conflicts) > self.SHOWN else []
        fields = "field" if len(conflicts) == 1 else "fields"
        sentence = f"The archives conflict in {len(conflicts)} {fields}. Nothing was changed:"
        super().__init__("\n".join([sentence, *lines]))


class SameTextError(QuoteArchiveError):
    """A text that was to replace another is here already."""

    def __init__(self, name: str, slug: str) -> None:
        super().__init__(f"{name!r} has the same text as {slug}, which is already in the archive. Nothing was changed.")


class RowError(QuoteArchiveError):
    """A row of an imported file can't be used."""

    def __init__(self, unit: str, row: int, cause: QuoteArchiveError) -> None:
        super().__init__(f"{unit.capitalize()} {row}: {cause}")
        self.unit, self.row, self.cause = unit, row, cause


class UnknownKindError(QuoteArchiveError):
    """A document is of no kind that there is."""

    def __init__(self, kind: str, kinds: Sequence[str]) -> None:
        super().__init__(f"{excerpt(kind)} is not a kind of document. The kinds are {', '.join(kinds)}.")


class NoSuchSourceError(QuoteArchiveError):
    """What a row is of is not in the archive."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The document {excerpt(name)} is not in the archive. Add its text with: quotearchive add FILE"
            f" --title {shlex.quote(name)}; or choose the document with --document DOC."
            if name
            else "It doesn't name its document. Choose one with --document DOC."
        )


class SeveralSourcesError(QuoteArchiveError):
    """A row could be of several documents."""

    def __init__(self, name: str, slugs: Sequence[str]) -> None:
        super().__init__(
            f"{excerpt(name)} could be any of the documents {', '.join(slugs)}. Choose one with --document DOC."
        )


class TitleAloneError(QuoteArchiveError):
    """A source has the title of documents that are here, and nothing else tells that it is one of them."""

    def __init__(self, title: str, slugs: Sequence[str]) -> None:
        super().__init__(
            f"{excerpt(title)} is the title of {', '.join(slugs)} in the archive, but a title alone doesn't show"
            f" that it is the same source. If it is, import it alone with --document {shlex.quote(slugs[0])}."
        )


class SeveralItemsError(QuoteArchiveError):
    """Several rows speak of one document and do not say the same."""

    def __init__(self, slug: str, unit: str, other: int, more: int) -> None:
        others = f"so does {unit} {other}" if not more else f"so do {unit} {other} and {more:,} more"
        super().__init__(f"It describes {slug}, and {others}, differently. Keep only the right one in the file.")


class UnplacedPassageError(PassageError):
    """An imported passage stands in several places, and nothing tells which is meant."""

    def __init__(self, passage: str, count: int) -> None:
        super().__init__(passage, count)
        self.passage, self.count = passage, count

    def _sentence(self) -> str:
        return (
            f"{excerpt(self.passage)} occurs {self.count} times in {self.document}, and the file does not say where."
            f" See the places with: quotearchive quote {self.document} PASSAGE"
        )


class BackwardRangeError(UsageError):
    """A range whose end stands before its start."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"{start}-{end} runs backwards. Write {end}-{start}.")
