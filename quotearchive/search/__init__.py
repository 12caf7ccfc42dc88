"""The index: answers about an archive that need not read it.

`Index` is a cache of one archive in an SQLite file, which may be lost or spoilt at any time: it is made
anew, or kept in memory, and answers the same. It knows no store: it is given the archive's path and a
function that reads its records.
"""

from quotearchive.search.excerpts import Excerpt
from quotearchive.search.freshness import FileState, apply, is_trusted
from quotearchive.search.index import Index
from quotearchive.search.results import DocumentHit, Facet, Order, Results, Sort
from quotearchive.search.tables import ChangedRecord, Record

__all__ = [
    "ChangedRecord",
    "DocumentHit",
    "Excerpt",
    "Facet",
    "FileState",
    "Index",
    "Order",
    "Record",
    "Results",
    "Sort",
    "apply",
    "is_trusted",
]
