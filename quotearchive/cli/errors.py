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


class NothingNamedError(UsageError):
    """A change was asked for, but not of what."""

    def __init__(self) -> None:
        super().__init__("Nothing to edit: name quotes or documents, or use --where QUERY.")


class NothingToChangeError(UsageError):
    """A change was asked for, but not which."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(f"No change was given. Use one of {', '.join(options)}.")


class UnusableOptionError(UsageError):
    """An option was given that what is to be changed has no use for."""

    def __init__(self, options: Sequence[str], what: str) -> None:
        super().__init__(f"{', '.join(options)} can't be used on {what}. Nothing was changed.")


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


class NoEditorError(UsageError):
    """A form can't be edited: there is neither a terminal nor an editor that needs none."""

    def __init__(self) -> None:
        super().__init__("There is no terminal to edit in. Give the change as options; see: quotearchive edit --help")


class OneTextError(UsageError):
    """A text can be replaced by one text alone."""

    def __init__(self, count: int) -> None:
        super().__init__(f"--replace takes one file, or - for standard input, and {count} were given.")


class UnansweredError(UsageError):
    """A question had to be asked, and nobody is there to answer it."""

    def __init__(self, question: str) -> None:
        super().__init__(f"{question} There is no terminal to ask on. Use --yes to go ahead. Nothing was changed.")


class FileExistsAlreadyError(UsageError):
    """A file that would be written is there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{shlex.quote(str(path))} already exists. Use --force to replace it, or give another name.")


class OutputError(QuoteArchiveError):
    """A result can't be written to a file."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"{shlex.quote(str(path))} can't be written: {system_reason(cause)}.")


class UnshownError(QuoteArchiveError):
    """A result can't be shown.

    Args:
        cause: What the system says.
        is_stored: Whether the command has changed the archive.
    """

    def __init__(self, cause: OSError, *, is_stored: bool = False) -> None:
        result = "The change is stored, but its result" if is_stored else "The result"
        super().__init__(f"{result} can't be shown: {system_reason(cause)}.")


class EmptyFilterError(UsageError):
    """An option that chooses quotes was given without a word to choose by."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(f"--{field} {shlex.quote(value)} has no word to search for.")


class NoOutputError(UsageError):
    """A format that can't be printed was asked for without a place to write it to."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The format {name} can't be printed. Give a file with --output PATH.")


class UnreadableNumbersError(UsageError):
    """What should be numbers and ranges is something else."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{shlex.quote(text)} is not a choice of candidates. Write numbers and ranges such as 1,3-5, or all."
        )


class UnknownProposalError(QuoteArchiveError):
    """No proposal has that number."""

    def __init__(self, number: int, count: int) -> None:
        super().__init__(
            f"There is no candidate {number}: the document has {count}. List them with: quotearchive quote DOC --detect"
        )


class ClashingOptionsError(UsageError):
    """Options were given that say different things, or nothing where they stand.

    Args:
        option: The option, as it is typed.
        reason: With what it goes, or what it can't go with.
    """

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(f"{option} {reason}. Nothing was changed.")


class OwnFileError(UsageError):
    """A result would be written over the archive."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{shlex.quote(str(path))} is one of the archive's own files. Give another name.")


class DeclinedError(QuoteArchiveError):
    """A question was answered with no."""

    def __init__(self) -> None:
        super().__init__("Cancelled. Nothing was changed.")


class VagueEditError(UsageError):
    """A change to all that a query finds, where the query is not read as it was meant, or asks for everything."""

    def __init__(self, query: str) -> None:
        super().__init__(
            f"--where {shlex.quote(query)} does not narrow down which quotes to change. Nothing was changed."
            " Try it with: quotearchive search"
        )
