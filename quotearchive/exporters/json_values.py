"""The JSON shape of a quote, a passage and a document: the one place where its keys are spelled.

All keys are always there. What is not known is null, or an empty list. The order of the keys stays.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from quotearchive.model import GAP, Description, Document, Passage, Proposal, Quote, QuoteHit, relay
from quotearchive.store import HistoryEntry, RecordedChange

_NONE: Final[Mapping[int, Quote]] = MappingProxyType({})


def passage_values(passage: Passage) -> dict[str, Any]:
    """Spell a passage.

    >>> passage_values(Passage(start=4, end=7, exact="sea"))
    {'start': 4, 'end': 7, 'exact': 'sea', 'prefix': '', 'suffix': ''}
    """
    return {
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }


def quote_values(quote: Quote, document: Description, others: Mapping[int, Quote] = _NONE) -> dict[str, Any]:
    """Spell a quote.

    Args:
        quote: The quote.
        document: Its document.
        others: Quotes of the same document by number; those it is said in give `relay`.
    """
    return _quote_values(quote, document, relay(quote, others))


def finding_values(finding: QuoteHit) -> dict[str, Any]:
    """Spell a quote that was found."""
    return _quote_values(finding.quote, finding.document, finding.relay)


def _quote_values(quote: Quote, document: Description, passed_on: Iterable[str | None]) -> dict[str, Any]:
    return {
        "id": quote.id,
        "document": document.slug,
        "title": document.title,
        "text": quote.text,
        "passages": [passage_values(passage) for passage in quote.passages],
        "speaker": quote.speaker,
        "role": quote.role,
        "mention": quote.mention,
        "to": quote.to,
        "topics": list(quote.topics),
        "said": quote.said,
        "note": quote.note,
        "within": quote.within,
        "missing": quote.missing,
        "relay": list(passed_on),
        "created": quote.created or None,
        "modified": quote.modified or None,
    }


def description_values(document: Description, quotes: int) -> dict[str, Any]:
    """Spell what is known of a document, without its text.

    Args:
        document: The document.
        quotes: How many quotes the archive, or the export, has from it.
    """
    return {
        "id": document.id,
        "slug": document.slug,
        "kind": document.kind,
        "title": document.title,
        "authors": list(document.authors),
        "recipients": list(document.recipients),
        "date": document.date,
        "date_words": document.date_words,
        "place": document.place,
        "received": document.received,
        "destination": document.destination,
        "signatories": list(document.signatories),
        "signatory_count": document.signatory_count,
        "replies_to": document.replies_to,
        "encloses": list(document.encloses),
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
        "source": document.source,
        "source_sha256": document.source_sha256,
        "sha256": document.sha256 or None,
        "characters": document.characters,
        "quotes": quotes,
        "added": document.added or None,
        "modified": document.modified or None,
    }


def document_values(document: Document, quotes: int) -> dict[str, Any]:
    """Spell a document with its text.

    Args:
        document: The document.
        quotes: How many quotes the archive, or the export, has from it.
    """
    return {**description_values(document, quotes), "text": document.text}


def change_values(change: RecordedChange) -> dict[str, Any]:
    """Serialise a change: what it added, changed and removed, and found changed by hand, by table and number."""
    return {
        "id": change.id,
        "when": change.when,
        "by": change.by or None,
        "command": change.command or None,
        "undoes": change.undoes,
        "added": {name: list(numbers) for name, numbers in change.added.items()},
        "changed": {name: list(map(int, records)) for name, records in change.changed.items()},
        "removed": {name: list(map(int, records)) for name, records in change.removed.items()},
        "by_hand": {name: list(numbers) for name, numbers in change.by_hand.items()},
    }


def past_values(past: HistoryEntry) -> dict[str, Any]:
    """Spell a change with what became of it."""
    return {**change_values(past.change), "undone_by": past.undone_by}


def proposal_values(proposal: Proposal, document: Document) -> dict[str, Any]:
    """Spell a quotation that is proposed.

    Args:
        proposal: The proposal.
        document: The document it is of.
    """
    passages = [{"start": start, "end": end, "exact": document.text[start:end]} for start, end in proposal.spans]
    return {
        "number": proposal.number,
        "document": document.slug,
        "text": GAP.join(document.text[start:end] for start, end in proposal.spans),
        "passages": passages,
        "speaker": proposal.speaker,
        "mention": proposal.mention,
        "cue": proposal.cue,
        "confidence": round(proposal.confidence, 3),
        "reason": proposal.reason,
        "within": proposal.within,
        "quote": proposal.quote,
    }
