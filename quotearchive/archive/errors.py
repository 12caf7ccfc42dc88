"""What use cases refuse."""

import shlex
from collections.abc import Sequence
from typing import Final

from quotearchive.errors import USAGE, QuoteArchiveError, did_you_mean


class DocumentNotFoundError(QuoteArchiveError):
    """No document has that name or number."""

    def __init__(self, reference: str, nearest: Sequence[str]) -> None:
        super().__init__(
            f"There is no document {shlex.quote(reference)}.{did_you_mean(nearest)}"
            " List documents with: quotearchive list"
        )


class AmbiguousDocumentError(QuoteArchiveError):
    """A part of a slug occurs in the slugs of several documents."""

    #: How many of them the sentence names.
    SHOWN: Final = 8

    def __init__(self, reference: str, slugs: Sequence[str]) -> None:
        shown = ", ".join(slugs[: self.SHOWN])
        more = f" and {len(slugs) - self.SHOWN} more" if len(slugs) > self.SHOWN else ""
        super().__init__(
            f"{shlex.quote(reference)} could be any of {len(slugs)} documents: {shown}{more}."
            " Give more of the name, or the number."
        )


class PartOfNameError(QuoteArchiveError):
    """Something is to be removed unasked by a part of its name, which was the name of something removed before."""

    def __init__(self, reference: str, name: str, removed: int) -> None:
        super().__init__(
            f"{shlex.quote(reference)} was removed by change {removed}, and is now only a part of the name {name}."
            f" If you mean that, give the whole name: {shlex.quote(name)}. Nothing was changed."
        )


class QuoteNotFoundError(QuoteArchiveError):
    """No quote has that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no quote {number}. List quotes with: quotearchive search")


class UnreadableReferenceError(QuoteArchiveError):
    """A reference is not the number of a quote."""

    exit_code = USAGE

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"{shlex.quote(reference)} is not the number of a quote, such as 12, 12-19 or last."
            " List quotes with their numbers with: quotearchive search"
        )


class SpeakerNotFoundError(QuoteArchiveError):
    """No speaker goes by that name."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        super().__init__(
            f"There is no speaker {shlex.quote(name)}.{did_you_mean(nearest)} List speakers with: quotearchive speakers"
        )


class AmbiguousSpeakerError(QuoteArchiveError):
    """A part of a name is in the names of several speakers."""

    #: How many of them the sentence names.
    SHOWN: Final = 8

    def __init__(self, name: str, found: Sequence[str]) -> None:
        more = f" and {len(found) - self.SHOWN} more" if len(found) > self.SHOWN else ""
        super().__init__(
            f"{shlex.quote(name)} could be any of {len(found)} speakers:"
            f" {', '.join(found[: self.SHOWN])}{more}. Give more of the name."
        )


class EmptyTopicError(QuoteArchiveError):
    """A topic without words."""

    exit_code = USAGE

    def __init__(self, topic: str) -> None:
        super().__init__(
            f"{shlex.quote(topic)} is not a topic. A topic has words, such as prison or prison/conditions."
        )


class TopicNotFoundError(QuoteArchiveError):
    """No quote is on that topic, and nobody described it."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        super().__init__(
            f"There is no topic {shlex.quote(name)}.{did_you_mean(nearest)} List topics with: quotearchive topics"
        )


class AmbiguousTopicError(QuoteArchiveError):
    """A part of a path is in several."""

    #: How many of them the sentence names.
    SHOWN: Final = 8

    def __init__(self, name: str, found: Sequence[str]) -> None:
        more = f" and {len(found) - self.SHOWN} more" if len(found) > self.SHOWN else ""
        super().__init__(
            f"{shlex.quote(name)} could be any of {len(found)} topics:"
            f" {', '.join(found[: self.SHOWN])}{more}. Give the whole path."
        )


class NoPassageError(QuoteArchiveError):
    """A quote was asked for without its words."""

    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__(
            "Which words? Give them as the document has them, or their two ends:"
            " quotearchive quote DOC 'first words ... last words' --speaker NAME."
            " List the likely quotations of a document with: quotearchive quote DOC --detect"
        )


class BackwardRangeError(QuoteArchiveError):
    """A range whose end stands before its start."""

    exit_code = USAGE

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"{start}-{end} runs backwards. Write {end}-{start}.")
