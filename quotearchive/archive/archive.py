"""One archive: its file, and the index that answers for it."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from quotearchive.search import ChangedRecord, FileState, Index, Record, apply, is_trusted

if TYPE_CHECKING:
    from quotearchive.store import Store


class Library:
    """An archive to ask and to change. What only asks does not touch the archive while the index is current.

    Args:
        path: The archive's file, which need not exist.
        caches: Where indexes are kept; None to keep them in memory.
        patience: Seconds to wait for another writer; None for as long as the store does.
        waiting: Is told who the other writer is, if waiting takes a noticeable time.
        distrusting: Is told the folder of indexes if another user could have written this one; it is not used then.
    """

    def __init__(
        self,
        path: Path,
        caches: Path | None = None,
        patience: float | None = None,
        waiting: Callable[[str], None] | None = None,
        distrusting: Callable[[Path], None] | None = None,
    ) -> None:
        self.path = path
        self._named_caches = caches
        self._distrusting = distrusting
        self._patience = patience
        self._waiting = waiting

    @property
    def is_changed(self) -> bool:
        """Whether a change was written."""
        return "store" in self.__dict__ and self.store.is_changed

    @property
    def own_files(self) -> frozenset[Path]:
        """The archive and what stands beside it; nothing else may be written there."""
        path = Path(os.path.realpath(self.path))
        return frozenset({path, *(path.with_name(f"{path.name}{suffix}") for suffix in (".bak", ".lock", ".damaged"))})

    @cached_property
    def store(self) -> "Store":
        """The archive itself."""
        from quotearchive.store import PATIENCE, Store  # noqa: PLC0415 - its libraries would burden every search

        patience = PATIENCE if self._patience is None else self._patience
        return Store(self.path, patience, self._waiting, self._watch)

    @cached_property
    def index(self) -> Index:
        """What answers for it."""
        return Index(self.path, self._caches, self._records)

    @cached_property
    def _caches(self) -> Path | None:
        """Where indexes are kept, if what is there can be trusted."""
        folder = self._named_caches
        if folder is None or is_trusted(self.path, folder):
            return folder
        if self._distrusting:
            self._distrusting(folder)
        return None

    def _records(self) -> Iterator[Record]:
        return self.store.read().records()

    def _watch(self) -> Callable[[Sequence[ChangedRecord]], None]:
        """Note what the archive is before a change; what it gives takes the change into the index."""
        before = FileState.of(self.path)
        return partial(self._take_over, before)

    def _take_over(self, before: FileState | None, altered: Sequence[ChangedRecord]) -> None:
        if self._caches is not None:
            apply(self.path, self._caches, altered, before)
