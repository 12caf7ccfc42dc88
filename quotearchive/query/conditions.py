"""The conditions of a query: small frozen values, each with how it is typed and what it asks the index.

Two conditions that mean the same by their form are equal: `all_of` and `any_of` flatten what they join,
and a double `Not` is none.

Each can be asked of quotes and of documents: what its document is, a quote is too, and what one of its quotes
is, a document is. In SQL, `q` is a row of `quotes` and `d` one of `documents`. No column that is compared holds
NULL, because SQL neither affirms nor denies what it does not know, and a query does.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from quotearchive.names import key
from quotearchive.query.fields import QUERY_FIELDS
from quotearchive.query.sql import Operator, Sql, joined
from quotearchive.query.words import folded_value, search_words

#: What is asked: the table of the index.
Table = Literal["quotes", "documents"]

#: The table of the index with the words of each.
WORD_TABLES: Final[Mapping[Table, str]] = {"quotes": "words", "documents": "pages"}

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
        return search_words(self.text)

    def sql(self, table: Table) -> Sql:
        """Return the condition that the words occur in the text."""
        return _looked_up([self], "AND", table)

    def __str__(self) -> str:
        is_bare = _BARE_WORD.fullmatch(self.text) and self.text not in OPERATORS
        return f"{self.text if is_bare else _quoted(self.text)}{'*' if self.is_prefix else ''}"


class Holds(msgspec.Struct, frozen=True):
    """A value of a field holds another, folded, at its beginning or anywhere."""

    field: str
    value: str
    at_beginning: bool = False

    @property
    def folded(self) -> str:
        """The value that is looked for, folded."""
        return folded_value(self.value)

    def sql(self, table: Table) -> Sql:
        """Return the condition that one of the field's values holds it; each is behind a line feed."""
        field = QUERY_FIELDS[self.field]
        value = f"\n{self.folded}" if self.at_beginning else self.folded
        own = "q." if field.where == "{}" else ""
        return _reached(
            table,
            Sql(f"instr({own}{field.column}, ?)", (value,)).along(field.where) if field.quote else None,
            Sql(f"instr(d.{field.column}, ?)", (value,)) if field.document else None,
        )

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

    def sql(self, table: Table) -> Sql:
        """Return the condition that the date may lie in the range."""
        field, values = QUERY_FIELDS[self.field], (self.high, self.low)
        return _reached(
            table,
            Sql("q.earliest <= ? AND q.latest >= ?", values) if field.quote else None,
            Sql("d.earliest <= ? AND d.latest >= ?", values) if field.document else None,
        )

    def __str__(self) -> str:
        return f"{self.field}:{self.value}"


class Numbered(msgspec.Struct, frozen=True):
    """A number in a range, both ends in it: of a quote (`id`) or of its document (`document`)."""

    field: str
    first: int
    last: int

    def sql(self, table: Table) -> Sql:
        """Return the condition that the number is in the range."""
        column = "q.id" if self.field == "id" else {"quotes": "q.document", "documents": "d.id"}[table]
        own = Sql(f"{column} BETWEEN ? AND ?", (self.first, self.last))
        return _reached(table, own, None) if self.field == "id" else own

    def __str__(self) -> str:
        end = f"..{self.last}" if self.last != self.first else ""
        return f"{self.field}:{self.first}{end}"


class Trait(msgspec.Struct, frozen=True):
    """Something that a quote is or has, such as `is:nested`."""

    name: str

    def sql(self, table: Table) -> Sql:
        """Return the condition that a quote has the trait."""
        return _reached(table, Sql("instr(q.traits, ?)", (self.name,)), None)

    def __str__(self) -> str:
        return self.name


class Placed(msgspec.Struct, frozen=True):
    """A quote stands, at least in part, where a label or a range of numbers says: on a page, at a time.

    Attributes:
        field: `page`, `time`, `section` or `message`.
        value: As typed.
        low: The first number; None where no number was typed.
        high: The last number.
    """

    field: str
    value: str
    low: int | None = None
    high: int | None = None

    @property
    def folded(self) -> str:
        """The label that is looked for, folded."""
        return folded_value(self.value)

    @property
    def is_whole(self) -> bool:
        """Whether the label is looked for whole: page 1 is not page 12, nor message 3 message 13."""
        return self.field in {"page", "time"} or self.low is not None

    def sql(self, table: Table) -> Sql:
        """Return the condition that the quote stands there; labels are between line feeds."""
        label = Sql("instr(label, ?)", (f"\n{self.folded}\n" if self.is_whole else self.folded,))
        numbers = [Sql("low <= ? AND high >= ?", (self.high, self.low))] if self.low is not None else []
        there = joined([label, *numbers], "OR").within(f"kind = '{self.field}' AND ({{}})")
        return _reached(table, there.within("q.id IN (SELECT quote FROM placed WHERE {})"), None)

    def __str__(self) -> str:
        is_bare = _BARE_VALUE.fullmatch(self.value)
        return f"{self.field}:{self.value if is_bare else _quoted(self.value)}"


class Involves(msgspec.Struct, frozen=True):
    """Somebody has a part in the document whose name, or whose alias, holds all words of another.

    Attributes:
        parts: The attributes of a document that hold such people.
        name: As typed.
    """

    parts: tuple[str, ...]
    name: str

    def sql(self, table: Table) -> Sql:
        """Return the condition that such a person has one of the parts."""
        words = key(self.name).split()
        own, other = (" AND ".join(f"instr({column}, ?)" for _ in words) or "1" for column in _KEYS)
        people = f"SELECT id FROM people WHERE {own} UNION SELECT person FROM aliases WHERE {other}"
        parts = ", ".join("?" * len(self.parts))
        found = f"d.id IN (SELECT document FROM related WHERE part IN ({parts}) AND target IN ({people}))"
        return _reached(table, None, Sql(found, (*self.parts, *words, *words)))

    def __str__(self) -> str:
        return f"{'|'.join(self.parts)}:{_quoted(self.name)}"


#: The columns with the forms of names in which two spellings are the same, of people and of their aliases.
_KEYS: Final = ("name_key", "alias_key")


class Not(msgspec.Struct, frozen=True):
    """The contrary of its part."""

    part: "Query"

    def spread(self) -> "Query":
        """Return the same as a condition on single ones: neither of two is not the one, and not the other."""
        if isinstance(self.part, And | Or):
            contrary = Or if isinstance(self.part, And) else And
            return contrary(tuple(map(none_of, self.part.parts)))
        return self

    def sql(self, table: Table) -> Sql:
        """Return the contrary condition, pulled apart for the sake of fewer brackets."""
        return _joined([self], "AND", table)

    def __str__(self) -> str:
        return f"-{_bracketed(self.part, And, Or)}"


class And(msgspec.Struct, frozen=True):
    """All of its parts; without parts it is always met."""

    parts: "tuple[Query, ...]" = ()

    def sql(self, table: Table) -> Sql:
        """Return the condition that all parts are met."""
        return _joined(self.parts, "AND", table)

    def __str__(self) -> str:
        return " ".join(_bracketed(part, Or) for part in self.parts)


class Or(msgspec.Struct, frozen=True):
    """At least one of its parts."""

    parts: "tuple[Query, ...]"

    def sql(self, table: Table) -> Sql:
        """Return the condition that one of the parts is met."""
        return _joined(self.parts, "OR", table)

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


#: A condition that holds no other.
Leaf = Words | Holds | Dated | Numbered | Placed | Trait | Involves

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
    """Return the contrary of a condition.

    >>> str(none_of(none_of(Words("prison"))))
    'prison'
    """
    return part.part if isinstance(part, Not) else Not(part)


def conditions_of(query: Query) -> tuple[Query, ...]:
    """Return the conditions that a query joins, each of which must hold."""
    return query.parts if isinstance(query, And) else (query,)


def words_of(query: Query) -> tuple[Words, ...]:
    """Return the words that a query looks for: all but those it excludes.

    >>> [str(words) for words in words_of(And((Words("prison"), Not(Words("school")))))]
    ['prison']
    """
    if isinstance(query, Words):
        return (query,)
    parts = query.parts if isinstance(query, And | Or) else ()
    return tuple(words for part in parts for words in words_of(part))


def match(words: Iterable[Words], operator: Operator = "AND") -> str:
    """Write words as an expression of FTS5, whose tokenizer leaves them as they are."""
    return f" {operator} ".join(f'"{each.words}"{" *" if each.is_prefix else ""}' for each in words)


def _looked_up(words: Iterable[Words], operator: Operator, table: Table) -> Sql:
    """Look words up, however many they are, at once."""
    look_up = f"{table[0]}.id IN (SELECT rowid FROM {WORD_TABLES[table]} WHERE {WORD_TABLES[table]} MATCH ?)"
    return Sql(look_up, (match(words, operator),))


def _joined(parts: Sequence[Query], operator: Operator, table: Table) -> Sql:
    """Join conditions; words are looked up together, and what is excluded is excluded together."""
    parts = [part.spread() if isinstance(part, Not) else part for part in parts]
    words = [part for part in parts if isinstance(part, Words)]
    excluded = [part.part for part in parts if isinstance(part, Not)]
    joins = [part.sql(table) for part in parts if not isinstance(part, Words | Not)]
    if words:
        joins.append(_looked_up(words, operator, table))
    if excluded:
        joins.append(_joined(excluded, "OR" if operator == "AND" else "AND", table).within("NOT ({})"))
    return joined(joins, operator)


def _reached(table: Table, of_quote: Sql | None, of_document: Sql | None) -> Sql:
    """Ask one table for what a quote or its document may have."""
    if table == "quotes" and of_document:
        of_document = of_document.along("q.document IN (SELECT d.id FROM documents d WHERE {})")
    if table == "documents" and of_quote:
        of_quote = of_quote.along("d.id IN (SELECT q.document FROM quotes q WHERE {})")
    return joined(filter(None, (of_quote, of_document)), "OR")


def _quoted(text: str) -> str:
    return f'"{text}"'


def _bracketed(part: Query, *kinds: type[Query]) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)
