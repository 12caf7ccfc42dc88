"""archive.json and the values in it: reading without decoding the whole, and one transaction a change.

`ArchiveFile.read` returns a `Snapshot`; `ArchiveFile.transaction` a `Transaction`, which is a snapshot that can be
changed and is written once, at the end, if the block did not fail. `ArchiveStorage` lets TinyDB itself
work on the same file, and `ArchiveDatabase` lets several programs that use TinyDB.
"""

from typing import TYPE_CHECKING, Any

from quotearchive.store.archive_file import ArchiveFile
from quotearchive.store.history import HistoryEntry, RecordedChange
from quotearchive.store.parts import FORMAT, Identity, Mention
from quotearchive.store.snapshots import Snapshot
from quotearchive.store.transactions import Transaction

if TYPE_CHECKING:
    from quotearchive.store.storage import ArchiveDatabase, ArchiveStorage

__all__ = [
    "FORMAT",
    "ArchiveDatabase",
    "ArchiveFile",
    "ArchiveStorage",
    "HistoryEntry",
    "Identity",
    "Mention",
    "RecordedChange",
    "Snapshot",
    "Transaction",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class
    if name in ("ArchiveDatabase", "ArchiveStorage"):
        from quotearchive.store import storage  # noqa: PLC0415 - TinyDB takes 5 ms, and no command uses it

        return getattr(storage, name)
    raise AttributeError(name)
