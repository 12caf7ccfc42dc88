"""Likely quotations of a document, and how those that are accepted are stored."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

import msgspec

from quotearchive.anchoring.location import take
from quotearchive.anchoring.places import NOT_OWN
from quotearchive.archive.archive import Archive
from quotearchive.archive.references import document_number, find_document
from quotearchive.archive.turns import with_speeches
from quotearchive.archive.values import FieldValues
from quotearchive.detection import Candidate, detect
from quotearchive.model import Change, Document, Proposal, Quote, Span
from quotearchive.store import Transaction

#: How much of their words two quotations must share to be the same, 0..1: a final comma or the marks
#: around the words make no difference, another sentence does.
_SAME: Final = 0.8

#: From this confidence on a candidate is more likely speech than not.
LIKELY: Final = 0.5


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its proposals, and what the archive knows to offer.

    Attributes:
        document: The document.
        proposals: In reading order.
        speakers: Names that the archive has, sorted.
        topics: Topics that the archive has, sorted.
    """

    document: Document
    proposals: tuple[Proposal, ...]
    speakers: tuple[str, ...]
    topics: tuple[str, ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that was accepted, perhaps corrected.

    Attributes:
        proposal: The proposal.
        spans: The passages to store, if other than proposed.
        speaker: Who said it.
        topics: What it is about; not yet in their stored form.
    """

    proposal: Proposal
    spans: tuple[Span, ...] = ()
    speaker: str | None = None
    topics: tuple[str, ...] = ()


def review(archive: Archive, reference: str) -> Review:
    """Propose the quotations of a document.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
    """
    index = archive.index
    document = index.document(document_number(index.slugs(), reference))
    return Review(
        document=document,
        proposals=propose(document, index.quotes_of(document.id)),
        speakers=tuple(sorted(each.speaker.name for each in index.speakers() if each.quotes)),
        topics=tuple(sorted(each.path for each in index.topics() if each.own)),
    )


def propose(document: Document, quotes: Sequence[Quote]) -> tuple[Proposal, ...]:
    """Make proposals of a document's candidates and turns; candidates that are parts of one quotation make one.

    Args:
        document: The document.
        quotes: The quotes that the archive has of it.
    """
    candidates = detect(own_words(document), document.language)
    chains = _chains(candidates)
    numbers = {index: number for number, chain in enumerate(chains, 1) for index in chain}
    proposals = [
        _proposal(number, [candidates[index] for index in chain], numbers) for number, chain in enumerate(chains, 1)
    ]
    stored = _Stored(quotes)
    return tuple(
        msgspec.structs.replace(each, quote=stored.find(each.spans)) for each in with_speeches(document, proposals)
    )


def own_words(document: Document) -> str:
    """Return a document's text in which all that a message repeats, its header and its signature are blank.

    So nothing that another has said is proposed as said in this letter, and all offsets stay.
    """
    text, segments = document.text, document.segments
    if not any(each.kind == "message" for each in segments):
        return text
    sections = [each for each in segments if each.kind == "section"]
    ends = [each.start for each in sections[1:]] + [len(text)]
    pieces = [text[: sections[0].start]] if sections else [text]
    for section, end in zip(sections, ends, strict=False):
        words = text[section.start : end]
        pieces.append(re.sub(r"\S", " ", words) if section.label.startswith(NOT_OWN) else words)
    return "".join(pieces)


def count_likely(document: Document) -> int:
    """Count the quotations that a document more likely than not holds."""
    return len(choose(propose(document, ()), None, LIKELY))


def accept(archive: Archive, reviewed: Review, decisions: Sequence[Decision], *, change: Change) -> tuple[Quote, ...]:
    """Store accepted proposals as quotes, all in one write; inner ones within outer ones.

    Args:
        archive: The archive.
        reviewed: The document and its proposals, as they were reviewed.
        decisions: What was accepted, in any order.
        change: The command that does it.

    Returns:
        The quotes as they were stored, in reading order.

    Raises:
        DocumentNotFoundError: The document is gone.
        ChangedMeanwhileError: Its text is no longer the one that was reviewed.
    """
    with archive.transaction(change) as transaction:
        document = find_document(transaction, str(reviewed.document.id))
        archive.expect(reviewed.document.text, document.text)
        fields = FieldValues(transaction)
        known = {each.number: each.quote for each in reviewed.proposals if each.quote}
        quotes = {number: quote for number in known.values() if (quote := transaction.find_quote(number))}
        stored = []
        for decision in sorted(decisions, key=lambda each: each.proposal.number):
            outer = quotes.get(known.get(decision.proposal.within or 0, 0))
            typed = fields.typed(Quote, {"speaker": decision.speaker, "topics": decision.topics})
            quote = _quote(document, decision, typed, outer, now=change.when)
            quote = msgspec.structs.replace(quote, id=transaction.add(quote))
            known[decision.proposal.number] = quote.id
            quotes[quote.id] = quote
            stored.append(quote)
            inner = [
                known.get(each.number, 0) for each in reviewed.proposals if each.within == decision.proposal.number
            ]
            _take_in(transaction, quote, [quotes[number] for number in inner if number in quotes])
    return tuple(stored)


def noted(reviewed: Review, number: int, quote: int | None) -> Review:
    """Note in a review which quote a proposal has become, or that it is none any more."""
    proposals = tuple(
        msgspec.structs.replace(each, quote=quote) if each.number == number else each for each in reviewed.proposals
    )
    return msgspec.structs.replace(reviewed, proposals=proposals)


def choose(proposals: Iterable[Proposal], numbers: Iterable[int] | None, least: float) -> list[Proposal]:
    """Choose proposals that are not quoted yet.

    Args:
        proposals: What was proposed.
        numbers: Which of them; None for all that are as likely as `least`.
        least: A confidence, 0..1.
    """
    wanted = None if numbers is None else set(numbers)
    return [
        each
        for each in proposals
        if each.quote is None and (each.confidence >= least if wanted is None else each.number in wanted)
    ]


def _chains(candidates: Sequence[Candidate]) -> list[list[int]]:
    """Gather the indices of candidates that are parts of one quotation, in reading order."""
    chains: dict[int, list[int]] = {}
    head: dict[int, int] = {}
    for index, candidate in enumerate(candidates):
        head[index] = index if candidate.continues is None else head[candidate.continues]
        chains.setdefault(head[index], []).append(index)
    return list(chains.values())


class _Stored:
    """The quotes of a document by where they stand, so that each proposal is compared with few of them."""

    def __init__(self, quotes: Iterable[Quote]) -> None:
        self._quotes = sorted(quotes, key=lambda quote: quote.passages[0].start)
        self._starts = [quote.passages[0].start for quote in self._quotes]
        self._ends = list(accumulate((quote.passages[-1].end for quote in self._quotes), max))

    def find(self, spans: Sequence[Span]) -> int | None:
        """Find the quote that holds the same words."""
        first = bisect_right(self._ends, spans[0][0])
        last = bisect_left(self._starts, spans[-1][1])
        same = [quote.id for quote in self._quotes[first:last] if _are_same(spans, quote)]
        return min(same, default=None)


def _proposal(number: int, parts: Sequence[Candidate], numbers: Mapping[int, int]) -> Proposal:
    first = parts[0]
    spans = tuple((part.start, part.end) for part in parts)
    return Proposal(
        number=number,
        spans=spans,
        speaker=first.speaker,
        mention=first.mention,
        cue=first.cue,
        confidence=min(part.confidence for part in parts),
        reason=first.reason,
        within=None if first.within is None else numbers[first.within],
    )


def _are_same(spans: Sequence[Span], quote: Quote) -> bool:
    """Check whether a quote holds the same words, except at their ends."""
    stored = [(passage.start, passage.end) for passage in quote.passages]
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in spans for b in stored)
    both = sum(end - start for start, end in (*spans, *stored)) - shared
    return shared >= _SAME * both


def _take_in(transaction: Transaction, outer: Quote, inner: Iterable[Quote]) -> None:
    """Put quotes that were accepted before the one around them into it, if it holds their words."""
    for each in inner:
        if each.within is None and outer.holds(each.passages):
            transaction.put(msgspec.structs.replace(each, within=outer.id, modified=outer.modified))


def _quote(document: Document, decision: Decision, typed: Mapping[str, Any], outer: Quote | None, *, now: str) -> Quote:
    """Make the quote of a decision; it lies within the outer one if that still holds its words."""
    spans = decision.spans or decision.proposal.spans
    passages = tuple(take(document.text, start, end) for start, end in spans)
    return Quote(
        document=document.id,
        passages=passages,
        mention=decision.proposal.mention,
        **typed,
        within=outer.id if outer and outer.holds(passages) else None,
        created=now,
        modified=now,
    )
