"""Speakers as reports show them: what they said, when and on what; and who may be one with whom."""

from collections import Counter

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.people import IndexedNames, find_speaker
from quotearchive.names.people import SpeakerSummary


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
    speaker = find_speaker(IndexedNames(archive.index), name)
    quotes = archive.index.quotes_by(speaker.name)
    topics = Counter(topic for quote in quotes for topic in quote.topics)
    return Profile(
        standing=archive.index.summarise(speaker),
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

    speakers = sorted(archive.index.speakers(), key=lambda each: (not each.speaker.id, each.speaker.id))
    owners = {name: each for each in speakers for name in each.speaker.names}
    pairs: dict[tuple[str, str], Pair] = {}
    for pair in find_duplicates(owners):
        one, other = sorted((owners[pair.one], owners[pair.other]), key=_rank)
        names = one.speaker.name, other.speaker.name
        if one is not other and names not in pairs:
            pairs[names] = Pair(
                one=one,
                other=other,
                likeness=pair.likeness.degree,
                reason=pair.likeness.reason,
                documents=tuple(archive.index.shared("documents", *names)),
                topics=tuple(archive.index.shared("topics", *names)),
            )
    return list(pairs.values())


def _rank(summary: SpeakerSummary) -> tuple[bool, int, str]:
    """Put the speaker that the other is to be merged into first."""
    return not summary.speaker.id, -summary.quotes, summary.speaker.name
