"""The index: answers about an archive that need not read it.

`Index` is a cache of one archive in an SQLite file, which may be lost or spoilt at any time: it is made
anew, or kept in memory, and answers the same. It knows no store: it is given the archive's path and a
function that reads its records.
"""

from quotearchive.search.answers import (
    DocumentHit,
    DocumentHits,
    Facet,
    Hits,
    Listing,
    Order,
    Sort,
)
from quotearchive.search.excerpts import Excerpt
from quotearchive.search.index import Index
from quotearchive.search.upkeep import Altered, Reader, Record, Stamp, apply, is_trusted

__all__ = [
    "Altered",
    "DocumentHit",
    "DocumentHits",
    "Excerpt",
    "Facet",
    "Hits",
    "Index",
    "Listing",
    "Order",
    "Reader",
    "Record",
    "Sort",
    "Stamp",
    "apply",
    "is_trusted",
]
