"""Everything, one JSON value a line: each document with its text, then its quotes.

A line's `type` is `document` or `quote`; its other keys are those of `json_values`. It can be read back
without a loss.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from quotearchive.exporters.interface import Options
from quotearchive.json_values import document_values, quote_values
from quotearchive.model import Selection


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield a piece for each document: its line and those of its quotes."""
    del options
    encode = msgspec.json.Encoder().encode_lines
    for selection in selections:
        yield encode(list(records(selection))).decode()


def records(selection: Selection) -> Iterator[dict[str, Any]]:
    """Yield a document, then each of its chosen quotes, each with its `type`."""
    document = selection.document
    others = {quote.id: quote for quote in (*selection.enclosing, *selection.quotes)}
    yield {"type": "document", **document_values(document, len(selection.quotes))}
    for quote in selection.quotes:
        yield {"type": "quote", **quote_values(quote, document, others)}
