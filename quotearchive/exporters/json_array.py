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
