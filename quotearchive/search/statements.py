"""Queries as SQL: the same answers as asking every entry, without looking at every entry."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from quotearchive.query import And, Dated, Holds, Leaf, Not, Numbered, Or, Query, Trait, Words

#: Fields of documents; `to` is one of quotes too.
_OF_DOCUMENTS: Final = frozenset({"document", "author", "kind", "place", "publisher", "language", "date"})


#: Conditions of a query and words of its longest phrase, together, that SQLite is asked; it refuses to read much
#: longer ones. Words that are joined by one operator are one condition, however many they are.
_LONGEST: Final = 250


def is_too_long(query: Query) -> bool:
    """Say whether a query has more parts than SQLite can be expected to read."""
    return _size(query) > _LONGEST


def _size(query: Query) -> int:
    if isinstance(query, Words):
        return query.words.count(" ") + 1
    if isinstance(query, Not):
        return _size(query.part)
    if not isinstance(query, And | Or):
        return 1
    words, excluded, others = _parted(query)
    return sum(map(_size, others)) + max(map(_size, words), default=0) + max(map(_size, excluded), default=0)


def _parted(query: And | Or) -> tuple[list[Words], list[Words], list[Query]]:
    """Part what a condition joins into words and excluded words, which are looked up together, and the others."""
    words, excluded, others = list[Words](), list[Words](), list[Query]()
    for part in query.parts:
        if isinstance(part, Words):
            words.append(part)
        elif isinstance(part, Not) and isinstance(part.part, Words):
            excluded.append(part.part)
        else:
            others.append(part)
    return words, excluded, others


class Sql(msgspec.Struct, frozen=True):
    """A condition in SQL with the values for its places."""

    text: str
    values: tuple[object, ...] = ()

    def within(self, text: str) -> "Sql":
        """Put the condition in the place of `{}` in a text."""
        return Sql(text.format(self.text), self.values)


#: What is true of every row.
EVERY: Final = Sql("1")


def joined(parts: Sequence[Sql], operator: str) -> Sql:
    """Join conditions, in a tree that is no deeper than it must be: SQLite refuses deep ones."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    first, second = joined(parts[:half], operator), joined(parts[half:], operator)
    return Sql(f"({first.text} {operator} {second.text})", first.values + second.values)


def of_quotes(query: Query) -> Sql:
    """Write a query as a condition on rows of `quotes`, which is called `q`."""
    return _written(query, _of_quote, _QUOTES)


def of_documents(query: Query) -> Sql:
    """Write a query as a condition on rows of `documents`, which is called `d`.

    What only quotes have, a document has if one of its quotes has it.
    """
    return _written(query, _of_document, _PAGES)


def match(words: Iterable[Words], operator: str = "AND") -> str:
    """Write words as an expression of FTS5, whose tokenizer leaves them as they are."""
    return f" {operator} ".join(f'"{each.words}"{" *" if each.is_prefix else ""}' for each in words)


#: The rows of quotes and of documents that have words.
_QUOTES: Final = "q.id IN (SELECT rowid FROM words WHERE words MATCH ?)"
_PAGES: Final = "d.id IN (SELECT rowid FROM pages WHERE pages MATCH ?)"


def _written(query: Query, leaf: Callable[[Leaf], Sql], look_up: str) -> Sql:
    if isinstance(query, Not):
        return _written(query.part, leaf, look_up).within("NOT ({})")
    if isinstance(query, And | Or):
        operator, other = ("AND", "OR") if isinstance(query, And) else ("OR", "AND")
        words, excluded, others = _parted(query)
        parts = [_written(part, leaf, look_up) for part in others]
        parts += [Sql(look_up, (match(words, operator),))] if words else []
        parts += [Sql(look_up, (match(excluded, other),)).within("NOT ({})")] if excluded else []
        return joined(parts, operator) if parts else EVERY
    return leaf(query)


def _of_quote(query: Leaf) -> Sql:
    if isinstance(query, Words):
        return Sql(_QUOTES, (match([query]),))
    if isinstance(query, Holds) and query.field == "to":
        own, recipient = _held("q.to_values", query), _held("to_values", query)
        return joined([own, recipient.within("q.document IN (SELECT id FROM documents WHERE {})")], "OR")
    if isinstance(query, Numbered):
        return _between("q.id" if query.field == "id" else "q.document", query)
    if isinstance(query, Trait):
        return Sql("instr(q.traits, ?)", (query.name,))
    if query.field in _OF_DOCUMENTS:
        return _column(query).within("q.document IN (SELECT id FROM documents WHERE {})")
    return _column(query, "q.").within(_IN_QUOTES.get(query.field, "{}"))


def _of_document(query: Leaf) -> Sql:
    if isinstance(query, Words):
        return Sql(_PAGES, (match([query]),))
    if isinstance(query, Numbered) and query.field == "document":
        return _between("d.id", query)
    if isinstance(query, Holds | Dated) and query.field in _OF_DOCUMENTS:
        return _column(query, "d.")
    quoted = _of_quote(query).within("d.id IN (SELECT q.document FROM quotes q WHERE {})")
    if isinstance(query, Holds) and query.field == "to":
        return joined([_held("d.to_values", query), quoted], "OR")
    return quoted


#: Fields of quotes whose values stand in tables of their own.
_IN_QUOTES: Final[Mapping[str, str]] = {
    "speaker": "q.speaker IN (SELECT id FROM speakers q WHERE {})",
    "topic": "q.id IN (SELECT quote FROM tagged WHERE topic IN (SELECT id FROM topics q WHERE {}))",
}


def _column(query: Holds | Dated, table: str = "") -> Sql:
    if isinstance(query, Dated):
        return Sql(f"({table}earliest <= ? AND {table}latest >= ?)", (query.high, query.low))
    return _held(f"{table}{query.field}_values", query)


def _held(column: str, query: Holds) -> Sql:
    return Sql(f"instr({column}, ?)", (f"\n{query.wanted}" if query.at_beginning else query.wanted,))


def _between(column: str, query: Numbered) -> Sql:
    return Sql(f"{column} BETWEEN ? AND ?", (query.first, query.last))
