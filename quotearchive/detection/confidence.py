"""How sure detection is, as a number that means what it says.

Two likelihoods are multiplied: that the marks hold speech (`nature`), and that the speaker is right (the shares of
the chosen mention and of the chosen person among all that were in question). The product is read off a table that was
made by counting (`weights.COUNTED`), so that of the candidates with a confidence of 0.8 about 80 % are right in words
and speaker.
"""

from bisect import bisect_right

from quotearchive.detection.weights import COUNTED

#: What is more likely speech than not has at least this: its words are worth keeping whoever said them.
SPEECH = 0.5


def confidence(speech: float, speaker: float) -> float:
    """Say how likely it is that the marks hold speech and that the speaker is right.

    Args:
        speech: likelihood that the marks hold speech, 0..1.
        speaker: likelihood that the speaker is right if they do, 0..1.

    Returns:
        0..1 in hundredths; below one half if and only if it is more likely no speech at all.
    """
    if speech < SPEECH:
        return min(round(speech, 2), 0.49)
    return round(max(SPEECH, _counted(speech * speaker)), 2)


def _counted(product: float) -> float:
    above = bisect_right(COUNTED, product, key=lambda line: line[0])
    if above == len(COUNTED):
        return COUNTED[-1][1]
    (low, share_low), (high, share_high) = COUNTED[above - 1], COUNTED[above]
    return share_low + (share_high - share_low) * (product - low) / (high - low)
