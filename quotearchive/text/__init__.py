"""Text as it is kept, compared, named and shown.

`canonical` returns the form in which a document's text is stored, `sha256_of` its hash. `folded` and `fold` return
the form in which texts are compared and searched, `fold` with the way back. `slugify` makes names for the command
line. `paragraphs` and `paragraph_number` find where in a text something is. `visible`, `show`,
`is_right_to_left` and `isolated` make a text fit for a terminal; `neutralise_cell` and `join_names` make one fit for
the cell of a table, and `restore_cell` and `split_names` undo that. `escape_surrogates` makes Unicode of a string that
is none. `counted` puts a number before a noun. Everything here takes time linear in
its input and no input makes it fail.
"""

from quotearchive.text.canonical import canonical, paragraph_number, paragraphs, sha256_of
from quotearchive.text.csv_cells import join_names, neutralise_cell, restore_cell, split_names
from quotearchive.text.display import Shown, counted, is_right_to_left, isolated, show, visible
from quotearchive.text.folding import Folded, fold, folded
from quotearchive.text.slugs import is_slug, slugify
from quotearchive.text.unicode import escape_surrogates, unescape_bytes

__all__ = [
    "Folded",
    "Shown",
    "canonical",
    "counted",
    "escape_surrogates",
    "fold",
    "folded",
    "is_right_to_left",
    "is_slug",
    "isolated",
    "join_names",
    "neutralise_cell",
    "paragraph_number",
    "paragraphs",
    "restore_cell",
    "sha256_of",
    "show",
    "slugify",
    "split_names",
    "unescape_bytes",
    "visible",
]
