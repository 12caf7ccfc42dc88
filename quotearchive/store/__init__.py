"""archive.json and the values in it: reading without decoding the whole, and one transaction a change.

`ArchiveFile.read` returns a `Snapshot`; `ArchiveFile.transaction` a `Transaction`, which is a snapshot that can be
changed and is written once, at the end, if the block did not fail. `ArchiveStorage` lets TinyDB itself
work on the same file, and `ArchiveDatabase` lets several programs that use TinyDB.
"""

from quotearchive.store.archive_file import ArchiveFile
from quotearchive.store.history import HistoryEntry, RecordedChange
from quotearchive.store.locks import LOCK_TIMEOUT
from quotearchive.store.parts import FORMAT, Identity, Mention
from quotearchive.store.snapshots import Snapshot
from quotearchive.store.storage import ArchiveDatabase, ArchiveStorage
from quotearchive.store.transactions import Transaction

__all__ = [
    "FORMAT",
    "LOCK_TIMEOUT",
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
