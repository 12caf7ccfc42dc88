"""What the archive has of a speaker, as listings and reports take it."""

import msgspec

from quotearchive.model import Speaker


class SpeakerSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker with what the archive has of them.

    Attributes:
        speaker: The record, or one with the name alone where there is none.
        quotes: How many they said.
        documents: In how many documents.
        first: When they are first quoted, as EDTF; None if no date is known.
        last: When they are last quoted.
    """

    speaker: Speaker
    quotes: int = 0
    documents: int = 0
    first: str | None = None
    last: str | None = None


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


class SpeakerChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a change to a speaker did.

    Attributes:
        speaker: The speaker after it.
        quotes: The numbers of the quotes that were changed.
        documents: The slugs of the documents that were changed.
        remarks: Sentences that the user should read.
    """

    speaker: Speaker
    quotes: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
