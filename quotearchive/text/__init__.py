"""Text as it is kept, compared, named and shown.

Everything here takes time linear in its input, and no input makes it fail.
"""

from quotearchive.text.canonical import canonical, paragraphs, sha256_of
from quotearchive.text.csv_cells import join_names, neutralise_cell, restore_cell, split_names
from quotearchive.text.display import Shown, counted, is_right_to_left, isolated, show, visible
from quotearchive.text.folding import Folded, fold, folded
from quotearchive.text.slugs import is_slug, slugify
from quotearchive.text.times import clock, milliseconds
from quotearchive.text.unicode import escape_surrogates, unescape_bytes

__all__ = [
    "Folded",
    "Shown",
    "canonical",
    "clock",
    "counted",
    "escape_surrogates",
    "fold",
    "folded",
    "is_right_to_left",
    "is_slug",
    "isolated",
    "join_names",
    "milliseconds",
    "neutralise_cell",
    "paragraphs",
    "restore_cell",
    "sha256_of",
    "show",
    "slugify",
    "split_names",
    "unescape_bytes",
    "visible",
]
