"""The language of search expressions."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from quotearchive.query.conditions import (
    ANY_MARK,
    MARKS,
    OPERATORS,
    And,
    Query,
    Words,
    all_of,
    any_of,
    none_of,
)
from quotearchive.query.fields import QUERY_FIELDS
from quotearchive.query.values import condition
from quotearchive.text.nearest import nearest

#: The language in a few examples: what is typed and what it finds. Marks need quoting in a shell.
HELP: Final = (
    ("prison phone", "both words, in any order"),
    ('"prison within the prison"', "these words in a row"),
    ("impris*", "words that begin like this"),
    ("strike OR hunger, -school", "either of two words; without a word"),
    ('speaker:khastar topic:prison "phone call"', "fields and words together"),
    ("(speaker:khomeini OR is:nested) said:>=2019", "brackets, dates"),
)

#: Brackets within brackets that are understood; more are left out, and no stack runs over.
DEPTH: Final = 40


@lru_cache(maxsize=2)
def _tokens(marks: str) -> re.Pattern[str]:
    """Return the pattern of tokens where quotation marks open with some marks.

    Few queries have other marks than those in ASCII, with which it takes four times as long to compile.
    """
    closing = "".join(sorted({*marks, *(mark for start in marks for mark in MARKS[start])}))
    phrase = "|".join(f"{start}[^{start}{MARKS[start]}]*[{MARKS[start]}]" for start in marks)
    return re.compile(
        rf"(?P<open>\()|(?P<close>\))|(?P<minus>-+(?=[^\s-]))"
        rf"|(?P<name>[^\W\d_]+):(?:(?P<marked>{phrase})|(?P<value>[^\s(){closing}]+))"
        rf"|(?P<phrase>{phrase})(?P<star>\*?)|(?P<word>[^\s(){closing}]+)|(?P<stray>[{closing}])"
    )


def _read(text: str) -> Iterator[re.Match[str]]:
    has_others = any(mark in text for mark in ANY_MARK.replace('"', ""))
    return _tokens("".join(MARKS) if has_others else '"').finditer(text)


class Parsed(msgspec.Struct, frozen=True):
    """A query, and what has to be said of how it was read.

    Attributes:
        query: What was understood.
        remarks: Sentences on what was not; empty most of the time.
    """

    query: Query
    remarks: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """Read a search expression. Whatever it is, it means something.

    The grammar, in which `name`, `word` and `phrase` are the tokens that `_tokens` describes:

        query  = [any]
        any    = all {"OR" all}
        all    = part {["AND"] part}
        part   = ("-" | "NOT") part | "(" any ")" | name ":" (word | phrase) | phrase ["*"] | word

    Words match the text of a quote (or of a document, where documents are searched), folded; a word that
    ends in `*` matches every word that begins with it. The words of a phrase, or of a word with punctuation
    in it, must follow one another. Of a name, title, place, topic or note any part will do. Dates match
    if they may lie in the range. What can't be read so is read as words, or left out, with a remark.

    >>> str(parse('prison “phone call” -speaker:khomeini').query)
    'prison "phone call" -speaker:khomeini'
    >>> parse("speker:khastar").remarks
    ('There is no field speker; speker:khastar was read as words. Did you mean speaker:?',)
    """
    parser = _Parser(text)
    query = parser.read_query()
    return Parsed(query, tuple(dict.fromkeys(parser.remarks)))


class _Parser:
    """One reading of one expression: a method for each rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.remarks: list[str] = []
        self._tokens = list(self._sound(list(_read(text))))
        self._place = 0

    def _sound(self, tokens: list[re.Match[str]]) -> Iterator[re.Match[str]]:
        """Leave out brackets without partner and stray quotation marks."""
        partners = _partners(tokens)
        for place, token in enumerate(tokens):
            if token.lastgroup == "stray":
                self.remarks.append(f"The quotation mark {token[0]} is unmatched and was ignored.")
            elif token.lastgroup not in {"open", "close"} or place in partners:
                yield token
            else:
                self.remarks.append(f"The bracket {token[0]} is unmatched and was ignored.")

    @property
    def _token(self) -> re.Match[str] | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _takes(self, group: str, *texts: str) -> bool:
        """Go on if the next token is of a group, and one of the texts if some are given."""
        token = self._token
        if token is None or token.lastgroup != group or (texts and token[0] not in texts):
            return False
        self._place += 1
        return True

    def read_query(self) -> Query:
        return self._read_any() or And()

    def _read_any(self) -> Query | None:
        parts = [self._read_all()]
        while self._takes("word", "OR"):
            parts.append(self._read_all())
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) > 1:
            self.remarks.append("OR needs a condition on each side; one without was ignored.")
        return any_of(known) if known else None

    def _read_all(self) -> Query | None:
        parts = []
        while (token := self._token) and token.lastgroup != "close" and token[0] != "OR":
            if not self._takes("word", "AND") and (part := self._read_part()) is not None:
                parts.append(part)
        return all_of(parts) if parts else None

    def _read_part(self) -> Query | None:
        excludes = False
        while (token := self._token) and (self._takes("minus") or self._takes("word", "NOT")):
            excludes ^= token[0] == "NOT" or len(token[0]) % 2 == 1
        part = self._read_positive()
        return part if part is None or not excludes else none_of(part)

    def _read_positive(self) -> Query | None:
        token = self._token
        if token is None or token.lastgroup == "close" or token[0] in OPERATORS:
            return None
        self._place += 1
        if token.lastgroup != "open":
            return self._read_field(token) if token["name"] else self._read_words(token)
        inner = self._read_any()
        self._place += 1  # the partner, which is there
        return inner

    def _read_field(self, token: re.Match[str]) -> Query | None:
        name = token["name"].casefold()
        value = token["value"] or _unmarked(token["marked"])
        if name not in QUERY_FIELDS:
            self.remarks.append(_unknown(name, token["name"], token[0]))
            return self._words(token[0])
        found = condition(name, value)
        if found is None:
            expected = f" {name}: takes {QUERY_FIELDS[name].expected}." if QUERY_FIELDS[name].expected else ""
            self.remarks.append(f"{token[0]} was read as words.{expected}")
            return self._words(token[0])
        return found

    def _read_words(self, token: re.Match[str]) -> Query | None:
        if token["phrase"]:
            return self._words(_unmarked(token["phrase"]), is_prefix=bool(token["star"]))
        word = token["word"]
        bare = word.rstrip("*")
        if word.endswith(":") and word[:-1].casefold() in QUERY_FIELDS:
            self.remarks.append(f"{word} has no value and is read as a word: write {word}VALUE.")
        return self._words(bare, is_prefix=bare != word)

    def _words(self, text: str, *, is_prefix: bool = False) -> Query | None:
        words = Words(_clean(text), is_prefix)
        if words.words:
            return words
        self.remarks.append(f"{text or 'An empty phrase'} contains no word to search for and was ignored.")
        return None


def _partners(tokens: list[re.Match[str]]) -> set[int]:
    """Return the places of the brackets that have a partner and are not too deep."""
    opened: list[int] = []
    partners: set[int] = set()
    for place, token in enumerate(tokens):
        if token.lastgroup == "open":
            opened.append(place)
        elif token.lastgroup == "close" and opened:
            start = opened.pop()
            if len(opened) < DEPTH:
                partners |= {start, place}
    return partners


def _unknown(name: str, typed: str, text: str) -> str:
    near = nearest(name, QUERY_FIELDS, limit=1)
    advice = f" Did you mean {near[0]}:?" if near else ""
    return f"There is no field {typed}; {text} was read as words.{advice}"


def _unmarked(phrase: str) -> str:
    return _clean(phrase[1:-1])


def _clean(text: str) -> str:
    """Take out the mark that a query is printed with, and the space at the ends."""
    return text.replace('"', " ").strip()
