"""Suggestions for a word that nothing has: the known ones most like it."""

from collections.abc import Iterable
from typing import Final

#: Likeness, 0..1, from which a known word is worth suggesting: one letter of three may be wrong.
LIKE_ENOUGH: Final = 0.6


def nearest(word: str, known: Iterable[str], limit: int = 3, *, least: float = LIKE_ENOUGH) -> list[str]:
    """Find the known words most like one that is not among them, the likest first.

    Args:
        word: What was asked for.
        known: What there is; each is compared as it is written.
        limit: The most words to return.
        least: The least likeness, 0..1.

    >>> nearest("exprot", ["export", "import", "list"])
    ['export']
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - its 16 ms are only for what went wrong

    found = process.extract(word, list(known), scorer=fuzz.ratio, limit=limit, score_cutoff=100 * least)
    return [choice for choice, _, _ in found]
