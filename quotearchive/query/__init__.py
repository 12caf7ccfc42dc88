"""A search expression and what it means.

`parse` reads what a user typed as a `Query`, a tree of small frozen predicates that prints to itself and
matches an `Entry`: a quote or a document with what is known of it. `highlights` says where in a text the
words of a query stand. What a word is, for every search, is said in `words`. Nothing here knows of the
index, which answers the same faster.
"""

from quotearchive.query.conditions import (
    And,
    Dated,
    Holds,
    Leaf,
    Not,
    Numbered,
    Or,
    Query,
    Trait,
    Words,
    all_of,
    any_of,
    conditions_of,
    sought,
)
from quotearchive.query.entries import Entry, document_entry, find_bounds, quote_entry
from quotearchive.query.fields import FIELDS, HELP, TRAITS, condition
from quotearchive.query.highlights import highlights
from quotearchive.query.language import Parsed, parse

__all__ = [
    "FIELDS",
    "HELP",
    "TRAITS",
    "And",
    "Dated",
    "Entry",
    "Holds",
    "Leaf",
    "Not",
    "Numbered",
    "Or",
    "Parsed",
    "Query",
    "Trait",
    "Words",
    "all_of",
    "any_of",
    "condition",
    "conditions_of",
    "document_entry",
    "find_bounds",
    "highlights",
    "parse",
    "quote_entry",
    "sought",
]
