"""What `export --format json` writes: one array, with the lines of `jsonl` as its elements."""

from collections.abc import Iterator
from typing import Final

import msgspec

from quotearchive.importers import jsonl
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import Row
from quotearchive.importers.surrogates import hidden, shown

#: What messages call the format.
_NAME: Final = "json"


def read(content: bytes) -> Iterator[Row]:
    """Yield a row for each element.

    Raises:
        UnusableFileError: It is no JSON array.
    """
    try:
        elements = msgspec.json.decode(hidden(content.removeprefix(b"\xef\xbb\xbf")), type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise UnusableFileError(_NAME, str(error)) from error
    return jsonl.rows((number, shown(bytes(element))) for number, element in enumerate(elements, 1))
