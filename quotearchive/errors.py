"""Every failure that a user can meet, its sentence and its exit code.

An error is raised with the values that explain it and composes its own sentence: what is wrong, with
which value, and what to do next. The command line alone turns it into a message and an exit code.
"""

import errno
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final, NamedTuple, Self

#: Exit codes: the answer is no; the command was used wrongly; the archive can't be read, written or locked.
NO: Final = 1
USAGE: Final = 2
ARCHIVE: Final = 3


class QuoteArchiveError(Exception):
    """A failure with a sentence for the user and an exit code for the shell."""

    exit_code: ClassVar[int] = NO


class ArchiveError(QuoteArchiveError):
    """The archive can't be read, written or locked."""

    exit_code = ARCHIVE


class UnknownFormatError(QuoteArchiveError):
    """There is no such format to export to."""

    exit_code = USAGE

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no format {shlex.quote(name)}. The formats are {', '.join(known)}.")


class ForeignFileError(QuoteArchiveError):
    """A file that an export would change was not written by it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is already there and was not made by this export. Move it, or export elsewhere.")


class MissingStylesError(QuoteArchiveError):
    """Citation styles are not installed."""

    exit_code = USAGE

    def __init__(self, style: str) -> None:
        super().__init__(
            f"The citation style {style} needs a package of styles. Install it with: pip install 'quotearchive[styles]'"
        )


class UnknownStyleError(QuoteArchiveError):
    """There is no such citation style."""

    exit_code = USAGE

    def __init__(self, style: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no citation style {shlex.quote(style)}. Take apa, {', '.join(known)}, "
            "or another name from https://github.com/citation-style-language/styles."
        )


class MissingTemplateError(QuoteArchiveError):
    """An export by template was asked for without one."""

    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__("The format template needs a template. Name its file with --template FILE.")


class UnusableTemplateError(QuoteArchiveError):
    """A template can't be read, fails, or takes more than it may."""

    exit_code = USAGE

    def __init__(self, reason: str, line: int | None) -> None:
        where = f", line {line}" if line else ""
        super().__init__(f"The template can't be used{where}: {reason}")


class UndecodableTemplateError(UnusableTemplateError):
    """A template is not UTF-8."""

    def __init__(self, line: int) -> None:
        super().__init__("it is not UTF-8. Save it as UTF-8.", line)


class LongTemplateError(UnusableTemplateError):
    """A template is longer than any that somebody writes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it is larger than {limit // 2**20} MiB.", None)


class MissingPartError(QuoteArchiveError):
    """A format needs a library that is not installed."""

    exit_code = USAGE

    def __init__(self, name: str, library: str) -> None:
        super().__init__(f"The format {name} needs {library}. Install it with: pip install 'quotearchive[export]'")


#: Code points of a passage that a message shows on each side of what matters in it.
_SHOWN: Final = 40


class Place(NamedTuple):
    """A stretch of a document's text, as messages speak of it.

    Attributes:
        start: Offset of its first code point.
        end: Offset behind its last code point.
        words: The stretch itself, perhaps with some of what stands around it.
    """

    start: int
    end: int
    words: str


class Mismatch(NamedTuple):
    """The first difference between what was typed and what a document says.

    Attributes:
        typed: The words that were typed; may be empty.
        found: The words that the document has instead; may be empty.
        typed_at: Where the difference starts in what was typed, in code points.
        found_at: Where it starts in the nearest words, in code points.
    """

    typed: str
    found: str
    typed_at: int
    found_at: int


class PassageError(QuoteArchiveError):
    """A passage can't be taken from a document, whose name is added where it is known."""

    document: str = "the document"

    def in_document(self, document: str) -> Self:
        """Return the same error with the document's name in its sentence."""
        named = type(self).__new__(type(self))
        named.__dict__.update(self.__dict__, document=document)
        return named

    def __str__(self) -> str:
        return self._sentence()

    def _sentence(self) -> str:
        raise NotImplementedError


class EmptyPassageError(PassageError):
    """A passage holds no words."""

    exit_code = USAGE

    def _sentence(self) -> str:
        return f"The passage is empty. Give some words of {self.document}."


class SpanError(PassageError):
    """A span is empty or reaches beyond the text."""

    exit_code = USAGE

    def __init__(self, start: int, end: int, length: int) -> None:
        super().__init__(start, end, length)
        self.start, self.end, self.length = start, end, length

    def _sentence(self) -> str:
        fault = "is empty" if self.start >= self.end else "reaches beyond the text"
        return (
            f"The span {self.start}:{self.end} {fault}. A span of {self.document} is START:END "
            f"with 0 <= START < END <= {self.length}."
        )


#: Places of a passage that are told, so that the question stays on the screen.
_PLACES_TOLD: Final = 10


class AmbiguousPassageError(PassageError):
    """A passage stands in several places.

    Args:
        passage: What was typed.
        places: The places in order, each with the words around it; perhaps only the first of them.
        count: How many places there are.
    """

    def __init__(self, passage: str, places: Sequence[Place], count: int) -> None:
        super().__init__(passage, places, count)
        self.passage, self.places, self.count = passage, tuple(places), count

    def _sentence(self) -> str:
        sentence = f"{_excerpt(self.passage)} occurs in {self.count:,} places of {self.document}."
        told = self.places[:_PLACES_TOLD]
        lines = [f"  {number}. {place.start}:{place.end}  {place.words}" for number, place in enumerate(told, 1)]
        more = self.count - len(told)
        lines += [f"  and {more:,} more"] if more else []
        return "\n".join([f"{sentence} Say which with --occurrence N:", *lines])


class OccurrenceError(PassageError):
    """A passage does not stand in as many places as was asked for."""

    exit_code = USAGE

    def __init__(self, passage: str, occurrence: int, count: int) -> None:
        super().__init__(passage, occurrence, count)
        self.passage, self.occurrence, self.count = passage, occurrence, count

    def _sentence(self) -> str:
        places = "one place" if self.count == 1 else f"{self.count:,} places"
        choice = "Leave --occurrence out." if self.count == 1 else f"Give --occurrence 1 to {self.count}."
        return (
            f"There is no occurrence {self.occurrence} of {_excerpt(self.passage)}: "
            f"it stands in {places} of {self.document}. {choice}"
        )


class PassageNotFoundError(PassageError):
    """A passage is not in the document.

    Args:
        passage: What was typed.
        nearest: What the document has that is most like it; None if nothing is near.
        mismatch: The first difference between the two.
    """

    def __init__(self, passage: str, *, nearest: Place | None = None, mismatch: Mismatch | None = None) -> None:
        super().__init__(passage, nearest, mismatch)
        self.passage, self.nearest, self.mismatch = passage, nearest, mismatch

    def _sentence(self) -> str:
        at = self.mismatch.typed_at if self.mismatch else 0
        refusal = f"Not in {self.document}: {_excerpt(self.passage, at)}."
        return " ".join(filter(None, (refusal, self._nearest_words(), self._difference())))

    def _nearest_words(self) -> str:
        if self.nearest is None:
            return "Nothing in it comes near."
        start, end, words = self.nearest
        at = self.mismatch.found_at if self.mismatch else 0
        return f"The nearest passage is {_excerpt(words, at)} at {start}:{end}."

    def _difference(self) -> str:
        if self.mismatch is None:
            return ""
        typed, found, *_ = self.mismatch
        if typed.strip() and found.strip():
            return f"First difference: {_excerpt(typed)} against {_excerpt(found)}."
        extra = f"{_excerpt(found)} is left out" if found.strip() else f"{_excerpt(typed)} is not there"
        return f"First difference: {extra}."


def _on_one_line(words: str) -> str:
    """Join the lines in which libraries say what is wrong."""
    return " ".join(words.split()).rstrip(".")


def _excerpt(words: str, at: int = 0) -> str:
    """Put words into quotation marks and on one line, shortened around an offset if they are long."""
    start, end = max(0, at - _SHOWN), at + 2 * _SHOWN
    start = words.rfind(" ", 0, start) + 1 if start else 0
    shown = " ".join(words[start:end].split())
    return f'"{"..." if start else ""}{shown}{"..." if end < len(words) else ""}"'


def _did_you_mean(nearest: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(nearest)}?" if nearest else ""


class ArchiveUnreadableError(ArchiveError):
    """The archive's file can't be read."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"The archive {path} can't be read: {_reason(cause)}.")


class NotRegularError(ArchiveUnreadableError):
    """Where an archive or its backup should be is a directory, a device or a pipe, which may have no end."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, OSError(errno.EINVAL, "it is a directory, a device or a pipe"))


class ArchiveUnwritableError(ArchiveError):
    """The archive's file can't be written; what it held is untouched."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"The archive {path} can't be written: {_reason(cause)}. Nothing was changed.")


class WriteProtectedError(ArchiveError):
    """The archive's own mode keeps it from being written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The archive {path} is write-protected. Nothing was changed. If it is yours to change,"
            f" allow it with: chmod u+w {shlex.quote(str(path))}"
        )


class UnkeptRightsError(ArchiveError):
    """A new file can't have the rights of the archive that it would replace."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"The archive {path} can't be written: {what} can't be kept, and others might read what they must not,"
            " or no longer what they may. Nothing was changed. Let its owner make the change."
        )


class UnconfirmedWriteError(ArchiveError):
    """A change was written, but the system can't say whether it is on the disk."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(
            f"The change was written to {path}, but it may not survive a power cut: {_reason(cause)}. Check the disk."
        )


class ArchiveLockedError(ArchiveError):
    """Another process is writing the archive.

    Args:
        path: The archive.
        patience: Seconds that were waited.
        holder: Which process, and since when; empty if that is not known.
        lock: The lock's file, if it is another user's and can't be opened, so that nobody knows whether the
            process that made it still runs.
    """

    def __init__(self, path: Path, patience: float, holder: str = "", lock: Path | None = None) -> None:
        stale = f" If no such process runs any more, remove its lock: {shlex.quote(str(lock))}" if lock else ""
        super().__init__(
            f"The archive {path} is being written by another process{f' ({holder})' if holder else ''};"
            f" waited {patience:g} second{'' if patience == 1 else 's'}. Nothing was changed."
            f" Try again, or wait longer with --wait SECONDS.{stale}"
        )


class PathError(ArchiveError):
    """The system refuses a file or a folder that a command needs."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(f"{shlex.quote(str(cause.filename))} can't be used: {_reason(cause)}. Nothing was changed.")


class NoFolderError(ArchiveError):
    """The archive can't be looked for in the current folder or those above."""

    def __init__(self, cause: OSError) -> None:
        where = shlex.quote(str(Path(cause.filename).parent)) if cause.filename else "the current folder"
        super().__init__(f"No archive can be looked for in {where}: {_reason(cause)}. Name one with -a FILE.")


class SuspectArchiveError(ArchiveError):
    """An archive in a folder above may have been put there by somebody else, and nobody is there to be asked.

    Args:
        path: The archive.
        suspicion: What is wrong with it.
    """

    def __init__(self, path: Path, suspicion: str) -> None:
        super().__init__(
            f"The archive {path} was found in a folder above, and {suspicion}. Nothing was read or changed."
            f" If it is the one you mean, name it: -a {shlex.quote(str(path))}"
        )


class Spot(NamedTuple):
    """A place in the archive's file; what is not known is None or empty.

    Attributes:
        byte: Bytes before it.
        line: Its line, from 1.
        table: The table.
        record: The record's number.
        field: The field, perhaps with the way into it: `passages[0].start`.
    """

    byte: int | None = None
    line: int | None = None
    table: str = ""
    record: str = ""
    field: str = ""

    def __str__(self) -> str:
        record = f"record {self.record} of {self.table}" if self.record and self.table else ""
        parts = (
            f"byte {self.byte}" if self.byte is not None else "",
            f"line {self.line}" if self.line is not None else "",
            record or (f"table {self.table}" if self.table else ""),
            f"field {self.field}" if self.field else "",
        )
        return ", ".join(filter(None, parts))


class Backup(NamedTuple):
    """The archive before its last change.

    Attributes:
        path: Its file.
        when: When it was written.
        documents: How many it holds; None if it is damaged too.
        quotes: How many it holds.
    """

    path: Path
    when: str
    documents: int | None = None
    quotes: int | None = None

    def __str__(self) -> str:
        if self.documents is None:
            return f"{self.path}, from {self.when}, is damaged too"
        return f"{self.path} holds the archive of {self.when}: documents {self.documents}, quotes {self.quotes}"


class ArchiveMissingError(ArchiveError):
    """There is no archive yet, or none any more.

    Args:
        path: Where it would be.
        backup: What the backup beside it holds, if there is one.
    """

    def __init__(self, path: Path, backup: Backup | None = None) -> None:
        advice = "Make one with: quotearchive add FILE, or name another with -a FILE."
        if backup:
            there, here = shlex.quote(str(backup.path)), shlex.quote(str(path))
            advice = f"{backup}. Bring it back with: cp {there} {here} (or move the backup away to begin anew)"
        super().__init__(f"There is no archive {path}. {advice}")


class ReservedNameError(ArchiveError):
    """A file is named as backups and locks of archives are."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is named as the backup or the lock of an archive, and can be read but not changed."
            " Copy it to another name first."
        )


class ForeignLockError(ArchiveError):
    """What has the name of an archive's lock is no lock."""

    def __init__(self, path: Path, name: Path) -> None:
        super().__init__(f"The archive {path} can't be locked: {name} is something else. Move it away, and try again.")


class DamagedArchiveError(ArchiveError):
    """The file is no archive, or no longer one.

    Args:
        path: The file.
        found: What is wrong.
        spot: Where.
        backup: What stands beside it.
    """

    def __init__(self, path: Path, found: str, spot: Spot | None = None, backup: Backup | None = None) -> None:
        self.path, self.found, self.spot, self.backup = path, found, spot or Spot(), backup
        place = f" ({self.spot})" if str(self.spot) else ""
        kept = f" {backup}." if backup else ""
        super().__init__(
            f"{path} is no readable archive: {found}{place}. Nothing was changed.{kept}"
            " What can be saved is shown by: quotearchive verify --repair"
        )


class UnrepairableError(ArchiveError):
    """Neither an archive nor its backup holds anything that can be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Nothing can be saved of {path}, and it has no backup that can be read. Nothing was changed.")


class ChangedMeanwhileError(ArchiveError):
    """Somebody else changed the archive after it was read for a change, which was not made."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was changed by somebody else in the meantime, and stays as they wrote it."
            " This command changed nothing; run it again."
        )


class LostTextError(ArchiveError):
    """The history refers to a text that it does not keep."""

    def __init__(self, path: Path, sha256: str) -> None:
        super().__init__(
            f"The history of {path} no longer keeps the text {sha256}. What needs it can't be undone."
            " Nothing was changed."
        )


class BrokenInvariantError(QuoteArchiveError):
    """A change would leave an archive that does not keep what every archive keeps.

    Args:
        broken: A sentence for each invariant that it would break, without its full stop.
    """

    #: How many of them the message names.
    SHOWN: Final = 5

    def __init__(self, broken: Sequence[str]) -> None:
        self.broken = tuple(broken)
        super().__init__(
            f"This would leave an archive in which {_listed(broken, self.SHOWN, '; ')}. Nothing was changed."
        )


class NotUnicodeError(QuoteArchiveError):
    """A string holds half a character or a byte that is none, which neither UTF-8 nor JSON can carry."""

    def __init__(self, words: str) -> None:
        shown = words.encode("ascii", "backslashreplace").decode()[: 2 * _SHOWN]
        super().__init__(f"This is not valid Unicode and can't be stored: {shown}. Nothing was changed.")


class EditedByHandError(QuoteArchiveError):
    """A change can't be undone because its records are not as it left them."""

    def __init__(self, path: Path, number: int, table: str, record: str) -> None:
        super().__init__(
            f"Change {number} can't be undone: record {record} of {table} is not as it left it."
            f" Somebody edited {path} by hand, or its history. Nothing was changed."
        )


class NewerFormatError(ArchiveError):
    """The archive was written by a later version of quotearchive."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"The archive {path} has format {found}, and this version reads formats up to {known}."
            " Install a newer quotearchive. Nothing was changed."
        )


def _reason(cause: OSError) -> str:
    return (cause.strerror or str(cause)).lower()


class UnreadableDateError(QuoteArchiveError):
    """A date that is neither EDTF nor words for one."""

    exit_code = USAGE

    def __init__(self, words: str) -> None:
        super().__init__(f"{_excerpt(words)} can't be read as a date. {_DATE_EXAMPLES}")


class AmbiguousDateError(QuoteArchiveError):
    """A date in figures that can be read in two ways."""

    exit_code = USAGE

    def __init__(self, words: str, readings: Sequence[str]) -> None:
        super().__init__(f"{words!r} can be read as {' or as '.join(readings)}. Write the one that is meant.")


_DATE_EXAMPLES: Final = (
    "Write 2021-02-12, 2021-02 or 2021; 1943? (uncertain), 1943~ (approximate), 1943-21 (spring), "
    "1943-03/1943-05 (a range), ../1943 (until); or words such as '12 February 2021', 'le 24 mars 1943', "
    "'around 1943' or '24 Bahman 1399'."
)


class MissingFileError(QuoteArchiveError):
    """A file or folder that isn't there."""

    def __init__(self, path: object) -> None:
        super().__init__(f"There is no file or folder {str(path)!r}.")


class UnreadableFileError(QuoteArchiveError):
    """A file or folder that the system doesn't let us read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name!r} can't be read: {reason}.")


class EmptyFileError(QuoteArchiveError):
    """A file without words."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is empty: there is no text in it.")


class EmptyFolderError(QuoteArchiveError):
    """A folder that holds no file of a format that is read."""

    def __init__(self, path: object, suffixes: Sequence[str]) -> None:
        super().__init__(f"The folder {str(path)!r} holds nothing to read: no file that ends in {', '.join(suffixes)}.")


class TooLargeError(QuoteArchiveError):
    """A file beyond the size that is read."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(f"{name!r} is larger than {limit // 2**20} MiB. Split it, or take its text out of it first.")


class NotTextError(QuoteArchiveError):
    """A file that holds no text, or none in an encoding that can be told."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name!r} is not a text file: it looks like {what}. Save its text as UTF-8 and add that.")


class FrontMatterError(QuoteArchiveError):
    """Front matter that isn't YAML."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"The front matter of {name!r} is not YAML: line {line}: {problem}. Correct that line.")


class DocumentNotFoundError(QuoteArchiveError):
    """No document has that name or number."""

    def __init__(self, reference: str, nearest: Sequence[str]) -> None:
        super().__init__(
            f"There is no document {shlex.quote(reference)}.{_did_you_mean(nearest)}"
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
            listed = _listed(later, self.SHOWN)
            reason = f"later changes of the same hold ({listed}). Undo those first, the last one before others"
        elif quotes:
            reason = f"quotes {_listed(quotes, self.SHOWN)} refer to what it would take away. Remove them first"
        else:
            taken = _listed(sorted(set(names)), self.SHOWN)
            reason = f"its names have been given to something else since ({taken}). Rename or remove that first"
        super().__init__(f"Change {number} can't be undone: {reason}. Nothing was changed.")


def _listed(items: Sequence[object], limit: int, separator: str = ", ") -> str:
    more = f" and {len(items) - limit} more" if len(items) > limit else ""
    return separator.join(map(str, items[:limit])) + more


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
            f"There is no speaker {shlex.quote(name)}.{_did_you_mean(nearest)}"
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


class NothingNamedError(QuoteArchiveError):
    """A change was asked for, but not of what."""

    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__("Change what? Name quotes or documents, or say --where QUERY.")


class NothingToChangeError(QuoteArchiveError):
    """A change was asked for, but not which."""

    exit_code = USAGE

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(f"What is to change? Say one of {', '.join(options)}.")


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
            f"There is no topic {shlex.quote(name)}.{_did_you_mean(nearest)}"
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
            f"Two of the passages share the words {_excerpt(shared)}."
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


class UnusableOptionError(QuoteArchiveError):
    """An option was given that what is to be changed has no use for."""

    exit_code = USAGE

    def __init__(self, options: Sequence[str], what: str) -> None:
        super().__init__(f"{', '.join(options)} can't be said of {what}. Nothing was changed.")


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


class EditorError(QuoteArchiveError):
    """The user's editor can't be run, or did not leave a form."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The editor can't be used: {reason.rstrip('.')}. Set VISUAL or EDITOR. Nothing was changed.")


class UndecodableFormError(FormError):
    """A form was saved in another encoding."""

    def __init__(self, line: int) -> None:
        super().__init__(line, "This is not UTF-8. Save it as UTF-8.")


class FormKeptError(QuoteArchiveError):
    """A form could not be stored, and what was typed is kept.

    Args:
        path: Where.
        mistake: Why it could not be stored; nothing if that was said.
    """

    def __init__(self, path: Path, mistake: QuoteArchiveError | None = None) -> None:
        super().__init__(" ".join(map(str, filter(None, (mistake, f"What you typed is kept in {path}.")))))


class NoEditorError(QuoteArchiveError):
    """A form can't be edited: there is neither a terminal nor an editor that needs none."""

    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__("There is no terminal to edit in. Say the change by options; see: quotearchive edit --help")


class UnknownShellError(QuoteArchiveError):
    """There is no completion for a shell."""

    exit_code = USAGE

    def __init__(self, shell: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no completion for {shlex.quote(shell)}, only for {', '.join(known)}.")


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
            f"  {of}, {field}: ours {_excerpt(ours)}, theirs {_excerpt(theirs)}"
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


class OneTextError(QuoteArchiveError):
    """A text can be replaced by one text alone."""

    exit_code = USAGE

    def __init__(self, count: int) -> None:
        super().__init__(f"--replace takes one file, or - for standard input, and {count} were given.")


class UnansweredError(QuoteArchiveError):
    """A question had to be asked, and nobody is there to answer it."""

    exit_code = USAGE

    def __init__(self, question: str) -> None:
        super().__init__(f"{question} There is no terminal to ask this on; say --yes. Nothing was changed.")


class FileExistsAlreadyError(QuoteArchiveError):
    """A file that would be written is there."""

    exit_code = USAGE

    def __init__(self, path: Path) -> None:
        super().__init__(f"{shlex.quote(str(path))} is there already. Say --force to replace it, or give another name.")


class OutputError(QuoteArchiveError):
    """A result can't be written to a file."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"{shlex.quote(str(path))} can't be written: {_reason(cause)}.")


class UnshownError(QuoteArchiveError):
    """A result can't be shown.

    Args:
        cause: What the system says.
        is_stored: Whether the command has changed the archive.
    """

    def __init__(self, cause: OSError, *, is_stored: bool = False) -> None:
        result = "The change is stored, but its result" if is_stored else "The result"
        super().__init__(f"{result} can't be shown: {_reason(cause)}.")


class EmptyFilterError(QuoteArchiveError):
    """An option that chooses quotes was given without a word to choose by."""

    exit_code = USAGE

    def __init__(self, field: str, value: str) -> None:
        super().__init__(f"--{field} {shlex.quote(value)} has no word to look for.")


class NoOutputError(QuoteArchiveError):
    """A format that can't be printed was asked for without a place to write it to."""

    exit_code = USAGE

    def __init__(self, name: str) -> None:
        super().__init__(f"The format {name} can't be printed. Say where to write it with --output PATH.")


class UnreadableNumbersError(QuoteArchiveError):
    """What should be numbers and ranges is something else."""

    exit_code = USAGE

    def __init__(self, text: str) -> None:
        super().__init__(f"{shlex.quote(text)} names no candidates. Write numbers and ranges such as 1,3-5, or all.")


class UnknownProposalError(QuoteArchiveError):
    """No proposal has that number."""

    def __init__(self, number: int, count: int) -> None:
        super().__init__(
            f"There is no candidate {number}: the document has {count}."
            " They are listed by: quotearchive quote DOC --detect"
        )


class UnusableFileError(QuoteArchiveError):
    """A file that should be imported is not in its format."""

    def __init__(self, name: str, found: str) -> None:
        reason = _on_one_line(found)
        super().__init__(
            f"The file can't be read as {name}: {reason}. Nothing was changed. Name another with --format."
        )


class UnguessableFormatError(QuoteArchiveError):
    """Nothing tells the format of a file that should be imported."""

    exit_code = USAGE

    def __init__(self, path: Path, known: Sequence[str]) -> None:
        super().__init__(
            f"Nothing tells the format of {shlex.quote(str(path))}. Name it with --format:"
            f" {', '.join(known)}. A text is taken in by: quotearchive add {shlex.quote(str(path))}"
        )


class RowError(QuoteArchiveError):
    """A row of an imported file can't be used."""

    def __init__(self, unit: str, row: int, cause: QuoteArchiveError) -> None:
        super().__init__(f"{unit.capitalize()} {row}: {cause}")
        self.unit, self.row, self.cause = unit, row, cause


class MalformedRowError(QuoteArchiveError):
    """A row does not hold what its format says."""

    def __init__(self, found: str) -> None:
        self.found = _on_one_line(found)
        super().__init__(f"It is not as it should be: {self.found}.")


class ForeignTextError(QuoteArchiveError):
    """A document's text is not the one that was exported."""

    def __init__(self) -> None:
        super().__init__(
            "Its text is not the one that its sha256 names: it was changed on the way."
            " Leave sha256 out if the change is meant."
        )


class EmptyTextError(QuoteArchiveError):
    """A document without words."""

    def __init__(self) -> None:
        super().__init__("The document has no words.")


class UnknownKindError(QuoteArchiveError):
    """A document is of no kind that there is."""

    def __init__(self, kind: str, kinds: Sequence[str]) -> None:
        super().__init__(f"{_excerpt(kind)} is no kind of document. The kinds are {', '.join(kinds)}.")


class NoSuchSourceError(QuoteArchiveError):
    """What a row is of is not in the archive."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The document {_excerpt(name)} is not in the archive. Add its text by: quotearchive add FILE"
            f" --title {shlex.quote(name)}; or say which document it is with --document DOC."
            if name
            else "It doesn't say of which document it is. Say it with --document DOC."
        )


class SeveralSourcesError(QuoteArchiveError):
    """A row could be of several documents."""

    def __init__(self, name: str, slugs: Sequence[str]) -> None:
        super().__init__(
            f"{_excerpt(name)} could be any of the documents {', '.join(slugs)}. Say which with --document DOC."
        )


class TitleAloneError(QuoteArchiveError):
    """A source has the title of documents that are here, and nothing else tells that it is one of them."""

    def __init__(self, title: str, slugs: Sequence[str]) -> None:
        super().__init__(
            f"{_excerpt(title)} is the title of {', '.join(slugs)} here, but a title alone does not say that it is"
            f" the same source. If it is, import it alone with --document {shlex.quote(slugs[0])}."
        )


class SeveralItemsError(QuoteArchiveError):
    """Several rows speak of one document and do not say the same."""

    def __init__(self, slug: str, unit: str, other: int, more: int) -> None:
        others = f"so does {unit} {other}" if not more else f"so do {unit} {other} and {more:,} more"
        super().__init__(f"It speaks of {slug}, and {others}, in other words. Leave only the right one in the file.")


class UnplacedPassageError(PassageError):
    """An imported passage stands in several places, and nothing tells which is meant."""

    def __init__(self, passage: str, count: int) -> None:
        super().__init__(passage, count)
        self.passage, self.count = passage, count

    def _sentence(self) -> str:
        return (
            f"{_excerpt(self.passage)} stands in {self.count} places of {self.document}, and the file does"
            f" not say in which. See them by: quotearchive quote {self.document} PASSAGE"
        )


class ClashingOptionsError(QuoteArchiveError):
    """Options were given that say different things, or nothing where they stand.

    Args:
        option: The option, as it is typed.
        reason: With what it goes, or what it can't go with.
    """

    exit_code = USAGE

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(f"{option} {reason}. Nothing was changed.")


class OwnFileError(QuoteArchiveError):
    """A result would be written over the archive."""

    exit_code = USAGE

    def __init__(self, path: Path) -> None:
        super().__init__(f"{shlex.quote(str(path))} belongs to the archive itself. Give another name.")


class BackwardRangeError(QuoteArchiveError):
    """A range whose end stands before its start."""

    exit_code = USAGE

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"{start}-{end} runs backwards. Write {end}-{start}.")


class DeclinedError(QuoteArchiveError):
    """A question was answered with no."""

    def __init__(self) -> None:
        super().__init__("Cancelled. Nothing was changed.")


class VagueEditError(QuoteArchiveError):
    """A change to all that a query finds, where the query is not read as it was meant, or asks for everything."""

    exit_code = USAGE

    def __init__(self, query: str) -> None:
        super().__init__(
            f"--where {shlex.quote(query)} is no condition to change quotes by. Nothing was changed."
            " Try it with: quotearchive search"
        )
