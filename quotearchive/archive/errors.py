"""Failures of the use cases."""

import shlex
from collections.abc import Sequence

from quotearchive.errors import AmbiguousError, NotFoundError, QuoteArchiveError, UsageError


class DocumentNotFoundError(NotFoundError):
    """No document has that name or number."""

    thing = "document"


class AmbiguousDocumentError(AmbiguousError):
    """A part of a slug occurs in the slugs of several documents."""

    things = "documents"
    advice = "Give more of the name, or the number."


class PartOfNameError(QuoteArchiveError):
    """Something is to be removed unasked by a part of its name, which was the name of something removed before."""

    def __init__(self, reference: str, name: str, removed: int) -> None:
        super().__init__(
            f"{shlex.quote(reference)} was removed by change {removed}, and is now only a part of the name {name}."
            f" If you mean that one, give its whole name: {shlex.quote(name)}. Nothing was changed."
        )


class QuoteNotFoundError(NotFoundError):
    """No quote has that number."""

    thing = "quote"


class PageNotFoundError(QuoteArchiveError):
    """A document has no such page."""

    def __init__(self, slug: str, wanted: str, labels: Sequence[str]) -> None:
        there = f"Its pages are {labels[0]} to {labels[-1]}." if labels else "Nothing is known of its pages."
        super().__init__(f"{slug} has no page {wanted}. {there}")


class UnreadableReferenceError(UsageError):
    """What should be the number of a quote is none."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"{shlex.quote(reference)} is not the number of a quote, such as 12, 12-19 or last.")


class SpeakerNotFoundError(NotFoundError):
    """No speaker goes by that name."""

    thing = "speaker"


class AmbiguousSpeakerError(AmbiguousError):
    """A part of a name is in the names of several speakers."""

    things = "speakers"
    advice = "Give more of the name."


class EmptyTopicError(UsageError):
    """A topic without words."""

    def __init__(self, topic: str) -> None:
        super().__init__(
            f"{shlex.quote(topic)} is not a topic. A topic has words, such as prison or prison/conditions."
        )


class TopicNotFoundError(NotFoundError):
    """No quote is on that topic, and it has no description."""

    thing = "topic"


class AmbiguousTopicError(AmbiguousError):
    """A part of a path is in several."""

    things = "topics"
    advice = "Give the whole path."


class NoPassageError(UsageError):
    """A quote was asked for without its words."""

    def __init__(self) -> None:
        super().__init__(
            "No passage was given. Give its words as the document has them, or its two ends:"
            " 'first words ... last words'."
        )


class BackwardRangeError(UsageError):
    """A range whose end stands before its start."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"{start}-{end} runs backwards. Write {end}-{start}.")
