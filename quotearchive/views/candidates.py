"""Candidates, the quotations that detection proposes, as Rich renderables."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotearchive.model import GAP, Document, Passage, Proposal
from quotearchive.views.cells import QUIET, cell, fields, table
from quotearchive.views.excerpts import excerpt, in_context
from quotearchive.views.quotes import UNKNOWN


def candidate_page(candidate: Proposal, document: Document, count: int) -> RenderableType:
    """Show a candidate in its context, with the reason for it.

    Args:
        candidate: The candidate.
        document: Its document.
        count: How many candidates the document has.
    """
    known = fields(
        {
            "Speaker": candidate.speaker or UNKNOWN,
            "Named as": candidate.mention if candidate.mention != candidate.speaker else None,
            "Confidence": f"{candidate.confidence:.0%}",
            "Reason": candidate.reason,
            "Within": f"candidate {candidate.within}" if candidate.within else None,
        }
    )
    heading = Text(f"Candidate {candidate.number} of {count}", style="bold")
    return Group(heading, Padding(in_context(_passages(candidate, document), document.text), (1, 2)), known)


def candidates_table(candidates: Iterable[Proposal], document: Document) -> Table:
    """List candidates of a document."""
    listing = table("#", "Quotation", "Speaker", "Confidence", "Reason", Quotation=4, Speaker=2, Reason=3)
    for candidate in candidates:
        said = excerpt(GAP.join(passage.exact for passage in _passages(candidate, document)), ())
        speaker = cell(candidate.speaker or UNKNOWN)
        if candidate.mention and candidate.mention != candidate.speaker:
            speaker.append_text(cell(f"\n“{candidate.mention}”", QUIET))
        reason = f"Already quote {candidate.quote}." if candidate.quote else candidate.reason
        listing.add_row(str(candidate.number), said, speaker, f"{candidate.confidence:.0%}", reason)
    return listing


def _passages(candidate: Proposal, document: Document) -> list[Passage]:
    return [Passage(start=start, end=end, exact=document.text[start:end]) for start, end in candidate.spans]
