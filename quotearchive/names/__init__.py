"""Names of people and bodies: how they sound, and whether two of them may be one.

`key` returns the form in which two spellings count as the same name. `likeness.compare` returns how likely it is
that two different names are one person's, and why. `duplicates` looks through many names, and `topic_likeness`
compares topics. Those that romanize take time to import, and most commands need only keys. Nothing here knows of
archives.
"""

import re
from typing import Final

from quotearchive.text import folded

_MARKS: Final = re.compile(r"[\".,،]")


def key(name: str) -> str:
    """Return the form in which two spellings of a name are the same: case, accents and marks don't count.

    >>> key("Hāshem  KHASTAR"), key("Ja'far Panahi") == key("Jafar Panahi")
    ('hashem khastar', True)
    """
    return " ".join(_MARKS.sub(" ", folded(name).replace("'", "")).split())
