"""Look for similar names among many.

Comparing every pair would take the square of their number. Similar names nearly always share a word's consonants,
so only those that do are compared.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from quotearchive.names.likeness import CERTAIN_ENOUGH, Likeness, compare
from quotearchive.names.sounds import words_of

#: Names that share one word's consonants and are compared with each other; "Mohammad" is in very many.
_CROWD: Final = 400


class NamePair(msgspec.Struct, frozen=True):
    """Two names that may be one person's."""

    one: str
    other: str
    likeness: Likeness


def find_like(name: str, others: Iterable[str], least: float = CERTAIN_ENOUGH) -> list[NamePair]:
    """Find the names that are much like one, the likest first.

    >>> [pair.other for pair in find_like("H. Khaster", ["Hashem Khastar", "Ali Khamenei"])]
    ['Hashem Khastar']
    """
    shared = _handles(name)
    found = [
        NamePair(name, other, likeness)
        for other in others
        if other != name and not shared.isdisjoint(_handles(other))
        if (likeness := compare(name, other)).degree >= least
    ]
    return sorted(found, key=lambda pair: (-pair.likeness.degree, pair.other))


def find_duplicates(names: Iterable[str], least: float = CERTAIN_ENOUGH) -> list[NamePair]:
    """Find the pairs among names that may be one person's, the likest first, each pair once.

    >>> names = ["Hashem Khastar", "Ruhollah Khomeini", "Hashem Khaster"]
    >>> [(pair.one, pair.other) for pair in find_duplicates(names)]
    [('Hashem Khastar', 'Hashem Khaster')]
    """
    found = [
        NamePair(one, other, likeness)
        for one, other in sorted(set(_neighbours(names)))
        if (likeness := compare(one, other)).degree >= least
    ]
    return sorted(found, key=lambda pair: (-pair.likeness.degree, pair.one, pair.other))


def _neighbours(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        for handle in _handles(name):
            groups.setdefault(handle, []).append(name)
    for group in groups.values():
        crowd = group[:_CROWD]
        yield from ((one, other) for place, one in enumerate(crowd) for other in crowd[place + 1 :])


def _handles(name: str) -> frozenset[str]:
    """Return what similar names have in common with this one: the consonants of a word, or of all words."""
    words = words_of(name)
    consonants = "".join(min(word.frames, key=len).rstrip("AIO") for word in words)
    return frozenset(frame.rstrip("AIO") for word in words for frame in word.frames) | {consonants}
