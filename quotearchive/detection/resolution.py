"""From how the text names a speaker in one place to the fullest name it gives them anywhere.

A name becomes the longest form of itself; `he` and `she` become the person whom the lines before make likeliest; `who`
the one it stands beside; `the teacher` the person whom the text calls a teacher. What stays unnamed keeps its
description, and a pronoun that means nobody named has no speaker.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

import msgspec

from quotearchive.detection.attribution import Attribution, Document, Option
from quotearchive.detection.names import NameIndex, Occurrence, Person
from quotearchive.detection.ranking import rank
from quotearchive.detection.reading import DESCRIPTION, NAME, PRONOUN, RELATIVE, Mention, Region
from quotearchive.detection.roles import RoleIndex
from quotearchive.detection.weights import ANTECEDENT

#: How many names before a pronoun are looked at, and how far back (code points).
NAMES_BACK = 25
FARTHEST = 2500
#: In more code points than this there are surely three sentences.
ANY_SENTENCES = 400
_SENTENCE_END = re.compile(r"[.!?][\"”']*\s")
_WORD = re.compile(r"\w+")


class Antecedent(msgspec.Struct):
    """Somebody whom a pronoun may mean, and what speaks for it."""

    person: Person
    features: tuple[str, ...]


class Resolved(msgspec.Struct):
    """Who a mention means."""

    name: str | None
    """The fullest name, or a description, or None."""
    certainty: float = 1.0
    """How sure that is, 0..1."""
    person: Person | None = None
    """The person, if the text names one."""


Picker = Callable[[Mention, Sequence[Antecedent]], tuple[Person | None, float]]


def pick_by_weight(mention: Mention, antecedents: Sequence[Antecedent]) -> tuple[Person | None, float]:
    """Pick the weightiest antecedent, the nearest of several equal ones; its certainty is its share among all."""
    del mention
    if not antecedents:
        return None, 0.0
    best, certainty = rank([one.features for one in antecedents], ANTECEDENT)
    return antecedents[best].person, certainty


class Resolver:
    """Finds the speakers of one text, quotation after quotation in reading order."""

    def __init__(
        self, document: Document, names: NameIndex, writer: str | None, pick: Picker = pick_by_weight
    ) -> None:
        self._document = document
        self._names = names
        self.writer = writer
        self._pick = pick
        self._starts = [start for start, _ in document.paragraphs]
        self._outer = [(span.start, span.end) for span in document.spans if span.outer is None]
        self._outer_starts = [start for start, _ in self._outer]
        self._spoken: list[Person] = []
        self._described: tuple[str | None, str] = (None, "")
        self._roles: RoleIndex | None = None
        self._memory: dict[int, Resolved] = {}

    def resolve(self, found: Attribution, outer_speaker: str | None) -> Resolved:
        """Name the speaker of a quotation.

        Args:
            found: the quotation and the mention that was chosen for it.
            outer_speaker: the speaker of the quotation around it, who is `I` in it.
        """
        option = found.option
        if option is None:
            return Resolved(outer_speaker if found.span.outer else self.writer)
        mention = option.mention
        if mention.start not in self._memory:
            self._memory[mention.start] = self._find(mention, option.region, outer_speaker)
        resolved = self._memory[mention.start]
        if resolved.person and not found.span.outer:
            self._spoken.append(resolved.person)
        elif resolved.name and mention.symbol == DESCRIPTION:
            self._described = resolved.name, self._document.language.sex.get(mention.tail, "")
        return resolved

    def _find(self, mention: Mention, region: Region, outer_speaker: str | None) -> Resolved:
        words = plain(self._document.text[mention.start : mention.end])
        if mention.symbol == NAME:
            return self._find_named(mention, words)
        if mention.symbol == RELATIVE:
            return self._find_related(mention, region, outer_speaker)
        if mention.symbol == PRONOUN:
            return self._find_meant(mention, outer_speaker)
        return self._find_described(mention, words)

    def _find_named(self, mention: Mention, words: str) -> Resolved:
        language, text = self._document.language, self._document.text
        rest = (
            language.body_name.match(text, mention.end)
            if language.body_name and mention.tail in language.body_words
            else None
        )
        if rest:
            return Resolved(f"{words} {plain(rest[0])}")
        person = self._names.person(words)
        return Resolved(person.fullest, 1.0, person) if person else Resolved(words)

    def _find_described(self, mention: Mention, words: str) -> Resolved:
        """Take the person whom the text elsewhere calls so, or else the description."""
        if self._roles is None:
            self._roles = RoleIndex(self._document.text, self._document.language, self._names)
        person = self._roles.holder(words, mention.start)
        return Resolved(person.fullest, 0.8, person) if person else Resolved(words)

    def _find_related(self, mention: Mention, region: Region, outer_speaker: str | None) -> Resolved:
        """Take the name or description right before `who`."""
        at = bisect_left(region.mention_places, mention.place)
        near = [
            other
            for other in region.mentions[max(0, at - NAMES_BACK) : at]
            if other.symbol in (NAME, DESCRIPTION)
        ]
        return self._find(near[-1], region, outer_speaker) if near else Resolved(None, 0.0)

    def _find_meant(self, mention: Mention, outer_speaker: str | None) -> Resolved:
        language = self._document.language
        if mention.tail in language.first_person_words:
            return Resolved(outer_speaker or self.writer)
        sex = language.sex.get(mention.tail, "")
        if sex not in ("m", "f"):
            return Resolved(None, 0.0)
        person, certainty = self._pick(mention, self.antecedents(mention, sex))
        if person is None and self._described[1] in ("", sex):
            return Resolved(self._described[0], 0.5)
        return Resolved(person.fullest if person else None, certainty, person)

    def antecedents(self, mention: Mention, sex: str) -> list[Antecedent]:
        """List the persons whom a pronoun may mean, the nearest first, each once.

        Args:
            mention: the pronoun.
            sex: ``m`` or ``f``.
        """
        seen: dict[str, Antecedent] = {}
        for occurrence in self._names.before(mention.start, NAMES_BACK):
            if mention.start - occurrence.start > FARTHEST:
                break
            if not occurrence.words:
                continue
            person = self._names.person_of(occurrence.words, occurrence.sex)
            if (
                person.fullest in seen
                or (person.sex and person.sex != sex)
                or self._is_nobody(occurrence, person)
            ):
                continue
            seen[person.fullest] = Antecedent(person, self._describe(mention, occurrence, person, len(seen)))
        return list(seen.values())

    def _is_nobody(self, occurrence: Occurrence, person: Person) -> bool:
        """Whether a capital only opens a sentence or belongs to a word of the calendar."""
        if len(occurrence.words) > 1 or person.is_human:
            return False
        if self._document.language.classes.get(occurrence.words[0].lower(), "C") in "GVNvawBg":
            return True
        ahead = self._document.text[max(0, occurrence.start - 2) : occurrence.start].strip(" \"“‘'«")
        return (
            person.count == 1
            and len(person.fullest) == occurrence.length
            and (not ahead or ahead[-1] in ".!?\n")
        )

    def _describe(
        self, mention: Mention, occurrence: Occurrence, person: Person, rank: int
    ) -> tuple[str, ...]:
        text = self._document.text
        apart = self._paragraph(mention.start) - self._paragraph(occurrence.start)
        quoted = self._is_quoted(occurrence.start)
        end = occurrence.start + occurrence.length
        sentences = (
            min(len(_SENTENCE_END.findall(text, end, mention.start)), 3)
            if mention.start - end < ANY_SENTENCES
            else 3
        )
        known = (
            "sexed"
            if person.sex
            else "human"
            if person.is_human
            else "named"
            if len(occurrence.words) > 1
            else "bare"
        )
        role = self._role(occurrence)
        spoke = self._spoken[-3:][::-1]
        turn = next((index for index, other in enumerate(spoke) if other is person), 3)
        share = (
            "main" if person.count >= self._names.highest * 0.5 else "often" if person.count > 3 else "rare"
        )
        return (
            f"paragraph {min(apart, 3)}",
            f"paragraph {min(apart, 2)} {role}",
            f"rank {min(rank, 4)}",
            f"sentence {sentences} {'same' if apart == 0 else 'other'}",
            "quoted" if quoted else "told",
            known,
            f"{known} {share}",
            f"spoke {turn}",
            f"spoke {turn} {min(apart, 1)}",
            role,
        )

    def _role(self, occurrence: Occurrence) -> str:
        text, classes = self._document.text, self._document.language.classes
        end = occurrence.start + occurrence.length
        behind = text[end : end + 2]
        if behind[:1] in ("'", "’"):
            return "possessive"
        before = text[max(0, occurrence.start - 12) : occurrence.start].split()
        ahead = classes.get(before[-1].lower(), "") if before and before[-1][-1:].isalnum() else "."
        if ahead == "P":
            return "after preposition"
        if ahead == "V":
            return "after cue"
        follow = _WORD.match(text, end + 1)
        after = classes.get(follow[0].lower(), "w" if follow[0].islower() else "") if follow else ""
        return (
            f"subject {after}"
            if after in ("V", "B", "v")
            else f"before {behind[:1] if behind[:1] in ',.' else 'word'}"
        )

    def _paragraph(self, place: int) -> int:
        return bisect_right(self._starts, place)

    def _is_quoted(self, place: int) -> bool:
        index = bisect_right(self._outer_starts, place) - 1
        return index >= 0 and place < self._outer[index][1]


def plain(words: str) -> str:
    """Join the words of a name that a line end or a bracket parts."""
    return " ".join(words.replace("[", "").replace("]", "").split())
