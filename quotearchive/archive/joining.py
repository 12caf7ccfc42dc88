"""What several rows, or a row and the archive, say of the same words, made one quote.

Other programs write one row for each code or tag of a selection. Topics are united, notes put one below the
other, and what only one knows is taken; where two know something else, the first stays and the other is said.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec

from quotearchive.model import Quote

#: Fields of which a quote has one value.
_FIELDS: Final = ("speaker", "role", "mention", "to", "said")

#: What stands between two notes.
_BETWEEN: Final = "\n\n"


def join(quotes: Sequence[Quote]) -> tuple[Quote, list[tuple[int, str]]]:
    r"""Make one quote of several of the same words, in their order.

    Args:
        quotes: At least one.

    Returns:
        The quote, and what others know otherwise: each by its place among the quotes, and the field.

    >>> one = Quote(document=1, passages=(), topics=("silence",), note="Mine.")
    >>> other = Quote(document=1, passages=(), topics=("courage",), note="Yours.", speaker="Ann")
    >>> joined, _ = join([one, other])
    >>> joined.topics, joined.note, joined.speaker
    (('courage', 'silence'), 'Mine.\n\nYours.', 'Ann')
    """
    known: dict[str, Any] = {}
    differing = []
    for place, quote in enumerate(quotes):
        for field in _FIELDS:
            value = getattr(quote, field)
            if value and known.setdefault(field, value) != value:
                differing.append((place, field))
    topics = sorted({topic for quote in quotes for topic in quote.topics})
    notes = dict.fromkeys(quote.note for quote in quotes if quote.note)
    note = _BETWEEN.join(notes) or None
    return msgspec.structs.replace(quotes[0], **known, topics=tuple(topics), note=note), differing


def unite(here: Quote, told: Quote) -> tuple[Quote, list[str]]:
    """Add to a quote what another of the same words knows and it doesn't.

    Returns:
        The quote, and the fields of which the other knows something else.

    >>> here = Quote(document=1, passages=(), speaker="Ann")
    >>> united, differing = unite(here, Quote(document=1, passages=(), speaker="Ben", note="Said softly."))
    >>> united.note, differing
    ('Said softly.', ['speaker'])
    """
    new: dict[str, Any] = {"topics": tuple(sorted({*here.topics, *told.topics}))}
    differing = []
    for field in (*_FIELDS, "note"):
        ours, theirs = getattr(here, field), getattr(told, field)
        if not theirs or ours == theirs or (field == "note" and _holds(ours, theirs)):
            continue
        if ours:
            differing.append(field)
        else:
            new[field] = theirs
    return msgspec.structs.replace(here, **new), differing


def _holds(note: str | None, other: str) -> bool:
    """Tell whether a note is one of those that another is made of."""
    return f"{_BETWEEN}{other}{_BETWEEN}" in f"{_BETWEEN}{note or ''}{_BETWEEN}"


def pair(quotes: Sequence[Quote], here: Iterable[Quote]) -> list[Quote | None]:
    """Pair quotes of an archive with those of the same words and speaker here, each of which is taken once.

    Returns:
        For each quote the one that it is here, or None.
    """
    return _paired(quotes, here, (_likeness, _speaker))


def find(quote: Quote, here: Sequence[Quote]) -> Quote | None:
    """Choose the quote that a row is added to of those of the same words: the one of its speaker, or of nobody."""
    nobody = [each for each in here if each.speaker is None or quote.speaker is None]
    return _paired([quote], here, (_likeness, _speaker))[0] or next(iter([*nobody, *here]), None)


def _paired(
    quotes: Sequence[Quote], here: Iterable[Quote], ways: Iterable[Callable[[Quote], object]]
) -> list[Quote | None]:
    """Pair quotes that are the same in one way, the surest way first."""
    free = dict(enumerate(here))
    likes: list[Quote | None] = [None] * len(quotes)
    for way in ways:
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for number, each in free.items():
            waiting[way(each)].append(number)
        for place, quote in enumerate(quotes):
            if likes[place] is None and waiting[way(quote)]:
                likes[place] = free.pop(waiting[way(quote)].popleft())
    return likes


def _likeness(quote: Quote) -> object:
    return quote.speaker, quote.to, quote.topics, quote.said, quote.note, quote.created


def _speaker(quote: Quote) -> object:
    return quote.speaker
