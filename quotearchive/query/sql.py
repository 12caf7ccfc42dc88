"""Conditions in SQL, joined so that SQLite can read very many of them.

SQLite reads from left to right, remembers each bracket that is open, and refuses a condition that has too many
open brackets or too many operators one inside the other. So the longest part comes first, where its brackets
open before anything else has to be remembered, and the others follow in short chains.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

Operator = Literal["AND", "OR"]

#: Conditions that one chain holds: few chains in chains, and none that is deep.
_CHAIN: Final = 30


class Sql(msgspec.Struct, frozen=True):
    """A condition in SQL.

    Attributes:
        text: The condition, with a `?` for each value.
        values: The values.
        is_choice: Whether it is several conditions joined by OR, which AND would tear apart.
    """

    text: str
    values: tuple[object, ...] = ()
    is_choice: bool = False

    def within(self, text: str) -> "Sql":
        """Put the condition in the place of `{}` in a text, which embraces it."""
        return self if text == "{}" else Sql(text.format(self.text), self.values)


def joined(parts: Iterable[Sql], operator: Operator) -> Sql:
    """Join conditions; of none, AND makes one that is always met and OR one that never is."""
    ordered = sorted(parts, key=lambda part: len(part.text), reverse=True)
    if len(ordered) < 2:  # noqa: PLR2004 - nothing to join
        return ordered[0] if ordered else Sql("1" if operator == "AND" else "0")
    first, *others = ordered
    rest = _chained(others, operator)
    return _chain([first, Sql(rest.text, rest.values, is_choice=len(others) > 1)], operator)


def _chained(parts: Sequence[Sql], operator: Operator) -> Sql:
    """Join conditions in chains, and the chains in chains."""
    while len(parts) > _CHAIN:
        chunks = [parts[start : start + _CHAIN] for start in range(0, len(parts), _CHAIN)]
        parts = [_chain(chunk, operator).within("({})") for chunk in chunks]
    return _chain(parts, operator)


def _chain(parts: Sequence[Sql], operator: Operator) -> Sql:
    texts = (f"({part.text})" if part.is_choice else part.text for part in parts)
    values = tuple(value for part in parts for value in part.values)
    return Sql(f" {operator} ".join(texts), values, is_choice=operator == "OR" and len(parts) > 1)
