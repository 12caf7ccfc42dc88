"""What to say when nothing was found: what the archive does have, and what kept it from being found."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from quotearchive.query import Holds, Query, Words, all_of, conditions_of, words_of
from quotearchive.search.queries import count

#: How similar a word must be to be offered, 0..100: one letter of four may differ.
_SIMILAR: Final = 75

#: Words or speakers that are offered for one that is not there.
_OFFERED: Final = 3

#: Words and conditions of a query that are looked into, the first ones: each costs a search.
_ADVISED: Final = 20

#: The longest word for which others are looked for, in code points; nobody mistypes a longer one.
_LONGEST: Final = 40


class Obstacle(msgspec.Struct, frozen=True):
    """A condition without which something would be found.

    Attributes:
        condition: As it would be typed.
        without: How many quotes are found without it.
    """

    condition: str
    without: int


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """What may help whoever found nothing.

    Attributes:
        words: For words that no quote has, those that are most like them.
        speakers: For names that no speaker has, those that are most like them.
        obstacles: Conditions that, left out one at a time, let something be found.
        missing: Conditions that nothing at all fulfils.
    """

    words: dict[str, tuple[str, ...]]
    speakers: dict[str, tuple[str, ...]]
    obstacles: tuple[Obstacle, ...]
    missing: tuple[str, ...]


def advise(database: sqlite3.Connection, query: Query) -> Advice:
    """Look for what was meant by a query that finds no quote."""
    conditions = conditions_of(query)
    first = conditions[:_ADVISED]
    return Advice(
        words=dict(_near_words(database, words_of(query)[:_ADVISED])),
        speakers=dict(_near_speakers(database, first)),
        obstacles=() if len(conditions) == 1 else tuple(_obstacles(database, conditions)),
        missing=tuple(str(part) for part in first if not count(database, "quotes", part)),
    )


def _near_words(database: sqlite3.Connection, wanted: Iterable[Words]) -> Iterator[tuple[str, tuple[str, ...]]]:
    words = {word for each in wanted if not each.is_prefix for word in each.words.split()}
    missing = [word for word in words if len(word) <= _LONGEST and not count(database, "quotes", Words(word))]
    if not missing:
        return
    database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, words, row)")
    known = [term for (term,) in database.execute("SELECT term FROM terms")]
    for word in missing:
        if near := _nearest(word, known):
            yield word, near


def _near_speakers(database: sqlite3.Connection, conditions: Iterable[Query]) -> Iterator[tuple[str, tuple[str, ...]]]:
    asked = [part for part in conditions if isinstance(part, Holds) and part.field == "speaker"]
    missing = [part for part in asked if not count(database, "quotes", part)]
    if not missing:
        return
    rows = database.execute("SELECT speaker_values, name FROM people WHERE quotes > 0")
    names = {values.strip("\n"): name for values, name in rows}
    for part in missing:
        if near := _nearest(part.folded, names, in_part=True):
            yield part.value, tuple(names[each] for each in near)


def _obstacles(database: sqlite3.Connection, conditions: tuple[Query, ...]) -> Iterator[Obstacle]:
    for place, part in enumerate(conditions[:_ADVISED]):
        without = count(database, "quotes", all_of((*conditions[:place], *conditions[place + 1 :])))
        if without:
            yield Obstacle(str(part), without)


def _nearest(word: str, known: Iterable[str], *, in_part: bool = False) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a search that finds something need not wait for it

    scorer = fuzz.partial_ratio if in_part else fuzz.ratio
    near = process.extract(word, list(known), scorer=scorer, limit=_OFFERED, score_cutoff=_SIMILAR)
    return tuple(match[0] for match in near)
