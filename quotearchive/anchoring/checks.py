"""Check stored quotes against the text that they are from; the results of verifying."""

from enum import StrEnum

import msgspec

from quotearchive.anchoring.comparison import Difference
from quotearchive.anchoring.relocation import relocate
from quotearchive.model import Document, Quote, Span


class Verdict(StrEnum):
    """The result of verifying a quote."""

    EXACT = "exact"  #: its words are in the document at its place
    RECOGNISED = "recognised"  #: so they are, in a text that was recognised in a picture
    CHANGED = "changed"  #: its words differ, or are elsewhere
    MISSING = "missing"  #: the document does not have them
    UNCHECKED = "unchecked"  #: its document is gone or can't be read


class State(StrEnum):
    """The result of verifying a text, a source or an original."""

    SAME = "same"  #: it has the hash that was stored
    CHANGED = "changed"  #: it has another hash
    GONE = "gone"  #: the file is not there, can't be read, or is no regular file
    NOT_KEPT = "not kept"  #: the archive has no copy of the file
    OUTSIDE = "outside"  #: somebody else named a file outside the archive's folder, so it was not opened
    UNKNOWN = "unknown"  #: no file or no hash was stored


class QuoteCheck(msgspec.Struct, frozen=True, kw_only=True):
    """The check of a quote.

    Attributes:
        id: Its number.
        document: Its document's slug, or number where that is gone.
        outcome: The worst of its passages'.
        places: Where its passages are now if it is changed, as half-open spans.
        differences: How its words and the document's differ.
    """

    id: int
    document: str
    outcome: Verdict
    places: tuple[Span, ...] = ()
    differences: tuple[Difference, ...] = ()


class DocumentCheck(msgspec.Struct, frozen=True, kw_only=True):
    """The check of a document.

    Attributes:
        id: Its number.
        slug: Its name.
        text: Whether its text has its hash.
        source: Whether the file that it was read from has its own.
        path: That file, as it is stored.
        original: Whether the copy of that file beside the archive has the hash that was stored.
        is_recognised: Whether its text was recognised in a picture.
    """

    id: int
    slug: str
    text: State
    source: State
    path: str | None = None
    original: State = State.UNKNOWN
    is_recognised: bool = False


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The result of verifying an archive.

    Attributes:
        quotes: A check of each quote that can be read.
        documents: A check of each document that can be read.
        problems: Sentences on what else somebody did to the archive by hand.
        is_sealed: Whether the history seals what it left, so that other hands show.
        unreferenced: Files among the originals that no document refers to, nor one that `undo` could bring back.
    """

    quotes: tuple[QuoteCheck, ...]
    documents: tuple[DocumentCheck, ...]
    problems: tuple[str, ...]
    is_sealed: bool = True
    unreferenced: tuple[str, ...] = ()

    def has_failed(self, *, strict: bool = False) -> bool:
        """Check whether anything differs from what it was; if strict, also whether anything could not be checked.

        A source may go its own way, but an original that was kept must not be gone.
        """
        outcomes = {check.outcome for check in self.quotes}
        states = {state for check in self.documents for state in (check.text, check.source, check.original)}
        doubtful = {Verdict.UNCHECKED, State.GONE, State.OUTSIDE} & (outcomes | states) if strict else set()
        bad = {Verdict.CHANGED, Verdict.MISSING, State.CHANGED} & (outcomes | states)
        is_lost = any(check.original is State.GONE for check in self.documents)
        return bool(bad or is_lost or doubtful or self.problems)


def check_quote(quote: Quote, document: Document | None) -> QuoteCheck:
    """Check a quote against its document; None for one that is gone.

    >>> from quotearchive.model import Passage
    >>> letter = Document(slug="letter", title="A letter", text="To be or not")
    >>> check_quote(Quote(document=1, passages=(Passage(start=0, end=5, exact="To be"),)), letter).outcome
    <Verdict.EXACT: 'exact'>
    """
    if document is None:
        return QuoteCheck(id=quote.id, document=str(quote.document), outcome=Verdict.UNCHECKED)
    text = document.text
    if quote.passages and quote.stands_in(text):
        outcome = Verdict.RECOGNISED if document.is_recognised else Verdict.EXACT
        return QuoteCheck(id=quote.id, document=document.slug, outcome=outcome)
    found = [relocate(text, passage) for passage in quote.passages if passage.exact]
    places = tuple((each.passage.start, each.passage.end) for each in found if each.passage)
    is_missing = len(places) < len(quote.passages) or not quote.passages
    return QuoteCheck(
        id=quote.id,
        document=document.slug,
        outcome=Verdict.MISSING if is_missing or quote.missing else Verdict.CHANGED,
        places=places,
        differences=tuple(difference for each in found for difference in each.differences),
    )
