"""The learnt weights of features, and how options are weighed by them.

The numbers are data, in `weights.json`; `tests/benchmarks/learn_attribution.py` learns them and writes that file. The
weights of an option's features are added up, and the option with the highest sum is chosen.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp

import msgspec

#: The weight of each feature in tenths: 10 more make an option 2.7 times as likely. What isn't listed weighs nothing.
Table = Mapping[str, int]


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """What was learnt, and from what.

    Attributes:
        origin: The annotated articles that it was learnt from.
        sha256: SHA-256 of the file that held them, in hexadecimal.
        learnt: The day it was learnt, as ISO 8601.
        counted: For products of likelihoods, ascending, the share of right candidates that was counted there in a
            five-fold cross-validation by publisher, 0..1.
        speaker: Weighs the mentions that may be a quotation's speaker (`features`).
        antecedent: Weighs the people whom a pronoun may mean (`resolution`).
        quotation: Weighs what stands between marks (`nature`); above zero it is more likely speech than not.
    """

    origin: str
    sha256: str
    learnt: str
    counted: tuple[tuple[float, float], ...]
    speaker: dict[str, int]
    antecedent: dict[str, int]
    quotation: dict[str, int]


@cache
def learnt_weights() -> Weights:
    """Return the weights that detection uses, read when they are first needed."""
    content = resources.files("quotearchive.detection").joinpath("weights.json").read_bytes()
    return msgspec.json.decode(content, type=Weights)


def rank(options: Sequence[tuple[str, ...]], weights: Table) -> tuple[int, float]:
    """Find the weightiest option.

    Args:
        options: The features of each; not empty.
        weights: The weight of each feature.

    Returns:
        Its index, the first of several equal ones, and its share (0..1) in the exponentials of all sums.

    >>> rank([("near",), ("near", "subject")], {"near": 5, "subject": 20})
    (1, 0.8807970779778823)
    """
    look_up = weights.get
    sums = [sum([look_up(feature, 0) for feature in features]) / 10 for features in options]
    highest = max(sums)
    return sums.index(highest), 1 / sum([exp(one - highest) for one in sums])


def likelihood(features: Sequence[str], weights: Table) -> float:
    """Turn the weights of features into a probability, 0..1.

    >>> likelihood(["even"], {"even": 0})
    0.5
    """
    return 1 / (1 + exp(-sum([weights.get(feature, 0) for feature in features]) / 10))
