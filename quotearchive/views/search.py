"""Documents and counts that a search finds, as Rich renderables."""

from collections.abc import Iterable, Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from quotearchive.search import DocumentHit, Excerpt
from quotearchive.views.cells import QUIET, cell, table, words
from quotearchive.views.documents import source
from quotearchive.views.quotes import UNKNOWN

#: Columns of the longest bar.
BAR: Final = 30


def document_hits_table(hits: Iterable[DocumentHit]) -> Table:
    """List documents with the parts of their texts that matched, and the number of their quotes."""
    listing = table("#", "Document", "Found", "Quotes", Document=1, Found=3)
    for hit in hits:
        name = source(hit.document).append_text(cell(f"\n{hit.document.slug}", QUIET))
        found = Text("\n").join(map(_part, hit.excerpts))
        listing.add_row(str(hit.document.id), name, found, str(hit.quotes))
    return listing


def _part(part: Excerpt) -> Text:
    shown = words(part.text.replace("\n", " "), part.marks)  # of the same length, so that the marks fit
    return shown.append(f"  {part.start}–{part.end}", QUIET)


def counts_table(facet: str, counts: Sequence[tuple[str | None, int]]) -> Table:
    """List values with the number of their quotes, and bars.

    Args:
        facet: What is counted.
        counts: Values, None for quotes without one, each with a number; at least one.
    """
    listing = table(facet.capitalize(), "Quotes", "")
    most = max(number for _, number in counts)
    for value, number in counts:
        name = cell(value) if value is not None else cell(UNKNOWN, QUIET)
        listing.add_row(name, f"{number:,}", bar(number / most))
    return listing


def bar(part: float) -> str:
    """Return a bar for a part of a whole, 0..1, to an eighth of a column.

    >>> bar(1 / 4), bar(0.001)
    ('███████▌', '▏')
    """
    eighths = max(1, round(part * BAR * 8))
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
