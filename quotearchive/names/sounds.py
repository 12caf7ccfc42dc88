"""What a name sounds like: its words in Latin letters, and the consonants that every spelling shares.

A name is brought into Latin letters by AnyAscii (https://github.com/anyascii/anyascii). What differs
between ways to romanize is then made alike by the tables below. They are about how scripts are written,
not about any one name.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec
from anyascii import anyascii

from quotearchive.text import folded
from quotearchive.text.phrases import phrases

#: Words that accompany a name and are no part of it.
_TITLES: Final = frozenset(
    phrases("""
        mr | mrs | ms | miss | sir | dame | lady | lord | dr | prof | professor | rev | jr | sr
        president | minister | general | colonel | judge | senator | archbishop | bishop | pope
        ayatollah | hojatoleslam | imam | sheikh | shaykh | haj | hajj | mullah | seyed | sayyid
        herr | frau | fräulein | monsieur | madame | mme | señor | señora | don | doña
        دکتر | آقای | خانم | آیت‌الله | الدكتور | السيد | الشيخ
    """)
)

#: Words within a name that are often left out, or written otherwise.
_PARTICLES: Final = frozenset(
    phrases("""
        al | el | ad | ar | as | at | az | an | ul | bin | ibn | bint | ben
        von | van | v | zu | de | du | des | del | der | di | da | la | le | y | and | of | the
    """)
)

#: Numbers of kings and popes, which must not be taken for initials.
_REGNAL: Final = re.compile(r"(?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XXIII)")

#: Scripts that leave most vowels out: Hebrew, Arabic, Syriac.
_UNVOWELLED: Final = re.compile("[\u0590-\u07bf\u0860-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ANOTHER_SCRIPT: Final = re.compile("[^\x00-\u024f\u1e00-\u1eff\u2000-\u206f\ua720-\ua7ff]")

#: The Arabic article, written as one with its word (القذافي), or else the beginning of a word (الهام).
_ARTICLE: Final = re.compile(r"\bال(?=\w{3})")

#: A Persian h that only marks the vowel at the end of the word's first part: خامنه‌ای.
_SILENT_H: Final = re.compile("ه\u200c")

_WORDS: Final = re.compile(r"[a-z]+")
_VOWELS: Final = frozenset("aeiou")

#: Ways to write a sound, to the one that stands for it; longer ones first. Georgian h, German w.
_SOUNDS: Final = (
    *(("schtsch", "S"), ("shch", "S"), ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("zh", "j")),
    *(("kh", "X"), ("ch", "C"), ("gh", "q"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("ts", "s")),
    *(("tz", "s"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ey", "i"), ("ei", "i"), ("ie", "i"), ("iy", "i")),
    *(("w", "v"), ("y", "i")),
)

#: The same for a single letter of a script without vowels.
_SIGNS: Final = dict(_SOUNDS[:-2])

#: Consonants that one way to romanize keeps apart and another does not: Gaddafi, Qaddafi, Kadhafi.
_ALIKE: Final = str.maketrans(
    {"q": "k", "g": "k", "c": "k", "X": "k", "C": "k", "x": "k", "j": "k"} | dict.fromkeys("Sz", "s")
)

#: What the last vowel of a word is like; it distinguishes Hosseini from Hossein and Maria from Mario.
_ENDINGS: Final = {"a": "A", "e": "A", "h": "A", "o": "O", "u": "O", "i": "I"}

_DOUBLE: Final = re.compile(r"(.)\1+")

#: Letters of unvowelled scripts and how each may be read: و as v or a vowel, ו as v or a vowel, ב as b or v.
_READINGS: Final = {"w": "vu", "v": "vub"}

#: Letters of a word that are read in every way; those beyond are read in the first.
_DOUBTFUL: Final = 4


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A word of a name.

    Attributes:
        letters: In Latin letters, lower case.
        sounds: With one sign for each sound.
        frames: The consonants, alike ones made the same, and how the word ends; several where a letter may
            be a vowel or not.
        is_initial: Whether it only begins the word that it stands for.
        is_number: Whether it is the number of a king or a pope.
        is_unvowelled: Whether it was written without its vowels.
        is_foreign: Whether it was written in another script than Latin.
    """

    letters: str
    sounds: str
    frames: frozenset[str]
    is_initial: bool = False
    is_number: bool = False
    is_unvowelled: bool = False
    is_foreign: bool = False


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[Word, ...]:
    """Divide a name into the words that name somebody, without titles and particles.

    >>> [word.sounds for word in words_of("Dr. Rouhollah al-Khomeyni")]
    ['ruhola', 'Xomini']
    """
    parts = [part for part in re.split(r"[\s,،/()\-–]+|(?<=\w)\.(?=\w)", name) if part]
    kept = [part for part in parts if folded(part).strip(".'’") not in _TITLES | _PARTICLES]
    return tuple(word for part in kept or parts for word in _words(part))


def _words(part: str) -> Iterator[Word]:
    """Make words of a part of a name; Latin letters are taken together, for `sh` is one sound."""
    if _UNVOWELLED.search(part):
        yield from _unvowelled(part)
        return
    for letters in _WORDS.findall(anyascii(part).lower().replace("'", "")):
        sounds = sounds_of(letters)
        yield Word(
            letters=letters,
            sounds=sounds,
            frames=frozenset({_frame(sounds)}),
            is_initial=len(letters) == 1 and not _REGNAL.fullmatch(part),
            is_number=bool(_REGNAL.fullmatch(part)),
            is_foreign=bool(_ANOTHER_SCRIPT.search(part)),
        )


def _unvowelled(part: str) -> Iterator[Word]:
    """Make a word of a part that was written without its vowels; each letter is a sound by itself."""
    ways = dict.fromkeys((_ARTICLE.sub("", part), part))
    spelled = [_spelled(_SILENT_H.sub("", way)) for way in ways]
    if spelled[0]:
        yield Word(
            letters=spelled[0],
            sounds=spelled[0],
            frames=frozenset(_frame(reading) for way in spelled for reading in _readings(way)),
            is_initial=len(spelled[0]) == 1,
            is_unvowelled=True,
            is_foreign=True,
        )


def _spelled(part: str) -> str:
    """Write each letter as one sign.

    >>> _spelled("خواستار"), _spelled("ستوده")
    ('Xwstr', 'stwdh')
    """
    signs = (anyascii(letter).lower() for letter in part)
    return "".join(_SIGNS.get(sign, sign) for sign in signs if sign.isalpha())


def _readings(letters: str) -> Iterator[str]:
    """Read doubtful letters in every way, and y as a vowel."""
    choices: list[str] = []
    for letter in letters.replace("y", "i"):
        doubtful = _READINGS.get(letter, letter)
        choices.append(doubtful if sum(len(choice) > 1 for choice in choices) < _DOUBTFUL else doubtful[0])
    for reading in itertools.product(*choices):
        yield undoubled("".join(reading))


def sounds_of(letters: str) -> str:
    """Write each sound with one sign.

    >>> sounds_of("mohammadi"), sounds_of("khrushchev"), sounds_of("dostoyevsky")
    ('mohamadi', 'XruSev', 'dostoievski')
    """
    sounds = letters
    for written, sound in _SOUNDS:
        sounds = sounds.replace(written, sound)
    sounds = undoubled(sounds)
    return sounds[:-1] if len(sounds) > 2 and sounds.endswith("h") else sounds  # noqa: PLR2004 - "Oh" stays


def undoubled(letters: str) -> str:
    """Write each letter once where it occurs twice or more in a row.

    >>> undoubled("mohammad")
    'mohamad'
    """
    return _DOUBLE.sub(r"\1", letters)


def _frame(sounds: str) -> str:
    """Return the consonants, alike ones made the same, and the ending.

    >>> _frame("mosavi"), _frame("qadafi"), _frame("ali")
    ('msvI', 'kdfI', 'lI')
    """
    body, ending = sounds, ""
    if len(sounds) > 1 and sounds[-1] in _ENDINGS:
        body, ending = sounds[:-1], _ENDINGS[sounds[-1]]
    consonants = "".join(sound for sound in body if sound not in _VOWELS).translate(_ALIKE)
    return undoubled(consonants) + ending
