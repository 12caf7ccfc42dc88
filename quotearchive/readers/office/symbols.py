"""The signs of Word's symbol fonts as characters of Unicode.

Such fonts have signs where others have letters, and Word keeps them at private code points. The table for Symbol is
Adobe's (https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt); of the Wingdings, only what stands in texts:
bullets, boxes, ticks, arrows.
"""

from typing import Final

#: Private code points begin here; a sign's place in its font is added.
_PRIVATE: Final = 0xF000
_PRIVATE_END: Final = 0xF0FF

#: Signs of the font Symbol from 0x20 and from 0xA0; a blank where there is none that a text needs.
_SYMBOL: Final = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
}

_WINGDINGS: Final = {
    0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x9F: "•", 0xA0: "▪", 0xA7: "▪", 0xA8: "◻", 0xB7: "•", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x28: "☎", 0x2A: "✉",
    0x21: "✏", 0x22: "✂", 0x46: "☞", 0xAB: "★",
}  # fmt: skip


def symbol(font: str, code: str) -> str | None:
    """Return a sign of a font.

    Args:
        font: The font's name.
        code: The sign's code point, hexadecimal.

    Returns:
        The character, or None if it isn't known.

    >>> symbol("Symbol", "F061"), symbol("Wingdings", "F0FC"), symbol("Arial", "00E9")
    ('α', '✓', 'é')
    """
    try:
        point = int(code, 16)
    except ValueError:
        return None
    if "wingdings" in font.lower():
        return _WINGDINGS.get(point & 0xFF)
    if "symbol" in font.lower():
        place = point & 0xFF
        start = max((each for each in _SYMBOL if each <= place), default=0xFF)
        signs = _SYMBOL.get(start, "")
        return signs[place - start] if 0 <= place - start < len(signs) else None
    if _PRIVATE <= point <= _PRIVATE_END:
        return None
    return chr(point) if 0x20 <= point < 0xD800 else None  # noqa: PLR2004 - the first character, the first surrogate
