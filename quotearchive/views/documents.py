"""Documents as Rich renderables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from quotearchive.anchoring.places import Places, without_day
from quotearchive.model import SEGMENT_KINDS, Correspondence, Description, Document, Quote, Span
from quotearchive.text import counted, show, visible
from quotearchive.views.cells import PASSAGE, QUIET, IsolatingTable, cell, fields, shortened, table
from quotearchive.views.previews import evidence, taken
from quotearchive.views.records import label, labelled

if TYPE_CHECKING:
    from quotearchive.archive.documents import Addition

#: The mark of a text that was recognised in a picture, in tables.
RECOGNISED: Final = "recognised text"

#: The same where there is room for a sentence.
RECOGNISED_WHOLE: Final = "recognised in a picture; not word for word until it was compared with that"


def documents_table(documents: Iterable[tuple[Description, int]]) -> Table:
    """List documents.

    Args:
        documents: Descriptions, each with the number of its quotes.
    """
    listing = table("#", "Document", "Title", "Kind", "Date", "Quotes")
    for document, quotes in documents:
        title = shortened(document.title)
        kind = f"{document.kind}, {RECOGNISED}" if document.is_recognised else document.kind
        listing.add_row(str(document.id), document.slug, title, kind, document.date or "", str(quotes))
    return listing


def source(document: Description, locator: str | None = None) -> Text:
    """Return a document as the source of a quote in a table: title, publisher or authors, date, place in it."""
    shown = cell(shortened(document.title))
    marked = RECOGNISED if document.is_recognised else None
    where = without_day(locator, document.date) if locator else None
    for detail in (document.publisher or ", ".join(document.authors), document.date, where, marked):
        if detail:
            shown.append_text(Text("\n")).append_text(cell(detail, QUIET))
    return shown


def addition(added: "Addition") -> RenderableType:
    """Show that a document was added, and the metadata found in its text."""
    grid = IsolatingTable.grid(padding=(0, 2))
    grid.add_column(style=QUIET, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column(style=QUIET, no_wrap=True)
    for each in taken(added.taken):
        if not each.is_guess:
            grid.add_row(f"  {label(each.field)}", each.value, evidence(each))
    document = added.document
    size = counted(document.characters, "character")
    return Group(Text(f"Added {visible(document.slug)} (number {document.id}, {size})."), grid)


def review_advice(found: int, document: Description) -> Text:
    """Return how many likely quotations a document has, and how to review them."""
    them = "it" if found == 1 else "them"
    quotations = counted(found, "likely quotation")
    return Text(f"  Found {quotations}. Review {them} with: quotearchive quote {visible(document.slug)}")


def document_page(
    document: Document, quotes: Sequence[Quote], letters: Correspondence, spans: Sequence[Span] | None = None
) -> RenderableType:
    """Show a document with its quotes marked in the text by their numbers.

    Args:
        document: The document.
        quotes: Its quotes.
        letters: The documents it is related to.
        spans: The parts of the text to show, such as a page; None for all of it.
    """
    shown = quotes if spans is None else on(quotes, spans)
    return Group(
        Text(visible(document.title), style="bold"),
        Text(),
        _description(document),
        _correspondence(letters),
        Text(),
        Text(_legend(shown), QUIET),
        *_places(document, shown),
        Text(),
        *(_Body(document, shown, span) for span in spans or [(0, len(document.text))]),
    )


def on(quotes: Iterable[Quote], spans: Iterable[Span]) -> list[Quote]:
    """Return the quotes that have words in parts of the text."""
    parts = list(spans)
    return [
        quote
        for quote in quotes
        if not quote.missing
        and any(each.start < end and start < each.end for each in quote.passages for start, end in parts)
    ]


def _places(document: Document, quotes: Iterable[Quote]) -> list[RenderableType]:
    """List where quotes are, for a document with pages or other segments."""
    places = Places.of(document) if document.segments else None
    located = [(quote.id, places.locate(quote)) for quote in quotes] if places else []
    found = [f"{number}: {locator}" for number, locator in located if locator]
    return [Text(visible("; ".join(found)), QUIET)] if found else []


def _description(document: Description) -> RenderableType:
    dated = f"{document.date} (“{document.date_words}”)"
    has_other_words = document.date and document.date_words and document.date_words != document.date
    known = labelled(
        document,
        date=dated if has_other_words else document.date,
        signatories=_signatories(document),
        # the heading, the two lines above, and the names in the correspondence show these
        **dict.fromkeys(("title", "date_words", "signatory_count", "replies_to", "encloses")),
    )
    return fields(
        {
            "Document": f"{document.slug} (number {document.id})",
            **known,
            "Source": document.source,
            **_origin(document),
            "Text": RECOGNISED_WHOLE if document.is_recognised else None,
            "Parts": _parts(document),
            "SHA-256": document.sha256,
            "Length": counted(document.characters, "character"),
            "Added": document.added,
        }
    )


def _origin(document: Description) -> dict[str, str | None]:
    """Return what to say of the file that a document is from: its part, whether it is kept, when it was retrieved."""
    original = document.original
    keys = (str(each.ref) for each in document.segments if each.kind == "message" and each.ref)
    found = {"Message-ID": ", ".join(dict.fromkeys(keys)) or None}
    if original is None:
        return found
    kept = "kept beside the archive" if original.kept else "not kept"
    read = f"read as {original.reader}"
    return {
        **found,
        "Original": "; ".join(filter(None, (original.name, original.member, kept, read))),
        "Retrieved": original.retrieved,
    }


def _correspondence(letters: Correspondence) -> RenderableType:
    """List the documents that a document is related to, by their slugs."""
    return fields(
        {
            "Previous letter": letters.before,
            "Next letter": letters.after,
            label("replies_to"): letters.replies_to,
            "Replies": ", ".join(letters.replies),
            label("encloses"): ", ".join(letters.encloses),
            "Enclosed in": ", ".join(letters.enclosed_in),
        }
    )


def _parts(document: Description) -> str:
    """Return how many segments of each kind there are, and where pages, times and messages begin and end."""
    listed = []
    for kind in SEGMENT_KINDS:
        labels = [each.label for each in document.segments if each.kind == kind and each.label]
        if labels:
            ends = dict.fromkeys((labels[0], labels[-1]))
            reach = f" ({'–'.join(ends)})" if kind in {"page", "time", "message"} else ""
            listed.append(f"{counted(len(labels), kind)}{reach}")
    return ", ".join(listed)


def _signatories(document: Description) -> str:
    names = ", ".join(document.signatories)
    count = document.signatory_count
    return f"{names} ({count} in all)" if names and count else names or (str(count) if count else "")


def _legend(quotes: Sequence[Quote]) -> str:
    if not quotes:
        return "No quotes yet."
    gone = ", ".join(str(quote.id) for quote in quotes if quote.missing)
    missing = f" Missing, because the text no longer has their words: {gone}." if gone else ""
    return f"Quotes are marked ⟦number … ⟧.{missing}"


def _marked(text: str, quotes: Sequence[Quote], part: Span) -> Iterator[tuple[str, str]]:
    """Yield a part of a text in pieces with their styles, and signs where passages begin and end, inner in outer."""
    first, behind = part
    signs: list[tuple[int, int, int, str]] = []
    for quote in quotes:
        for passage in () if quote.missing else quote.passages:
            start, end = max(first, passage.start), min(behind, passage.end)
            if start < end:
                length = passage.end - passage.start
                signs.append((start - first, 1, -length, f"⟦{quote.id} "))
                signs.append((end - first, 0, length, "⟧"))
    shown = show(text[first:behind])
    last = depth = 0
    for offset, opens, _, sign in sorted(signs):
        position = shown.position(offset)
        yield shown.text[last:position], PASSAGE if depth else ""
        yield sign, "reverse"
        depth += 1 if opens else -1
        last = position
    yield shown.text[last:], ""


class _Body:
    """A document's text: wrapped on a terminal, elsewhere in its own lines, so that phrases can be found in it."""

    def __init__(self, document: Document, quotes: Sequence[Quote], part: Span) -> None:
        self._document = document
        self._quotes = quotes
        self._part = part

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pieces = _marked(self._document.text, self._quotes, self._part)
        if console.is_terminal:
            yield Text.assemble(*pieces)
        else:
            yield Segment("".join(piece for piece, _ in pieces))
            yield Segment.line()
