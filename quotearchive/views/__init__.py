"""Values as Rich renderables. Nothing here prints, and no style comes from within a text.

Whatever a document brought is made visible first: escape sequences and direction overrides show as signs,
and right-to-left words are isolated, so that they do not reorder what stands beside them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from quotearchive.model import (
    GAP,
    Correspondence,
    Description,
    Document,
    Passage,
    Proposal,
    Quote,
    QuoteHit,
    Span,
)
from quotearchive.text import isolated, paragraph_number, show, visible

#: Code points of a quote that a table shows before it shortens it around what was found.
ROOM: Final = 280

#: Code points of a passage's surroundings that are shown on each side of it.
SURROUNDINGS: Final = 160

#: Code points of a title that a table shows.
TITLE_ROOM: Final = 60

#: The width in columns from which a table has a column for each thing.
WIDE: Final = 120

#: Style of what was found, legible on dark and on light: it says nothing that the words don't say.
HIT: Final = "bold underline"
PASSAGE: Final = "bold"
QUIET: Final = "dim"

#: What is said of a quote whose words its document no longer has.
MISSING: Final = "Missing: the document no longer has these words."

#: What stands for words that are left out of view. Square brackets are the editor's, not the document's.
LEFT_OUT: Final = "[…]"


def words(text: str, marks: Iterable[Span] = (), style: str = HIT) -> Text:
    """Show a text with spans of it marked.

    Args:
        text: The document's own words.
        marks: Half-open spans of code points of `text`.
        style: How they are marked.
    """
    shown = show(text)
    rendered = Text(shown.text)
    for start, end in marks:
        rendered.stylize(style, shown.position(start), shown.position(end))
    return rendered


def cell(text: str | None, style: str = "") -> Text:
    """Show a value in a table."""
    return Text(visible(text or ""), style=style)


def excerpt(text: str, marks: Sequence[Span], room: int = ROOM) -> Text:
    """Show a text whole if it is short, and else the parts around its marks.

    Args:
        text: The words.
        marks: Half-open spans that were found, sorted; may be empty.
        room: How many code points to show, about.
    """
    if len(text) <= room:
        return words(text, marks)
    shown = Text()
    last = 0
    for start, end in _windows(text, marks, room):
        if start > last:
            shown.append(f"{LEFT_OUT} " if not shown else f" {LEFT_OUT} ", QUIET)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start]
        shown.append_text(words(text[start:end], inside))
        last = end
    if last < len(text):
        shown.append(f" {LEFT_OUT}", QUIET)
    return shown


def _windows(text: str, marks: Sequence[Span], room: int) -> list[Span]:
    """Choose the parts of a text to show: around its first marks, widened to whole words."""
    if not marks:
        return [(0, _word_end(text, room))]
    windows: list[Span] = []
    each = max(room // (2 * min(len(marks), 3)), 40)
    for start, end in marks[:3]:
        window = (_word_start(text, max(0, start - each)), _word_end(text, min(len(text), end + each)))
        if windows and window[0] <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(window[1], windows[-1][1]))
        else:
            windows.append(window)
    return windows


def _word_start(text: str, offset: int) -> int:
    """Move an offset back to where a word begins, if that is near."""
    begin = max(text.rfind(space, max(0, offset - 20), offset) for space in " \n")
    return begin + 1 if begin >= 0 else offset


def _word_end(text: str, offset: int) -> int:
    """Move an offset on to where a word ends, if that is near."""
    ends = [found for space in " \n" if (found := text.find(space, offset, offset + 20)) >= 0]
    return min(ends, default=offset)


def attribution(relay: Sequence[str | None]) -> str:
    """Say who said something and who passes it on.

    >>> attribution(["Ruhollah Khomeini", "Hashem Khastar"])
    'Ruhollah Khomeini, quoted by Hashem Khastar'
    """
    return ", quoted by ".join(name or "somebody" for name in relay)


def place(passages: Sequence[Passage], text: str | None = None) -> str:
    """Say where passages stand: the paragraph, where the text is at hand, and the characters.

    >>> place([Passage(start=7, end=9, exact="as")])
    'characters 7–9'
    """
    spans = ", ".join(f"{passage.start}–{passage.end}" for passage in passages)
    if text is None:
        return f"characters {spans}"
    return f"paragraph {paragraph_number(text, passages[0].start)}, characters {spans}"


def shortened(title: str, room: int = TITLE_ROOM) -> str:
    """Cut a title that would fill a table; a document's page shows it whole.

    >>> shortened("Declaration of the Rights of Man", 20)
    'Declaration of […]'
    """
    if len(title) <= room:
        return title
    cut = title.rfind(" ", 0, room - len(LEFT_OUT))
    return f"{title[: cut if cut > 0 else room]} {LEFT_OUT}"


def source(document: Description) -> Text:
    """Name a document in a table: title, publisher or authors, and date."""
    shown = cell(shortened(document.title))
    for detail in (document.publisher or ", ".join(document.authors), document.date):
        if detail:
            shown.append_text(Text("\n")).append_text(cell(detail, QUIET))
    return shown


class Lines:
    """A text in a table, each of whose lines is isolated: what is written from right to left stays in it.

    Args:
        text: What has gone through `visible`.
    """

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        overflow = self._text.overflow or options.overflow or "fold"
        no_wrap = bool(self._text.no_wrap or options.no_wrap)
        for line in self._text.wrap(console, options.max_width, overflow=overflow, no_wrap=no_wrap):
            line.rstrip()
            opening, closing = isolated(line.plain).split(line.plain) if line.plain else ("", "")
            yield Text(opening).append_text(line).append(closing)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._text)


class IsolatingTable(Table):
    """A table whose cells don't reorder each other."""

    def add_row(self, *cells: RenderableType | None, **options: Any) -> None:  # noqa: ANN401 - Rich's own
        """Add a row; every string in it is made visible, and every text isolated line by line."""
        shown = (cell(each) if isinstance(each, str) else each for each in cells)
        super().add_row(*(Lines(each) if isinstance(each, Text) else each for each in shown), **options)


def table(*columns: str) -> Table:
    """Make an empty table in the house's style: light lines, no colour, numbers to the right."""
    made = IsolatingTable(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for column in columns:
        if column == "#":
            made.add_column("#", justify="right", no_wrap=True)
        else:
            made.add_column(column, overflow="fold")
    return made


def documents_table(documents: Iterable[tuple[Description, int]]) -> Table:
    """List documents with the number of quotes from each.

    Args:
        documents: Descriptions, each with the number of its quotes.
    """
    listing = table("#", "Document", "Title", "Kind", "Date", "Quotes")
    for document, quotes in documents:
        listing.add_row(
            str(document.id),
            cell(document.slug),
            cell(shortened(document.title)),
            document.kind,
            cell(document.date),
            str(quotes),
        )
    return listing


def fields(values: Mapping[str, str | None]) -> RenderableType:
    """List names and values, those that are known."""
    grid = IsolatingTable.grid(padding=(0, 2))
    grid.add_column(style=QUIET, no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in values.items():
        if value:
            grid.add_row(name, cell(value))
    return grid


def document_fields(document: Description) -> RenderableType:
    """List what is known of a document."""
    return fields(
        {
            "document": f"{document.slug} (number {document.id})",
            "kind": document.kind,
            "authors": ", ".join(document.authors),
            "recipients": ", ".join(document.recipients),
            "date": _date(document),
            "place": document.place,
            "received": document.received,
            "destination": document.destination,
            "signed by": _signatories(document),
            "publisher": document.publisher,
            "url": document.url,
            "language": document.language,
            "source": document.source,
            "SHA-256": document.sha256,
            "length": f"{document.characters:,} characters",
            "added": document.added,
        }
    )


def correspondence(letters: Correspondence) -> RenderableType:
    """List what a document has to do with others, by their slugs."""
    return fields(
        {
            "letter before": letters.before,
            "letter after": letters.after,
            "answers": letters.replies_to,
            "answered by": ", ".join(letters.replies),
            "encloses": ", ".join(letters.encloses),
            "enclosed in": ", ".join(letters.enclosed_in),
        }
    )


def _date(document: Description) -> str | None:
    if document.date and document.date_words and document.date_words != document.date:
        return f"{document.date} (“{document.date_words}”)"
    return document.date


def _signatories(document: Description) -> str:
    names = ", ".join(document.signatories)
    count = document.signatory_count
    return f"{names} ({count} in all)" if names and count else names or (str(count) if count else "")


def document_page(document: Document, quotes: Sequence[Quote], letters: Correspondence | None = None) -> RenderableType:
    """Show a document with its quotes marked in the text by their numbers.

    Args:
        document: The document.
        quotes: Its quotes.
        letters: What it has to do with other documents.
    """
    related = correspondence(letters) if letters else Text()
    heading = Text(visible(document.title), style="bold")
    legend = "Quotes stand between ⟦number and ⟧." if quotes else "Nothing of it is quoted yet."
    gone = ", ".join(str(quote.id) for quote in quotes if quote.missing)
    legend += f" Missing, because the text has their words no longer: {gone}." if gone else ""
    return Group(
        heading,
        Text(),
        document_fields(document),
        related,
        Text(),
        Text(legend, QUIET),
        Text(),
        _Body(document, quotes),
    )


def _marked(text: str, quotes: Sequence[Quote]) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces with their styles, with signs where passages begin and end, inner within outer ones."""
    signs: list[tuple[int, int, int, str]] = []
    for quote in quotes:
        for passage in () if quote.missing else quote.passages:
            length = passage.end - passage.start
            signs.append((passage.start, 1, -length, f"⟦{quote.id} "))
            signs.append((passage.end, 0, length, "⟧"))
    shown = show(text)
    last = depth = 0
    for offset, opens, _, sign in sorted(signs):
        position = shown.position(offset)
        yield shown.text[last:position], PASSAGE if depth else ""
        yield sign, "reverse"
        depth += 1 if opens else -1
        last = position
    yield shown.text[last:], ""


class _Body:
    """A document's text: wrapped on a terminal, and elsewhere in its own lines, so that phrases are found in it."""

    def __init__(self, document: Document, quotes: Sequence[Quote]) -> None:
        self._document = document
        self._quotes = quotes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pieces = _marked(self._document.text, self._quotes)
        if console.is_terminal:
            yield Text.assemble(*pieces)
        else:
            yield Segment("".join(piece for piece, _ in pieces))
            yield Segment.line()


def quote_page(
    quote: Quote, document: Document, relay: Sequence[str | None] = (), inner: Sequence[Quote] = ()
) -> RenderableType:
    """Show a quote in its context, with all that is known of it.

    Args:
        quote: The quote.
        document: Its document.
        relay: Who said it and who passes it on, outwards.
        inner: The quotes that are said in it.
    """
    known = fields(
        {
            "speaker": attribution(relay) if any(relay) else "not known",
            "role": quote.role,
            "to": quote.to,
            "topics": ", ".join(quote.topics),
            "said": quote.said,
            "source": document.title,
            "date": document.date,
            "place": None if quote.missing else place(quote.passages, document.text),
            "within": f"quote {quote.within}" if quote.within else None,
            "holds": ", ".join(f"quote {each.id}" for each in inner),
            "note": quote.note,
            "document": document.slug,
        }
    )
    return Group(
        Text(f"Quote {quote.id}", style="bold"),
        Padding(words(quote.text) if quote.missing else in_context(quote.passages, document.text), (1, 2)),
        *([Text(MISSING, style="bold")] if quote.missing else []),
        known,
    )


def in_context(passages: Sequence[Passage], text: str) -> Text:
    """Show passages, marked, with some of the text around each."""
    shown = Text()
    for passage in passages:
        if shown:
            shown.append(GAP, QUIET)
        start = _word_start(text, max(0, passage.start - SURROUNDINGS))
        end = _word_end(text, min(len(text), passage.end + SURROUNDINGS))
        before = f"{LEFT_OUT} " if start else ""
        behind = f" {LEFT_OUT}" if end < len(text) else ""
        shown.append(before, QUIET)
        shown.append_text(words(text[start : passage.start])).append("⟦", "reverse")
        shown.append_text(words(text[passage.start : passage.end], [(0, len(passage.exact))], PASSAGE))
        shown.append("⟧", "reverse").append_text(words(text[passage.end : end]))
        shown.append(behind, QUIET)
    return shown


def quotes_table(findings: Iterable[QuoteHit], *, width: int, full: bool = False) -> Table:
    """List quotes with what was found in them marked.

    Args:
        findings: The quotes, with their documents, marks and relays.
        width: Columns of the terminal.
        full: Show long quotes whole.
    """
    wide = width >= WIDE
    listing = table("#", "Quote", *(("Speaker", "Topics", "Source") if wide else ("Speaker · topics", "Source")))
    listing.columns[1].ratio = 5
    for column in listing.columns[2:]:
        column.ratio = 3
    listing.expand = True
    for finding in findings:
        said = words(finding.quote.text, finding.marks) if full else excerpt(finding.quote.text, finding.marks)
        if finding.quote.missing:
            said = Text("\n").join((said, Text(MISSING, style="bold")))
        speaker = cell(
            attribution(finding.relay) if any(finding.relay) else "not known",
            "" if any(finding.relay) else QUIET,
        )
        topics = cell("\n".join(finding.quote.topics), QUIET)
        about = (speaker, topics) if wide else (Text("\n").join(filter(None, (speaker, topics))),)
        listing.add_row(str(finding.quote.id), said, *about, source(finding.document))
    return listing


def addition(document: Description, taken: Iterable[tuple[str, str, int]]) -> RenderableType:
    """Tell that a document was added, and what was taken from its text.

    Args:
        document: The document.
        taken: Names of fields, what they were understood to be, and the lines they were taken from, from 1;
            0 for what is from no line.
    """
    grid = IsolatingTable.grid(padding=(0, 2))
    grid.add_column(style=QUIET, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column(style=QUIET, no_wrap=True)
    for name, value, line in taken:
        grid.add_row(f"  {name.replace('_', ' ')}", cell(value), f"line {line}" if line else "")
    return Group(
        Text(f"Added {visible(document.slug)} (number {document.id}, {document.characters:,} characters)."),
        grid,
    )


def formats_table(formats: Iterable[tuple[str, str, str]]) -> Table:
    """List formats.

    Args:
        formats: Their names, what they are for, and what they leave out.
    """
    listing = table("Format", "What it is for", "What it leaves out")
    listing.columns[0].no_wrap = True
    for name, purpose, leaves_out in formats:
        listing.add_row(name, purpose, leaves_out or "nothing")
    return listing


def proposal_page(proposal: Proposal, document: Document, count: int) -> RenderableType:
    """Show a proposed quotation in its context, with why it is proposed.

    Args:
        proposal: The proposal.
        document: Its document.
        count: How many proposals the document has.
    """
    known = fields(
        {
            "speaker": proposal.speaker or "not known",
            "called": proposal.mention if proposal.mention != proposal.speaker else None,
            "confidence": f"{proposal.confidence:.0%}",
            "because": proposal.reason,
            "within": f"candidate {proposal.within}" if proposal.within else None,
        }
    )
    heading = Text(f"Candidate {proposal.number} of {count}", style="bold")
    return Group(heading, Padding(in_context(_passages(proposal, document), document.text), (1, 2)), known)


def proposals_table(proposals: Iterable[Proposal], document: Document) -> Table:
    """List proposed quotations.

    Args:
        proposals: What was proposed.
        document: Their document.
    """
    listing = table("#", "Quotation", "Speaker", "Sure", "Because")
    listing.columns[1].ratio, listing.columns[2].ratio, listing.columns[4].ratio = 4, 2, 3
    listing.expand = True
    for proposal in proposals:
        passages = _passages(proposal, document)
        said = excerpt(GAP.join(passage.exact for passage in passages), ())
        speaker = cell(proposal.speaker or "not known")
        if proposal.mention and proposal.mention != proposal.speaker:
            speaker.append_text(cell(f"\n“{proposal.mention}”", QUIET))
        because = f"It is quote {proposal.quote} already." if proposal.quote else proposal.reason
        listing.add_row(str(proposal.number), said, speaker, f"{proposal.confidence:.0%}", cell(because))
    return listing


def _passages(proposal: Proposal, document: Document) -> list[Passage]:
    return [Passage(start=start, end=end, exact=document.text[start:end]) for start, end in proposal.spans]


def review_advice(found: int, document: Description) -> Text:
    """Say how many quotations a document seems to hold, and how to review them.

    Args:
        found: Their number.
        document: The document.
    """
    quotations = "one quotation" if found == 1 else f"{found:,} quotations"
    return Text(f"  It seems to hold {quotations}. Review: quotearchive quote {visible(document.slug)}")


def one_after_another(shown: Sequence[RenderableType]) -> RenderableType:
    """Show several things with a blank line between them."""
    spaced = [part for each in shown for part in (Text(), each)]
    return Group(*spaced[1:])
