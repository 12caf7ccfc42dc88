"""Failures to read or write an archive's file."""

import errno
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from quotearchive.errors import ArchiveError, QuoteArchiveError, shorten, system_reason

#: Code points of a passage that a message shows on each side of what matters in it.
_SHOWN: Final = 40


class ArchiveUnreadableError(ArchiveError):
    """The archive's file can't be read."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"The archive {path} can't be read: {system_reason(cause)}.")


class NotRegularError(ArchiveUnreadableError):
    """Where an archive or its backup should be is a directory, a device or a pipe, which may have no end."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, OSError(errno.EINVAL, "it is a directory, a device or a pipe"))


class ArchiveUnwritableError(ArchiveError):
    """The archive's file can't be written; what it held is untouched."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"The archive {path} can't be written: {system_reason(cause)}. Nothing was changed.")


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
            f"The archive {path} can't be written: {what} can't be kept, and the wrong people might then be able to"
            " read it, or the right ones no longer. Nothing was changed. Let its owner make the change."
        )


class UnconfirmedWriteError(ArchiveError):
    """A change was written, but the system can't say whether it is on the disk."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(
            f"The change was written to {path}, but it may not survive a power cut: {system_reason(cause)}."
            " Check the disk."
        )


class ArchiveLockedError(ArchiveError):
    """Another process is writing the archive.

    Args:
        path: The archive.
        waited: For how many seconds.
        holder: Which process, and since when; empty if that is not known.
        lock: The lock's file, if it is another user's and can't be opened, so that nobody knows whether the
            process that made it still runs.
    """

    def __init__(self, path: Path, waited: float, holder: str = "", lock: Path | None = None) -> None:
        stale = f" If no such process runs any more, remove its lock: {shlex.quote(str(lock))}" if lock else ""
        super().__init__(
            f"The archive {path} is being written by another process{f' ({holder})' if holder else ''};"
            f" waited {waited:g} second{'' if waited == 1 else 's'}. Nothing was changed."
            f" Try again, or wait longer with --wait SECONDS.{stale}"
        )


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


class OriginalsUnwritableError(ArchiveError):
    """An original can't be kept."""

    def __init__(self, folder: Path, cause: OSError) -> None:
        super().__init__(
            f"The original can't be kept in {folder}: {system_reason(cause)}. Nothing was changed."
            " To add the text alone, use --no-keep."
        )


class ForeignFolderError(ArchiveError):
    """What has the name of the folder for originals is none, or a link, which may lead anywhere."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Originals can't be kept in {folder}: it is a link or no folder. Nothing was changed."
            " Move it away, and try again."
        )


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
            f"This would leave an archive in which {shorten(broken, self.SHOWN, '; ')}. Nothing was changed."
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


class ReadOnlyError(ArchiveError, OSError):
    """A storage that was opened to read alone was asked to write."""

    def __init__(self, path: Path, access_mode: str) -> None:
        super().__init__(f"The archive {path} can't be written: it was opened with access_mode={access_mode!r}.")


class NotTablesError(ArchiveError):
    """A storage was asked to write something else than tables of records."""

    def __init__(self, data: object) -> None:
        super().__init__(
            f"An archive holds tables, each with its records by number. This is something else: {str(data)[:_SHOWN]}."
            " Nothing was changed."
        )


class StorageOptionError(QuoteArchiveError, ValueError):
    """An option of a storage contradicts the layout of an archive, or would endanger what it holds."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(
            f"An archive can't be opened with {name}={value!r}: it is UTF-8, read with access_mode 'r' or 'r+',"
            " with one record on a line, unescaped, complete and in the order of its fields. Leave the option out."
        )
