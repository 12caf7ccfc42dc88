"""One archive: its file, and the index that answers for it."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from quotearchive.model import Change
from quotearchive.search import ChangedRecord, FileState, Index, Record, apply, is_trusted

if TYPE_CHECKING:
    from quotearchive.store import ArchiveFile, Snapshot, Transaction
    from quotearchive.store.originals import OriginalFiles


class Archive:
    """An archive to ask and to change.

    What only asks, asks `index`, and does not touch the file while the index is current. What changes the archive
    reads it in a `transaction`, under its lock.

    Args:
        path: The archive's file, which need not exist.
        caches: The folder for indexes; None to keep them in memory.
        lock_timeout: Seconds to wait for another writer; None for the store's default.
        on_wait: Called with the other writer's name if the wait takes a noticeable time.
        on_distrust: Called with the folder for indexes if another user could have written this one, which is not
            used then.
    """

    def __init__(
        self,
        path: Path,
        caches: Path | None = None,
        *,
        lock_timeout: float | None = None,
        on_wait: Callable[[str], None] | None = None,
        on_distrust: Callable[[Path], None] | None = None,
    ) -> None:
        self.path = path
        self._named_caches = caches
        self._lock_timeout = lock_timeout
        self._on_wait = on_wait
        self._on_distrust = on_distrust

    @cached_property
    def file(self) -> "ArchiveFile":
        """The archive's file; what repairs it needs more of it than a snapshot or a transaction."""
        from quotearchive.store import ArchiveFile  # noqa: PLC0415 - its libraries would burden every search

        return ArchiveFile(self.path, self._lock_timeout, self._on_wait, self._on_change)

    @cached_property
    def originals(self) -> "OriginalFiles":
        """The files that its documents were read from, as far as they are kept."""
        from quotearchive.store.originals import OriginalFiles  # noqa: PLC0415 - as in `file`

        return OriginalFiles(self.real_path)

    @cached_property
    def index(self) -> Index:
        """The index, which answers for the archive."""
        return Index(self.path, self._caches, self._records)

    @property
    def real_path(self) -> Path:
        """The archive's file, behind any symbolic link."""
        return Path(os.path.realpath(self.path))

    @property
    def is_changed(self) -> bool:
        """Whether a change was written."""
        return "file" in self.__dict__ and self.file.is_changed

    @property
    def own_files(self) -> frozenset[Path]:
        """The archive and its companions; nothing else may be written there."""
        path = self.real_path
        return frozenset({path, *(path.with_name(f"{path.name}{suffix}") for suffix in (".bak", ".lock", ".damaged"))})

    def owns(self, path: Path) -> bool:
        """Check whether a path is one of its own files, or lies in the folder of its originals."""
        real = Path(os.path.realpath(path))
        return real in self.own_files or real.is_relative_to(self.originals.folder)

    def read(self) -> "Snapshot":
        """Read the archive as it is now.

        Raises:
            ArchiveError: It can't be read.
        """
        return self.file.read()

    def transaction(self, change: Change, *, create: bool = False) -> AbstractContextManager["Transaction"]:
        """Lock the archive, read it, let the block change it, and write it once, unless the block fails.

        Args:
            change: The command, for the history.
            create: Whether to make the archive where there is none.

        Raises:
            ArchiveError: It can't be read, locked or written.
        """
        return self.file.transaction(change, create=create)

    def expect(self, seen: object, now: object) -> None:
        """Refuse to change something that is no longer what somebody saw before they agreed to it.

        Args:
            seen: What they saw; None if nobody was asked.
            now: The same as it is in the transaction.

        Raises:
            ChangedMeanwhileError: It is another one.
        """
        if seen is not None and seen != now:
            from quotearchive.store.errors import ChangedMeanwhileError  # noqa: PLC0415 - as in `file`

            raise ChangedMeanwhileError(self.real_path)

    @cached_property
    def _caches(self) -> Path | None:
        """The folder for indexes, if its content can be trusted."""
        folder = self._named_caches
        if folder is None or is_trusted(self.path, folder):
            return folder
        if self._on_distrust:
            self._on_distrust(folder)
        return None

    def _records(self) -> Iterator[Record]:
        return self.read().records()

    def _on_change(self) -> Callable[[Sequence[ChangedRecord]], None]:
        """Note the state of the file before a change; return what updates the index after it."""
        return partial(self._update_index, FileState.of(self.path))

    def _update_index(self, before: FileState | None, changes: Sequence[ChangedRecord]) -> None:
        if "index" in self.__dict__:
            self.index.close()  # what it answered so far is of the archive before the change
        if self._caches is not None:
            apply(self.path, self._caches, changes, before)
