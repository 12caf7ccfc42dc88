"""Text as it may be written to a terminal.

A document may hold characters that a terminal obeys, that reverse what is read, or that are not seen at
all. They are shown by a sign that can be seen. The text itself is never changed by this.
"""

import re
import unicodedata
from bisect import bisect_left
from typing import Final

import msgspec

#: What may not reach a terminal as it is, or not everywhere: controls but for tab and line feed, and
#: all characters that are not seen. Marks, joiners and selectors that a script needs are let through
#: by `_is_needed`.
_SUSPECT: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, DEL
    "\u00ad\u034f\u061c"  # soft hyphen, grapheme joiner, Arabic letter mark
    "\u115f\u1160\u3164\uffa0\u17b4\u17b5"  # Hangul fillers, inherent Khmer vowels
    "\u180b-\u180f"  # Mongolian selectors and vowel separator
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero-width, line separators, bidi controls
    "\ud800-\udfff"  # surrogates without their other half
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb"  # variation selectors, byte order mark, annotations
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # formats of shorthand and music
    "\U000e0000-\U000e0fff"  # tags and more selectors
    "]"
)

#: Letters and marks of scripts in which a (non-)joiner between two of them is spelling.
_JOINING: Final = re.compile(
    "[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06ef\u06fa-\u06ff\u0710-\u07b1\u07ca-\u07f5\u0840-\u08ff"
    "\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1820-\u18aa\u1900-\u1cff\ua800-\ua9ff\uaa60-\uaaff\uabc0-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)

_NON_JOINER: Final = "\u200c"
_JOINER: Final = "\u200d"
_VIRAMA: Final = 9

#: Categories of what a variation selector may follow: symbols, digits of keycaps, signs such as ‼ and
#: letters without case. Behind any other it selects nothing and may carry a hidden message.
_SELECTABLE: Final = frozenset({"So", "Sm", "Sk", "Po", "Pd", "Nd", "No", "Lo"})

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"

_DELETE: Final = 0x7F


class Shown(msgspec.Struct, frozen=True):
    """A text as it may be shown, that knows the position of each character of the source in it.

    Attributes:
        text: What may be written.
        places: Offsets of the source's characters that were replaced; ascending.
        gains: Code points gained up to and with each of them.
    """

    text: str
    places: tuple[int, ...] = ()
    gains: tuple[int, ...] = ()

    def position(self, offset: int) -> int:
        r"""Return the position of an offset of the source in the shown text; both in code points.

        >>> show("a\x1bb\u202ec").position(4)
        11
        """
        replaced = bisect_left(self.places, offset)
        return offset + (self.gains[replaced - 1] if replaced else 0)


def visible(text: str) -> str:
    r"""Return a text in which nothing can act on a terminal, reorder it or hide.

    Controls other than tab and line feed become control pictures; bidirectional controls, zero-width
    and other unseen characters and lone surrogates become `⟨U+...⟩`. Joiners between letters whose
    script needs them, emoji sequences and combining marks stay. The result may be shown again and stays
    the same; a text with nothing to show is returned as it is.

    >>> visible("\x1b[2J da\u200bngerous \u202e")
    '␛[2J da⟨U+200B⟩ngerous ⟨U+202E⟩'
    """
    return _SUSPECT.sub(_sign, text)


def show(text: str) -> Shown:
    """Make a text visible as `visible` does and keep account of offsets, so that hits can be marked."""
    places: list[int] = []
    gains: list[int] = []
    gained = 0

    def note(suspect: re.Match[str]) -> str:
        nonlocal gained
        sign = _sign(suspect)
        if len(sign) > 1:
            gained += len(sign) - 1
            places.append(suspect.start())
            gains.append(gained)
        return sign

    return Shown(_SUSPECT.sub(note, text), tuple(places), tuple(gains))


def _sign(suspect: re.Match[str]) -> str:
    character = suspect[0]
    code = ord(character)
    if code < ord(" "):
        return chr(0x2400 + code)
    if code == _DELETE:
        return "␡"
    return character if _is_needed(suspect) else f"⟨U+{code:04X}⟩"


def _is_needed(suspect: re.Match[str]) -> bool:
    """Check whether an unseen character belongs to the spelling of its neighbours."""
    character, text, offset = suspect[0], suspect.string, suspect.start()
    before = text[offset - 1 : offset]
    after = text[offset + 1 : offset + 2]
    if not before:
        return False
    if character in (_NON_JOINER, _JOINER):
        return _joins(before, after) or (character == _JOINER and _joins_emoji(before, after))
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return unicodedata.category(before) in _SELECTABLE
    return "\u180b" <= character <= "\u180f" and "\u1820" <= before <= "\u18aa"


def _joins(before: str, after: str) -> bool:
    if not _JOINING.match(before):
        return False
    return unicodedata.combining(before) == _VIRAMA or bool(_JOINING.match(after))


def _joins_emoji(before: str, after: str) -> bool:
    """Check whether both sides look like emoji: symbols, or a symbol's skin tone or selector."""
    symbols = {"So", "Sk"}
    return (before == "\ufe0f" or unicodedata.category(before) in symbols) and (
        after != "" and (after in "♂♀" or unicodedata.category(after) in symbols)
    )


def is_right_to_left(text: str) -> bool:
    """Check whether a text reads from right to left, by its first character that has a direction.

    >>> is_right_to_left("«سلام» said Ali"), is_right_to_left("Ali: سلام"), is_right_to_left("1984")
    (True, False, False)
    """
    if not _RIGHT_TO_LEFT.search(text):
        return False
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"


def isolated(text: str) -> str:
    """Keep a text with right-to-left words from reordering the rest of its line.

    Args:
        text: One line that has gone through `visible`; an isolate ends with its line.

    Returns:
        The text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, or as it is where it holds
        no right-to-left character.
    """
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}" if _RIGHT_TO_LEFT.search(text) else text


def counted(number: int, noun: str) -> str:
    """Return how many there are of something.

    >>> counted(1, "file"), counted(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
