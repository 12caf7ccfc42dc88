"""Everything as JSON: each document with its text, then its quotes; one value a line, or one array of them.

A value's `type` is `document` or `quote`; its other keys are those of `json_values`. It can be read back
without a loss.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec

from quotearchive.anchoring.places import Places
from quotearchive.exporters.interface import Options
from quotearchive.json_values import document_values, quote_values
from quotearchive.model import Selection


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield a piece for each document: its line and those of its quotes."""
    del options
    encode = msgspec.json.Encoder().encode_lines
    for selection in selections:
        yield encode(list(records(selection))).decode()


def export_array(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield the same values as one JSON array, one a line."""
    del options
    return array(chain.from_iterable(map(records, selections)))


def array(values: Iterable[object]) -> Iterator[str]:
    r"""Yield a JSON array of values, one a line.

    >>> "".join(array([1, "two"]))
    '[\n1,\n"two"\n]\n'
    """
    encode = msgspec.json.Encoder().encode
    opening = "[\n"
    for value in values:
        yield opening + encode(value).decode()
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def records(selection: Selection) -> Iterator[dict[str, Any]]:
    """Yield a document, then each of its chosen quotes, each with its `type`."""
    document = selection.document
    others = {quote.id: quote for quote in (*selection.enclosing, *selection.quotes)}
    yield {"type": "document", **document_values(document, len(selection.quotes))}
    places = Places.of(document)
    for quote in selection.quotes:
        yield {"type": "quote", **quote_values(quote, document, others, places=places)}
