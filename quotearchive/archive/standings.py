"""What the archive has of each speaker: how many quotes, from when to when; and who may be one with whom."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.people import SpeakerNames, find_speaker
from quotearchive.dates import bounds
from quotearchive.model import Description, Speaker
from quotearchive.names.people import SpeakerSummary
from quotearchive.query import find_bounds
from quotearchive.store import Snapshot


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of a speaker.

    Attributes:
        standing: The speaker and the counts.
        topics: What they spoke on, with the number of quotes, the commonest first.
        roles: What they were called in quotes.
        quotes: The numbers of their quotes.
    """

    standing: SpeakerSummary
    topics: tuple[tuple[str, int], ...]
    roles: tuple[str, ...]
    quotes: tuple[int, ...]


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two speakers who may be one, with the evidence.

    Attributes:
        one: The one that has more quotes, or a record.
        other: The other.
        likeness: How like their names are, 0..1.
        reason: Why, in a few words.
        documents: Slugs of documents that quote both.
        topics: Topics that both spoke on.
    """

    one: SpeakerSummary
    other: SpeakerSummary
    likeness: float
    reason: str
    documents: tuple[str, ...]
    topics: tuple[str, ...]


def show_speaker(archive: Archive, name: str) -> Profile:
    """Return all that is known of a speaker.

    Raises:
        SpeakerNotFoundError: There is none of that name.
        AmbiguousSpeakerError: A part of a name is in several.
    """
    snapshot = archive.read()
    speaker = find_speaker(SpeakerNames(snapshot), name)
    quotes = [quote for quote in snapshot.quotes() if quote.speaker == speaker.name]
    topics = Counter(topic for quote in quotes for topic in quote.topics)
    return Profile(
        standing=standings(snapshot).get(speaker.name) or SpeakerSummary(speaker=speaker),
        topics=tuple(sorted(topics.items(), key=lambda each: (-each[1], each[0]))),
        roles=tuple(dict.fromkeys(quote.role for quote in quotes if quote.role)),
        quotes=tuple(quote.id for quote in quotes),
    )


def find_pairs(archive: Archive) -> list[Pair]:
    """Propose speakers who may be one, the likest first, with the evidence.

    Raises:
        ArchiveError: The archive can't be read.
    """
    from quotearchive.names.duplicates import find_duplicates  # noqa: PLC0415 - no other command here needs it

    snapshot = archive.read()
    known = standings(snapshot)
    owners = {name: each.speaker.name for each in known.values() for name in each.speaker.names}
    circles = _circles(snapshot)
    pairs: dict[tuple[str, str], Pair] = {}
    for double in find_duplicates(owners):
        one, other = sorted((owners[double.one], owners[double.other]), key=lambda name: _rank(known[name]))
        if one != other:
            shared = [sorted(a & b) for a, b in zip(circles.get(one, _ALONE), circles.get(other, _ALONE), strict=True)]
            pair = Pair(
                one=known[one],
                other=known[other],
                likeness=double.likeness.degree,
                reason=double.likeness.reason,
                documents=tuple(shared[0]),
                topics=tuple(shared[1]),
            )
            pairs.setdefault((one, other), pair)
    return list(pairs.values())


_ALONE: Final[tuple[set[str], set[str]]] = (set(), set())


def standings(snapshot: Snapshot) -> dict[str, SpeakerSummary]:
    """Count what the archive has of each speaker, by name."""
    descriptions = {document.id: document for document in snapshot.descriptions()}
    records = {speaker.name: speaker for speaker in snapshot.speakers()}
    dates: dict[str, list[str | None]] = {name: [] for name in records}
    places: dict[str, set[int]] = {name: set() for name in records}
    for mention in snapshot.mentions().values():
        if mention.speaker:
            dates.setdefault(mention.speaker, []).append(mention.said or _date(descriptions, mention.document))
            places.setdefault(mention.speaker, set()).add(mention.document)
    return {
        name: SpeakerSummary(
            speaker=records.get(name) or Speaker(name=name),
            quotes=len(found),
            documents=len(places[name]),
            first=_first(found),
            last=_last(found),
        )
        for name, found in dates.items()
    }


def _date(descriptions: Mapping[int, Description], document: int) -> str | None:
    return descriptions[document].date if document in descriptions else None


def _first(dates: Iterable[str | None]) -> str | None:
    return min((date for date in dates if date and find_bounds(date)), key=bounds, default=None)


def _last(dates: Iterable[str | None]) -> str | None:
    known = (date for date in dates if date and find_bounds(date))
    return max(known, key=lambda date: bounds(date)[::-1], default=None)


def _circles(snapshot: Snapshot) -> dict[str, tuple[set[str], set[str]]]:
    """Give, by speaker, the documents that quote them and the topics they spoke on."""
    slugs = {number: identity.slug for number, identity in snapshot.identities().items()}
    circles: dict[str, tuple[set[str], set[str]]] = {}
    for mention in snapshot.mentions().values():
        if mention.speaker:
            documents, topics = circles.setdefault(mention.speaker, (set(), set()))
            documents.add(slugs.get(mention.document, ""))
            topics.update(mention.topics)
    return circles


def _rank(standing: SpeakerSummary) -> tuple[bool, int, str]:
    """Put the speaker that the other is to be merged into first."""
    return not standing.speaker.id, -standing.quotes, standing.speaker.name
