"""The fields of a query: their names, what their values may be, and the condition that each makes."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from quotearchive.query.conditions import Dated, Holds, Numbered, Query, Trait
from quotearchive.query.entries import QUOTE_TRAITS, find_bounds

#: Fields and what `search --help` says of them.
FIELDS: Final[Mapping[str, str]] = {
    "speaker": "who said it, by any part of the name",
    "topic": "what it is about, by any part of the path; prison holds prison/conditions",
    "document": "the source, by any part of its name or title, or by its number",
    "author": "who wrote the source",
    "to": "to whom it was said, or the source was addressed",
    "kind": "letter, article, statement, speech, interview or other",
    "place": "where the source was written",
    "publisher": "who published the source",
    "language": "of the source: en, fa, zh-Hant",
    "note": "words of your own notes",
    "id": "the quote's number: 12 or 12..19",
    "date": "of the source: 2021, 2021-02, 2021-01..2021-06, >=2021",
    "said": "when it was said: the source's date where nothing else is known",
    "is": "relayed (or nested) or split: within another quote, or of several passages",
    "has": "note, topic or speaker",
}

#: The language in a few examples: what is typed and what it finds. Marks need quoting in a shell.
HELP: Final = (
    ("prison phone", "both words, in any order"),
    ('"prison within the prison"', "words that follow one another"),
    ("impris*", "words that begin so"),
    ("strike OR hunger, -school", "one of two; without a word"),
    ('speaker:khastar topic:prison "phone call"', "fields and words together"),
    ("(speaker:khomeini OR is:nested) said:>=2019", "brackets, dates"),
)

TRAITS: Final = tuple(QUOTE_TRAITS)

#: Fields whose values are looked for at their beginning: `fa` is in `fa-IR`, but not in `mfa`.
_AT_BEGINNING: Final = frozenset({"kind", "language"})

#: Beyond any number that is stored, and no more than SQLite takes.
_DIGITS: Final = 18

_NUMBERS: Final = re.compile(rf"([0-9]{{1,{_DIGITS}}})(?:(?:\.\.|-)([0-9]{{1,{_DIGITS}}}))?")
_DATES: Final = re.compile(r"(>=|<=|>|<|)(.+)")

#: What a value should have been, for fields that don't take any words.
EXPECTED: Final[Mapping[str, str]] = {
    "id": "a number such as 12 or 12..19",
    "date": "a date such as 2021, 2021-02, 2021-01..2021-06 or >=2021",
    "said": "a date such as 2021, 2021-02, 2021-01..2021-06 or >=2021",
    "is": "is:relayed, is:nested or is:split",
    "has": "has:note, has:topic or has:speaker",
}


def condition(field: str, value: str) -> Query | None:
    """Make the condition that a field has a value; None if the field can't have it.

    Args:
        field: One of `FIELDS`.
        value: As typed, without quotation marks around it.

    >>> condition("said", ">=2021")
    Dated(field='said', value='>=2021', low='2021-01-01', high='~~')
    >>> condition("said", "soon") is None
    True
    """
    return _SPECIAL.get(field, _holds)(field, value)


def _holds(field: str, value: str) -> Query | None:
    held = Holds(field, value, field in _AT_BEGINNING)
    return held if held.wanted else None


def _numbered(field: str, value: str) -> Query | None:
    parts = _NUMBERS.fullmatch(value.strip())
    return Numbered(field, int(parts[1]), int(parts[2] or parts[1])) if parts else None


def _document(field: str, value: str) -> Query | None:
    return (_numbered(field, value) if value.strip().isdigit() else None) or _holds(field, value)


def _trait(field: str, value: str) -> Query | None:
    name = f"{field}:{value.casefold()}"
    return Trait(name) if name in QUOTE_TRAITS else None


def _dated(field: str, value: str) -> Query | None:
    """Read a date or a range. A key just beyond a bound is made by adding to it or taking from it."""
    if re.search(r"\s", value) or not (parts := _DATES.fullmatch(value)):
        return None
    found = find_bounds(_edtf(parts[2]))
    if found is None:
        return None
    earliest, latest = found
    low, high = {
        "": (earliest, latest),
        ">=": (earliest, _LAST),
        ">": (f"{latest}!", _LAST),
        "<=": ("", latest),
        "<": ("", earliest[:-1]),
    }[parts[1]]
    return Dated(field, value, low, high)


#: Sorts behind every date.
_LAST: Final = "~~"


def _edtf(value: str) -> str:
    """Write a range as EDTF does.

    >>> _edtf("2021-01..2021-06"), _edtf("2021.."), _edtf("../2021")
    ('2021-01/2021-06', '2021/..', '../2021')
    """
    first, dots, last = value.partition("..")
    return f"{first or '..'}/{last or '..'}" if dots and "/" not in value else value


_SPECIAL: Final[Mapping[str, Callable[[str, str], Query | None]]] = {
    "id": _numbered,
    "document": _document,
    "date": _dated,
    "said": _dated,
    "is": _trait,
    "has": _trait,
}
