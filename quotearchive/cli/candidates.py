"""The candidates of a document: in a list, or accepted by their numbers."""

import re
import shlex
from collections.abc import Sequence
from typing import Final

from quotearchive.archive import candidates
from quotearchive.archive.candidates import Decision
from quotearchive.archive.errors import BackwardRangeError
from quotearchive.cli.progress import waiting
from quotearchive.cli.session import Session
from quotearchive.errors import QuoteArchiveError, UsageError
from quotearchive.json_values import proposal_values
from quotearchive.views.candidates import candidates_table

#: Quotations that a table lists at most: so many take a second, and few people read on.
_LISTED: Final = 1_000

_RANGE: Final = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


def numbers(text: str) -> list[int] | None:
    """Read numbers and ranges of proposals; None means all.

    >>> numbers("1,3-5")
    [1, 3, 4, 5]

    Raises:
        UsageError: It is something else.
    """
    if text.strip().lower() == "all":
        return None
    found: list[int] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if not match:
            unread = (
                f"{shlex.quote(text)} is not a choice of candidates. Write numbers and ranges such as 1,3-5, or all."
            )
            raise UsageError(unread)
        start, end = int(match[1]), int(match[2] or match[1])
        if end < start:
            raise BackwardRangeError(start, end)
        found += range(start, end + 1)
    return found


def accept(session: Session, reference: str, wanted: list[int] | None, least: float | None) -> None:
    """Store proposals by their numbers, in one write.

    Raises:
        QuoteArchiveError: There is no proposal of such a number.
    """
    reviewed = candidates.review(session.archive, reference)
    for number in wanted or ():
        if not 1 <= number <= len(reviewed.proposals):
            unknown = (
                f"There is no candidate {number}: the document has {len(reviewed.proposals)}."
                " List them with: quotearchive quote DOC --detect"
            )
            raise QuoteArchiveError(unknown)
    chosen = candidates.choose(reviewed.proposals, wanted, candidates.LIKELY if least is None else least)
    decisions = [Decision(proposal=each, speaker=each.speaker) for each in chosen]
    stored = candidates.accept(session.archive, reviewed, decisions, change=session.change) if decisions else ()
    tell(session, [quote.id for quote in stored])


def tell(session: Session, stored: Sequence[int]) -> None:
    """Print the numbers of the quotes that were stored."""
    named = ", ".join(map(str, stored))
    session.say(f"Stored {'quotes' if len(stored) > 1 else 'quote'} {named}." if stored else "Nothing was stored.")


def show_list(session: Session, reference: str, least: float, *, as_json: bool) -> None:
    """List the candidates of a document."""
    with waiting(session, "Looking for quotations"):
        reviewed = candidates.review(session.archive, reference)
    shown = [each for each in reviewed.proposals if each.confidence >= least]
    if as_json:
        session.write_json([proposal_values(each, reviewed.document) for each in shown])
    elif shown:
        session.show(candidates_table(shown[:_LISTED], reviewed.document))
        if len(shown) > _LISTED:
            session.remark(f"{_LISTED:,} of {len(shown):,} quotations are shown. --json lists all of them.")
    else:
        session.remark("No quotation was found.")
