"""Signs that a text is not what its author wrote, whatever format it came from."""

import re
from collections.abc import Iterator
from typing import Final

from quotearchive.text import counted

#: Letters of UTF-8 that were read as Latin-1 or Windows-1252: two or three for one, as no language has them.
_GARBLED: Final = re.compile(
    "Ã[\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|â€[\u0080-\u00bf\u0152-\u017e\u02dc\u2013-\u203a\u2122]"
    "|Â[\u00a0-\u00bf]"
    "|(?:[ÐÑ][\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]){2}"
    "|(?:[ØÙÛ][\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]){2}"
)

#: Signs of garbling from which it is told: fewer may be words about it.
_SOME: Final = 3

#: Code points for each sign at most: a book may quote a garbled page.
_FREQUENT: Final = 2_000

#: What stands for bytes that could not be decoded.
LOST: Final = "\ufffd"


def doubts(text: str) -> Iterator[str]:
    """Yield sentences on what seems wrong with a text, with what to do.

    >>> list(doubts("Dear all"))
    []
    >>> [doubt] = doubts("42 43")
    >>> doubt
    'The text has no letters. If the file shows words, save them as plain text (UTF-8) and add that.'
    """
    lost = text.count(LOST)
    if not lost and not any(map(str.isalpha, text)):
        yield "The text has no letters. If the file shows words, save them as plain text (UTF-8) and add that."
    if lost:
        yield (
            f"The text has {counted(lost, 'sign')} {LOST} where letters were lost. "
            "Look for a better copy of the file before you quote from there."
        )
    garbled = _GARBLED.findall(text)
    if len(garbled) >= max(_SOME, len(text) // _FREQUENT):
        yield (
            f"The letters seem garbled ({', '.join(dict.fromkeys(garbled[:_SOME]))}). If they are, save the file as"
            " UTF-8 with the program that it is from, and add that."
        )
