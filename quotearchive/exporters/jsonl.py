"""Everything, one JSON value a line: each document with its text, then its quotes.

A line's `type` is `document` or `quote`; its other keys are those of `json_values`. It can be read back
without a loss.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from quotearchive.exporters.interface import Options
from quotearchive.exporters.json_values import document_values, quote_values
from quotearchive.model import Holding


def export(holdings: Iterable[Holding], options: Options) -> Iterator[str]:
    """Yield a piece for each document: its line and those of its quotes."""
    del options
    encode = msgspec.json.Encoder().encode_lines
    for holding in holdings:
        yield encode(list(records(holding))).decode()


def records(holding: Holding) -> Iterator[dict[str, Any]]:
    """Spell a document, then each of its chosen quotes, each with its `type`."""
    document = holding.document
    others = {quote.id: quote for quote in (*holding.enclosing, *holding.quotes)}
    yield {"type": "document", **document_values(document, len(holding.quotes))}
    for quote in holding.quotes:
        yield {"type": "quote", **quote_values(quote, document, others)}
