"""From how the text names a speaker in one place to the fullest name it gives them anywhere.

A name becomes the longest form of itself; `he` and `she` become the person whom the lines before make likeliest; `who`
the one it stands beside; `the teacher` the person whom the text calls a teacher. What stays unnamed keeps its
description, and a pronoun that means nobody named has no speaker.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

import msgspec

from quotearchive.detection.attribution import Attribution, MarkedText
from quotearchive.detection.languages.language import word_set
from quotearchive.detection.names import NameIndex, Occurrence, Person
from quotearchive.detection.regions import DESCRIPTION, NAME, PRONOUN, RELATIVE, Mention, Region
from quotearchive.detection.roles import RoleIndex
from quotearchive.detection.weights import Option

#: How many names before a pronoun are looked at, and how far back (code points).
NAMES_BACK: Final = 25
FARTHEST: Final = 2500
#: A name that stands so often in a text is no passing one.
OFTEN: Final = 4
#: How likely a pronoun means the description before it when no name stands near, 0..1.
UNNAMED: Final = 0.5
#: In more code points than this there are surely three sentences.
ANY_SENTENCES: Final = 400
_SENTENCE_END: Final = re.compile(r"[.!?][\"”']*\s")
_WORD: Final = re.compile(r"\w+")


class Antecedent(Option):
    """Somebody whom a pronoun may mean, and the features of the two."""

    person: Person


class Resolved(msgspec.Struct):
    """Whom a mention means.

    Attributes:
        name: The fullest name, or a description, or None.
        certainty: How sure that is, 0..1.
        person: The person, if the text names one.
    """

    name: str | None
    certainty: float = 1.0
    person: Person | None = None


#: Picks one of the people whom a pronoun may mean, with its certainty, 0..1.
Picker = Callable[[Mention, Sequence[Antecedent]], tuple[Antecedent | None, float]]


class Resolver:
    """Finds the speakers of one text, quotation after quotation in reading order."""

    def __init__(self, document: MarkedText, names: NameIndex, writer: str | None, pick: Picker) -> None:
        """Begin to read a document; `writer` is the writer of a letter."""
        self._document = document
        self._names = names
        self.writer = writer
        self._pick = pick
        self._starts = [start for start, _ in document.paragraphs]
        self._outer = [(span.start, span.end) for span in document.spans if span.outer is None]
        self._outer_starts = [start for start, _ in self._outer]
        self._spoken: list[Person] = []
        self._described: tuple[str | None, str] = (None, "")
        self._memory: dict[int, Resolved] = {}

    def resolve(self, found: Attribution, outer_speaker: str | None) -> Resolved:
        """Find the speaker of a quotation; the speaker of the quotation around it is `I` in it."""
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
            return self._find_meant(mention, region, outer_speaker)
        return self._find_described(mention, words)

    def _find_named(self, mention: Mention, words: str) -> Resolved:
        rest = self._rest_of_body(mention)
        person = None if rest else self._names.person(words)
        return Resolved(person.fullest, 1.0, person) if person else Resolved(words + rest)

    def _rest_of_body(self, mention: Mention) -> str:
        """Read on from the first word of a body's name: `Ministry` *of Justice*."""
        language = self._document.language
        if mention.tail not in word_set(language.bodies) or not language.body_name:
            return ""
        rest = language.body_name.match(self._document.text, mention.end)
        return " " + plain(rest[0]) if rest else ""

    def _find_described(self, mention: Mention, words: str) -> Resolved:
        """Take the person whom the text elsewhere calls so, or else the description."""
        if words.split(None, 1)[0].lower() not in word_set(self._document.language.definite):
            return Resolved(words)
        rest = self._rest_of_body(mention)
        if rest:
            return Resolved(words + rest)
        person = self._roles.holder(words, mention.start)
        return Resolved(person.fullest, 0.8, person) if person else Resolved(words)

    @cached_property
    def _roles(self) -> RoleIndex:
        return RoleIndex(self._document.text, self._document.language, self._names)

    def _find_related(self, mention: Mention, region: Region, outer_speaker: str | None) -> Resolved:
        """Take the name or description right before `who`."""
        at = bisect_left(region.mention_places, mention.place)
        near = [other for other in region.mentions[max(0, at - NAMES_BACK) : at] if other.symbol in (NAME, DESCRIPTION)]
        return self._find(near[-1], region, outer_speaker) if near else Resolved(None, 0.0)

    def _find_meant(self, mention: Mention, region: Region, outer_speaker: str | None) -> Resolved:
        language = self._document.language
        if mention.tail in word_set(language.first_person):
            return Resolved(outer_speaker or self.writer)
        sex = language.sex.get(mention.tail, "")
        if sex not in ("m", "f", "c"):
            return Resolved(None, 0.0)
        chosen, certainty = self._pick(mention, self._antecedents(mention, sex))
        if chosen is None:
            return self._find_unnamed(mention, region, sex)
        return Resolved(chosen.person.fullest, certainty, chosen.person)

    def _find_unnamed(self, mention: Mention, region: Region, sex: str) -> Resolved:
        """Take the description that opened a sentence before the pronoun, or the one that spoke last."""
        sexes = self._document.language.sex
        at = bisect_left(region.mention_places, mention.place)
        for other in region.mentions[max(0, at - NAMES_BACK) : at]:
            opens = other.place == 0 or region.symbols[other.place - 1] == "."
            if other.symbol == DESCRIPTION and opens and sexes.get(other.tail, sex) == sex:
                return Resolved(plain(self._document.text[other.start : other.end]), UNNAMED)
        words, spoken_sex = self._described
        return Resolved(words, UNNAMED) if words and (sex == "c" or spoken_sex in ("", sex)) else Resolved(None, 0.0)

    def _antecedents(self, mention: Mention, sex: str) -> list[Antecedent]:
        """List the persons of a sex (``c`` for either) whom a pronoun may mean, the nearest first, each once."""
        seen: dict[str, Antecedent] = {}
        for occurrence in self._names.before(mention.start, NAMES_BACK):
            if mention.start - occurrence.start > FARTHEST:
                break
            if not occurrence.words:
                continue
            person = self._names.person_of(occurrence.words, occurrence.sex)
            if (
                person.fullest in seen
                or (person.sex and sex not in ("c", person.sex))
                or self._is_nobody(occurrence, person)
            ):
                continue
            seen[person.fullest] = Antecedent(self._describe(mention, occurrence, person, len(seen)), person)
        return list(seen.values())

    def _is_nobody(self, occurrence: Occurrence, person: Person) -> bool:
        """Check whether a capital only opens a sentence or belongs to a word of the calendar."""
        if len(occurrence.words) > 1 or person.is_human:
            return False
        if self._document.language.classes.get(occurrence.words[0].lower(), "C") in "GVNvawBg":
            return True
        ahead = self._document.text[max(0, occurrence.start - 2) : occurrence.start].strip(" \"“‘'«")
        return person.count == 1 and len(person.fullest) == occurrence.length and (not ahead or ahead[-1] in ".!?\n")

    def _describe(self, mention: Mention, occurrence: Occurrence, person: Person, rank: int) -> tuple[str, ...]:
        apart = self._paragraph(mention.start) - self._paragraph(occurrence.start)
        role = self._role(occurrence)
        known = "sexed" if person.sex else "named" if len(occurrence.words) > 1 else "bare"
        turn = next((index for index, other in enumerate(self._spoken[:-4:-1]) if other is person), 3)
        return (
            f"paragraph {min(apart, 3)}",
            f"paragraph {min(apart, 2)} {role}",
            f"rank {min(rank, 4)}",
            f"sentence {self._sentences(occurrence, mention)} {'other' if apart else 'same'}",
            "quoted" if self._is_quoted(occurrence.start) else "told",
            known,
            f"{known} {self._share(person)}",
            f"spoke {turn}",
            f"spoke {turn} {min(apart, 1)}",
            role,
        )

    def _sentences(self, occurrence: Occurrence, mention: Mention) -> int:
        """Count the sentence ends between a name and a pronoun, up to three."""
        end = occurrence.start + occurrence.length
        if mention.start - end >= ANY_SENTENCES:
            return 3
        return min(len(_SENTENCE_END.findall(self._document.text, end, mention.start)), 3)

    def _share(self, person: Person) -> str:
        """Return how much the text is about the person: named half as often as the commonest name, often, or rarely."""
        if 2 * person.count >= self._names.highest:
            return "main"
        return "often" if person.count >= OFTEN else "rare"

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
            f"subject {after}" if after in ("V", "B", "v") else f"before {behind[:1] if behind[:1] in ',.' else 'word'}"
        )

    def _paragraph(self, place: int) -> int:
        return bisect_right(self._starts, place)

    def _is_quoted(self, place: int) -> bool:
        index = bisect_right(self._outer_starts, place) - 1
        return index >= 0 and place < self._outer[index][1]


def plain(words: str) -> str:
    """Join the words of a name that a line end or a bracket parts."""
    return " ".join(words.replace("[", "").replace("]", "").split())
