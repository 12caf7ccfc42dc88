"""Failures of the command line."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from quotearchive.errors import ArchiveError, QuoteArchiveError, UsageError, system_reason


class PathError(ArchiveError):
    """The system refuses a file or a folder that a command needs."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(
            f"{shlex.quote(str(cause.filename))} can't be used: {system_reason(cause)}. Nothing was changed."
        )


class NoFolderError(ArchiveError):
    """The archive can't be looked for in the current folder or those above."""

    def __init__(self, cause: OSError) -> None:
        where = shlex.quote(str(Path(cause.filename).parent)) if cause.filename else "the current folder"
        super().__init__(f"{where} can't be searched for an archive: {system_reason(cause)}. Name one with -a FILE.")


class NothingToChangeError(UsageError):
    """A change was asked for, but not which."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(f"No change was given. Use one of {', '.join(options)}.")


class EditorError(QuoteArchiveError):
    """The user's editor can't be run, or did not leave a form."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The editor can't be used: {reason.rstrip('.')}. Set VISUAL or EDITOR. Nothing was changed.")


class FormError(UsageError):
    """A mistake in a form that was edited.

    Args:
        line: The number of the line that holds it, from 1.
        mistake: What is wrong there.
    """

    def __init__(self, line: int, mistake: str) -> None:
        self.line, self.mistake = line, mistake
        super().__init__(f"Line {line}: {mistake} Nothing was changed.")


class FormKeptError(QuoteArchiveError):
    """A form could not be stored, and what was typed is kept.

    Args:
        path: Where.
        mistake: Why it could not be stored; nothing if that was said.
    """

    def __init__(self, path: Path, mistake: QuoteArchiveError | None = None) -> None:
        super().__init__(" ".join(map(str, filter(None, (mistake, f"What you typed is kept in {path}.")))))


class UnshownError(QuoteArchiveError):
    """A result can't be shown.

    Args:
        cause: What the system says.
        is_stored: Whether the command has changed the archive.
    """

    def __init__(self, cause: OSError, *, is_stored: bool = False) -> None:
        result = "The change is stored, but its result" if is_stored else "The result"
        super().__init__(f"{result} can't be shown: {system_reason(cause)}.")


class ClashingOptionsError(UsageError):
    """Options were given that say different things, or nothing where they stand.

    Args:
        option: The option, as it is typed.
        reason: With what it goes, or what it can't go with.
    """

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(f"{option} {reason}. Nothing was changed.")
