"""Choose among options by adding up weights."""

from collections.abc import Mapping, Sequence
from math import exp


def rank(options: Sequence[tuple[str, ...]], weights: Mapping[str, int]) -> tuple[int, float]:
    """Find the weightiest option.

    Args:
        options: the features of each; not empty.
        weights: of each feature, in tenths; what is not listed weighs nothing.

    Returns:
        Its index, the first of several equal ones, and its share (0..1) in the exponentials of all sums.

    >>> rank([("near",), ("near", "subject")], {"near": 5, "subject": 20})
    (1, 0.8807970779778823)
    """
    look_up = weights.get
    sums = [sum([look_up(feature, 0) for feature in features]) / 10 for features in options]
    highest = max(sums)
    return sums.index(highest), 1 / sum([exp(one - highest) for one in sums])


def likelihood(features: Sequence[str], weights: Mapping[str, int]) -> float:
    """Turn the weights of features into a probability, 0..1.

    >>> likelihood(["even"], {"even": 0})
    0.5
    """
    return 1 / (1 + exp(-sum([weights.get(feature, 0) for feature in features]) / 10))
