"""Who is called what: the descriptions that a text gives the people it names, and the writer of a letter.

`teacher Hashem Khastar`, `Khastar, the leader of the union,` and `Sen. Sanders` say whom `the teacher`, `the leader`
and `the senator` mean elsewhere.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from quotearchive.detection.languages.language import Language, word_set
from quotearchive.detection.names import NameIndex, Person

#: A salutation stands within so many paragraphs of a letter's beginning; a signature within so many of its end.
HEAD: Final = 6
FOOT: Final = 5
#: A line of more words is no signature.
LONGEST_SIGNATURE: Final = 6
#: So many of the last holders of a role are compared.
MOST_HOLDERS: Final = 20
#: A role is one word of at most so many code points before a name, or stands so near behind it.
LONGEST_ROLE: Final = 24
FARTHEST_ROLE: Final = 80
_APPOSITION: Final = re.compile(
    r",\s+((?:[\w’'-]+\s+){1,6}?[\w’'-]+)(?=[,.;]|\s+(?:of|for|at|in|with|who|from|on|de|du|der|von|del)\b)"
)


class RoleIndex:
    """The descriptions of one text; made when the first description is looked up."""

    def __init__(self, text: str, language: Language, names: NameIndex) -> None:
        """Collect what stands right before and right behind every name, in one pass."""
        self._language = language
        self._titled: dict[str, tuple[str, ...]] = {}
        self._holders: dict[str, list[tuple[int, Person]]] = {}
        for occurrence in names.all():
            if occurrence.words:
                person = names.person_of(occurrence.words, occurrence.sex)
                end = occurrence.start + occurrence.length
                for role in self._roles(text, occurrence.start, end):
                    self._holders.setdefault(role, []).append((occurrence.start, person))

    def _roles(self, text: str, start: int, end: int) -> list[str]:
        roles = list(self._titles(text[start:end]))
        before = text[max(0, start - LONGEST_ROLE) : max(0, start - 1)].rpartition(" ")[2]
        if before.isalpha() and before.islower():
            roles.append(before)
        if text.startswith(", ", end):
            match = _APPOSITION.match(text, end, end + FARTHEST_ROLE)
            words = match[1].split() if match else []
            if words and self._language.classes.get(words[0].lower()) == "D":
                roles.append(words[-1])
        return roles

    def _titles(self, name: str) -> tuple[str, ...]:
        titles = self._titled.get(name)
        if titles is None:
            language = self._language
            words = [word.lower() for word in name.split() if language.classes.get(word.lower()) == "H"]
            titles = self._titled[name] = tuple(language.long_titles.get(word.rstrip("."), word) for word in words)
        return titles

    def holder(self, words: str, place: int) -> Person | None:
        """Find the one person named before a place (in code points) whom a description means: `the Vermont senator`."""
        parts = words.split()
        if parts[0].lower() not in word_set(self._language.definite):
            return None
        holders = self._holders.get(parts[-1].lower(), [])
        last = bisect_left(holders, place, key=lambda holder: holder[0])
        found = [person for _, person in holders[max(0, last - MOST_HOLDERS) : last]]
        return found[-1] if found and all(person is found[-1] for person in found) else None


def writer_of(text: str, language: Language, paragraphs: Sequence[tuple[int, int]], names: NameIndex) -> str | None:
    """Find the fullest name of the writer of a letter by its signature; None without a salutation or a signature."""
    heads = (text[start : start + 40].lower().split() for start, _ in paragraphs[:HEAD])
    if not any(words and words[0].strip(",:") in word_set(language.salutations) for words in heads):
        return None
    for start, end in reversed(paragraphs[-FOOT:]):
        line = text[start:end].strip().splitlines()[-1].strip(" ,.—–-")
        if 1 < len(line.split()) <= LONGEST_SIGNATURE and _is_name(line, language):
            person = names.person(line)
            return person.fullest if person else line
    return None


def _is_name(line: str, language: Language) -> bool:
    words = [word for word in line.split() if word.lower() not in language.classes]
    return (
        bool(words)
        and all(word[:1].isupper() or not language.cased for word in words)
        and not line.endswith((",", ":"))
    )
