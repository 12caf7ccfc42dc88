"""How likely it is that two different names are one person's, and why.

Each word of the shorter name must be a word of the longer one: in the same sounds, by its initial, or with
one letter amiss. Where the consonants agree, the vowels must agree as well as the scripts let one expect:
romanizations of one script differ little, those of two scripts more, and Arabic and Hebrew write few.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
from rapidfuzz.distance import OSA

from quotearchive.names import key
from quotearchive.names.sounds import Word, undoubled, words_of

#: From this likeness on, 0..1, two names are worth a remark.
CERTAIN_ENOUGH: Final = 0.8

#: How much of the sounds must agree, 0..1, where the consonants do: one vowel of five may differ in one
#: script; between scripts, one of three.
_VOWELS_AGREE: Final = 0.8
_VOWELS_AGREE_BETWEEN_SCRIPTS: Final = 0.65

#: Sounds that a word needs for one wrong letter in it to be a slip rather than another word.
_LONG: Final = 7

#: Letters of the shortest word that means anything by itself.
_SHORTEST: Final = 3

#: What is left of the likeness when a whole word, or an initial, of the longer name is not in the shorter.
_MISSING_WORD: Final = 0.75
_MISSING_INITIAL: Final = 0.95

#: Ways to read one word that are followed when words are run together.
_WAYS: Final = 4

_SAME: Final = 1.0
_CONSONANTS: Final = 0.95
_SLIP: Final = 0.85
_INITIAL: Final = 0.85
_JOINED: Final = 0.9


class Likeness(msgspec.Struct, frozen=True):
    """How like two names are.

    Attributes:
        degree: 0..1; 1 where they are the same name but for marks, case, order and titles.
        reason: Why, in a few words; empty if they are not alike.
    """

    degree: float
    reason: str = ""


_UNLIKE: Final = Likeness(0.0)


def compare(one: str, other: str) -> Likeness:
    """Return how likely it is that two names are one person's.

    >>> compare("Hashem Khastar", "Hashem Khaster")
    Likeness(degree=0.97..., reason='spelled otherwise')
    >>> compare("Narges Mohammadi", "نرگس محمدی").reason
    'written in another script'
    >>> compare("Hashem Khastar", "K. Hashem").reason
    'by initials'
    >>> compare("Hashem Khastar", "Hossein Khastar").degree
    0.0
    """
    if key(one) == key(other):
        return Likeness(_SAME, "differ in marks only")
    shorter, longer = sorted((words_of(one), words_of(other)), key=lambda words: (len(words), str(words)))
    if not shorter:
        return _UNLIKE
    return max(_by_words(shorter, longer), _joined(shorter, longer), key=lambda found: found.degree)


def _by_words(shorter: Sequence[Word], longer: Sequence[Word]) -> Likeness:
    """Find each word of the shorter name in the longer one, the surest first."""
    pairs = sorted(
        ((_word_likeness(one, other), i, j) for i, one in enumerate(shorter) for j, other in enumerate(longer)),
        key=lambda pair: -pair[0],
    )
    matched: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for degree, i, j in pairs:
        if degree and i not in matched and j not in taken:
            matched[i] = (j, degree)
            taken.add(j)
    if len(matched) < len(shorter) or not _shares_a_word(shorter, longer, matched):
        return _UNLIKE
    left = [word for j, word in enumerate(longer) if j not in taken]
    degree = sum(each for _, each in matched.values()) / len(matched) * _loss(shorter, left)
    return Likeness(round(degree, 3), _reason(shorter, longer, matched, left))


def _shares_a_word(shorter: Sequence[Word], longer: Sequence[Word], matched: dict[int, tuple[int, float]]) -> bool:
    """Check whether at least one whole word agrees, not only initials."""
    return any(
        not shorter[i].is_initial and not longer[j].is_initial and len(shorter[i].letters) >= _SHORTEST
        for i, (j, _) in matched.items()
    )


def _loss(shorter: Sequence[Word], left: Sequence[Word]) -> float:
    """Return what is left of the likeness for words of the longer name that the shorter does not have."""
    loss = 1.0
    has_initials = any(word.is_initial for word in shorter)
    for word in left:
        is_harmless = word.is_initial and not has_initials
        loss *= _MISSING_INITIAL if is_harmless else _MISSING_WORD
    return loss


def _word_likeness(one: Word, other: Word) -> float:
    if one.is_number or other.is_number:
        return _SAME if one.letters == other.letters and one.is_number == other.is_number else 0.0
    if one.is_initial or other.is_initial:
        return _initial_likeness(one, other)
    if one.sounds == other.sounds:
        return _SAME
    agreement = OSA.normalized_similarity(one.sounds, other.sounds)
    if one.frames & other.frames and agreement >= _needed(one, other):
        return _CONSONANTS
    is_slip = min(len(one.sounds), len(other.sounds)) >= _LONG and OSA.distance(one.sounds, other.sounds) == 1
    # Endings make other names: Mohammadi, Mohammad.
    return _SLIP if is_slip and one.sounds[-1] == other.sounds[-1] else 0.0


def _initial_likeness(one: Word, other: Word) -> float:
    begins = one.letters[0] == other.letters[0] or (one.sounds[0] == other.sounds[0])
    return (_SAME if one.is_initial and other.is_initial else _INITIAL) if begins else 0.0


def _needed(one: Word, other: Word) -> float:
    """Return how much of the sounds must agree, given how the two are written."""
    if one.is_unvowelled != other.is_unvowelled:
        return 0.0
    if one.is_foreign != other.is_foreign:
        return _VOWELS_AGREE_BETWEEN_SCRIPTS
    return _VOWELS_AGREE


def _joined(shorter: Sequence[Word], longer: Sequence[Word]) -> Likeness:
    """Compare names that part their words otherwise: Jawaharlal and Jawahar Lal, or Chinese ones."""
    if len(shorter) == len(longer) or any(word.is_initial or word.is_number for word in (*shorter, *longer)):
        return _UNLIKE
    one, other = _as_one(shorter), _as_one(longer)
    agreement = OSA.normalized_similarity(one.sounds, other.sounds)
    if one.frames & other.frames and agreement >= _needed(one, other):
        return Likeness(_JOINED, _difference((*shorter, *longer)))
    return _UNLIKE


def _as_one(words: Sequence[Word]) -> Word:
    """Run the words of a name together."""
    frames = [""]
    for word in words[:-1]:
        frames = [f"{frame}{end.rstrip('AIO')}" for frame in frames for end in sorted(word.frames)[:_WAYS]]
    return Word(
        letters="".join(word.letters for word in words),
        sounds="".join(word.sounds for word in words),
        frames=frozenset(undoubled(f"{frame}{end}") for frame in frames[: _WAYS**3] for end in words[-1].frames),
        is_unvowelled=any(word.is_unvowelled for word in words),
        is_foreign=any(word.is_foreign for word in words),
    )


def _reason(
    shorter: Sequence[Word],
    longer: Sequence[Word],
    matched: dict[int, tuple[int, float]],
    left: Sequence[Word],
) -> str:
    if any(shorter[i].is_initial != longer[j].is_initial for i, (j, _) in matched.items()):
        return "by initials"
    if any(not word.is_initial for word in left):
        return "a part of the name"
    if all(degree == _SAME for _, degree in matched.values()):
        return "the same words"
    return _difference((*shorter, *longer))


def _difference(words: Sequence[Word]) -> str:
    scripts = {word.is_foreign for word in words}
    return "written in another script" if len(scripts) > 1 else "spelled otherwise"
