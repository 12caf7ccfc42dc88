"""The learnt weights of features, and what follows from them: a choice, a likelihood and a confidence.

The numbers are data, in `weights.json`; `tests/benchmarks/learn_attribution.py` learns them and writes that file. The
weights of an option's features are added up, and the option with the highest sum is chosen. Confidence is a share that
was counted (`Weights.counted`): of the candidates with a confidence of 0.8 about 80 % are right in words and speaker.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp
from typing import Final, TypeVar

import msgspec

#: The least confidence of what is more likely speech than not: its words are worth keeping whoever said them.
SPEECH: Final = 0.5
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


class Option(msgspec.Struct):
    """Something to choose from, by its features."""

    features: tuple[str, ...]


AnyOption = TypeVar("AnyOption", bound=Option)


def weightiest(options: Sequence[AnyOption], weights: Table) -> tuple[AnyOption | None, float]:
    """Choose the weightiest option, the first of several equal ones; None if there is no option.

    Returns:
        The option and its share (0..1) in the exponentials of all sums.

    >>> weightiest([Option(("near",)), Option(("near", "subject"))], {"near": 5, "subject": 20})
    (Option(features=('near', 'subject')), 0.8807970779778823)
    """
    if not options:
        return None, 0.0
    look_up = weights.get
    sums = [sum([look_up(feature, 0) for feature in option.features]) / 10 for option in options]
    highest = max(sums)
    return options[sums.index(highest)], 1 / sum([exp(one - highest) for one in sums])


def likelihood(features: Sequence[str], weights: Table) -> float:
    """Turn the weights of features into a probability, 0..1.

    >>> likelihood(["even"], {"even": 0})
    0.5
    """
    return 1 / (1 + exp(-sum([weights.get(feature, 0) for feature in features]) / 10))


def confidence(counted: Sequence[tuple[float, float]], speech: float, speaker: float) -> float:
    """Return the counted share of right candidates at the product of two likelihoods, between its neighbours.

    Args:
        counted: Products of likelihoods, each with the share of right candidates, ascending.
        speech: Likelihood that the marks hold speech, 0..1.
        speaker: Likelihood that the speaker is right if they do, 0..1.

    Returns:
        0..1 in hundredths; below one half if and only if it is more likely no speech at all.
    """
    if speech < SPEECH:
        return min(round(speech, 2), 0.49)
    product = speech * speaker
    above = bisect_right(counted, product, key=lambda line: line[0])
    if above == len(counted):
        return round(max(SPEECH, counted[-1][1]), 2)
    (low, share_low), (high, share_high) = counted[above - 1], counted[above]
    share = share_low + (share_high - share_low) * (product - low) / (high - low)
    return round(max(SPEECH, share), 2)
