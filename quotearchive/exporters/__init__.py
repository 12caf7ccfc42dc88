"""The formats that quotes can be taken away in, by name.

A new format is one module and one entry here. Modules are named, not imported: listing the formats
costs nothing, and a library that one of them needs is asked for when that one is.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from quotearchive.errors import UnknownFormatError
from quotearchive.exporters.interface import ALL, NO_SPEAKERS, Exporter
from quotearchive.model import Document, Quote

#: The fields that registers of letters know.
_OF_LETTERS: Final = frozenset({"authors", "recipients", "date", "place", "received", "destination", "url"})

_ALL: Final = (
    Exporter(
        name="markdown",
        purpose="Quotes to read, to paste into an article and to keep under version control.",
        omits="the documents' texts beyond the quotes and the words around them; NUL characters",
        suffix=".md",
        module="quotearchive.exporters.markdown",
    ),
    Exporter(
        name="html",
        purpose="A page to send to readers: texts with their quotes marked, search, filters, a timeline.",
        omits="hashes and times of storing; links to sources, which are shown as text",
        suffix=".html",
        module="quotearchive.exporters.html_page",
    ),
    Exporter(
        name="csv",
        purpose="Quotes as a table for spreadsheets and statistics, one per row.",
        omits="the documents' texts and hashes; Excel cuts a cell at 32,767 characters",
        suffix=".csv",
        module="quotearchive.exporters.csv_table",
    ),
    Exporter(
        name="json",
        purpose="Documents with their texts and quotes as one JSON array, for scripts and for a copy.",
        omits="the history",
        suffix=".json",
        module="quotearchive.exporters.jsonl",
        function="export_array",
        holds_all=True,
    ),
    Exporter(
        name="jsonl",
        purpose="The same, one JSON value per line, for archives of any size.",
        omits="the history",
        suffix=".jsonl",
        module="quotearchive.exporters.jsonl",
        holds_all=True,
    ),
    Exporter(
        name="web-annotation",
        purpose="Quotes as a W3C Web Annotation collection, for annotation tools and linked data.",
        omits="the documents' texts",
        suffix=".jsonld",
        module="quotearchive.exporters.web_annotation",
        lacks={**NO_SPEAKERS, Document: ALL[Document] - {"title", "url", "language"}},
    ),
    Exporter(
        name="csl-json",
        purpose="Sources for citation processors and for Zotero.",
        omits="texts and hashes",
        suffix=".json",
        module="quotearchive.exporters.csl_json",
        lacks={**NO_SPEAKERS, Quote: ALL[Quote]},
    ),
    Exporter(
        name="bibtex",
        purpose="Sources for LaTeX, with their quotes as annotations.",
        omits="texts and hashes; the fields of a quote are one paragraph",
        suffix=".bib",
        module="quotearchive.exporters.bibtex",
    ),
    Exporter(
        name="ris",
        purpose="Sources for EndNote, Mendeley and Zotero, with their quotes as notes.",
        omits="texts and hashes; line ends; the fields of a quote are one paragraph",
        suffix=".ris",
        module="quotearchive.exporters.ris",
    ),
    Exporter(
        name="tei",
        purpose="Whole texts with their quotes marked, for digital editions (TEI P5).",
        omits="times of storing; control characters that XML forbids, which are shown by their pictures",
        suffix=".xml",
        module="quotearchive.exporters.tei",
    ),
    Exporter(
        name="cmif",
        purpose="Who wrote to whom, when and where, for correspSearch and other registers of letters.",
        omits="everything but letters; the texts",
        suffix=".xml",
        module="quotearchive.exporters.cmif",
        lacks={**NO_SPEAKERS, Quote: ALL[Quote], Document: ALL[Document] - _OF_LETTERS},
    ),
    Exporter(
        name="qdpx",
        purpose="A REFI-QDA project for NVivo, ATLAS.ti, MAXQDA and QualCoder.",
        omits="that a quote has several passages; where pages, chapters and messages begin",
        suffix=".qdpx",
        module="quotearchive.exporters.qdpx",
        shape="bytes",
    ),
    Exporter(
        name="obsidian",
        purpose="A folder of notes, one per document, that can be exported again around your own words.",
        omits="the documents' texts beyond the quotes and the words around them; NUL characters",
        suffix="",
        module="quotearchive.exporters.obsidian",
        shape="folder",
    ),
    Exporter(
        name="template",
        purpose="Any text at all, from your own Jinja2 template.",
        omits="what the template leaves out",
        suffix=".txt",
        module="quotearchive.exporters.template",
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
