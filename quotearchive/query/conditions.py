"""The conditions of a query: small frozen predicates over an entry, which print as they are typed.

Two conditions that mean the same by their form are equal: `all_of` and `any_of` flatten what they join,
and a double `Not` is none.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from quotearchive.query.entries import Entry
from quotearchive.query.words import plain, wanted

#: Words that mean something else when they stand by themselves in capitals.
OPERATORS: Final = frozenset({"AND", "OR", "NOT"})

#: Marks that embrace a phrase: what opens it, and what may close it.
MARKS: Final = {'"': '"', "“": "”“", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}

#: Every character that is a mark.
ANY_MARK: Final = "".join(sorted({*MARKS, *"".join(MARKS.values())}))

_BARE_WORD: Final = re.compile(rf"[^\s():*{ANY_MARK}\-][^\s():*{ANY_MARK}]*")
_BARE_VALUE: Final = re.compile(rf"[^\s(){ANY_MARK}]+")


class Words(msgspec.Struct, frozen=True):
    """Words that follow one another in the text: one, most often, or a phrase.

    Attributes:
        text: As typed, without quotation marks.
        is_prefix: Whether the last may be the beginning of a longer word.
    """

    text: str
    is_prefix: bool = False

    @property
    def words(self) -> str:
        """Folded, with one space between them."""
        return wanted(self.text)

    def matches(self, entry: Entry) -> bool:
        """Say whether the words stand in the entry's text."""
        return f" {self.words}{'' if self.is_prefix else ' '}" in entry.words

    def __str__(self) -> str:
        is_bare = _BARE_WORD.fullmatch(self.text) and self.text not in OPERATORS
        return f"{self.text if is_bare else _quoted(self.text)}{'*' if self.is_prefix else ''}"


class Holds(msgspec.Struct, frozen=True):
    """A value of a field holds another, folded, at its beginning or anywhere."""

    field: str
    value: str
    at_beginning: bool = False

    @property
    def wanted(self) -> str:
        """The value that is looked for, folded."""
        return plain(self.value)

    def matches(self, entry: Entry) -> bool:
        """Say whether any of the entry's values holds it."""
        values = entry.plain_fields.get(self.field, ())
        if self.at_beginning:
            return any(value.startswith(self.wanted) for value in values)
        return any(self.wanted in value for value in values)

    def __str__(self) -> str:
        is_bare = _BARE_VALUE.fullmatch(self.value)
        return f"{self.field}:{self.value if is_bare else _quoted(self.value)}"


class Dated(msgspec.Struct, frozen=True):
    """A date that may lie in a range: it does not end before the range begins, nor begin after its end.

    Attributes:
        field: `date` or `said`.
        value: As typed, such as `2021-01..2021-06`.
        low: Where the range begins, as a key that sorts with `dates.bounds`.
        high: Where it ends.
    """

    field: str
    value: str
    low: str
    high: str

    def matches(self, entry: Entry) -> bool:
        """Say whether any of the entry's dates may lie in the range."""
        bounds = entry.bounds.get(self.field, ())
        return any(earliest <= self.high and self.low <= latest for earliest, latest in bounds)

    def __str__(self) -> str:
        return f"{self.field}:{self.value}"


class Numbered(msgspec.Struct, frozen=True):
    """A number in a range, both ends in it: of a quote (`id`) or of its document (`document`)."""

    field: str
    first: int
    last: int

    def matches(self, entry: Entry) -> bool:
        """Say whether the entry has such a number."""
        numbers = entry.numbers if self.field == "id" else (entry.document,)
        return any(self.first <= number <= self.last for number in numbers)

    def __str__(self) -> str:
        end = f"..{self.last}" if self.last != self.first else ""
        return f"{self.field}:{self.first}{end}"


class Trait(msgspec.Struct, frozen=True):
    """Something that a quote is or has, such as `is:nested`."""

    name: str

    def matches(self, entry: Entry) -> bool:
        """Say whether the entry has the trait."""
        return self.name in entry.traits

    def __str__(self) -> str:
        return self.name


class Not(msgspec.Struct, frozen=True):
    """What its part does not match."""

    part: "Query"

    def matches(self, entry: Entry) -> bool:
        """Say whether the part does not match."""
        return not self.part.matches(entry)

    def __str__(self) -> str:
        return f"-{_bracketed(self.part, And, Or)}"


class And(msgspec.Struct, frozen=True):
    """What all of its parts match; without parts it matches everything."""

    parts: "tuple[Query, ...]" = ()

    def matches(self, entry: Entry) -> bool:
        """Say whether all parts match."""
        return all(part.matches(entry) for part in self.parts)

    def __str__(self) -> str:
        return " ".join(_bracketed(part, Or) for part in self.parts)


class Or(msgspec.Struct, frozen=True):
    """What at least one of its parts matches."""

    parts: "tuple[Query, ...]"

    def matches(self, entry: Entry) -> bool:
        """Say whether any part matches."""
        return any(part.matches(entry) for part in self.parts)

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


#: A condition that holds no other.
Leaf = Words | Holds | Dated | Numbered | Trait

Query = Leaf | Not | And | Or


def all_of(parts: Iterable[Query]) -> Query:
    """Join conditions that must all hold.

    >>> str(all_of([Words("prison"), all_of([Holds("speaker", "khastar"), Trait("has:note")])]))
    'prison speaker:khastar has:note'
    """
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: Iterable[Query]) -> Query:
    """Join conditions of which one must hold; at least one is given."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def none_of(part: Query) -> Query:
    """Turn a condition into its contrary.

    >>> str(none_of(none_of(Words("prison"))))
    'prison'
    """
    return part.part if isinstance(part, Not) else Not(part)


def conditions_of(query: Query) -> tuple[Query, ...]:
    """Give the conditions that a query joins, each of which must hold."""
    return query.parts if isinstance(query, And) else (query,)


def sought(query: Query) -> tuple[Words, ...]:
    """Give the words that a query looks for: all but those it excludes.

    >>> [str(words) for words in sought(And((Words("prison"), Not(Words("school")))))]
    ['prison']
    """
    if isinstance(query, Words):
        return (query,)
    parts = query.parts if isinstance(query, And | Or) else ()
    return tuple(words for part in parts for words in sought(part))


def _quoted(text: str) -> str:
    return f'"{text}"'


def _bracketed(part: Query, *kinds: type[Query]) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)
