"""Remarks on what of a word processor's file isn't in its text, or is there although it isn't settled."""

from collections import Counter
from typing import Final

from quotearchive.errors import shorten

#: What may be left out, in the order in which it is told, one and several of it.
_LEFT_OUT: Final = {
    "comments": ("comment", "comments"),
    "deletions": ("deletion", "deletions"),
    "headers and footers": ("header or footer", "headers and footers"),
    "hidden passages": ("hidden passage", "hidden passages"),
    "editors' notes": ("editor's note", "editors' notes"),
    "embedded documents": ("embedded document", "embedded documents"),
    "locked chapters": ("locked chapter", "locked chapters"),
}

#: What else may be told, for one and for several.
_TOLD: Final = {
    "insertions": (
        "1 insertion, which nobody has accepted yet, is in the text.",
        "{} insertions, which nobody has accepted yet, are in the text.",
    ),
    "numbers": (
        "The number of 1 paragraph is computed by the program that shows it, and is not in the text.",
        "The numbers of {} paragraphs are computed by the program that shows them, and are not in the text.",
    ),
    "symbols": (
        "1 sign of a special font is unknown, and � stands for it.",
        "{} signs of special fonts are unknown, and � stands for each.",
    ),
}


class Passed:
    """Counts what was passed over in a file, and says it.

    >>> passed = Passed()
    >>> passed.add("comments", 3), passed.add("deletions")
    (True, True)
    >>> passed.remarks()
    ('3 comments and 1 deletion were left out.',)
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, what: str, count: int = 1) -> bool:
        """Count something that is passed over; always true, so that a check for it can end with this."""
        self._counts[what] += count
        return True

    def remarks(self) -> tuple[str, ...]:
        """Return a sentence on what was left out, and others on what the text holds or lacks."""
        left_out = [
            f"{self._counts[what]} {forms[self._counts[what] > 1]}"
            for what, forms in _LEFT_OUT.items()
            if self._counts[what]
        ]
        whole = " and ".join(filter(None, [shorten(left_out[:-1], len(left_out)), *left_out[-1:]]))
        is_one = sum(self._counts[what] for what in _LEFT_OUT) == 1
        told = [
            forms[self._counts[what] > 1].format(self._counts[what])
            for what, forms in _TOLD.items()
            if self._counts[what]
        ]
        return (*((f"{whole} {'was' if is_one else 'were'} left out.",) if left_out else ()), *told)
