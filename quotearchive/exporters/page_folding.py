"""What the letters on a page may be written as, so that the page's search folds as ours does."""

from collections.abc import Set as AbstractSet
from functools import cache
from typing import Final

from quotearchive.text import folded

#: The planes that hold letters, and the variation selectors. Surrogates are no characters.
_RANGES: Final = (range(0xD800), range(0xE000, 0x20000), range(0xE0100, 0xE01F0))


def foldings(letters: AbstractSet[str]) -> dict[str, str]:
    """Gather, for each folded form that can occur, all signs that fold to it.

    >>> foldings({"e"})["e"][:6]
    'EÈÉÊËè'

    Args:
        letters: The folded letters of the page. What folds to others can match nothing on it.

    Returns:
        The signs by folded form; empty forms are those of signs that folding drops.
    """
    return {piece: signs for piece, signs in _all().items() if set(piece) <= letters | {" "}}


@cache
def _all() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for code in (code for codes in _RANGES for code in codes):
        sign = chr(code)
        piece = folded(sign)
        if piece != sign:
            found.setdefault(piece, []).append(sign)
    return {piece: "".join(signs) for piece, signs in found.items()}
