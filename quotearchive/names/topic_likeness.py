"""Whether two topics may be one: `prison/condition` and `prisons/conditions`."""

import re
from typing import Final

from rapidfuzz.distance import OSA

from quotearchive.names.likeness import Likeness
from quotearchive.text import folded

#: How much of two parts of a path must agree, 0..1, where neither is the other's plural.
_AGREE: Final = 0.85

#: Letters that a word needs for one wrong letter in it to be a slip.
_LONG: Final = 5


def compare_paths(one: str, other: str) -> Likeness:
    """Return how likely it is that two topics are one.

    >>> compare_paths("prison/conditions", "prison/condition").reason
    'spelled almost alike'
    >>> compare_paths("prison", "prison/conditions").degree
    0.0
    >>> compare_paths("hunger strike", "strike/hunger").reason
    'the same words'
    """
    words = [sorted(re.findall(r"\w+", folded(path))) for path in (one, other)]
    if words[0] == words[1]:
        return Likeness(1.0, "the same words")
    parts = [folded(path).replace("-", " ").replace("_", " ").split("/") for path in (one, other)]
    if len(parts[0]) != len(parts[1]):
        return Likeness(0.0)
    degrees = [_agreement(*pair) for pair in zip(*parts, strict=True)]
    return Likeness(round(min(degrees), 3), "spelled almost alike") if all(degrees) else Likeness(0.0)


def _agreement(one: str, other: str) -> float:
    if one == other or _singular(one) == _singular(other):
        return 1.0 if one == other else 0.95
    agreement: float = OSA.normalized_similarity(one, other)
    is_slip = min(len(one), len(other)) > _LONG and agreement >= _AGREE
    return agreement if is_slip else 0.0


def _singular(word: str) -> str:
    """Remove the plural's ending: s after any letter, es after a hiss.

    >>> _singular("executions"), _singular("boxes"), _singular("arrest")
    ('execution', 'box', 'arrest')
    """
    return re.sub(r"(?<=[sxz])es$|(?<=[^s])s$", "", word) if len(word) > _LONG - 1 else word
