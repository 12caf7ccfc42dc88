"""A language as detection knows it: tables of words, no code.

Every word of the text outside quotations is put into one word class, a single letter; who said what is then read from
the order of these letters. A language lists the words of its closed classes and its cue verbs; what is in no list is a
capitalised word (``C``) or any other word (``w``).
"""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import ClassVar, Final

import msgspec

#: Word classes, a letter each; this list is the whole of them.
CLASSES: Final[dict[str, str]] = {
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


@cache
def word_set(table: str) -> frozenset[str]:
    """Return the words of a table, for looking them up; each table is split once."""
    return frozenset(table.split())


class Language(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One language as data. Words are in lower case and separated by blanks; every table may be empty.

    Attributes:
        code: ISO 639-1.
        frequent: The commonest words, by which the language of a text is guessed.
        letters: Letters and signs that other languages hardly use; each counts like a frequent word.
        cues: Forms of verbs that report speech.
        cue_nouns: Nouns that stand for an utterance: statement, letter.
        attributing: Words that name a source without a verb: according (to), laut, selon.
        male: Subject pronouns for a man.
        female: Subject pronouns for a woman.
        plural: Subject pronouns for several people.
        neuter: Other subject pronouns, for bodies and papers: it, everyone.
        common: Subject pronouns for a man or a woman, where the language does not tell.
        first_person: I, we.
        objects: Object pronouns.
        relatives: Relative pronouns.
        determiners: Articles, demonstratives, possessives and quantifiers that open a description of somebody.
        prepositions: Of, with.
        conjunctions: And, but.
        subordinators: That, while, because.
        auxiliaries: Has, was, will.
        adverbs: Also, later.
        verbs: Frequent verbs that report nothing: they end a description.
        particles: Lower-case words inside names: van, de, bin.
        male_titles: Titles before a man's name.
        female_titles: Titles before a woman's name.
        titles: Titles before either.
        calendar: Capitalised words that are nobody: months, days, nationalities, broadcasters.
        male_nouns: Nouns for men: man, father; and their forms of office.
        female_nouns: The same for women.
        male_names: Frequent first names of men.
        female_names: Frequent first names of women.
        groups: Bare plural nouns that speak: officials, critics.
        labels: Words before marks that hold a name, a title or a term: `so-called`, `the word`.
        charges: Words before marks that hold an accusation or a law: `charges of`, `convicted of`.
        bodies: Capitalised words that go on with a preposition: Ministry of Justice.
        body_links: The prepositions and articles with which such names go on: of, the.
        short_titles: Shortened titles and the words they stand for: `sen=senator`.
        definite: Determiners of somebody known: the, this.
        salutations: Words that open a letter.
        verb_endings: Endings by which an unlisted lower-case word is taken for a verb.
        prefixes: Conjunctions written together with the next word: Arabic wa-, fa-.
        split: Regular expression of what is cut off a word before it is looked up: l’homme, dit-il.
        unjoined: Regular expression of what may not be joined to a word by a hyphen or an apostrophe.
        abbreviations: Abbreviations whose full stop ends no sentence, without it.
        stops_inside: Whether printers put commas and full stops inside the closing mark whether they belong there or
            not.
        cased: Whether names are capitalised.
        nouns_cased: Whether all nouns are (German).
    """

    code: str
    frequent: str
    letters: str = ""
    cues: str
    cue_nouns: str = ""
    attributing: str = ""
    male: str = ""
    female: str = ""
    plural: str = ""
    neuter: str = ""
    common: str = ""
    first_person: str = ""
    objects: str = ""
    relatives: str = ""
    determiners: str = ""
    prepositions: str = ""
    conjunctions: str = ""
    subordinators: str = ""
    auxiliaries: str = ""
    adverbs: str = ""
    verbs: str = ""
    particles: str = ""
    male_titles: str = ""
    female_titles: str = ""
    titles: str = ""
    calendar: str = ""
    male_nouns: str = ""
    female_nouns: str = ""
    male_names: str = ""
    female_names: str = ""
    groups: str = ""
    labels: str = ""
    charges: str = ""
    bodies: str = ""
    body_links: str = ""
    short_titles: str = ""
    definite: str = ""
    salutations: str = ""
    verb_endings: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    split: str = ""
    unjoined: str = r"['’]?s\b"
    abbreviations: str = ""
    stops_inside: bool = False
    cased: bool = True
    nouns_cased: bool = False

    #: The tables of each word class; where a word stands in two, the later one wins.
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
    def long_titles(self) -> Mapping[str, str]:
        """The words that shortened titles stand for."""
        return dict(pair.split("=") for pair in self.short_titles.split())

    @cached_property
    def body_name(self) -> re.Pattern[str] | None:
        """What follows the first word of a body's name: `of Justice`, `des Innern`."""
        if not self.bodies or not self.body_links:
            return None
        links = "|".join(self.body_links.split())
        return re.compile(rf"\s+(?:(?:{links})\s+){{1,2}}[^\W\d_a-z]\w*(?:\s+[A-Z]\w*)*")

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
