"""Read a region around quotations as a row of symbols: who is mentioned, which words report speech.

A region is a paragraph, or the inside of a quotation that quotes others. Its words outside the quotations become word
classes (`languages.language.CLASSES`); runs of them become mentions of somebody; what is left is one letter a word.
``"No," said Mr. Smith in a letter.`` reads ``Q,VnPDN.`` and is easy to look things up in.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

import msgspec

from quotearchive.detection.languages.language import Language
from quotearchive.model import Span

#: Kinds of mention and the symbols they get; the grammar of each is below.
NAME: Final = "n"
DESCRIPTION: Final = "l"
PRONOUN: Final = "s"
RELATIVE: Final = "r"
#: Symbols of a mention.
MENTIONS: Final = "nlsr"
#: Symbol of a quotation.
QUOTATION: Final = "Q"

# What may begin at each word of a run reaches over at most 30 words: without a bound, a run without end would be gone
# through from each of its words.
_CASED: Final = re.compile(
    r"(?P<l>(?:[CHG]{,30}Cx|D)v?[wgCHGN0]*[wgNH](?![CHG])|[CGw]{,30}g|[CGw]{,30}w(?=a*V)|Dv(?=a*[VB.]))"  # the teacher
    r"|(?P<n>[HG]{,30}C(?:[CHG]|\](?=C)|p+(?=[CG]))*|H{1,30}(?=[BVva.,:]))"  # Mr. Smith; Ursula von der Leyen
    r"|(?P<s>S|D(?=a*[VB])|(?<=V)D(?=[.,]))"  # she; another said
    r"|(?P<r>R)"
)
_CASELESS: Final = re.compile(r"(?P<n>H*[wHgC]+(?:p+[wHgC]+)*)|(?P<s>S)|(?P<r>R)")
_NOUNS_CASED: Final = re.compile(
    r"(?P<l>D[wv]*(?:N|g|C(?![CHG]))|g)|(?P<n>(?:D[wv]*)?[HG]{,9}[CG]{,30}C(?:[CHG]|p+(?=[CG]))*|H)"
    r"|(?P<s>S|D(?=a*[VB]))|(?P<r>R)"
)
#: The grammar of languages that capitalise names, and of those that capitalise all nouns.
_GRAMMARS: Final = {(True, False): _CASED, (False, False): _CASELESS, (True, True): _NOUNS_CASED}
_OPENING_CAPITAL: Final = re.compile(r"(?:(?<=[.Q:-])|(?<=[.Q:-]a)|^)C")
_SIGNS: Final = {"!": ".", "?": ".", "؟": ".", "…": ".", "،": ",", "؛": ",", ";": ",", "—": "-", "–": "-", "[": "a"}
#: Classes that a capital does not change: function words that open a sentence or belong to a heading.
_CLOSED: Final = frozenset("ASORDPKTGHN")
#: Symbols that mean no more when they are repeated.
_RUNS: Final = frozenset("wv,C")
#: A lexicon forgets its words when it has so many; a novel has some 20 thousand.
MOST_WORDS: Final = 50_000
#: Symbols left out of the row: adverbs and numbers stand anywhere.
_SILENT: Final = frozenset("a0]")


class Mention(msgspec.Struct, gc=False):
    """A place where the text names, describes or points at somebody.

    Attributes:
        start: Its first code point.
        end: The code point behind its last one.
        symbol: One of `MENTIONS`.
        place: Index in the region's row of symbols.
        tail: Last word, in lower case.
    """

    start: int
    end: int
    symbol: str
    place: int
    tail: str = ""


class Region(msgspec.Struct):
    """A stretch of text as a row of symbols.

    Attributes:
        start: Its first code point.
        end: The code point behind its last one.
        symbols: The row.
        mentions: The mentions in it, in order.
        places: For each quotation of the region, in order, its index in `symbols`.
        cues: Indices in `symbols` of cues (``V``, ``N``, ``A``) and colons, sorted.
        cue_spans: Where each of them stands in the text.
        mention_places: The `place` of each mention.
        reports: Whether a word of it reports speech: a ``V`` is among its symbols.
    """

    start: int
    end: int
    symbols: str
    mentions: list[Mention]
    places: list[int]
    cues: list[int]
    cue_spans: list[Span]
    mention_places: list[int]
    reports: bool = False


class Lexicon(dict[str, str]):
    """The word class of every token met so far, from text to text: looked up once a word, not once a place.

    Args:
        language: The language of the words.
        opening: Whether the words open a sentence, where a capital means nothing.
    """

    def __init__(self, language: Language, *, opening: bool) -> None:
        super().__init__()
        self._language = language
        self._opening = opening

    def __missing__(self, word: str) -> str:
        """Classify a token."""
        if len(self) > MOST_WORDS:
            self.clear()
        letter = self[word] = self._classify(word)
        return letter

    def _classify(self, word: str) -> str:
        letter = self._language.classes.get(word.lower(), "")
        if word[0].isupper():
            is_shouted = letter != "H" and len(word.strip("'’")) > 1 and word.isupper()
            return letter if letter and not is_shouted and (self._opening or letter in _CLOSED) else "C"
        if letter:
            return "w" if letter == "H" and self._language.cased else letter
        if not word[0].isalnum():
            return "x" if word[0] in "'’" else _SIGNS.get(word[0], word[0])
        if word[0].isdigit():
            return "w" if "-" in word else "0"
        endings = self._language.verb_endings
        return "v" if endings and word.endswith(endings) else "w"


@cache
def _lexicons(language: Language) -> tuple[Lexicon, Lexicon]:
    return Lexicon(language, opening=False), Lexicon(language, opening=True)


def read_region(text: str, language: Language, bounds: Span, quotations: Sequence[tuple[int, int, int, int]]) -> Region:
    """Read a region.

    Args:
        text: The whole text.
        language: Its language.
        bounds: The region's half-open span.
        quotations: For each quotation directly in it, sorted: start and end with the marks, start and end without.
    """
    lexicon, opening = _lexicons(language)
    letters: list[str] = []
    tokens: list[re.Match[str] | None] = []

    def read_words(start: int, end: int) -> None:
        matches = list(language.token.finditer(text, start, end))
        letters.extend([lexicon[match[0]] for match in matches])
        tokens.extend(matches)

    place = bounds[0]
    for outer_start, outer_end, start, end in quotations:
        read_words(place, outer_start)
        letters += QUOTATION, _last_sign(text, start, end)
        tokens += None, None
        place = outer_end
    read_words(place, bounds[1])
    row = "".join(letters)
    if language.cased:  # what opens a sentence is classified anew: its capital makes it no name
        row = _OPENING_CAPITAL.sub(lambda match: opening[tokens[match.start()][0]], row)  # type: ignore[index]
    return _group(_GRAMMARS[language.cased, language.nouns_cased], bounds, row, tokens)


def _group(grammar: re.Pattern[str], bounds: Span, letters: str, tokens: list[re.Match[str] | None]) -> Region:
    """Write the row: a symbol a mention, and what lies between two without what means nothing."""
    region = Region(*bounds, "", [], [], [], [], [])
    pieces: list[str] = []  # a string would be copied each time that it grows
    length, last, done = 0, "", 0
    runs = [(*match.span(), match.lastgroup or NAME) for match in grammar.finditer(letters)]
    for first, end, symbol in (*runs, (len(letters), len(letters), "")):
        kept, offsets = _condense(letters[done:first], last)
        for place, offset in offsets:
            token = tokens[done + offset]
            if token is None:
                region.places.append(length + place)
            else:
                region.cues.append(length + place)
                region.cue_spans.append(token.span())
        length += len(kept)
        head, tail = (tokens[first], tokens[end - 1]) if symbol else (None, None)
        if head and tail:
            region.mentions.append(Mention(head.start(), tail.end(), symbol, length, tail[0].lower()))
            region.mention_places.append(length)
            kept += symbol
            length += 1
        pieces.append(kept)
        last = kept[-1:] or last
        done = end
    region.symbols = "".join(pieces)
    region.reports = "V" in region.symbols
    return region


def _last_sign(text: str, start: int, end: int) -> str:
    """Take the comma or full stop inside the closing mark for one behind it, as British printers do."""
    sign = text[max(start, end - 1) : end]
    if sign in (",", "،"):
        return ","
    return "." if sign in (".", "…") else "a"


@lru_cache(maxsize=MOST_WORDS)
def _condense(letters: str, last: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Leave out silent classes and repetitions; return the rest, and the indices of quotations and cues, new and old.

    `last` is the symbol before the letters, or nothing.
    """
    kept, offsets = "", []
    for offset, letter in enumerate(letters):
        if letter in _SILENT or (letter in _RUNS and (kept or last)[-1:] == letter):
            continue
        if letter in "QVNA:":
            offsets.append((len(kept), offset))
        kept += letter
    return kept, tuple(offsets)
