"""Quotes as Rich renderables."""

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotearchive.anchoring.places import Places
from quotearchive.model import Document, Passage, Quote, QuoteHit
from quotearchive.views.cells import QUIET, cell, fields, table, words
from quotearchive.views.documents import source
from quotearchive.views.excerpts import excerpt, in_context
from quotearchive.views.records import labelled

#: The width in columns from which a table has a column for each thing.
WIDE: Final = 120

#: What is shown beside a quote whose words its document no longer has.
MISSING: Final = "Missing: the document no longer has these words."

#: What is shown beside a quote whose words nobody has compared with the picture that they are in.
RECOGNISED: Final = "Recognised in a picture: not word for word until it was compared with that."

#: What stands for a speaker whom nobody has named.
UNKNOWN: Final = "not known"


def quotes_table(hits: Iterable[QuoteHit], *, width: int, full: bool = False) -> Table:
    """List quotes with the words that matched marked.

    Args:
        hits: The quotes, with their documents, marks and relays.
        width: Columns of the terminal.
        full: Show long quotes whole.
    """
    wide = width >= WIDE
    others = ("Speaker", "Topics", "Source") if wide else ("Speaker · topics", "Source")
    listing = table("#", "Quote", *others, Quote=5, **dict.fromkeys(others, 3))
    for hit in hits:
        speaker = cell(attribution(hit.relay)) if any(hit.relay) else cell(UNKNOWN, QUIET)
        topics = cell("\n".join(hit.quote.topics), QUIET)
        about = (speaker, topics) if wide else (Text("\n").join(filter(None, (speaker, topics))),)
        listing.add_row(str(hit.quote.id), _said(hit, full=full), *about, source(hit.document, hit.locator))
    return listing


def _said(hit: QuoteHit, *, full: bool) -> Text:
    said = words(hit.quote.text, hit.marks) if full else excerpt(hit.quote.text, hit.marks)
    return Text("\n").join((said, Text(MISSING, style="bold"))) if hit.quote.missing else said


def quote_page(
    quote: Quote, document: Document, relay: Sequence[str | None] = (), inner: Sequence[Quote] = ()
) -> RenderableType:
    """Show a quote in its context, with all its fields.

    Args:
        quote: The quote.
        document: Its document.
        relay: Who said it and who passes it on, outward.
        inner: The quotes within it.
    """
    known = labelled(
        quote,
        speaker=attribution(relay) if any(relay) else UNKNOWN,
        within=f"quote {quote.within}" if quote.within else None,
    )
    placed = {
        "Holds": ", ".join(f"quote {held.id}" for held in inner),
        "Source": document.title,
        "Date": document.date,
        "Location": None if quote.missing else place(quote.passages, document),
        "Message-ID": None if quote.missing else ", ".join(Places.of(document).message_ids(quote.passages)),
        "Document": document.slug,
    }
    return Group(
        Text(f"Quote {quote.id}", style="bold"),
        Padding(words(quote.text) if quote.missing else in_context(quote.passages, document.text), (1, 2)),
        *([Text(MISSING, style="bold")] if quote.missing else []),
        *([Text(RECOGNISED, style="bold")] if document.is_recognised else []),
        fields({**known, **placed}),
    )


def attribution(relay: Sequence[str | None]) -> str:
    """Return who said something and who passes it on.

    >>> attribution(["Ruhollah Khomeini", "Hashem Khastar"])
    'Ruhollah Khomeini, quoted by Hashem Khastar'
    """
    return ", quoted by ".join(name or "somebody" for name in relay)


def place(passages: Sequence[Passage], document: Document | None = None) -> str:
    """Return where passages are: the page, minute or paragraph, if the document is at hand, and the characters.

    >>> place([Passage(start=7, end=9, exact="as")])
    'characters 7–9'
    """
    spans = ", ".join(f"{passage.start}–{passage.end}" for passage in passages)
    locator = f"{Places.of(document).locator(passages)}, " if document else ""
    return f"{locator}characters {spans}"
