"""Choose among options by adding up weights."""

from collections.abc import Mapping, Sequence
from math import exp
from types import MappingProxyType


def rank(
    options: Sequence[tuple[str, ...]],
    weights: Mapping[str, int],
    by_hand: Mapping[str, int] = MappingProxyType({}),
) -> tuple[int, float]:
    """Find the weightiest option.

    Args:
        options: the features of each; not empty.
        weights: of each feature, in tenths; what is not listed weighs nothing.
        by_hand: weights that were not learnt, for features that are not in the other table.

    Returns:
        Its index, the first of several equal ones, and its share (0..1) in the exponentials of all sums.

    >>> rank([("near",), ("near", "subject")], {"near": 5, "subject": 20})
    (1, 0.8807970779778823)
    """
    look_up, by_default = weights.get, by_hand.get
    sums = [
        sum([look_up(feature) or by_default(feature, 0) for feature in features]) / 10 for features in options
    ]
    highest = max(sums)
    return sums.index(highest), 1 / sum([exp(one - highest) for one in sums])


def likelihood(features: Sequence[str], *tables: Mapping[str, int]) -> float:
    """Turn the weights of features, added up over tables, into a probability, 0..1.

    >>> likelihood(["even"], {"even": 0})
    0.5
    """
    total = sum([weights.get(feature, 0) for weights in tables for feature in features])
    return 1 / (1 + exp(-total / 10))
