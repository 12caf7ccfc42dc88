"""Guess the language of a text from its script, its letters and its commonest words; or don't.

A guess is made only where the evidence is plain: no language is better than a wrong one. Detection, which must
choose one of the languages that it has tables for, guesses by those tables (`detection.languages`).
"""

import re
from collections import Counter
from typing import Final

#: Characters that are looked at: a few pages.
_SAMPLE: Final = 20_000

#: The fewest words that are evidence; a caption is too short.
_FEWEST: Final = 8

#: The share of a text's words that are among a language's commonest thirty: 25 % and more in running text;
#: lists of names stay below this.
_SHARE: Final = 0.1

#: How much more of them than of the next language's: related languages share some.
_LEAD: Final = 1.4

#: Letters of a script. The one with most letters is the text's.
_SCRIPTS: Final = {
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    "arabic": re.compile("[\u0620-\u064a\u066e-\u06d5\u06fa-\u06ff]"),
    "hebrew": re.compile("[\u05d0-\u05f2]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "devanagari": re.compile("[\u0904-\u0939\u0958-\u097f]"),
    "kana": re.compile("[\u3041-\u30ff]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
}

#: The commonest words of languages by script. Those with no tag of their own in the project's list are there
#: so that they aren't taken for their neighbours (Portuguese for Spanish, Urdu for Persian).
_WORDS: Final = {
    "latin": {
        "en": "the of and to in a is that for it was on with as be by are his this have not or from has they",
        "fr": "le la les de des et à un une du que qui en est dans pour il ne pas au par sur sont ou ce nous",
        "de": "der die das und in zu den von mit ist nicht auf des dem ein eine sich auch für es werden hat",
        "es": "el la los las de y que en un una por con del se para no es su sus al como más lo tiene toda o",
        "tr": "ve bir bu için ile da de olarak her veya hakkı olan ya çok gibi ne daha kadar olduğu değil",
        "it": "il la di che e un una per in del della è non gli le con sono nel alla dei ha ogni si da al o",
        "pt": "o a os as de e que em um uma do da não para com por se no na ao dos das tem seu sua ou mais",
        "nl": "de het een en van in is dat op te zijn met voor niet aan er die ook door heeft of ik wij maar",
        "pl": "i w na z się nie do że jest to o jak po od za przez dla ma prawo przy ale są każdy jego lub",
        "sv": "och i att det som en är på av för med den till inte har om ett han var rätt eller vi jag från",
        "ku": "û ku ji bi di li de an xwe her heye bo ya wî yên ên wek jî tê ne hemû ber nav min em ez ew ev",
    },
    "arabic": {
        "fa": "و در به از که این را با است برای آن هر یک خود حق باید تا هم می بر",
        "ar": "في من على أن إلى كل لا أو ما هذا عن التي الذي مع له هذه حق بين كان ولا",
        "ckb": "و لە بە بۆ کە ئەم هەموو یان مافی کەس هەیە لەگەڵ دەبێ ئەو نییە هەر بێ یا",
        "ur": "کے کی کا ہے میں اور سے کو کہ ہیں اس نہیں پر ہر جو نے بھی یا کسی حق",
        "ps": "د په او چې سره له هر څوک حق لري دی کې ته هغه دا نه یا خپل شي وي",
    },
    "hebrew": {
        "he": "של את על לא הוא או כל זכות אדם אין זה עם היא גם כי אל כן יש הזכות לכל",
        "yi": "און צו פון די דער איז אין מיט א דאס אויף האט אדער יעדער מענטש רעכט פאר זיין",
    },
    "cyrillic": {
        "ru": "и в не на что с он по как это к из право имеет или его а от за о при во то для быть их все я",
        "uk": "і в не на що з він до як це із має право або його та від за у при й для бути їх всі я ми",
        "bg": "и в не на че с той по като това към от има право или да за се при са до във ние аз",
        "sr": "и у не на да с он по као то из има право или је се за од при су ми ја што",
    },
    "greek": {
        "el": "και το να του η της με που την από για δεν ο οι τα στο στην τον των είναι θα σε τις στα",
    },
    "devanagari": {
        "hi": "के है और को में की का से या हो किसी व्यक्ति अधिकार प्रत्येक पर भी कि इस न हैं",
        "mr": "आहे आणि व या प्रत्येक अधिकार किंवा हक्क ते त्याच्या मध्ये असा होईल कोणत्याही नाही",
        "ne": "र को मा छ हुनेछ वा अधिकार प्रत्येक व्यक्तिलाई तथा छैन हुन्छ गर्ने पनि",
    },
}

_COMMON: Final = {
    script: {tag: frozenset(words.split()) for tag, words in tags.items()} for script, tags in _WORDS.items()
}

#: Scripts that determine the language by themselves, at the shares of letters that real texts have.
_BY_SCRIPT: Final = {"greek": "el", "kana": "ja", "han": "zh"}

#: Letters that a language has, and those of its neighbours that it hasn't: short words are too alike there.
_BY_LETTERS: Final = {
    "ru": (re.compile("[ыэ]"), re.compile("[іїєґўјљњћђ]")),
    "uk": (re.compile("[їєґ]"), re.compile("[ыэўъјљњћђ]")),
}

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

#: The fewest such letters that are no foreign name.
_FEWEST_LETTERS: Final = 2

_HIRAGANA: Final = re.compile("[\u3041-\u309f]")

#: Japanese is written in kanji and kana; Chinese has no kana.
_KANA_SHARE: Final = 0.1

#: A word: letters, the vowel signs of Devanagari, and joiners between them.
_WORD: Final = re.compile("(?:[^\\W\\d_]|[\u0900-\u0903\u093a-\u094f\u200c\u200d])+")
_HARAKAT: Final = re.compile("[\u064b-\u0652\u0670]")


def is_tag(words: str) -> bool:
    """Check for what has the form of a language tag: `en`, `de-AT`, `zh-Hant`."""
    return _TAG.fullmatch(words) is not None


def guess_language(text: str) -> str | None:
    """Return the BCP 47 tag of the language that a text is written in, or None if that isn't plain.

    >>> guess_language("Alle Menschen sind frei und gleich an Würde und Rechten geboren.")
    'de'
    >>> guess_language("Jane Doe, Paris") is None
    True
    """
    sample = _HARAKAT.sub("", text[:_SAMPLE]).lower()
    script = _script(sample)
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    by_letters = _by_letters(sample) if script == "cyrillic" else None
    return by_letters or (_by_words(sample, _COMMON[script]) if script in _COMMON else None)


def _by_letters(sample: str) -> str | None:
    for tag, (own, foreign) in _BY_LETTERS.items():
        if len(own.findall(sample)) >= _FEWEST_LETTERS and not foreign.search(sample):
            return tag
    return None


def _script(sample: str) -> str | None:
    counts = {script: len(letters.findall(sample)) for script, letters in _SCRIPTS.items()}
    if counts["kana"] > _KANA_SHARE * (counts["kana"] + counts["han"]):
        counts["kana"] += counts.pop("han")
    script, count = max(counts.items(), key=lambda item: item[1])
    return script if count >= _FEWEST else None


def _by_words(sample: str, common: dict[str, frozenset[str]]) -> str | None:
    words = Counter(_WORD.findall(sample))
    counts = sorted(((sum(words[word] for word in known), tag) for tag, known in common.items()), reverse=True)
    (most, tag), (second, _) = counts[0], counts[1]
    total = words.total()
    is_plain = total >= _FEWEST and most >= _SHARE * total and most >= _LEAD * second and most > 1
    return tag if is_plain else None


def familiar(text: str) -> int:
    """Count the characters of a text that belong to the commonest words of one language.

    Of several readings of the same bytes, the right one has most of them; for Japanese, hiragana count.

    >>> familiar("für alle, die auf dem Land leben"), familiar("f³r alle, die auf dem Land leben")
    (12, 9)
    """
    sample = _HARAKAT.sub("", text[: _SAMPLE // 2]).lower()
    script = _script(sample)
    if script == "kana":
        return len(_HIRAGANA.findall(sample))
    words = _WORD.findall(sample)
    counts = (sum(len(word) for word in words if word in known) for known in _COMMON.get(script or "", {}).values())
    return max(counts, default=0)
