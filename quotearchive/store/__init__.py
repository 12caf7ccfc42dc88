"""archive.json and the values in it: reading without decoding the whole, and one transaction a change.

`Store.read` gives a `Snapshot`; `Store.transaction` gives a `Transaction`, which is a snapshot that can be
changed and is written once, at the end, if the block did not fail. `ArchiveStorage` lets TinyDB itself
work on the same file, and `ArchiveDatabase` lets several programs that use TinyDB.
"""

from quotearchive.store.history import Past, Recorded
from quotearchive.store.locking import PATIENCE
from quotearchive.store.snapshots import FORMAT, Identity, Mention, Snapshot
from quotearchive.store.storage import ArchiveDatabase, ArchiveStorage
from quotearchive.store.transactions import Store, Transaction

__all__ = [
    "FORMAT",
    "PATIENCE",
    "ArchiveDatabase",
    "ArchiveStorage",
    "Identity",
    "Mention",
    "Past",
    "Recorded",
    "Snapshot",
    "Store",
    "Transaction",
]
