"""How the index is asked for many things, and what it answers."""

from typing import Generic, Literal, TypeVar

import msgspec

from quotearchive.model import Description
from quotearchive.search.excerpts import Excerpt

Sort = Literal["relevance", "date", "said", "document", "speaker", "added"]
Facet = Literal["speaker", "topic", "document", "year", "kind", "language"]

Hit = TypeVar("Hit")


class Order(msgspec.Struct, frozen=True):
    """In which order results come, and how many of them.

    Attributes:
        by: What they are sorted by. Relevance is bm25, with whole phrases first.
        reverse: Whether the order is reversed.
        limit: How many at most; 0 for all.
    """

    by: Sort = "relevance"
    reverse: bool = False
    limit: int = 0


class Results(msgspec.Struct, Generic[Hit], frozen=True):
    """What was found.

    Attributes:
        hits: As many of them as were asked for.
        total: How many there are.
    """

    hits: tuple[Hit, ...]
    total: int


class DocumentHit(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was found.

    Attributes:
        document: Its description.
        quotes: How many quotes it has.
        excerpts: Parts of its text around what was found.
    """

    document: Description
    quotes: int
    excerpts: tuple[Excerpt, ...]
