"""Conditions in SQL, joined so that SQLite can read very many of them.

SQLite reads from left to right, remembers each bracket that is open, and refuses a condition that has too many
open brackets or too many operators one inside the other. So the longest part comes first, where its brackets
open before anything else has to be remembered, and the others follow in short chains. And what is looked up in
another table, such as any of a thousand names, is looked up there once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

import msgspec

Operator = Literal["AND", "OR"]

#: Conditions that one chain holds: few chains in chains, and none that is deep.
_CHAIN: Final = 30


class Sql(msgspec.Struct, frozen=True):
    """A condition in SQL.

    Attributes:
        condition: The condition, with a `?` for each value.
        values: The values.
        path: What leads to the table whose rows the condition is about, around `{}`: `speaker IN (SELECT ... {})`.
            It says that there is such a row, so that of two conditions on one path either is met by some row if the
            one or the other is.
        is_choice: Whether the condition is several ones joined by OR, which AND would tear apart.
    """

    condition: str
    values: tuple[object, ...] = ()
    path: str = "{}"
    is_choice: bool = False

    @property
    def text(self) -> str:
        """The whole condition."""
        return self.path.format(self.condition)

    def along(self, path: str) -> "Sql":
        """Return the condition at the end of another path."""
        return Sql(self.condition, self.values, path.format(self.path), self.is_choice)

    def within(self, text: str) -> "Sql":
        """Put the condition in the place of `{}` in a text, which embraces it."""
        return Sql(text.format(self.text), self.values)


def joined(parts: Iterable[Sql], operator: Operator) -> Sql:
    """Join conditions; of none, AND makes one that is always met and OR one that never is."""
    ordered = sorted(_merged(parts) if operator == "OR" else parts, key=lambda part: len(part.text), reverse=True)
    if len(ordered) < 2:  # noqa: PLR2004 - nothing to join
        return ordered[0] if ordered else Sql("1" if operator == "AND" else "0")
    first, *others = ordered
    rest = _chained(others, operator)
    return _chain([first, rest.within("({})") if len(others) > 1 else rest], operator)


def _merged(parts: Iterable[Sql]) -> Iterator[Sql]:
    """Put alternatives together that are at the end of one path."""
    paths: dict[str, list[Sql]] = {}
    for part in parts:
        paths.setdefault(part.path, []).append(part)
    for path, group in paths.items():
        if path == "{}" or len(group) == 1:
            yield from group
        else:
            yield _chained([Sql(part.condition, part.values) for part in group], "OR").along(path)


def _chained(parts: Sequence[Sql], operator: Operator) -> Sql:
    """Join conditions in chains, and the chains in chains."""
    while len(parts) > _CHAIN:
        chunks = [parts[start : start + _CHAIN] for start in range(0, len(parts), _CHAIN)]
        parts = [_chain(chunk, operator).within("({})") for chunk in chunks]
    return _chain(parts, operator)


def _chain(parts: Sequence[Sql], operator: Operator) -> Sql:
    texts = (f"({part.text})" if part.is_choice and part.path == "{}" else part.text for part in parts)
    values = tuple(value for part in parts for value in part.values)
    return Sql(f" {operator} ".join(texts), values, is_choice=operator == "OR" and len(parts) > 1)
