"""Every failure that a user can meet, its sentence and its exit code.

An error is raised with the values that explain it and composes its own sentence: what is wrong, with
which value, and what to do next. The command line alone turns it into a message and an exit code.
"""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

#: Exit codes: the answer is no; the command was used wrongly; the archive can't be read, written or locked.
NO: Final = 1
USAGE: Final = 2
ARCHIVE: Final = 3

#: Code points of a passage that a message shows on each side of what matters in it.
_SHOWN: Final = 40

#: Names that a message offers or lists at most.
SHOWN: Final = 8


class QuoteArchiveError(Exception):
    """A failure with a sentence for the user and an exit code for the shell."""

    exit_code: ClassVar[int] = NO


class UsageError(QuoteArchiveError):
    """The command was used wrongly."""

    exit_code = USAGE


class NotFoundError(QuoteArchiveError):
    """The archive has nothing of that name.

    Args:
        name: The name, or the number, that was given.
        nearest: Names that are like it, to be offered.
    """

    #: What there is none of.
    thing: ClassVar[str]

    def __init__(self, name: str | int, nearest: Sequence[str] = ()) -> None:
        super().__init__(f"There is no {self.thing} {shlex.quote(str(name))}.{did_you_mean(nearest)}")


class AmbiguousError(QuoteArchiveError):
    """The archive has several things that a part of a name may mean.

    Args:
        name: The part that was given.
        found: The names that it may mean.
    """

    #: What there are several of, and what to do.
    things: ClassVar[str]
    advice: ClassVar[str]

    def __init__(self, name: str, found: Sequence[str]) -> None:
        super().__init__(
            f"{shlex.quote(name)} could be any of {len(found)} {self.things}: {shorten(found, SHOWN)}. {self.advice}"
        )


class ArchiveError(QuoteArchiveError):
    """The archive can't be read, written or locked."""

    exit_code = ARCHIVE


class UnknownFormatError(UsageError):
    """There is no such format."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no format {shlex.quote(name)}. The formats are {', '.join(known)}.")


class MissingPartError(UsageError):
    """A format needs a library that is not installed."""

    def __init__(self, name: str, library: str, extra: str = "export") -> None:
        super().__init__(f"The format {name} needs {library}. Install it with: pip install 'quotearchive[{extra}]'")


class FileLocation(NamedTuple):
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
            advice = f"{backup}. Restore it with: cp {there} {here} (or move the backup away to start afresh)"
        super().__init__(f"There is no archive {path}. {advice}")


class DamagedArchiveError(ArchiveError):
    """The file is no archive, or no longer one.

    Args:
        path: The file.
        found: What is wrong.
        location: Where.
        backup: What stands beside it.
    """

    def __init__(
        self, path: Path, found: str, location: FileLocation | None = None, backup: Backup | None = None
    ) -> None:
        self.path, self.found, self.location, self.backup = path, found, location or FileLocation(), backup
        place = f" ({self.location})" if str(self.location) else ""
        kept = f" {backup}." if backup else ""
        super().__init__(
            f"{path} is not a readable archive: {found}{place}. Nothing was changed.{kept}"
            " To see what can be recovered: quotearchive verify --repair"
        )


class UnreadableFileError(QuoteArchiveError):
    """A file or folder that the system doesn't let us read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name!r} can't be read: {reason}.")


class TooLargeError(QuoteArchiveError):
    """A file beyond the size that is read."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(f"{name!r} is larger than {limit // 2**20} MiB. Split it, or extract its text first.")


class NotTextError(QuoteArchiveError):
    """A file that holds no text, or none in an encoding that can be told."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name!r} is not a text file: it looks like {what}. Save its text as UTF-8 and add that.")


def on_one_line(words: str) -> str:
    """Join the lines in which libraries say what is wrong."""
    return " ".join(words.split()).rstrip(".")


def excerpt(words: str, at: int = 0) -> str:
    """Put words into quotation marks and on one line, shortened around an offset if they are long."""
    start, end = max(0, at - _SHOWN), at + 2 * _SHOWN
    start = words.rfind(" ", 0, start) + 1 if start else 0
    shown = " ".join(words[start:end].split())
    return f'"{"..." if start else ""}{shown}{"..." if end < len(words) else ""}"'


def did_you_mean(nearest: Sequence[str]) -> str:
    """Return a question that offers names, or nothing where there are none."""
    return f" Did you mean {' or '.join(nearest)}?" if nearest else ""


def system_reason(cause: OSError) -> str:
    """Return the system's reason for a failure, as part of a sentence."""
    return (cause.strerror or str(cause)).lower()


def shorten(items: Sequence[object], limit: int, separator: str = ", ") -> str:
    """Return items in one line: the first ones, and how many more there are."""
    more = f" and {len(items) - limit} more" if len(items) > limit else ""
    return separator.join(map(str, items[:limit])) + more
