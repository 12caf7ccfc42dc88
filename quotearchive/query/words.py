"""What a word is, for every search.

A word is a run of letters, digits and the marks that belong to them, after folding. Scripts that write no
space between words have no such runs, so there each character is a word, and any part of a text is found
as words that follow one another. Where a text leaves something out, `[…]`, stands a word that nobody can
search for, so that no phrase reaches over the gap.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from quotearchive.text import folded

#: Changes when the words of a text change: with this module, and with the tables of Unicode.
VERSION: Final = f"1/{unicodedata.unidata_version}"

#: Stands in the place of a gap: a private character, which is no word in any text.
BOUNDARY: Final = "\ue000"

#: The gap between passages, folded.
_GAP: Final = "[...]"

#: Scripts that don't put spaces between words: each character is found by itself.
_UNSPACED: Final = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3031-\u3035\u303b"  # radicals, iteration and number signs
    "\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # hiragana, katakana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"  # Chinese characters, half-width katakana
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"  # old kana, rare Chinese characters
)

_HAS_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")

#: A word of a blanked text.
_WORD: Final = re.compile(
    f"[{_UNSPACED}{BOUNDARY}]|[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f{_UNSPACED}{BOUNDARY}]+"
)

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
    """Give the half-open spans of the words of a folded text, in code points."""
    return [word.span() for word in _WORD.finditer(blanked(text))]


def searchable(text: str) -> str:
    r"""Give the words of a text, folded, with one space between them.

    >>> searchable("“The prison’s gate” [...] 第一条 ۱۳۹۹")
    'the prison s gate \ue000 第 一 条 1399'
    """
    return " ".join(_WORD.findall(blanked(folded(text))))


def spaced(text: str) -> str:
    """Give a text in which ASCII punctuation and spaces stand between the words of `searchable`.

    It holds the same words and is made faster: what splits at ASCII alone will split it right.
    """
    text = blanked(folded(text))
    return " ".join(_WORD.findall(text)) if _HAS_UNSPACED.search(text) else text


@lru_cache(maxsize=1024)
def wanted(words: str) -> str:
    """Give the words of a search as `searchable` gives those of a text, without boundaries."""
    return " ".join(word for word in searchable(words).split() if word != BOUNDARY)


@lru_cache(maxsize=1024)
def plain(value: str) -> str:
    """Fold a value for comparison in part; quotation marks don't count, nor do spaces around it.

    >>> plain(" “Café”  Téhéran ")
    'cafe teheran'
    """
    return plainly(value)


def plainly(value: str) -> str:
    """Do the same for values too many to remember."""
    text = folded(value).replace('"', " ").encode(errors="replace").decode()
    return " ".join(text.split())
