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
