"""Folding: the form in which texts are compared and searched, and the way back to the text itself.

What readers take for the same is folded to the same: upper and lower case, letters with and without
accents, the forms of quotation marks and of dashes, the Persian and Arabic forms of a letter, digits of
any script, ligatures and full-width forms. What they take for different stays different: the voicing
marks of Japanese kana, the vowel signs of Indic scripts. Each character is folded by itself, whatever
its neighbours; only white space is looked at in runs.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from typing import Final

import msgspec

#: Characters that fold to another as a table says, with the reason. NFKC and case folding, which come
#: after it, do not relate these.
_ALIKE: Final[Mapping[str, str]] = {
    # Double quotation marks: curly, low, primes, angle, Hebrew gershayim.
    "“”„‟″‶«»❝❞〝〞〟״ʺ": '"',
    # Single ones, apostrophes, and what stands for ayn and hamza in transliteration: Shi’a, Shiʿa.
    "‘’‚‛′‵‹›❛❜`´ʹʻʼʽʾʿˈ՚׳ꞌ": "'",
    # Dashes that Unicode does not count among them (category Pd).
    "\u2212\u2043\u02d7": "-",
    # The wave dash, which some Japanese encodings read as a tilde.
    "〜": "~",
    "⁄": "/",
    # Latin letters that do not decompose: Łódź, Đoković, Ísafjörður, İstanbul and Iğdır.
    "łŁ": "l",
    "øØ": "o",
    "đĐðÐ": "d",
    "ħĦ": "h",
    "ŧŦ": "t",
    "ı": "i",
    "æÆ": "ae",
    "œŒ": "oe",
    "þÞ": "th",
    # Arabic letters that Persian, Urdu and Kurdish keyboards write with another code point.
    "\u0649\u064a": "\u06cc",  # alef maksura, yeh
    "\u0643\u06aa": "\u06a9",  # kaf
    "\u0629\u06c1\u06be\u06c3\u06d5": "\u0647",  # teh marbuta and forms of heh
    "\u0671\u0672\u0673": "\u0627",  # alef with wasla or wavy hamza
    # Tatweel stretches a word and means nothing.
    "\u0640": "",
    # Characters that are not seen, though Unicode counts them among the letters and marks.
    "\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0": "",
}

#: Marks above, below and through a letter that a reader may leave out. Those of other scripts are part
#: of the spelling.
_ACCENTS: Final = (
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0483, 0x0489),  # Cyrillic
    (0x0591, 0x05C7),  # Hebrew points and cantillation
    (0x0610, 0x061A),  # Arabic honorifics
    (0x064B, 0x065F),  # Arabic vowels, madda, hamza above and below
    (0x0670, 0x0670),  # superscript alef
    (0x06D6, 0x06ED),  # Koranic signs
    (0x0711, 0x0711),  # Syriac
    (0x0730, 0x074A),
    (0x0898, 0x089F),  # more Arabic
    (0x08CA, 0x08FF),
    (0x1AB0, 0x1AFF),  # more Latin
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),  # circles and keycaps
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),  # half marks
    (0xE0100, 0xE01EF),
)

#: Format characters (Cf) that are seen: the signs that embrace an Arabic or Kaithi number.
_SEEN_FORMATS: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")

#: Members of Pd that are no dashes: the wave dash, the wavy dash, the double hyphen of kana.
_NO_DASHES: Final = frozenset("〜〰゠")


def _fold_character(character: str) -> str:
    """Fold one character: the whole of folding, save for runs of white space."""
    category = unicodedata.category(character)
    if character.isspace():
        return " "
    if category == "Cc" or (category == "Cf" and character not in _SEEN_FORMATS):
        return ""
    if category in {"Mn", "Me"} and any(low <= ord(character) <= high for low, high in _ACCENTS):
        return ""
    if category == "Pd" and character not in _NO_DASHES:
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return _fold_parts(character, category)


def _fold_parts(character: str, category: str) -> str:
    """Take a character apart as far as Unicode can, fold the parts, and compose what is left."""
    parts = unicodedata.normalize("NFKD", character)
    if parts.startswith(" ") or (category == "Sm" and len(parts) > 1 and unicodedata.combining(parts[-1])):
        return character  # a free-standing accent; a symbol struck through, which means its contrary
    if parts == character:
        parts = character.casefold()
    if parts == character:
        return character
    return unicodedata.normalize("NFC", "".join(FOLDINGS[ord(part)] for part in parts))


class _Foldings(dict[int, str]):
    """What each character folds to, worked out when it is first met. `str.translate` takes it."""

    def __missing__(self, code: int) -> str:
        piece = self[code] = _fold_character(chr(code))
        return piece


FOLDINGS: Final = _Foldings({ord(character): piece for alike, piece in _ALIKE.items() for character in alike})

#: Code points folded at a time: enough to make the calls cheap, few enough that a stretch in another
#: script slows down only itself.
_CHUNK: Final = 1 << 14

#: Bytes in UTF-8 for each code point from which a chunk is looked up character by character; below,
#: it is mostly ASCII, and substituting the few others first is twice as fast.
_MIXED: Final = 1.1

_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_SPACES: Final = re.compile(r"  +")

#: Where folding may change the length of a text: at all that is not ASCII, at control characters, and
#: at white space with neighbours of either kind. Visible ASCII and lone white space fold one to one.
_UNEVEN: Final = re.compile(r"[^!-~]{2,}|[^ -~\t-\r\x1c-\x1f]")


def folded(text: str) -> str:
    r"""Return a text in the form in which it is compared and searched.

    >>> folded("“You’ve created…”  STRASSE, Straße, Téhéran, كتاب ۱۳۹۹")
    '"you\'ve created..." strasse, strasse, teheran, کتاب 1399'
    """
    pieces = (_fold_chunk(text[start : start + _CHUNK]) for start in range(0, len(text), _CHUNK))
    return _SPACES.sub(" ", "".join(pieces))


def _fold_chunk(chunk: str) -> str:
    if not chunk.isascii() and len(chunk.encode(errors="surrogatepass")) < _MIXED * len(chunk):
        chunk = _NOT_ASCII.sub(lambda match: match[0].translate(FOLDINGS), chunk)
    return chunk.translate(FOLDINGS)


class Folded(msgspec.Struct, frozen=True, eq=False):
    """A folded text that knows which characters of the source each of its own came from.

    The two run in step except at lumps: stretches of the source that became a stretch of another
    length. A lump is taken whole or not at all. Lumps of no folded characters were dropped.

    Attributes:
        text: The folded text.
        starts: Where each lump starts in the folded text; ascending.
        ends: Where it ends there.
        source_starts: Where it starts in the source.
        source_ends: Where it ends there.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"
    source_starts: "array[int]"
    source_ends: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the source that a half-open span of the folded text came from.

        A character of the source that folds to several is covered if any of them is; marks dropped
        behind a letter belong to it. An empty span becomes an empty one.
        """
        source_start = self._source(start)[0]
        return (source_start, self._source(end - 1)[1]) if end > start else (source_start, source_start)

    def _source(self, offset: int) -> tuple[int, int]:
        """Return the span of the source behind one folded character."""
        lump = bisect_right(self.starts, offset) - 1
        if lump < 0:
            return offset, offset + 1
        if offset < self.ends[lump]:
            return self.source_starts[lump], self.source_ends[lump]
        start = self.source_ends[lump] + offset - self.ends[lump]
        return start, start + 1


def fold(text: str) -> Folded:
    """Fold a text and keep the way back. Where only the folded text is needed, `folded` is faster.

    >>> folding = fold("Die Straße …")
    >>> start = folding.text.index("strasse")
    >>> folding.span(start, start + len("strasse"))
    (4, 10)
    """
    folding = _Folding()
    done = 0
    for uneven in _UNEVEN.finditer(text):
        folding.add_even(text[done : uneven.start()])
        folding.add_uneven(uneven[0])
        done = uneven.end()
    folding.add_even(text[done:])
    return folding.result()


class _Folding:
    """A folded text and its lumps while they grow.

    `_unit` is where the last character that left something behind starts, in the source and in the
    folded text: what is dropped behind it may have to be joined to it.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._lumps = tuple(array("Q") for _ in range(4))
        self._unit: tuple[int, int] | None = None
        self._source = 0
        self._length = 0

    def result(self) -> Folded:
        return Folded("".join(self._pieces), *self._lumps)

    def add_even(self, text: str) -> None:
        """Add text that folds one to one."""
        if text:
            self._pieces.append(text.translate(FOLDINGS))
            self._source += len(text)
            self._length += len(text)
            self._unit = self._source - 1, self._length - 1

    def add_uneven(self, text: str) -> None:
        """Add text of which any character may fold to none, one or many."""
        blank = False
        for character in text:
            piece = FOLDINGS[ord(character)]
            self._source += 1
            if not piece:
                self._drop(character)
            elif piece == " " and blank:
                self._join_to_unit()
            else:
                self._keep(piece)
                blank = piece == " "

    def _keep(self, piece: str) -> None:
        self._unit = self._source - 1, self._length
        self._pieces.append(piece)
        self._length += len(piece)
        if len(piece) > 1:
            self._add_lump(*self._unit)

    def _drop(self, character: str) -> None:
        if self._unit and unicodedata.category(character).startswith("M"):
            self._join_to_unit()
        else:
            self._add_lump(self._source - 1, self._length)

    def _join_to_unit(self) -> None:
        """Make one lump of the last unit and all that was dropped behind it."""
        if self._unit:
            _, _, source_starts, source_ends = self._lumps
            while source_starts and source_starts[-1] > self._unit[0]:
                for offsets in self._lumps:
                    offsets.pop()
            if source_starts and source_starts[-1] == self._unit[0]:
                source_ends[-1] = self._source
            else:
                self._add_lump(*self._unit)

    def _add_lump(self, source_start: int, start: int) -> None:
        for offsets, offset in zip(self._lumps, (start, self._length, source_start, self._source), strict=True):
            offsets.append(offset)
