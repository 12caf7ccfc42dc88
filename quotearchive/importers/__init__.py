"""The formats that quotes can be imported from, by name.

A new format is one module and one entry here. Modules are named, not imported: a library that one of them
needs is imported with it.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from quotearchive.errors import UnknownFormatError
from quotearchive.importers.errors import UnguessableFormatError
from quotearchive.importers.interface import Importer
from quotearchive.importers.signatures import format_of

_ALL: Final = (
    Importer(
        name="json",
        purpose="The output of export --format json: documents, texts and quotes, without loss.",
        unit="element",
        module="quotearchive.importers.jsonl",
        function="read_array",
    ),
    Importer(
        name="jsonl",
        purpose="The same, one JSON value per line.",
        unit="line",
        module="quotearchive.importers.jsonl",
    ),
    Importer(
        name="csv",
        purpose="A table of quotes, one per row, with some or all of the columns of our own export.",
        unit="row",
        module="quotearchive.importers.csv_table",
        shape="text",
    ),
    Importer(
        name="web-annotation",
        purpose="Annotations in the W3C's JSON-LD, or from Hypothesis.",
        unit="annotation",
        module="quotearchive.importers.web_annotation",
    ),
    Importer(
        name="qdpx",
        purpose="A REFI-QDA project from NVivo, ATLAS.ti, MAXQDA or QualCoder: texts, codes and selections.",
        unit="row",
        module="quotearchive.importers.qdpx",
    ),
    Importer(
        name="taguette",
        purpose="A Taguette project: documents, tags and highlights.",
        unit="highlight",
        module="quotearchive.importers.taguette",
    ),
    Importer(
        name="csl-json",
        purpose="Metadata of documents in the archive, from Zotero and citation processors.",
        unit="item",
        module="quotearchive.importers.csl_json",
    ),
    Importer(
        name="ris",
        purpose="Metadata of documents in the archive, from reference managers.",
        unit="reference",
        module="quotearchive.importers.ris",
        shape="text",
    ),
    Importer(
        name="kindle",
        purpose="Highlights and notes from a Kindle: My Clippings.txt.",
        unit="clipping",
        module="quotearchive.importers.kindle",
        shape="text",
    ),
    Importer(
        name="readwise",
        purpose="Highlights from Readwise, as a table.",
        unit="row",
        module="quotearchive.importers.readwise",
        shape="text",
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
    """Determine a file's format.

    Args:
        path: Its name.
        content: Its bytes.

    Raises:
        UnguessableFormatError: Neither the name nor the content shows it.
    """
    name = format_of(path, content)
    if name is None or name not in IMPORTERS:
        raise UnguessableFormatError(path, tuple(IMPORTERS))
    return IMPORTERS[name]
