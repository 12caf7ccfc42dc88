"""Quotes as Markdown: block quotes under headings, each with its speaker, its source and its place.

By document the export streams. By speaker, topic or date it first gathers the chosen quotes, without
their documents' texts, because the last document may hold the first speaker's words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import yaml

from quotearchive.exporters.citations import citer, particulars, with_place
from quotearchive.exporters.context import CITED, QuoteInContext, about, attribution, facts, nested
from quotearchive.exporters.interface import Options
from quotearchive.exporters.markdown_text import block_quote, inline
from quotearchive.exporters.sections import sections
from quotearchive.model import Description, Selection


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield a Markdown file: front matter, a section for each group of quotes, the list of sources."""
    sources = _Sources(options)
    anchored: set[int] = set()
    yield front_matter(options)
    yield f"# {inline(options.title)}\n"
    for section in sections(selections, options):
        yield f"\n## {_target(section.anchor)}{inline(section.heading)}\n"
        if options.by == "document":
            yield f"\n{_facts(particulars(section.quotes[0].document))}\n"
        for depth, entry in nested(section.quotes):
            first = entry.quote.id not in anchored
            yield _quote(entry, depth, _head(entry, options, sources.mention(entry), first=first))
            if options.by == "topic":
                anchored.add(entry.quote.id)
    yield from sources.listing()


def front_matter(options: Options) -> str:
    r"""Write the YAML block that opens the file.

    >>> front_matter(Options(title="Letters"))
    '---\ntitle: Letters\nby: document\ngenerator: quotearchive\n---\n\n'
    """
    title = " ".join(options.title.split())
    fields = {"title": title, "by": options.by, "generator": "quotearchive", "date": options.made}
    known = {name: value for name, value in fields.items() if value}
    block = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=float("inf"))
    return f"---\n{block}---\n\n"


class _Sources:
    """Numbers documents in the order of their first mention, and lists them at the end.

    A document with pages or other segments has a number for each place that is cited, so that a footnote has it.
    """

    def __init__(self, options: Options) -> None:
        self._cite = citer(options.style)
        self._options = options
        self._described: dict[int, tuple[str, Sequence[str]]] = {}
        self._documents: dict[tuple[int, str], tuple[int, Sequence[str]]] = {}

    def mention(self, entry: QuoteInContext) -> tuple[int, str]:
        document = entry.document
        is_placed = {part.kind for part in entry.cited} - {"paragraph"}
        placed = entry if is_placed else msgspec.structs.replace(entry, beside="")
        key = (document.id, placed.beside)
        if key not in self._documents:
            cited, rest = self._describe(document)
            where = f"{with_place(cited, placed)} (document {document.id}, {document.slug})"
            self._documents[key] = (len(self._documents) + 1, (where, *rest))
        number, phrases = self._documents[key]
        return number, phrases[0]

    def _describe(self, document: Description) -> tuple[str, Sequence[str]]:
        if document.id not in self._described:
            # By document, all this is under the document's heading.
            rest = () if self._options.by == "document" else tuple(facts(document, CITED))
            self._described[document.id] = (self._cite(document), rest)
        return self._described[document.id]

    def listing(self) -> Iterator[str]:
        if self._documents:
            yield f"\n## {_target('sources')}Sources\n\n"
        for number, phrases in self._documents.values():
            # "Quoted from" keeps a parser that knows no footnotes from reading the definition of a link.
            mark = f"[^{number}]: Quoted from" if self._options.citations == "footnotes" else f"{number}."
            yield f"{mark} {_facts(phrases)}\n"


def _target(name: str) -> str:
    safe = re.sub(r"[^\w-]", "", name)
    return f'<a id="{safe}"></a>'


def _facts(phrases: Iterable[str]) -> str:
    return " · ".join(map(inline, phrases))


def _head(entry: QuoteInContext, options: Options, source: tuple[int, str], *, first: bool) -> str:
    """Write what is known of a quote, above it."""
    number, cited = source
    quote = entry.quote
    origin = [cited] if options.citations == "text" else [f"“{entry.document.title}”", entry.document.date or ""]
    if options.by == "document":
        origin = []
    target = _target(f"quote-{quote.id}") if first else ""
    footnote = f"[^{number}]" if options.citations == "footnotes" else ""
    said_by = f"{target}**{quote.id}. {inline(attribution(entry.relay))}**{footnote}"
    return f"{said_by}\\\n{_facts(about(entry, *([] if options.by == 'document' else origin)))}"


def _aside(words: str) -> str:
    return f"*{inline(words)}*" if words else ""


def _quote(entry: QuoteInContext, depth: int, head: str) -> str:
    """Write a quote under its head, indented as deep as it lies in other quotes."""
    indent = "  " * depth
    parts = (
        head.replace("\n", f"\n{indent}"),
        _aside(entry.before),
        block_quote(entry.quote.text, indent).removeprefix(indent).rstrip("\n"),
        _aside(entry.after),
        f"Note: {inline(entry.quote.note)}" if entry.quote.note else "",
    )
    body = f"\n\n{indent}".join(part for part in parts if part)
    return f"\n{indent[2:]}{'- ' if depth else ''}{body}\n"
