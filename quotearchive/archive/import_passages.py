"""Find the place of an imported passage in its document, and cut it out of the document's own text."""

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from quotearchive.anchoring.errors import AmbiguousPassageError
from quotearchive.anchoring.location import locate, take
from quotearchive.anchoring.relocation import Outcome, relocate
from quotearchive.archive.errors import OverlappingPassagesError, UnplacedPassageError
from quotearchive.importers.offsets import Counting, Offsets, Unit
from quotearchive.model import Passage
from quotearchive.text import canonical


def place_all(text: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Find the passages of a quote in a document's text.

    Args:
        text: The document's text.
        passages: As another program has them; see `place`.

    Returns:
        The document's own words, in reading order.

    Raises:
        PassageError: One of them is empty, isn't in the text, or stands there several times.
        OverlappingPassagesError: Two of them share words.
    """
    found = sorted((place(text, passage) for passage in passages), key=lambda each: (each.start, each.end))
    for before, after in itertools.pairwise(found):
        if after.start < before.end:
            raise OverlappingPassagesError(text[after.start : before.end])
    return tuple(found)


def place(text: str, passage: Passage) -> Passage:
    """Find a passage: where it is said to stand, or by its context, or as typed words are found.

    Args:
        text: The document's text.
        passage: Its words; its start may be below 0 and its context empty where they are not known.

    Raises:
        PassageError: It is empty, isn't in the text, or stands there several times.

    >>> place("To be or not to be", Passage(start=13, end=15, exact="be", prefix="not to ")).start
    16
    """
    exact = canonical(passage.exact)
    held = []
    for start in _starts(text, passage.start):
        if exact and text.startswith(exact, start):
            if _has_context(text, passage, start, start + len(exact)):
                return take(text, start, start + len(exact))
            held.append(start)
    found = _by_context(text, passage, exact) if exact.strip() and exact in text else None
    if held and not found:
        return take(text, held[0], held[0] + len(exact))
    return found or _by_words(text, passage.exact)


def _starts(text: str, offset: int) -> Iterator[int]:
    """Yield where an offset is, as the standards count and as browsers do, which count UTF-16 units."""
    if 0 <= offset <= len(text):
        yield offset
    place = _offsets(text).place(offset, Counting(Unit.UTF_16))
    if place is not None:
        yield place


@lru_cache(maxsize=1)
def _offsets(text: str) -> Offsets:
    """Measure a text that many passages are looked for in, one after the other."""
    return Offsets(text)


def _has_context(text: str, passage: Passage, start: int, end: int) -> bool:
    """Check whether what a file says stands around a passage does, as far as it says so."""
    prefix, suffix = canonical(passage.prefix), canonical(passage.suffix)
    return text.endswith(prefix, 0, start) and text.startswith(suffix, end)


def _by_context(text: str, passage: Passage, exact: str) -> Passage | None:
    if passage.start < 0 and not passage.prefix and not passage.suffix:
        return None
    prefix, suffix = canonical(passage.prefix), canonical(passage.suffix)
    known = msgspec.structs.replace(passage, exact=exact, prefix=prefix, suffix=suffix)
    found = relocate(text, known)
    return found.passage if found.outcome in {Outcome.EXACT, Outcome.MOVED} else None


def _by_words(text: str, words: str) -> Passage:
    try:
        location = locate(text, words)
    except AmbiguousPassageError as error:
        raise UnplacedPassageError(words, error.count) from error
    return take(text, location.start, location.end)
