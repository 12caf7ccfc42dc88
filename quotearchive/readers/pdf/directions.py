"""Lines whose characters pdfium does not give in logical order: right-to-left scripts, and scripts of clusters.

Where characters stand on the page tells their order: a line of Persian runs from the right to the left, figures and
Latin words in it from the left to the right. What stands nowhere is a ligature: several letters in one place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

import msgspec

#: Letters of scripts that run from right to left, with their presentation forms.
RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

#: Marks of those scripts, which stand over and under letters.
MARKS: Final = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\ufb1e]"
)

#: Letters of the languages that write a non-joiner: Persian, Urdu, Kurdish and their neighbours.
UNJOINABLE: Final = re.compile("[\u0679-\u06d3]")

#: Figures and letters that run from left to right.
_FORWARD: Final = re.compile("\\d|[^\\W_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

_BETWEEN_WORDS: Final = re.compile(r"\S+")

#: Letters of the Indic scripts, whose signs stand around their letters.
CLUSTERED: Final = re.compile("[\u0900-\u0dff]")

#: How flat a stroke is, against the size of its letters, that only lengthens a word (a kashida).
_FLAT: Final = 0.17

#: The gap between two words of an Indic script, against the size of their letters.
_GAP: Final = 0.13

#: The gap from which letters that pdfium gives as one word are two, against the size of the letters.
_BLANK: Final = 0.24

#: How high above its line a letter's foot may be, against the size of the letters.
_LOW: Final = 0.35

#: How near two places are that are one, in points.
_SAME: Final = 0.1

_LAM: Final = "\u0644"
_ALEFS: Final = "\u0627\u0622\u0623\u0625\u0671"

#: Characters that join figures: "3.5", "12/1948".
_JOINERS: Final = frozenset(".,/:-–+%٪٫٬")

_TATWEEL: Final = "\u0640"

#: Arabic letters that join the letter behind them, and those that no letter joins.
_JOINING: Final = frozenset("بتثجحخسشصضطظعغفقكلمنهيئپچکگیىېۍڭہھ")
_JOINED: Final = re.compile("[\u0622-\u063a\u0641-\u064a\u0671-\u06d3]")

#: Stands for a place where letters may not be joined: private characters, one for each shape of a letter.
_FIRST_SHAPE: Final = 0xF0000
_MOST_SHAPES: Final = 0xFFF0
_SHAPE: Final = re.compile("[\U000f0000-\U000fffff]")

#: How often a shape must end words to be a final one.
_FEW: Final = 3


class Glyph(msgspec.Struct):
    """A character and where it stands: its place in the line that pdfium gives, and its box in points."""

    at: int
    character: str
    left: float
    right: float
    bottom: float
    top: float
    origin: float
    baseline: float


class Shapes:
    """The shapes of a document's Arabic letters, which tell where a word has letters that are not joined.

    pdfium gives no zero width non-joiner. But the letter before one has the shape that it has at the end of a word,
    and not the one that it has within.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._within: Counter[int] = Counter()
        self._final: Counter[int] = Counter()

    def note(self, unit: Sequence[Glyph], following: Sequence[Glyph] | None, size: float) -> str:
        """Note a letter's shape, at the end of a word or within it.

        Args:
            unit: The letter, with its marks.
            following: The letter behind it in its word; None at the word's end.
            size: The size of the letters, in points.

        Returns:
            What stands for the place behind it; nothing where it doesn't matter.
        """
        letter = unit[0]
        if len(unit) > 1 or letter.character not in _JOINING:
            return ""
        if following is not None and not _JOINED.match(following[0].character):
            return ""
        width, height = letter.right - letter.left, letter.top - letter.bottom
        shape = (letter.character, round(width * 40 / size), round(height * 40 / size))
        number = self._numbers.setdefault(shape, len(self._numbers))
        if number >= _MOST_SHAPES:
            return ""
        counts = self._final if following is None else self._within
        counts[number] += 1
        return "" if following is None else chr(_FIRST_SHAPE + number)

    def settle(self, words: str) -> str:
        """Put non-joiners into the words of a line, once all shapes of the document are known."""
        return _SHAPE.sub(lambda found: "\u200c" if self._is_final(ord(found[0]) - _FIRST_SHAPE) else "", words)

    def _is_final(self, number: int) -> bool:
        return self._final[number] >= _FEW and self._final[number] > self._within[number]


def logical_words(glyphs: Sequence[Glyph], size: float, shapes: Shapes | None) -> tuple[str, bool]:
    """Put the characters of a line in logical order.

    Args:
        glyphs: The characters in pdfium's order.
        size: The size of the letters, in points.
        shapes: The shapes of the document's letters, which settle the words; None where no letters stand unjoined.

    Returns:
        The words, and whether the line as a whole runs from right to left.
    """
    words = "".join([glyph.character for glyph in glyphs])
    backward = len(RIGHT_TO_LEFT.findall(words))
    forward = len(_FORWARD.findall(words)) - sum(map(str.isdigit, words))
    if forward > backward:
        return words, False
    _take_off_kashidas(glyphs, size)
    split = [list(glyphs[found.start() : found.end()]) for found in _BETWEEN_WORDS.finditer(words)]
    units = _marked_units(split) if MARKS.search(words) else [_units(word) for word in split]
    units.sort(key=lambda word: -word[0][0].right)
    return _with_forward_runs(units, size, shapes), True


def _marked_units(split: Sequence[list[Glyph]]) -> list[list[list[Glyph]]]:
    marks = [glyph for word in split for glyph in word if MARKS.match(glyph.character)]
    bare = ([glyph for glyph in word if not MARKS.match(glyph.character)] for word in split)
    units = [_units(word) for word in bare if word]
    _attach(marks, units)
    return units


def clustered_words(glyphs: Sequence[Glyph], size: float) -> str:
    """Return the words of a line of an Indic script, without the blanks that pdfium sees within a word."""
    kept = []
    for at, glyph in enumerate(glyphs):
        if glyph.character == " " and 0 < at < len(glyphs) - 1:
            right = max(each.right for each in glyphs[max(0, at - 3) : at])
            following = [each for each in glyphs[at + 1 : at + 4] if not each.character.isspace()]
            left = min((each.left for each in following), default=right)
            if left - right < _GAP * size:
                continue
        kept.append(glyph.character)
    return "".join(kept)


def _take_off_kashidas(glyphs: Sequence[Glyph], size: float) -> None:
    """Take the characters from strokes that lengthen a word, whatever the font calls them."""
    flat = _FLAT * size
    for glyph in glyphs:
        height = glyph.top - glyph.bottom
        if (0 < height < flat and glyph.character.isalnum()) or glyph.character == _TATWEEL or glyph.character < " ":
            glyph.character = ""


def _units(word: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the ligatures and single characters of a word, from the right to the left."""
    last = word[0]
    units = [[last]]
    is_ordered = True
    for glyph in word[1:]:
        if (
            abs(glyph.left - last.left) < _SAME
            and abs(glyph.right - last.right) < _SAME
            and abs((glyph.origin - glyph.left) - (last.origin - last.left)) < _SAME
        ):
            units[-1].append(glyph)
            continue
        is_ordered = is_ordered and glyph.left + glyph.right <= last.left + last.right
        last = glyph
        units.append([glyph])
    if len(units) < len(word):
        units = [_ligature(unit) for unit in units]
    return units if is_ordered else sorted(units, key=lambda unit: -(unit[0].left + unit[0].right))


def _ligature(unit: list[Glyph]) -> list[Glyph]:
    """Turn a ligature about whose alef pdfium gives before its lam."""
    letters = "".join(glyph.character for glyph in unit)
    turned = len(unit) > 1 and letters[-1] == _LAM and letters[0] in _ALEFS
    return unit[::-1] if turned else unit


def _attach(marks: Sequence[Glyph], words: Sequence[list[list[Glyph]]]) -> None:
    """Put each mark behind the letter with which it is one glyph, or over or under which it stands."""
    letters = [unit for word in words for unit in word]
    for mark in marks:
        if letters:
            min(letters, key=partial(_distance, mark)).append(mark)


def _distance(mark: Glyph, unit: Sequence[Glyph]) -> tuple[bool, bool, float]:
    letter = unit[0]
    place = (mark.left + mark.right) / 2
    is_one_glyph = abs(letter.origin - mark.origin) < _SAME and abs(letter.baseline - mark.baseline) < _SAME
    is_inside = letter.left <= place <= letter.right
    return not is_one_glyph, not is_inside, abs((letter.left + letter.right) / 2 - place)


def _with_forward_runs(words: Sequence[list[list[Glyph]]], size: float, shapes: Shapes | None) -> str:
    """Write out words that stand from right to left; figures and Latin words among them run the other way."""
    signs: list[str] = []
    blank = _BLANK * size
    for word in words:
        if signs:
            signs.append(" ")
        last = word[0]
        for at, unit in enumerate(word):
            if last[0].left - unit[0].right > blank and _are_apart(last, unit, size):
                signs.append(" ")
            last = unit
            sign = unit[0].character if len(unit) == 1 else "".join([glyph.character for glyph in unit])
            if sign and shapes:
                sign += shapes.note(unit, word[at + 1] if at + 1 < len(word) else None, size)
            if sign:
                signs.append(sign)
    plain = "".join(signs)
    if not _FORWARD.search(plain):
        return plain
    written: list[str] = []
    at = 0
    while at < len(signs):
        end = _forward_end(signs, at)
        written.extend(reversed(signs[at:end]) if end > at else [signs[at]])
        at = max(end, at + 1)
    return "".join(written)


def _are_apart(first: Sequence[Glyph], second: Sequence[Glyph], size: float) -> bool:
    """Check whether two signs that pdfium gives as one word are as far apart as words.

    The boxes of signs with a mark may be the mark's alone; they tell nothing.
    """
    is_low = all(unit[0].bottom - unit[0].baseline < _LOW * size for unit in (first, second))
    return is_low and min(glyph.left for glyph in first) - max(glyph.right for glyph in second) > _BLANK * size


def _forward_end(signs: Sequence[str], at: int) -> int:
    """Return where the run of figures or Latin words ends that begins at a place; the place itself without any."""
    if not _runs_forward(signs[at]):
        return at
    end = at + 1
    ahead = end
    while ahead < len(signs):
        sign = signs[ahead]
        if _runs_forward(sign):
            ahead += 1
            end = ahead
        elif sign in _JOINERS or (sign == " " and signs[end - 1].isalpha()):
            ahead += 1
        else:
            break
    return end


def _runs_forward(sign: str) -> bool:
    return sign[0].isdigit() or (sign[0].isalpha() and not RIGHT_TO_LEFT.match(sign[0]))
