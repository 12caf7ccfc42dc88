"""Every failure that a user can meet, its sentence and its exit code.

An error is raised with the values that explain it and composes its own sentence: what is wrong, with
which value, and what to do next. The command line alone turns it into a message and an exit code.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

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


class MissingPartError(QuoteArchiveError):
    """A format needs a library that is not installed."""

    exit_code = USAGE

    def __init__(self, name: str, library: str) -> None:
        super().__init__(
            f"The format {name} needs {library}. Install it with: pip install 'quotearchive[export]'"
        )


def _did_you_mean(nearest: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(nearest)}?" if nearest else ""


class ArchiveUnreadableError(ArchiveError):
    """The archive's file can't be read."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"The archive {path} can't be read: {_reason(cause)}.")


class ArchiveUnwritableError(ArchiveError):
    """The archive's file can't be written; what it held is untouched."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"The archive {path} can't be written: {_reason(cause)}. Nothing was changed.")


class ArchiveLockedError(ArchiveError):
    """Another process is writing the archive."""

    def __init__(self, path: Path, patience: float) -> None:
        super().__init__(
            f"The archive {path} is being written by another process; waited {patience:g} seconds."
            " Nothing was changed. Try again."
        )


class ArchiveMissingError(ArchiveError):
    """There is no archive yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no archive {path}. Make one with: quotearchive add FILE, or name another with -a FILE."
        )


class DamagedArchiveError(ArchiveError):
    """The file is no archive, or no longer one.

    Args:
        path: The file.
        found: What is wrong, and where.
    """

    def __init__(self, path: Path, found: str) -> None:
        backup = path.with_name(f"{path.name}.bak")
        advice = f" {backup} holds the archive before its last change." if backup.is_file() else ""
        super().__init__(f"{path} is no readable archive: {found}. Nothing was changed.{advice}")


class NewerFormatError(ArchiveError):
    """The archive was written by a later version of quotearchive."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"The archive {path} has format {found}, and this version reads formats up to {known}."
            " Install a newer quotearchive. Nothing was changed."
        )


def _reason(cause: OSError) -> str:
    return (cause.strerror or str(cause)).lower()
