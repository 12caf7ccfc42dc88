"""Names of people and bodies: how they sound, and whether two of them may be one.

`key` gives the form in which two spellings count as the same name. `compare` says how likely it is that
two different names are one person's, and why. `find_like` and `find_doubles` look through many. Names of
topics are compared by `compare_paths`. Nothing here knows of archives.
"""

from quotearchive.names.likeness import CERTAIN_ENOUGH, Likeness, compare
from quotearchive.names.many import Double, find_doubles, find_like
from quotearchive.names.paths import compare_paths
from quotearchive.names.spelling import key

__all__ = [
    "CERTAIN_ENOUGH",
    "Double",
    "Likeness",
    "compare",
    "compare_paths",
    "find_doubles",
    "find_like",
    "key",
]
