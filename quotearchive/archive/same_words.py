"""Quotes of the same words, in several rows or in a row and the archive, and how they become one.

Other programs write one row for each code or tag of a selection. Topics are united, notes put one below the
other, and empty fields filled in; where two values differ, the first is kept and the second reported.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec

from quotearchive.archive.values import fill
from quotearchive.fields import FIELDS, Kind, filled_of
from quotearchive.model import Quote, Span

#: Which words a quote has: the number of its document, and the spans of its passages.
Place = tuple[int, tuple[Span, ...]]

#: Fields of which a quote has one value; notes are put together, and the quote around one is found apart.
_SINGLE: Final = tuple(
    field.name for field in filled_of(Quote) if field.kind is not Kind.QUOTE and field.name != "note"
)

#: Separates two notes.
_BETWEEN: Final = "\n\n"


def words_of(quote: Quote) -> Place:
    """Return which words a quote has."""
    return quote.document, tuple((passage.start, passage.end) for passage in quote.passages)


def by_words(quotes: Iterable[Quote]) -> dict[Place, list[Quote]]:
    """Gather quotes of the same words."""
    groups: dict[Place, list[Quote]] = defaultdict(list)
    for quote in quotes:
        groups[words_of(quote)].append(quote)
    return groups


def united(quotes: Iterable[Quote]) -> dict[str, Any]:
    """Return the fields of which all values of all quotes are kept, such as topics; sorted, each once."""
    plural = [field.name for field in FIELDS[Quote] if field.is_united]
    found = list(quotes)
    return {name: tuple(sorted({value for quote in found for value in getattr(quote, name)})) for name in plural}


def join(quotes: Sequence[Quote]) -> tuple[Quote, list[tuple[int, str]]]:
    r"""Make one quote of several of the same words, in their order.

    Args:
        quotes: At least one.

    Returns:
        The quote, and the values that were not kept: each by its place among the quotes, and the field.

    >>> one = Quote(document=1, passages=(), topics=("silence",), note="Mine.")
    >>> other = Quote(document=1, passages=(), topics=("courage",), note="Yours.", speaker="Ann")
    >>> joined, _ = join([one, other])
    >>> joined.topics, joined.note, joined.speaker
    (('courage', 'silence'), 'Mine.\n\nYours.', 'Ann')
    """
    joined, differing = quotes[0], []
    for place, quote in enumerate(quotes):
        joined, others = unite(joined, quote)
        differing += [(place, field) for field in others if field != "note"]
    notes = dict.fromkeys(quote.note for quote in quotes if quote.note)
    return msgspec.structs.replace(joined, note=_BETWEEN.join(notes) or None), differing


def unite(here: Quote, told: Quote) -> tuple[Quote, list[str]]:
    """Fill in a quote from another of the same words.

    Returns:
        The quote, and the fields in which the two differ.

    >>> here = Quote(document=1, passages=(), speaker="Ann")
    >>> united, differing = unite(here, Quote(document=1, passages=(), speaker="Ben", note="Said softly."))
    >>> united.note, differing
    ('Said softly.', ['speaker'])
    """
    new, differing = fill(here, told, (*_SINGLE, "note"))
    if "note" in differing and _holds(here.note, told.note):
        differing.remove("note")
    return msgspec.structs.replace(here, **united((here, told)), **new), differing


def _holds(note: str | None, other: str | None) -> bool:
    """Check whether a note is one of those that another is made of."""
    return f"{_BETWEEN}{other}{_BETWEEN}" in f"{_BETWEEN}{note or ''}{_BETWEEN}"


def pair(quotes: Sequence[Quote], here: Iterable[Quote]) -> list[Quote | None]:
    """Pair quotes of an archive with those of the same words here, each of which is taken once.

    They are the same if their speaker is, or if they were stored at the same time and one has no speaker.

    Returns:
        For each quote the one that it is here, or None.
    """
    free = dict(enumerate(here))
    likes: list[Quote | None] = [None] * len(quotes)
    for of_quote, of_here in _WAYS if free else ():
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for number, each in free.items():
            waiting[of_here(each)].append(number)
        for place, quote in enumerate(quotes):
            if likes[place] is None and waiting[of_quote(quote)]:
                likes[place] = free.pop(waiting[of_quote(quote)].popleft())
    return likes


def find(quote: Quote, here: Sequence[Quote]) -> Quote | None:
    """Choose which quote of the same words a row is added to: its speaker's, or one without a speaker."""
    same = [each for each in here if each.speaker == quote.speaker]
    nobody = [each for each in here if each.speaker is None or quote.speaker is None]
    return next(iter([*same, *nobody, *here]), None)


def _likeness(quote: Quote) -> object:
    return quote.speaker, quote.to, quote.topics, quote.said, quote.note, quote.created


def _speaker(quote: Quote) -> object:
    return quote.speaker


#: How quotes of the same words are paired, the surest way first: what must be the same of the one and the other.
_WAYS: Final[tuple[tuple[Callable[[Quote], object], Callable[[Quote], object]], ...]] = (
    (_likeness, _likeness),
    (_speaker, _speaker),
    (lambda quote: (quote.speaker is None, quote.created), lambda here: (True, here.created)),
    (lambda quote: (quote.speaker is not None, quote.created), lambda here: (here.speaker is None, here.created)),
)
