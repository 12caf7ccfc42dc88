"""Find what a text has instead of a passage that it does not have.

Words that are rare in the text say where to look: a window as wide as the passage slides over the text
and the one that holds most of its words wins. Where no window holds enough of them, because all words
are mistyped, a short passage is compared character by character.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log2
from typing import Final

import msgspec
from rapidfuzz import fuzz

from quotearchive.anchoring.comparison import WORD, differences, find_changes
from quotearchive.anchoring.errors import PassageNotFoundError, TextPlace
from quotearchive.model import Span
from quotearchive.text import fold, folded

#: Code points of a passage that are compared; of a longer one it is the part around the first word that
#: the text does not have.
_COMPARED: Final = 2000

#: Code points before that word that are compared with it.
_LEAD: Final = 500

#: Code points of a passage that is compared character by character with the whole text.
_SHORT: Final = 200

#: Likeness, from 0 to 100, from which two passages count as near. Unrelated sentences of one language
#: reach 40 to 50.
_NEAR: Final = 60

#: Code points by which a window may exceed the passage, besides a quarter of it.
_SLACK: Final = 16

#: A punctuation mark.
_MARK: Final = re.compile(r"[^\w\s]")


def find_nearest(text: str, folded_text: str, passage: str) -> PassageNotFoundError:
    """Return the error that shows what a text has instead of a passage.

    Args:
        text: Canonical text.
        folded_text: The same, folded.
        passage: Canonical words that the text does not hold, without marks around them.
    """
    skipped = _before_telling_part(passage, folded_text)
    part = passage[skipped : skipped + _COMPARED]
    span = find_like(folded(part).strip(), folded_text)
    if span is None:
        return PassageNotFoundError(passage)
    start, end = fold(text).span(*span)
    nearest = TextPlace(start, end, text[start:end])
    first = next(iter(differences(part, nearest.words, is_folded=True)), None)
    mismatch = first and msgspec.structs.replace(first, old_start=skipped + first.old_start)
    return PassageNotFoundError(passage, nearest=nearest, mismatch=mismatch)


def _before_telling_part(passage: str, folded_text: str) -> int:
    """Return how much of a long passage to skip: the text has it, up to shortly before the end."""
    if len(passage) <= _COMPARED:
        return 0
    low, high = 0, len(passage)
    while high - low > 1:
        middle = (low + high) // 2
        has_it = folded(passage[:middle]).strip() in folded_text
        low, high = (middle, high) if has_it else (low, middle)
    return passage.find(" ", max(0, low - _LEAD), low) + 1


def find_like(needle: str, haystack: str) -> Span | None:
    """Find the stretch of a text that is most like a passage; both folded.

    Returns:
        A span in whole words, or None if nothing is near.
    """
    spans = [_find_by_words(needle, haystack)]
    if len(needle) <= min(_SHORT, len(haystack)):
        spans.append(_find_by_characters(needle, haystack))
    near = [(fuzz.ratio(needle, haystack[slice(*span)]), span) for span in spans if span]
    likeness, span = max(near, default=(0.0, (0, 0)), key=lambda each: each[0])
    return span if likeness >= _NEAR else None


def _find_by_characters(needle: str, haystack: str) -> Span | None:
    found = fuzz.partial_ratio_alignment(needle, haystack, score_cutoff=_NEAR)
    if found is None or found.dest_start == found.dest_end:
        return None
    start, end = found.dest_start, found.dest_end
    words = WORD.finditer(haystack, max(0, start - _SHORT), end + _SHORT)
    touched = [word.span() for word in words if word.start() < end and word.end() > start]
    if touched:
        start, end = min(start, touched[0][0]), max(end, touched[-1][1])
    return _widened(start, end, needle, haystack)


def _find_by_words(needle: str, haystack: str) -> Span | None:
    """Find the window that holds most words of the needle, rare ones counting more."""
    wanted = Counter(WORD.findall(needle))
    hits = [(word.start(), word[0]) for word in WORD.finditer(haystack) if word[0] in wanted]
    if not hits:
        return None
    start, end = _best_window(hits, wanted, width=_SLACK + len(needle) * 5 // 4)
    return _widened(start, end, needle, haystack)


def _best_window(hits: Sequence[tuple[int, str]], wanted: Mapping[str, int], *, width: int) -> Span:
    """Slide a window of at most `width` code points over the hits; of equals the narrowest wins."""
    weights = {word: 1 / log2(1 + count) for word, count in Counter(word for _, word in hits).items()}
    held: Counter[str] = Counter()
    score, left = 0.0, 0
    best = (0.0, 0, 0, 0)
    for start, word in hits:
        end = start + len(word)
        held[word] += 1
        score += weights[word] if held[word] <= wanted[word] else 0
        while end - hits[left][0] > width or held[hits[left][1]] > wanted[hits[left][1]]:
            dropped = hits[left][1]
            score -= weights[dropped] if held[dropped] <= wanted[dropped] else 0
            held[dropped] -= 1
            left += 1
        first = hits[left][0]
        best = max(best, (round(score, 6), first - end, first, end))
    return best[2], best[3]


def _widened(start: int, end: int, needle: str, haystack: str) -> Span:
    """Widen a span by what the needle has before its first and behind its last word that is in it."""
    wanted, held = WORD.findall(needle), WORD.findall(haystack[start:end])
    changes = find_changes(wanted, held)
    reach = _SLACK + len(needle)
    if changes and changes[0][0] == 0 == changes[0][2]:
        before = [*WORD.finditer(haystack, max(0, start - reach), start)]
        missing = changes[0][1] - changes[0][3]
        start = before[-missing:][0].start() if missing > 0 and before else start
    if changes and changes[-1][1] == len(wanted) and changes[-1][3] == len(held):
        behind = [*WORD.finditer(haystack, end, end + reach)]
        missing = (changes[-1][1] - changes[-1][0]) - (changes[-1][3] - changes[-1][2])
        end = behind[:missing][-1].end() if missing > 0 and behind else end
    return _with_marks(start, end, needle, haystack)


def _with_marks(start: int, end: int, needle: str, haystack: str) -> Span:
    """Widen a span by as many marks as the needle has before its first and behind its last word."""
    for character in reversed(needle):
        if WORD.match(character) or not _MARK.match(haystack, end):
            break
        end += 1
    for character in needle:
        if WORD.match(character) or start == 0 or not _MARK.match(haystack, start - 1):
            break
        start -= 1
    return start, end
