"""The form in which two spellings count as the same name, with no doubt about it."""

import re
from typing import Final

from quotearchive.text import folded

_MARKS: Final = re.compile(r"[\".,،]")


def key(name: str) -> str:
    """Give the form in which two spellings of a name are the same: case, accents and marks don't count.

    >>> key("Hāshem  KHASTAR"), key("Ja'far Panahi") == key("Jafar Panahi")
    ('hashem khastar', True)
    """
    return " ".join(_MARKS.sub(" ", folded(name).replace("'", "")).split())
