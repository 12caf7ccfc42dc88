"""The seam to an archive that is a file: a snapshot to read, a transaction to change it, its bytes to repair it."""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from quotearchive.errors import ArchiveMissingError
from quotearchive.model import Change
from quotearchive.store import files
from quotearchive.store.damage import damaged, find_backup
from quotearchive.store.errors import ArchiveUnwritableError, NewerFormatError
from quotearchive.store.interruption import uninterrupted
from quotearchive.store.lines import Table, parse, refuse_broken_text, render
from quotearchive.store.parts import FORMAT
from quotearchive.store.snapshots import SELF, TABLES, Snapshot
from quotearchive.store.strict_json import encode
from quotearchive.store.transactions import Altered, Transaction

#: See `ArchiveFile`.
OnCommit = Callable[[], Callable[[Sequence[Altered]], None]]


class ArchiveFile:
    """One archive's file.

    Args:
        path: The file, which need not exist.
        lock_timeout: Seconds to wait for another writer; None for as many as usual.
        on_wait: Called with the name of the other writer if the wait takes a noticeable time.
        on_commit: Called when a transaction begins, while nobody else can write; what it returns is called
            with the altered records when they have been written.

    Attributes:
        path: The file, behind any symbolic link.
        is_changed: Whether a change was written, whatever went wrong since.
    """

    def __init__(
        self,
        path: Path,
        lock_timeout: float | None = None,
        on_wait: Callable[[str], None] | None = None,
        on_commit: OnCommit | None = None,
    ) -> None:
        self.path = Path(os.path.realpath(path))
        self._lock_timeout = lock_timeout
        self._on_wait = on_wait
        self._on_commit = on_commit
        self.is_changed = False

    def read(self) -> Snapshot:
        """Read the archive as it is now.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveUnreadableError: Its file can't be read.
            DamagedArchiveError: Its file holds something else.
            NewerFormatError: A later version wrote it.
        """
        content = self.content()
        refuse_broken_text(content, self.path)
        return Snapshot(self.path, self._parsed(content))

    def nothing(self) -> Snapshot:
        """Return the archive as it is before it is made."""
        return Snapshot(self.path, {})

    @contextlib.contextmanager
    def transaction(self, change: Change, *, create: bool = False) -> Iterator[Transaction]:
        """Read the archive, let the block change it, and write it once; write nothing if the block fails.

        Args:
            change: The command, for the history.
            create: Whether to make the archive where there is none.

        Raises:
            ArchiveMissingError: There is none and none was to be made, or its backup is there.
            ArchiveLockedError: Another process is writing it.
            ArchiveUnwritableError: It can't be written.
            ChangedMeanwhileError: Somebody who holds no lock changed it meanwhile; what they did stays.
        """
        if not files.is_there(self.path) and (not create or find_backup(self.path)):
            raise ArchiveMissingError(self.path, find_backup(self.path))
        with self._writing():
            notify = self._on_commit() if self._on_commit else None
            content = files.read(self.path)
            transaction = Transaction(self.path, {} if content is None else self._parsed(content), change)
            yield transaction
            with uninterrupted():
                altered = transaction.finish()
                if altered:
                    self._replace(transaction.tables, content)
                if altered and notify:
                    notify(altered)

    def _replace(self, tables: Mapping[str, Table], content: bytes | None, keep: Path | None = None) -> None:
        """Write the tables in the place of what was read, whose texts are checked while the disk is busy."""
        check = partial(refuse_broken_text, content or b"", self.path)
        files.replace(self.path, list(render(tables)), content, keep, check=check)
        self.is_changed = True

    def content(self) -> bytes:
        """Return the archive's bytes, whatever they are.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveUnreadableError: Its file can't be read.
        """
        content = files.read(self.path)
        if content is None:
            raise ArchiveMissingError(self.path, find_backup(self.path))
        return content

    def backup(self) -> bytes | None:
        """Return the bytes of the archive before its last change; None if they are not kept."""
        return files.read(files.backup_of(self.path))

    def name_aside(self) -> Path:
        """Find a name for a backup that must not be replaced by the next one."""
        return files.free_name(files.backup_of(self.path))

    def set_backup_aside(self, name: Path) -> None:
        """Rename the backup, so that no change replaces it.

        Raises:
            ArchiveLockedError: Another process is writing the archive.
            ArchiveUnwritableError: It can't be renamed.
        """
        with self._writing():
            try:
                files.backup_of(self.path).rename(name)
            except OSError as error:
                raise ArchiveUnwritableError(self.path, error) from error

    def rewrite(
        self,
        tables: Mapping[str, Mapping[str, Mapping[str, Any]]],
        *,
        instead_of: bytes,
        keep: Path,
        change: Change,
    ) -> None:
        """Replace the archive by other tables, and seal those.

        Args:
            tables: Its records by table and number; the numbers it has given are noted anew.
            instead_of: What it holds, as far as the caller knows.
            keep: What the replaced file is to be called.
            change: The command, for the history.

        Raises:
            ChangedMeanwhileError: It holds something else.
            ArchiveUnwritableError: It can't be written.
        """
        with self._writing():
            lines = {
                name: Table.of(self.path, {number: encode(record) for number, record in table.items()})
                for name, table in tables.items()
            }
            repaired = Transaction(self.path, lines, change).repaired()
            with uninterrupted():
                files.replace(self.path, list(render(repaired)), instead_of, keep)
                self.is_changed = True

    def _writing(self) -> contextlib.AbstractContextManager[None]:
        from quotearchive.store.locks import writing  # noqa: PLC0415 - filelock takes 15 ms, and reading needs none

        return writing(self.path, self._lock_timeout, self._on_wait)

    def _parsed(self, content: bytes) -> dict[str, Table]:
        """Read the tables, and refuse what is some other program's database, or a later version's archive."""
        tables = parse(content, self.path)
        if not tables.keys() & {*TABLES.values(), SELF}:
            found = f"it has none of an archive's tables, but {', '.join(tables) or 'no table at all'}"
            raise damaged(self.path, found)
        own = Snapshot(self.path, tables).own
        if own.format > FORMAT:
            raise NewerFormatError(self.path, own.format, FORMAT)
        return tables
