"""The languages that detection knows, and which of them a text is in.

A language is one file with one `Language`, and one entry here.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from quotearchive.detection.languages.ar import ARABIC
from quotearchive.detection.languages.de import GERMAN
from quotearchive.detection.languages.en import ENGLISH
from quotearchive.detection.languages.es import SPANISH
from quotearchive.detection.languages.fa import PERSIAN
from quotearchive.detection.languages.fr import FRENCH
from quotearchive.detection.languages.language import Language

LANGUAGES: Final[Mapping[str, Language]] = {
    language.code: language for language in (ENGLISH, FRENCH, GERMAN, SPANISH, PERSIAN, ARABIC)
}

#: The beginning of a text (code points) by which its language is guessed.
SAMPLE: Final = 1000
_WORD: Final = re.compile(r"\w+")
_GUESSES: Final = {code: frozenset(language.frequent.split()) for code, language in LANGUAGES.items()}


def choose_language(text: str, code: str | None = None) -> Language:
    """Return the named language, or the one whose frequent words the text uses most.

    Args:
        text: The whole text.
        code: ISO 639-1, perhaps with a region (``fr-CA``); unknown ones and None leave the choice to the text.

    >>> choose_language("It was not for the king to say.").code
    'en'
    """
    if code and code[:2].lower() in LANGUAGES:
        return LANGUAGES[code[:2].lower()]
    sample = text[:SAMPLE].lower()
    words = Counter(_WORD.findall(sample))
    scores = {
        code: sum([words.get(word, 0) for word in frequent]) + sum(map(sample.count, LANGUAGES[code].letters))
        for code, frequent in _GUESSES.items()
    }
    best = max(scores, key=lambda code: scores[code])
    return LANGUAGES[best] if scores[best] else ENGLISH
