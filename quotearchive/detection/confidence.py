"""How sure detection is, as a number that means what it says.

Two likelihoods are multiplied: that the marks hold speech (`nature`), and that the speaker is right (the shares of
the chosen mention and of the chosen person among all that were in question). The product is read off a table that was
made by counting (`Weights.counted`), so that of the candidates with a confidence of 0.8 about 80 % are right in words
and speaker.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

#: The least confidence of what is more likely speech than not: its words are worth keeping whoever said them.
SPEECH: Final = 0.5


def confidence(counted: Sequence[tuple[float, float]], speech: float, speaker: float) -> float:
    """Return how likely it is that the marks hold speech and that the speaker is right.

    Args:
        counted: Products of likelihoods, each with the share of right candidates, ascending.
        speech: Likelihood that the marks hold speech, 0..1.
        speaker: Likelihood that the speaker is right if they do, 0..1.

    Returns:
        0..1 in hundredths; below one half if and only if it is more likely no speech at all.
    """
    if speech < SPEECH:
        return min(round(speech, 2), 0.49)
    return round(max(SPEECH, _share(counted, speech * speaker)), 2)


def _share(counted: Sequence[tuple[float, float]], product: float) -> float:
    """Return the share of right candidates at a product, on the straight line between its neighbours."""
    above = bisect_right(counted, product, key=lambda line: line[0])
    if above == len(counted):
        return counted[-1][1]
    (low, share_low), (high, share_high) = counted[above - 1], counted[above]
    return share_low + (share_high - share_low) * (product - low) / (high - low)
