"""The JSON shapes of what commands print and exports write: keys are the names of attributes, or spelled here.

All keys are always there. What is not known is null, or an empty list. The order of the keys stays.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import asdict

from quotearchive.anchoring.places import Places
from quotearchive.fields import FIELDS
from quotearchive.model import GAP, Description, Document, Proposal, Quote, QuoteHit, Speaker, relay

if TYPE_CHECKING:  # a command that prints JSON needs the shapes of others, but not their use cases
    from quotearchive.anchoring.checks import DocumentCheck, QuoteCheck, Verification
    from quotearchive.archive.originals import ListedOriginal
    from quotearchive.archive.previews import Preview
    from quotearchive.archive.profiles import Pair, Profile
    from quotearchive.archive.speakers import SpeakerChange
    from quotearchive.archive.topics import TopicChange
    from quotearchive.names.people import SpeakerSummary
    from quotearchive.search import DocumentHit, Excerpt, Facet
    from quotearchive.store import HistoryEntry, RecordedChange

_NONE: Final[Mapping[int, Quote]] = MappingProxyType({})

#: The names of the fields that users give, and what takes their values out of a record.
_NAMES: Final = {kind: tuple(field.name for field in fields) for kind, fields in FIELDS.items()}
_TAKE: Final = {kind: attrgetter(*names) for kind, names in _NAMES.items()}


def _fields(kind: type[msgspec.Struct], value: msgspec.Struct) -> "zip[tuple[str, Any]]":
    return zip(_NAMES[kind], _TAKE[kind](value), strict=True)


def quote_values(
    quote: Quote, document: Description, others: Mapping[int, Quote] = _NONE, *, places: Places | None = None
) -> dict[str, Any]:
    """Serialise a quote.

    Args:
        quote: The quote.
        document: Its document.
        others: Quotes of the same document by number; those it is said in make its `relay`.
        places: The places of its document, where many quotes of one document are serialised.
    """
    if places is None and isinstance(document, Document):
        places = Places.of(document)
    return _quote_values(quote, document, relay(quote, others), places.locate(quote) if places else None)


def hit_values(hit: QuoteHit) -> dict[str, Any]:
    """Serialise a quote that a search found."""
    return _quote_values(hit.quote, hit.document, hit.relay, hit.locator)


def _quote_values(
    quote: Quote, document: Description, passed_on: Sequence[str | None], locator: str | None
) -> dict[str, Any]:
    return {
        "id": quote.id,
        "document": document.slug,
        "title": document.title,
        "text": quote.text,
        "passages": [asdict(passage) for passage in quote.passages],
        "locator": locator,
        **dict(_fields(Quote, quote)),
        "missing": quote.missing,
        "relay": passed_on,
        "created": quote.created or None,
        "modified": quote.modified or None,
    }


def description_values(document: Description, quotes: int) -> dict[str, Any]:
    """Serialise a document without its text.

    Args:
        document: The document.
        quotes: How many quotes the archive, or the export, has from it.
    """
    return {
        "id": document.id,
        "slug": document.slug,
        **dict(_fields(Document, document)),
        "source": document.source,
        "source_sha256": document.source_sha256,
        "sha256": document.sha256 or None,
        "characters": document.characters,
        "quotes": quotes,
        "segments": [asdict(segment) for segment in document.segments],
        "original": asdict(document.original) if document.original else None,
        "added": document.added or None,
        "modified": document.modified or None,
    }


def document_values(document: Document, quotes: int) -> dict[str, Any]:
    """Serialise a document with its text.

    Args:
        document: The document.
        quotes: How many quotes the archive, or the export, has from it.
    """
    return {**description_values(document, quotes), "text": document.text}


def preview_values(preview: "Preview") -> dict[str, Any]:
    """Serialise a document as it would be added: its values, with where each was taken from."""
    return {
        **document_values(preview.document, 0),
        "file": preview.name,
        "taken": [msgspec.to_builtins(each) for each in preview.taken],
        "remarks": list(preview.remarks),
        "recognised": preview.reading.is_recognised,
        "enclosed_in": preview.reading.enclosed_in,
    }


def proposal_values(proposal: Proposal, document: Document) -> dict[str, Any]:
    """Serialise a proposed quotation.

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


def quote_change_values(before: Quote, after: Quote) -> dict[str, Any]:
    """Serialise a change to a quote: each field that differs, as it was and as it is."""
    old, new = (msgspec.to_builtins(msgspec.structs.replace(each, modified="")) for each in (before, after))
    differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {
        "id": after.id,
        "changed": {name: {"before": old.get(name), "after": new.get(name)} for name in differing},
    }


def document_hit_values(hit: "DocumentHit") -> dict[str, Any]:
    """Serialise a document that a search found, with the parts of its text around what was found."""
    excerpts = [_excerpt_values(excerpt) for excerpt in hit.excerpts]
    return {**description_values(hit.document, hit.quotes), "excerpts": excerpts}


def _excerpt_values(excerpt: "Excerpt") -> dict[str, Any]:
    """Serialise a part of a text. Offsets count in the whole text, as `quote --span` takes them."""
    hits = [[excerpt.start + start, excerpt.start + end] for start, end in excerpt.marks]
    return {"start": excerpt.start, "end": excerpt.end, "text": excerpt.text, "hits": hits}


def count_values(facet: "Facet", counts: Iterable[tuple[str | None, int]]) -> list[dict[str, Any]]:
    """Serialise how many quotes there are of each value.

    >>> count_values("year", [("2021", 3), (None, 1)])
    [{'year': '2021', 'quotes': 3}, {'year': None, 'quotes': 1}]
    """
    return [{facet: value, "quotes": number} for value, number in counts]


def speaker_values(speaker: Speaker) -> dict[str, Any]:
    """Serialise a speaker; `id` is null where there is no record.

    >>> speaker_values(Speaker(name="Hashem Khastar"))["aliases"]
    ()
    """
    return {
        "id": speaker.id or None,
        "name": speaker.name,
        **dict(_fields(Speaker, speaker)),
        "created": speaker.created or None,
        "modified": speaker.modified or None,
    }


def summary_values(summary: "SpeakerSummary") -> dict[str, Any]:
    """Serialise a speaker with the counts."""
    counts = asdict(summary)
    return {**speaker_values(counts.pop("speaker")), **counts}


def profile_values(profile: "Profile") -> dict[str, Any]:
    """Serialise a speaker with topics, roles and the numbers of the quotes."""
    return {
        **summary_values(profile.standing),
        "topics": dict(profile.topics),
        "roles": profile.roles,
        "numbers": profile.quotes,
    }


def pair_values(pair: "Pair") -> dict[str, Any]:
    """Serialise two speakers who may be one."""
    return {**asdict(pair), "one": summary_values(pair.one), "other": summary_values(pair.other)}


def speaker_change_values(done: "SpeakerChange") -> dict[str, Any]:
    """Serialise what a change to a speaker did."""
    return {**asdict(done), "speaker": speaker_values(done.speaker)}


def topic_change_values(done: "TopicChange") -> dict[str, Any]:
    """Serialise what a change to topics did; a topic that is gone is null."""
    return {"topics": dict(done.paths), "quotes": done.quotes}


def change_values(change: "RecordedChange") -> dict[str, Any]:
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


def past_values(past: "HistoryEntry") -> dict[str, Any]:
    """Serialise a change with the one that undid it."""
    return {**change_values(past.change), "undone_by": past.undone_by}


def originals_values(originals: Iterable["ListedOriginal"], folder: str, *, keeps: bool) -> dict[str, Any]:
    """Serialise the originals of an archive, with their folder and whether `add` keeps them."""
    return {
        "folder": folder,
        "keeps": keeps,
        "originals": [
            {
                **asdict(each.original),
                "documents": each.documents,
                "path": str(each.path) if each.path else None,
            }
            for each in originals
        ],
    }


def verification_values(found: "Verification", *, has_failed: bool) -> dict[str, Any]:
    """Serialise a verification: the sum of it, every quote, every document, and manual edits."""
    return {
        "failed": has_failed,
        "outcomes": dict(Counter(str(check.outcome) for check in found.quotes)),
        "quotes": [_quote_check_values(check) for check in found.quotes],
        "documents": [_document_check_values(check) for check in found.documents],
        "problems": found.problems,
        "sealed": found.is_sealed,
        "unreferenced": found.unreferenced,
    }


def _quote_check_values(check: "QuoteCheck") -> dict[str, Any]:
    differences = [{"quote": each.old, "document": each.new} for each in check.differences]
    return {**asdict(check), "outcome": str(check.outcome), "differences": differences}


def _document_check_values(check: "DocumentCheck") -> dict[str, Any]:
    return {
        "id": check.id,
        "slug": check.slug,
        "text": str(check.text),
        "source": str(check.source),
        "file": check.path,
        "original": str(check.original),
        "recognised": check.is_recognised,
    }
