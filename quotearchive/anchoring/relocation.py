"""Find a stored passage again in a changed text.

A place with the same words is taken if its context shows that it is the same passage: words that occur in
several places, and short ones, prove nothing by themselves. Else a place is looked for whose context and words
are both alike, and the differences are reported. In doubt a passage is missing: it is never moved onto other
words, or onto another place with the same words, in silence.

Context and place weigh as in https://web.hypothes.is/blog/fuzzy-anchoring/: first the words, then their
context, and last where they were.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

import msgspec
from rapidfuzz import fuzz

from quotearchive.anchoring.comparison import TOKEN, WORD, ChangedTokens, Difference, differences, find_changes
from quotearchive.anchoring.location import find_all, take
from quotearchive.anchoring.near_misses import find_like
from quotearchive.model import CONTEXT, Passage, Span
from quotearchive.text import Folded, fold, folded

#: Evidence, from 0 to 1, from which a context shows that a place is the same: all of one side, or most
#: of both.
_STRONG: Final = 0.5

#: Evidence by which one place must exceed all others.
_LEAD: Final = 0.25

#: Code points from which words that occur in one place only are known without their context. The
#: shorter they are, the more of it they need: someone else may have said them too.
_LONG: Final = 32

#: Likeness of words, from 0 to 1, below which they are other words whatever their context is: a
#: sentence put in the place of another of the same language reaches 0.5.
_ALIKE: Final = 0.55

#: Likeness from which long words are the same with changes whatever their context is.
_VERY_ALIKE: Final = 0.8

#: Places whose context is compared.
_COMPARED: Final = 1000

#: Places that are looked at in search of these.
_SEEN: Final = 50 * _COMPARED

#: Code points of context that are enough to look for it together with the words.
_TELLING: Final = 16

#: Code points of each end of a long passage that are looked for; its middle may have changed at will.
_END: Final = 1000

#: The largest product of lengths that is compared character by character.
_CELLS: Final = 10**8


class Outcome(StrEnum):
    """What became of a passage."""

    EXACT = "exact"  #: the same words in the same place
    MOVED = "moved"  #: the same words in another place
    CHANGED = "changed"  #: other words in what is still its place
    MISSING = "missing"  #: not there, or in several places that nothing distinguishes


class PassageRelocation(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a passage in a changed text.

    Attributes:
        outcome: What became of it.
        passage: The passage as the changed text has it; None if it is missing.
        differences: What differs between its old and its new words, if they changed.
    """

    outcome: Outcome
    passage: Passage | None = None
    differences: tuple[Difference, ...] = ()


class _PossiblePlace(NamedTuple):
    """A place where the passage may be, and the evidence of its context, from 0 to 1."""

    evidence: float
    start: int
    end: int


def relocate(text: str, passage: Passage) -> PassageRelocation:
    """Find a stored passage in a changed text by its words, its context and its place.

    Args:
        text: The changed text, canonical.
        passage: The passage as the text had it before.

    >>> before = take("He wrote to J and S. They fled.", 12, 20)
    >>> after = relocate("In May he wrote to James and Sarah. They fled.", before)
    >>> after.outcome.value, after.passage.exact
    ('changed', 'James and Sarah.')
    """
    places = list(islice(_whole_words(text, find_all(passage.exact, text), passage), _COMPARED))
    candidates = [_weigh(text, start, end, passage) for start, end in places]
    found = _same_context(text, passage) or _pick(candidates, passage)
    if found is None or (found.evidence < _STRONG and found.start != passage.start):
        changed = _find_changed(text, passage)
        if changed and any(start < changed.end and changed.start < end for start, end in places):
            changed = None  # it overlaps a place of the very words, which did not change
        needed = max((each.evidence + _LEAD for each in candidates), default=0.0)
        found = changed if changed and changed.evidence >= needed else found
    if found is None:
        return PassageRelocation(outcome=Outcome.MISSING)
    now = take(text, found.start, found.end)
    if now.exact != passage.exact:
        return PassageRelocation(
            outcome=Outcome.CHANGED, passage=now, differences=differences(passage.exact, now.exact)
        )
    return PassageRelocation(outcome=Outcome.EXACT if now.start == passage.start else Outcome.MOVED, passage=now)


def _whole_words(text: str, places: Iterable[Span], passage: Passage) -> Iterator[Span]:
    """Leave out places that cut a word where the passage did not: `art` in `party`."""
    may_cut_first = _is_cut(passage.prefix[-1:], passage.exact[0])
    may_cut_last = _is_cut(passage.exact[-1], passage.suffix[:1])
    for start, end in islice(places, _SEEN):
        cuts_first = _is_cut(text[start - 1 : start] if start else "", text[start])
        cuts_last = _is_cut(text[end - 1], text[end : end + 1])
        if (may_cut_first or not cuts_first) and (may_cut_last or not cuts_last):
            yield start, end


def _is_cut(before: str, behind: str) -> bool:
    """Check whether two characters belong to one word."""
    word = WORD.match(before + behind)
    return word is not None and word.start() < len(before) < word.end()


def _same_context(text: str, passage: Passage) -> _PossiblePlace | None:
    """Return the one place, or the old one, that has the words with all of their context."""
    if len(passage.prefix) + len(passage.suffix) < _TELLING:
        return None
    whole = passage.prefix + passage.exact + passage.suffix
    starts = [start + len(passage.prefix) for start, _ in islice(find_all(whole, text), _COMPARED)]
    if passage.start in starts:
        starts = [passage.start]
    return _PossiblePlace(1.0, starts[0], starts[0] + len(passage.exact)) if len(starts) == 1 else None


def _pick(candidates: Sequence[_PossiblePlace], passage: Passage) -> _PossiblePlace | None:
    """Return the candidate that its context distinguishes from all others; None if none does."""
    if not candidates:
        return None
    ranked = sorted(candidates, key=lambda each: (each.evidence, each.start == passage.start), reverse=True)
    best = ranked[0]
    if len(candidates) == 1:
        needed = _STRONG * (1 - len(passage.exact) / _LONG)
        known = best.evidence >= needed or best.start == passage.start
    else:
        lead = best.evidence - ranked[1].evidence
        known = best.evidence >= _STRONG and (lead >= _LEAD or best.start == passage.start)
    return best if known else None


def _weigh(text: str, start: int, end: int, passage: Passage) -> _PossiblePlace:
    before = text[max(0, start - (len(passage.prefix) or CONTEXT)) : start]
    behind = text[end : end + (len(passage.suffix) or CONTEXT)]
    evidence = (_context_likeness(passage.prefix, before) + _context_likeness(passage.suffix, behind)) / 2
    return _PossiblePlace(evidence, start, end)


def _context_likeness(old: str, new: str) -> float:
    """Compare two contexts; unrelated ones, which are half alike by chance, return 0."""
    if old == new:
        return 1.0
    return max(0.0, fuzz.ratio(folded(old), folded(new)) / 50 - 1)


def _find_changed(text: str, passage: Passage) -> _PossiblePlace | None:
    """Find the place of other words that were made from those of the passage."""
    needle = folded(passage.exact).strip()
    folding = _folding(text)
    places = (folding.span(*place) for place in find_all(needle, folding.text)) if needle else iter(())
    whole = _whole_words(text, places, passage)
    other = ((start, end) for start, end in whole if text[start:end] != passage.exact)
    candidates = [_weigh(text, start, end, passage) for start, end in islice(other, _COMPARED)]
    return _pick(candidates, passage) or _find_alike(text, passage)


@lru_cache(maxsize=1)
def _folding(text: str) -> Folded:
    """Fold a text that many passages are looked for in, one after the other."""
    return fold(text)


def _find_alike(text: str, passage: Passage) -> _PossiblePlace | None:
    """Find the passage by aligning it and its context with the stretch of the text most like them."""
    place = _align(text, passage.prefix, passage.exact, passage.suffix)
    if place is None:
        return None
    start, end = _trimmed(text, *place, passage.exact)
    if start >= end:
        return None
    candidate = _weigh(text, start, end, passage)
    likeness = _likeness(passage.exact, text[start:end])
    is_known = len(passage.exact) >= _LONG and likeness >= _VERY_ALIKE
    return candidate if likeness >= _ALIKE and (is_known or candidate.evidence >= _STRONG) else None


def _align(text: str, before: str, words: str, behind: str) -> Span | None:
    """Return where words now start and end by aligning them and their context; None if nothing is like."""
    if len(words) > 2 * _END:
        start = _align(text, before, words[:_END], "")
        end = _align(text, "", words[-_END:], behind)
        return (start[0], end[1]) if start and end else None
    folding = _folding(text)
    needle = folded(before + words + behind).strip()
    place = find_like(needle, folding.text)
    if place is None or _has_rival(needle, folding.text, *place):
        return None
    first, last = folding.span(max(0, place[0] - CONTEXT), min(len(folding.text), place[1] + CONTEXT))
    parts = [TOKEN.findall(part) for part in (before, words, behind)]
    new = TOKEN.findall(text[first:last])
    changes = find_changes([folded(token) for part in parts for token in part], list(map(folded, new)))
    start_token = _follow(changes, len(parts[0]), is_start=True)
    end_token = _follow(changes, len(parts[0]) + len(parts[1]), is_start=False)
    return first + len("".join(new[:start_token])), first + len("".join(new[:end_token]))


def _has_rival(needle: str, haystack: str, start: int, end: int) -> bool:
    """Check whether another stretch of a text is about as like the needle as the one that was found."""
    enough = fuzz.ratio(needle, haystack[start:end]) - 5
    for part in (haystack[:start], haystack[end:]):
        rival = find_like(needle, part)
        if rival and fuzz.ratio(needle, part[slice(*rival)]) >= enough:
            return True
    return False


def _follow(changes: Sequence[ChangedTokens], boundary: int, *, is_start: bool) -> int:
    """Return where a boundary between old tokens is among the new ones.

    What was put in at the boundary stays outside. A change that reaches across it is divided in the
    proportion in which the boundary divided it.
    """
    moved = 0
    for a, b, c, d in changes:
        if (a <= boundary < b) if is_start else (a < boundary <= b):
            return c + round((boundary - a) * (d - c) / (b - a))
        if b < boundary or (b == boundary and is_start):
            moved = d - b
    return boundary + moved


def _trimmed(text: str, start: int, end: int, exact: str) -> Span:
    """Leave out white space at the ends that the passage did not have."""
    while start < end and text[start].isspace() and not exact[0].isspace():
        start += 1
    while start < end and text[end - 1].isspace() and not exact[-1].isspace():
        end -= 1
    return start, end


def _likeness(old: str, new: str) -> float:
    """Compare words, from 0 to 1; what two long texts do not share at their ends counts as unlike."""
    old, new = folded(old), folded(new)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    if head + tail == len(old) == len(new):
        return 1.0
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    ratio = fuzz.ratio(old_middle, new_middle) / 100 if len(old_middle) * len(new_middle) <= _CELLS else 0
    middle = len(old_middle) + len(new_middle)
    return (2 * (head + tail) + ratio * middle) / (2 * (head + tail) + middle)


def _shared(first: str, second: str) -> int:
    """Return the length of the longest common start of two texts."""
    low, high = 0, min(len(first), len(second)) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if first[low:middle] == second[low:middle] else (low, middle)
    return low
