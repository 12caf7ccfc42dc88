"""The people and bodies that a text names: which names are one person's, and which is the fullest.

`Clinton`, `Mrs. Clinton` and `Hillary Clinton` are one person; `Hashem Khaster` and `Hashem Khastar` are one with a
slip of spelling. Languages without capitals have names only where the grammar of a sentence says so; for them the
index is filled with the mentions that were read, not from the whole text.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Final

import msgspec

from quotearchive.detection.languages.language import Language

#: Names shorter than this (code points) are not compared letter by letter: Ann and Anna, Li and Lu are two people.
SHORTEST_VARIANT: Final = 5
#: Runs of more words are headlines.
LONGEST_NAME: Final = 5
#: So many names with a common word are compared with each other, which bounds the work in lists of names.
MOST_NAMESAKES: Final = 40
#: Titles and suffixes that are no part of a name.
_SUFFIXES: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "md"})
_NOISE: Final = re.compile(r"[\[\]()\"“”‘]|['’]s?$|['’]s?(?=\s)")
#: Capital letters of European alphabets: `\w` knows no case.
_CAPITAL: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽȘȚ"


@cache
def _name_pattern(particles: str, abbreviations: str, blank: str) -> re.Pattern[str]:
    """Compile the pattern of a run of capitalised words; `blank` is what may part them."""
    inner = "|".join(particles.split()) or "-"
    stops = "|".join(map(re.escape, abbreviations.split())) or "-"
    word = rf"(?:(?=\w{{1,5}}\.)(?:{stops}|[{_CAPITAL}])\.|[{_CAPITAL}]\w*(?:[-’'.](?!s\b)\w+)*)"
    return re.compile(rf"(?<![\w’'.-]){word}(?:\]?{blank}(?:(?:{inner}){blank}){{0,2}}{word})*")


class Person(msgspec.Struct):
    """Somebody or some body that the text names.

    Attributes:
        fullest: The fullest name, without titles.
        sex: ``m``, ``f`` or empty when nothing says it.
        count: How often the text names them, outside and inside quotations.
        is_human: Whether a title, a first name or a pronoun shows a human being.
    """

    fullest: str
    sex: str = ""
    count: int = 0
    is_human: bool = False


class Occurrence(msgspec.Struct, gc=False):
    """One place where a name occurs, in code points; without words if the run of capitals is no name.

    Its sex is what a title or first name in that place says.
    """

    start: int
    length: int
    words: tuple[str, ...]
    sex: str = ""


class NameIndex:
    """The names of one text, by their words; empty at first."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._names: dict[str, tuple[tuple[str, ...], str]] = {}
        self._known: dict[tuple[str, ...], Person] = {}
        self._meant: dict[tuple[tuple[str, ...], str], Person] = {}
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._sexes: dict[tuple[str, ...], str] = {}
        self._starts: list[int] = []
        self._found: list[str] = []

    @classmethod
    def of_text(cls, text: str, language: Language, *, wrapped: bool) -> "NameIndex":
        """Index all names of a text in a language with capitals; names of a wrapped one may run over a line end."""
        index = cls(language)
        if language.cased:
            pattern = _name_pattern(language.particles, language.abbreviations, r"\s" if wrapped else "[ \xa0]")
            matches = list(pattern.finditer(text))
            index._starts = [match.start() for match in matches]
            index._found = [match[0] for match in matches]
            for name, count in Counter(index._found).items():
                index._count(name, count)
            for words in index._counts:
                index._link(words)
        return index

    def add(self, start: int, name: str) -> None:
        """Index one name behind all that were indexed before; for languages whose names no capital shows."""
        self._starts.append(start)
        self._found.append(name)
        self._count(name, 1)
        self._meant.clear()
        self._link(self._read(name)[0])

    def _count(self, name: str, count: int) -> None:
        words, sex = self._read(name)
        if words:
            self._counts[words] += count
            if sex:
                self._sexes.setdefault(words, sex)

    def _read(self, name: str) -> tuple[tuple[str, ...], str]:
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = self.words(name), self._sex_of(name)
        return known

    def _link(self, words: tuple[str, ...]) -> None:
        """Note that a last name, or a first name that is known as one, may stand for a longer name."""
        if 1 < len(words) <= LONGEST_NAME:
            self._by_word.setdefault(words[-1].lower(), []).append(words)
            if words[0].lower() in self._language.sex or self._counts[words] > 1:
                self._by_word.setdefault(words[0].lower(), []).append(words)

    def words(self, name: str) -> tuple[str, ...]:
        """Reduce a name to its own words: no titles, no possessive, nothing that only opens the sentence.

        >>> from quotearchive.detection.languages import LANGUAGES
        >>> NameIndex(LANGUAGES["en"]).words("But Vermont Sen. Bernie Sanders’s")
        ('Bernie', 'Sanders')
        """
        classes = self._language.classes
        if name.isalnum() and name.lower() not in classes:
            return (name,)
        kept: list[str] = []
        for word in _NOISE.sub("", name).split():
            letter = classes.get(word.lower(), "")
            if letter == "H":
                kept = []
            elif not (kept or letter not in ("A", "B", "S", "O", "R", "D", "P", "K", "T", "a", "V")):
                continue
            elif word.lower() not in _SUFFIXES:
                kept.append(word)
        return self._from_first_name(tuple(kept))

    def _from_first_name(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Drop what stands before a known first name: `State John F. Kerry`, `Republican Ted Cruz`."""
        sex = self._language.sex
        for index in range(1, len(words) - 1):
            if words[index].lower() in sex and words[0].lower() not in sex:
                return words[index:]
        return words

    def _sex_of(self, name: str) -> str:
        """Return what the first title in a name says, or else the first word that says anything; empty if none does."""
        sex, classes = self._language.sex, self._language.classes
        words = [] if name.isalnum() else name.lower().split()
        telling = [word for word in words if sex.get(word) in ("m", "f")]
        return next((sex[word] for word in sorted(telling, key=lambda word: classes.get(word) != "H")), "")

    def person(self, name: str) -> Person | None:
        """Find whom a name means, perhaps with a title; None if nothing is left of it."""
        words, sex = self._read(name)
        return self.person_of(words, sex) if words else None

    def person_of(self, words: tuple[str, ...], sex: str = "") -> Person:
        """Find whom the words of a name mean; `sex` is what a title beside them says."""
        person = self._meant.get((words, sex))
        if person is None:
            full = self._fullest(words, sex)
            person = self._known[full] = self._known.get(full) or self._describe(full)
            self._meant[words, sex] = person
        return person

    def _fullest(self, words: tuple[str, ...], sex: str) -> tuple[str, ...]:
        """Choose the commonest longer name that holds all the words, one of them at an end, and has no other sex."""
        longer = [
            other
            for other in self._by_word.get(words[-1].lower(), ())[:MOST_NAMESAKES]
            if len(other) >= len(words)
            and all(word in other for word in words)
            and (not sex or self._sexes.get(other, "") in ("", sex))
        ]
        if len(words) > 1:
            longer += self._variants(words)
        if not longer:
            return words
        return max(
            longer,
            key=lambda other: (
                self._counts[other] * (1 if len(words) > 1 or other[-1] == words[-1] else 0.5),
                len(other),
            ),
        )

    def _variants(self, words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """Find the spellings that differ by one letter in the last name: Khaster, Khastar."""
        for other in self._by_word.get(words[0].lower(), ())[:MOST_NAMESAKES]:
            if other[0] == words[0] and len(other) == len(words) and _is_slip(other[-1], words[-1]):
                yield other

    def _describe(self, full: tuple[str, ...]) -> Person:
        last = full[-1]
        count = self._counts[full] + (self._counts[(last,)] if len(full) > 1 else 0)
        sex = self._sexes.get(full, "") or self._sexes.get((last,), "")
        human = bool(sex) or full[0].lower() in self._language.sex
        return Person(" ".join(full), sex, count, human)

    @cached_property
    def highest(self) -> int:
        """How often the commonest name occurs in the text."""
        return max(self._counts.values(), default=0)

    def before(self, place: int, most: int) -> list[Occurrence]:
        """Return the last occurrences that start before a place, the nearest first, at most so many."""
        index = bisect_left(self._starts, place)
        return [self._occurrence(at) for at in range(index - 1, max(-1, index - most - 1), -1)]

    def all(self) -> list[Occurrence]:
        """Return all occurrences, in order."""
        return [self._occurrence(at) for at in range(len(self._starts))]

    def _occurrence(self, at: int) -> Occurrence:
        return Occurrence(self._starts[at], len(self._found[at]), *self._read(self._found[at]))


def _is_slip(one: str, other: str) -> bool:
    """Check whether two words differ by one letter, replaced, left out or put in."""
    if one == other or min(len(one), len(other)) < SHORTEST_VARIANT or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((index for index, letter in enumerate(short) if letter != long[index]), len(short))
    return short[at + 1 :] == long[at + 1 :] or short[at:] == long[at + 1 :]
