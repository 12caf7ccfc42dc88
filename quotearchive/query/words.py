"""What a word is, for every search.

A word is a run of letters, digits and the marks that belong to them, after folding. Scripts that write no
space between words have no such runs, so there each character is a word, and any part of a text is found
as words that follow one another. Where a text leaves something out, `[…]`, is a word that nobody can
search for, so that no phrase reaches over the gap.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from quotearchive.text import folded

#: Changes when the words of a text change: with this module, and with the tables of Unicode.
VERSION: Final = f"1/{unicodedata.unidata_version}"

#: Stands in the place of a gap: a private character, which is no word in any text.
BOUNDARY: Final = "\ue000"

#: Stands between texts that are folded together; folding leaves it alone.
_SEPARATOR: Final = "\ue001"

#: The gap between passages, folded.
_GAP: Final = "[...]"

#: Scripts that don't put spaces between words, first and last code points: each character is found by itself.
_UNSPACED: Final = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u2e80", "\u2fdf"),  # radicals
    ("\u3005", "\u3007"),  # iteration and number signs
    ("\u3021", "\u303b"),
    ("\u3040", "\u312f"),  # hiragana, katakana, bopomofo
    ("\u31a0", "\u31ff"),
    ("\u3400", "\u9fff"),  # Chinese characters
    (BOUNDARY, BOUNDARY),
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9f"),  # half-width katakana
    ("\U0001b000", "\U0001b16f"),  # old kana
    ("\U00020000", "\U0003ffff"),  # rare Chinese characters
)
_FIRSTS: Final = [first for first, _ in _UNSPACED]

#: A run of characters that are no ASCII punctuation: a word of a blanked text, where words have spaces. One
#: pattern for all scripts would take as long to compile as a search may take.
_RUN: Final = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")

#: What may be no part of a word beyond ASCII: all but letters and digits. Marks are told apart one by one.
_DOUBTFUL: Final = re.compile(r"[^\x00-\x7f\w]")


def blanked(text: str) -> str:
    r"""Put a space for each character of a folded text that belongs to no word, ASCII apart.

    >>> blanked("naqd [...] » bidun")
    'naqd   \ue000     bidun'
    """
    if not text.isascii():
        text = _DOUBTFUL.sub(_blank, text)
    return text.replace(_GAP, f"  {BOUNDARY}  ") if _GAP in text else text


def _blank(match: re.Match[str]) -> str:
    """Keep marks, such as the vowel signs of Indic scripts, which folding has left because they spell."""
    return match[0] if unicodedata.category(match[0]).startswith("M") else " "


def spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the words of a folded text, in code points."""
    runs = _RUN.finditer(blanked(text))
    return [(run.start() + start, run.start() + end) for run in runs for start, end in _parts(run[0])]


def _parts(run: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of the words of a run."""
    done = 0
    if max(run) >= _FIRSTS[0]:
        for place, character in enumerate(run):
            if _is_unspaced(character):
                if done < place:
                    yield done, place
                yield place, place + 1
                done = place + 1
    if done < len(run):
        yield done, len(run)


@lru_cache(maxsize=1 << 13)
def _is_unspaced(character: str) -> bool:
    place = bisect_right(_FIRSTS, character) - 1
    return place >= 0 and character <= _UNSPACED[place][1]


def folded_words(text: str) -> str:
    r"""Return the words of a text, folded, with one space between them.

    >>> folded_words("“The prison’s gate” [...] 第一条 ۱۳۹۹")
    'the prison s gate \ue000 第 一 条 1399'
    """
    return " ".join(_RUN.findall(spaced(text)))


def spaced(text: str) -> str:
    """Return a text in which ASCII punctuation and spaces are between the words of `folded_words`.

    It holds the same words and is made faster: what splits at ASCII alone will split it right.
    """
    return _respaced(folded(text))


def _respaced(text: str) -> str:
    text = blanked(text)
    return text if text.isascii() or max(text) < _FIRSTS[0] else _RUN.sub(_respace, text)


def _respace(run: re.Match[str]) -> str:
    return " ".join(run[0][start:end] for start, end in _parts(run[0]))


def spaced_all(texts: Sequence[str]) -> list[str]:
    """Return the same for many texts, which is faster than one after the other.

    >>> spaced_all(["No.", "第一"])
    ['no.', '第 一']
    """
    pieces = folded(_SEPARATOR.join(texts)).split(_SEPARATOR)
    if len(pieces) != len(texts):
        return [spaced(text) for text in texts]
    return [_respaced(piece) for piece in pieces]


@lru_cache(maxsize=1 << 13)
def search_words(words: str) -> str:
    """Return the words of a search as `folded_words` returns those of a text, without boundaries."""
    return " ".join(word for word in folded_words(words).split() if word != BOUNDARY)


def folded_value(value: str) -> str:
    """Fold a value for comparison in part; quotation marks don't count, nor do spaces around it.

    >>> folded_value(" “Café”  Téhéran ")
    'cafe teheran'
    """
    text = folded(value).replace('"', " ").encode(errors="replace").decode()
    return " ".join(text.split())
