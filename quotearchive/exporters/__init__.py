"""The formats that quotes can be taken away in, by name.

A new format is one module and one entry here. Modules are named, not imported: listing the formats
costs nothing, and a library that one of them needs is asked for when that one is.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from quotearchive.errors import UnknownFormatError
from quotearchive.exporters.interface import Exporter

_ALL: Final = (
    Exporter(
        name="markdown",
        purpose="Quotes to read, to paste into an article and to keep under version control.",
        leaves_out="the documents' texts beyond the quotes and the words around them; NUL characters",
        suffix=".md",
        module="quotearchive.exporters.markdown",
    ),
    Exporter(
        name="csv",
        purpose="Quotes as a table for spreadsheets and statistics, one a row.",
        leaves_out="the documents' texts and hashes; Excel cuts a cell at 32,767 characters",
        suffix=".csv",
        module="quotearchive.exporters.csv_table",
    ),
    Exporter(
        name="json",
        purpose="Documents with their texts and quotes as one JSON array, for scripts and for a copy.",
        leaves_out="speakers' aliases and roles; the history",
        suffix=".json",
        module="quotearchive.exporters.json_array",
    ),
    Exporter(
        name="jsonl",
        purpose="The same, one JSON value a line, for archives of any size.",
        leaves_out="speakers' aliases and roles; the history",
        suffix=".jsonl",
        module="quotearchive.exporters.jsonl",
    ),
)

EXPORTERS: Final[Mapping[str, Exporter]] = MappingProxyType({exporter.name: exporter for exporter in _ALL})


def exporter(name: str) -> Exporter:
    """Find a format by its name.

    >>> exporter("markdown").suffix
    '.md'

    Raises:
        UnknownFormatError: There is no such format.
    """
    if name not in EXPORTERS:
        raise UnknownFormatError(name, tuple(EXPORTERS))
    return EXPORTERS[name]
