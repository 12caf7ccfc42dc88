"""A search expression and what it means.

`parse` reads what a user typed as a `Query`, a tree of small frozen conditions that print as they are typed and
know their SQL. `QUERY_FIELDS` says what can be asked for, `words` what a word is, for every search. `highlights` finds
the words of a query in a text. Nothing here opens the index, which answers.
"""

from quotearchive.query.conditions import (
    And,
    Dated,
    Holds,
    Involves,
    Not,
    Numbered,
    Or,
    Placed,
    Query,
    Trait,
    Words,
    all_of,
    any_of,
    conditions_of,
    words_of,
)
from quotearchive.query.fields import QUERY_FIELDS
from quotearchive.query.highlights import highlights
from quotearchive.query.language import HELP, Parsed, parse
from quotearchive.query.values import condition

__all__ = [
    "HELP",
    "QUERY_FIELDS",
    "And",
    "Dated",
    "Holds",
    "Involves",
    "Not",
    "Numbered",
    "Or",
    "Parsed",
    "Placed",
    "Query",
    "Trait",
    "Words",
    "all_of",
    "any_of",
    "condition",
    "conditions_of",
    "highlights",
    "parse",
    "words_of",
]
