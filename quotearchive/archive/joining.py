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
    """Pair quotes of the same words with those that the archive has of them, each of which is taken once.

    Two whose speakers are both known and are not the same are not one quote.

    Returns:
        For each quote the one that it is here, or None.
    """
    free = {each.id: each for each in here}
    likes: list[Quote | None] = [None] * len(quotes)
    for of_quote, of_here in _WAYS:
        waiting: dict[object, deque[Quote]] = defaultdict(deque)
        for each in free.values():
            waiting[of_here(each)].append(each)
        for place, quote in enumerate(quotes):
            if likes[place] is None and waiting[of_quote(quote)]:
                likes[place] = like = waiting[of_quote(quote)].popleft()
                del free[like.id]
    return likes


def find(quote: Quote, here: Sequence[Quote]) -> Quote | None:
    """Choose the quote that a row is added to of those that the archive has of its words; None if it has none."""
    return pair([quote], here)[0] or next(iter(here), None)


def _likeness(quote: Quote) -> object:
    return quote.speaker, quote.to, quote.topics, quote.said, quote.note, quote.created


#: How quotes of the same words are paired, the surest way first: what must be the same of the one and the other.
_WAYS: Final[tuple[tuple[Callable[[Quote], object], Callable[[Quote], object]], ...]] = (
    (_likeness, _likeness),
    (lambda quote: quote.speaker, lambda here: here.speaker),
    (lambda quote: quote.speaker is None, lambda _: True),
    (lambda quote: quote.speaker is not None, lambda here: here.speaker is None),
)
