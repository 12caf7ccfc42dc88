"""The formats that quotes can be brought in from, by name.

A new format is one module and one entry here. Modules are named, not imported: a library that one of them
needs is asked for when that one is.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from quotearchive.errors import UnguessableFormatError, UnknownFormatError
from quotearchive.importers.guessing import name_of
from quotearchive.importers.interface import Importer

_ALL: Final = (
    Importer(
        name="json",
        purpose="What export --format json wrote: documents, texts and quotes, without a loss.",
        unit="element",
        module="quotearchive.importers.json_array",
    ),
    Importer(
        name="jsonl",
        purpose="The same, one JSON value a line.",
        unit="line",
        module="quotearchive.importers.jsonl",
    ),
)

IMPORTERS: Final[Mapping[str, Importer]] = MappingProxyType({importer.name: importer for importer in _ALL})


def importer(name: str) -> Importer:
    """Find a format by its name.

    >>> importer("jsonl").unit
    'line'

    Raises:
        UnknownFormatError: There is no such format.
    """
    if name not in IMPORTERS:
        raise UnknownFormatError(name, tuple(IMPORTERS))
    return IMPORTERS[name]


def guess(path: Path, content: bytes) -> Importer:
    """Tell a file's format.

    Args:
        path: Its name.
        content: Its bytes.

    Raises:
        UnguessableFormatError: Nothing tells it.
    """
    name = name_of(path, content)
    if name is None or name not in IMPORTERS:
        raise UnguessableFormatError(path, tuple(IMPORTERS))
    return IMPORTERS[name]
