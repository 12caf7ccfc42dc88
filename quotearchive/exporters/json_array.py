"""Everything as one JSON array, with the lines of `jsonl` as its elements, one a line."""

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from quotearchive.exporters.interface import Options
from quotearchive.exporters.jsonl import records
from quotearchive.model import Selection


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield the array, element by element."""
    del options
    encode = msgspec.json.Encoder().encode
    opening = "[\n"
    for record in chain.from_iterable(records(selection) for selection in selections):
        yield opening + encode(record).decode()
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
