"""What use cases refuse."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from quotearchive.errors import USAGE, ArchiveError, QuoteArchiveError, did_you_mean, excerpt, shorten


class UnrepairableError(ArchiveError):
    """Neither an archive nor its backup holds anything that can be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Nothing can be saved of {path}, and it has no backup that can be read. Nothing was changed.")


class DocumentNotFoundError(QuoteArchiveError):
    """No document has that name or number."""

    def __init__(self, reference: str, nearest: Sequence[str]) -> None:
        super().__init__(
            f"There is no document {shlex.quote(reference)}.{did_you_mean(nearest)}"
            " The documents are listed by: quotearchive list"
        )


class AmbiguousDocumentError(QuoteArchiveError):
    """A part of a slug occurs in the slugs of several documents."""

    #: How many of them the sentence names.
    SHOWN: Final = 8

    def __init__(self, reference: str, slugs: Sequence[str]) -> None:
        shown = ", ".join(slugs[: self.SHOWN])
        more = f" and {len(slugs) - self.SHOWN} more" if len(slugs) > self.SHOWN else ""
        super().__init__(
            f"{shlex.quote(reference)} could be any of {len(slugs)} documents: {shown}{more}."
            " Give more of the name, or the number."
        )


class PartOfNameError(QuoteArchiveError):
    """Something is to be removed unasked by a part of its name, which was the name of something removed before."""

    def __init__(self, reference: str, name: str, removed: int) -> None:
        super().__init__(
            f"{shlex.quote(reference)} was taken away by change {removed}, and is only a part of the name {name} now."
            f" If you mean that, give the whole name: {shlex.quote(name)}. Nothing was changed."
        )


class QuoteNotFoundError(QuoteArchiveError):
    """No quote has that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no quote {number}. The quotes are listed by: quotearchive search")


class ChangeNotFoundError(QuoteArchiveError):
    """The history has no change of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no change {number}. The changes are listed by: quotearchive history")


class NothingToUndoError(QuoteArchiveError):
    """The history has no change that holds."""

    def __init__(self) -> None:
        super().__init__("There is nothing to undo.")


class AlreadyUndoneError(QuoteArchiveError):
    """A change does not hold any more."""

    def __init__(self, number: int, undo: int) -> None:
        super().__init__(
            f"Change {number} was undone already, by change {undo}. To do it again: quotearchive undo {undo}"
        )


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
            reason = f"later changes of the same hold ({listed}). Undo those first, the last one before others"
        elif quotes:
            reason = f"quotes {shorten(quotes, self.SHOWN)} refer to what it would take away. Remove them first"
        else:
            taken = shorten(sorted(set(names)), self.SHOWN)
            reason = f"its names have been given to something else since ({taken}). Rename or remove that first"
        super().__init__(f"Change {number} can't be undone: {reason}. Nothing was changed.")


class UnreadableReferenceError(QuoteArchiveError):
    """What should be the number of a quote is none."""

    exit_code = USAGE

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"{shlex.quote(reference)} is not the number of a quote, such as 12, 12-19 or last."
            " Numbers stand before the quotes in: quotearchive search"
        )


class SpeakerNotFoundError(QuoteArchiveError):
    """No speaker goes by that name."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        super().__init__(
            f"There is no speaker {shlex.quote(name)}.{did_you_mean(nearest)}"
            " The speakers are listed by: quotearchive speakers"
        )


class AmbiguousSpeakerError(QuoteArchiveError):
    """A part of a name is in the names of several speakers."""

    #: How many of them the sentence names.
    SHOWN: Final = 8

    def __init__(self, name: str, found: Sequence[str]) -> None:
        more = f" and {len(found) - self.SHOWN} more" if len(found) > self.SHOWN else ""
        super().__init__(
            f"{shlex.quote(name)} could be any of {len(found)} speakers:"
            f" {', '.join(found[: self.SHOWN])}{more}. Give more of the name."
        )


class SpeakerExistsError(QuoteArchiveError):
    """A name is another speaker's already."""

    def __init__(self, name: str, owner: str) -> None:
        known = f"{name} is a speaker already" if name == owner else f"{name} is another name of {owner}"
        super().__init__(
            f"{known}. To make two speakers one: quotearchive speakers merge NAME --into"
            f" {shlex.quote(owner)}. Nothing was changed."
        )


class NamelessError(QuoteArchiveError):
    """A name without a letter."""

    exit_code = USAGE

    def __init__(self, name: str) -> None:
        super().__init__(f"{shlex.quote(name)} is no name. A name has letters.")


class NoRecordError(QuoteArchiveError):
    """A speaker has quotes, but no record that could be removed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has no record, only quotes. To take the name from them:"
            f" quotearchive edit --where 'speaker:{shlex.quote(name)}' --speaker ''"
        )


class EmptyTopicError(QuoteArchiveError):
    """A topic without words."""

    exit_code = USAGE

    def __init__(self, topic: str) -> None:
        super().__init__(f"{shlex.quote(topic)} is no topic. A topic has words, such as prison or prison/conditions.")


class TopicNotFoundError(QuoteArchiveError):
    """No quote is on that topic, and nobody described it."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        super().__init__(
            f"There is no topic {shlex.quote(name)}.{did_you_mean(nearest)}"
            " The topics are listed by: quotearchive topics"
        )


class AmbiguousTopicError(QuoteArchiveError):
    """A part of a path is in several."""

    #: How many of them the sentence names.
    SHOWN: Final = 8

    def __init__(self, name: str, found: Sequence[str]) -> None:
        more = f" and {len(found) - self.SHOWN} more" if len(found) > self.SHOWN else ""
        super().__init__(
            f"{shlex.quote(name)} could be any of {len(found)} topics:"
            f" {', '.join(found[: self.SHOWN])}{more}. Give the whole path."
        )


class TopicExistsError(QuoteArchiveError):
    """A topic can't get a path that another has."""

    def __init__(self, topic: str, taken: str) -> None:
        merge = shlex.join(["quotearchive", "topics", "merge", topic, "--into", taken])
        super().__init__(f"There is a topic {taken} already. To make the two one: {merge}. Nothing was changed.")


class TopicIntoItselfError(QuoteArchiveError):
    """A topic can't lie below itself."""

    exit_code = USAGE

    def __init__(self, topic: str, place: str) -> None:
        super().__init__(f"{topic} can't become {place}, which lies below it. Nothing was changed.")


class OverlappingPassagesError(QuoteArchiveError):
    """Two passages of one quote share words."""

    exit_code = USAGE

    def __init__(self, shared: str) -> None:
        super().__init__(
            f"Two of the passages share the words {excerpt(shared)}."
            " The passages of one quote follow each other: give them as one, or as two quotes."
        )


class UnusableOccurrenceError(QuoteArchiveError):
    """An occurrence was chosen, but not of one passage."""

    exit_code = USAGE

    def __init__(self, passages: int) -> None:
        super().__init__(
            f"--occurrence goes with one PASSAGE, and {passages} were given. Name places by --span START:END instead."
        )


class NoPassageError(QuoteArchiveError):
    """A quote was asked for without its words."""

    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__(
            "Which words? Give them as the document has them, or their two ends:"
            " quotearchive quote DOC 'first words ... last words' --speaker NAME."
            " The quotations that a document seems to hold are listed by: quotearchive quote DOC --detect"
        )


class NotWithinError(QuoteArchiveError):
    """A quote is said to be within another that does not hold its words."""

    def __init__(self, outer: int, document: str) -> None:
        super().__init__(
            f"Quote {outer} does not hold these words of {document}."
            f" See it by: quotearchive show {outer}. Leave --within out if nobody else is quoting them."
        )


class MissingWordsError(QuoteArchiveError):
    """The ends of a quote can't be moved in a text that no longer has its words."""

    def __init__(self, number: int, document: str) -> None:
        super().__init__(
            f"{document} no longer has the words of quote {number}, so its ends can't be moved."
            " Choose other words with --passage or --span."
        )


class WithinItselfError(QuoteArchiveError):
    """A quote can't be said in itself, nor in one that is said in it."""

    exit_code = USAGE

    def __init__(self, quote: int, outer: int) -> None:
        super().__init__(f"Quote {quote} can't be said in quote {outer}, which is said in it. Nothing was changed.")


class EmptyFieldError(QuoteArchiveError):
    """A document can't be without this."""

    exit_code = USAGE

    def __init__(self, field: str) -> None:
        super().__init__(f"A document needs a {field}; give another one instead of none.")


class FormError(QuoteArchiveError):
    """A mistake in a form that was edited.

    Args:
        line: The number of the line that holds it, from 1.
        mistake: What is wrong there.
    """

    exit_code = USAGE

    def __init__(self, line: int, mistake: str) -> None:
        self.line, self.mistake = line, mistake
        super().__init__(f"Line {line}: {mistake} Nothing was changed.")


class MergedWithItselfError(QuoteArchiveError):
    """An archive can't be merged into itself."""

    exit_code = USAGE

    def __init__(self, path: Path) -> None:
        super().__init__(f"{shlex.quote(str(path))} is this archive itself. Name the other one.")


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
        sentence = f"The archives differ in {len(conflicts)} {fields}. Say --ours or --theirs. Nothing was changed:"
        super().__init__("\n".join([sentence, *lines]))


class SameTextError(QuoteArchiveError):
    """A text that was to replace another is here already."""

    def __init__(self, name: str, slug: str) -> None:
        super().__init__(f"{name!r} has the text that the archive has already, as {slug}. Nothing was changed.")


class RowError(QuoteArchiveError):
    """A row of an imported file can't be used."""

    def __init__(self, unit: str, row: int, cause: QuoteArchiveError) -> None:
        super().__init__(f"{unit.capitalize()} {row}: {cause}")
        self.unit, self.row, self.cause = unit, row, cause


class UnknownKindError(QuoteArchiveError):
    """A document is of no kind that there is."""

    def __init__(self, kind: str, kinds: Sequence[str]) -> None:
        super().__init__(f"{excerpt(kind)} is no kind of document. The kinds are {', '.join(kinds)}.")


class NoSuchSourceError(QuoteArchiveError):
    """What a row is of is not in the archive."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The document {excerpt(name)} is not in the archive. Add its text by: quotearchive add FILE"
            f" --title {shlex.quote(name)}; or say which document it is with --document DOC."
            if name
            else "It doesn't say of which document it is. Say it with --document DOC."
        )


class SeveralSourcesError(QuoteArchiveError):
    """A row could be of several documents."""

    def __init__(self, name: str, slugs: Sequence[str]) -> None:
        super().__init__(
            f"{excerpt(name)} could be any of the documents {', '.join(slugs)}. Say which with --document DOC."
        )


class TitleAloneError(QuoteArchiveError):
    """A source has the title of documents that are here, and nothing else tells that it is one of them."""

    def __init__(self, title: str, slugs: Sequence[str]) -> None:
        super().__init__(
            f"{excerpt(title)} is the title of {', '.join(slugs)} here, but a title alone does not say that it is"
            f" the same source. If it is, import it alone with --document {shlex.quote(slugs[0])}."
        )


class SeveralItemsError(QuoteArchiveError):
    """Several rows speak of one document and do not say the same."""

    def __init__(self, slug: str, unit: str, other: int, more: int) -> None:
        others = f"so does {unit} {other}" if not more else f"so do {unit} {other} and {more:,} more"
        super().__init__(f"It speaks of {slug}, and {others}, in other words. Leave only the right one in the file.")


class BackwardRangeError(QuoteArchiveError):
    """A range whose end stands before its start."""

    exit_code = USAGE

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"{start}-{end} runs backwards. Write {end}-{start}.")
