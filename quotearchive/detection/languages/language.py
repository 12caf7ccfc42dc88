"""What detection needs to know of a language: tables of words, no code.

Every word of the text outside quotations is put into one word class, a single letter; who said what is then read from
the order of these letters. A language lists the words of its closed classes and its cue verbs; what is in no list is a
capitalised word (`CAPITAL`) or any other word (`WORD`).
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

import msgspec

#: Word classes, a letter each; this list is the whole of them.
CLASSES: dict[str, str] = {
    "V": "cue verb: said, wrote",
    "x": "possessive ending: ’s",
    "v": "other verb form: walked, meeting",
    "B": "auxiliary: has, was, will",
    "N": "cue noun: statement, letter",
    "A": "attributing word: according, per",
    "S": "subject pronoun: he, she",
    "O": "object pronoun: him, her",
    "R": "relative pronoun: who, which",
    "D": "determiner or possessive: the, a, his",
    "P": "preposition: of, with",
    "K": "conjunction: and, but",
    "T": "complementiser or subordinator: that, while",
    "H": "title before a name: Mr., Senator",
    "C": "capitalised word",
    "G": "capitalised word that is no speaker: Monday, American",
    "p": "particle inside a name: van, de",
    "a": "adverb: also, later",
    "g": "bare plural of people who speak: officials, critics",
    "w": "any other word",
    "0": "number",
}


class Language(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One language as data. Words are in lower case and separated by blanks; every table may be empty."""

    code: str
    """ISO 639-1."""
    frequent: str
    """The commonest words, by which the language of a text is guessed."""
    letters: str = ""
    """Letters and signs that other languages hardly use; each counts like a frequent word."""
    cues: str
    """Forms of verbs that report speech."""
    cue_nouns: str = ""
    """Nouns that stand for an utterance: statement, letter."""
    attributing: str = ""
    """Words that name a source without a verb: according (to), laut, selon."""
    male: str = ""
    """Subject pronouns for a man."""
    female: str = ""
    """Subject pronouns for a woman."""
    plural: str = ""
    """Subject pronouns for several people."""
    neuter: str = ""
    """Other subject pronouns, for bodies and papers: it, everyone."""
    common: str = ""
    """Subject pronouns for a man or a woman, where the language does not tell."""
    first_person: str = ""
    """I, we."""
    objects: str = ""
    """Object pronouns."""
    relatives: str = ""
    """Relative pronouns."""
    determiners: str = ""
    """Articles, demonstratives, possessives and quantifiers that open a description of somebody."""
    prepositions: str = ""
    conjunctions: str = ""
    subordinators: str = ""
    auxiliaries: str = ""
    adverbs: str = ""
    verbs: str = ""
    """Frequent verbs that report nothing: they end a description."""
    particles: str = ""
    """Lower-case words inside names: van, de, bin."""
    male_titles: str = ""
    female_titles: str = ""
    titles: str = ""
    """Titles that say nothing of sex."""
    calendar: str = ""
    """Capitalised words that are nobody: months, days, nationalities, broadcasters."""
    male_nouns: str = ""
    """Nouns for men: man, father; and their forms of office."""
    female_nouns: str = ""
    male_names: str = ""
    """Frequent first names of men."""
    female_names: str = ""
    groups: str = ""
    """Bare plural nouns that speak: officials, critics."""
    labels: str = ""
    """Words before marks that hold a name, a title or a term: `so-called`, `the word`."""
    charges: str = ""
    """Words before marks that hold an accusation or a law: `charges of`, `convicted of`."""
    bodies: str = ""
    """Capitalised words that go on with a preposition: Ministry of Justice."""
    body_links: str = ""
    """The prepositions and articles with which such names go on: of, the."""
    short_titles: str = ""
    """Shortened titles and the words they stand for: `sen=senator`."""
    definite: str = ""
    """Determiners of somebody known: the, this."""
    salutations: str = ""
    """Words that open a letter."""
    verb_endings: tuple[str, ...] = ()
    """Endings by which an unlisted lower-case word is taken for a verb."""
    prefixes: tuple[str, ...] = ()
    """Conjunctions written together with the next word: Arabic wa-, fa-."""
    split: str = ""
    """Regular expression of what is cut off a word before it is looked up: l’homme, dit-il."""
    unjoined: str = r"['’]?s\b"
    """Regular expression of what may not be joined to a word by a hyphen or an apostrophe."""
    abbreviations: str = ""
    """Abbreviations whose full stop ends no sentence, without it."""
    stops_inside: bool = False
    """Whether printers put commas and full stops inside the closing mark whether they belong there or not."""
    cased: bool = True
    """Whether names are capitalised."""
    nouns_cased: bool = False
    """Whether all nouns are (German)."""

    ORDER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("w", "male_nouns female_nouns"),
        ("g", "groups"),
        ("p", "particles"),
        ("v", "verbs"),
        ("a", "adverbs"),
        ("G", "calendar"),
        ("N", "cue_nouns"),
        ("B", "auxiliaries"),
        ("V", "cues"),
        ("H", "male_titles female_titles titles"),
        ("A", "attributing"),
        ("K", "conjunctions"),
        ("T", "subordinators"),
        ("P", "prepositions"),
        ("D", "determiners"),
        ("O", "objects"),
        ("R", "relatives"),
        ("S", "male female plural neuter common first_person"),
    )
    """The tables of each word class; where a word stands in two, the later one wins."""

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """The word class of every listed word."""
        table = {
            prefix + word: letter
            for letter, fields in self.ORDER
            for field in fields.split()
            for word in getattr(self, field).split()
            for prefix in ("", *self.prefixes)
        }
        return {**table, **{word.replace("'", "’"): letter for word, letter in table.items() if "'" in word}}

    @cached_property
    def label_words(self) -> frozenset[str]:
        """The words of `labels`."""
        return frozenset(self.labels.split())

    @cached_property
    def long_titles(self) -> Mapping[str, str]:
        """The words that shortened titles stand for."""
        return dict(pair.split("=") for pair in self.short_titles.split())

    @cached_property
    def definite_words(self) -> frozenset[str]:
        """The words of `definite`."""
        return frozenset(self.definite.split())

    @cached_property
    def salutation_words(self) -> frozenset[str]:
        """The words of `salutations`."""
        return frozenset(self.salutations.split())

    @cached_property
    def body_name(self) -> re.Pattern[str] | None:
        """What follows the first word of a body's name: `of Justice`, `des Innern`."""
        if not self.bodies or not self.body_links:
            return None
        links = "|".join(self.body_links.split())
        return re.compile(rf"\s+(?:(?:{links})\s+){{1,2}}[^\W\d_a-z]\w*(?:\s+[A-Z]\w*)*")

    @cached_property
    def body_words(self) -> frozenset[str]:
        """The words of `bodies`."""
        return frozenset(self.bodies.split())

    @cached_property
    def charge_words(self) -> frozenset[str]:
        """The words of `charges`."""
        return frozenset(self.charges.split())

    @cached_property
    def first_person_words(self) -> frozenset[str]:
        """The words of `first_person`."""
        return frozenset(self.first_person.split())

    @cached_property
    def sex(self) -> Mapping[str, str]:
        """``m``, ``f``, ``p`` (several) or ``c`` (either) of every word that says it."""
        fields = {
            "m": "male male_titles male_nouns male_names",
            "f": "female female_titles female_nouns female_names",
            "p": "plural groups",
            "c": "common",
        }
        return {
            word: letter
            for letter, names in fields.items()
            for field in names.split()
            for word in getattr(self, field).split()
        }

    @cached_property
    def token(self) -> re.Pattern[str]:
        """The pattern of a token: a word with its inner hyphens and full stops, a possessive, or a sign."""
        listed = sorted((re.escape(word) for word in self.abbreviations.split()), key=len, reverse=True)
        # The look ahead spares most words the long list.
        first = "".join(sorted({word[0] for word in listed}))
        abbreviation = rf"\b(?=[A-Z{first}])(?:(?:{'|'.join(listed)}|[A-Z])\.|(?:[A-Z]\.){{2,}})|" if listed else ""
        cut = f"{self.split}|" if self.split else ""
        return re.compile(
            rf"{abbreviation}{cut}['’]s\b|\w+(?:[-'’.&\u200c](?!{self.unjoined})\w+)*|['’](?=\s)"
            r"|[,;:.!?()\[\]،؛؟…—–/]|--+|-(?=\s)",
            re.IGNORECASE if not self.cased else 0,
        )
