"""Is it speech? Titles, nicknames, slogans, charges and scare quotes stand between the same marks.

What a marked string is shows in its length, its capitals, the words before it, and in whether anybody near it speaks.
Each of these is a feature; `Weights.quotation` holds how much it counts.
"""

import re
from typing import Final

from quotearchive.detection.attribution import Attribution
from quotearchive.detection.languages.language import Language, word_set
from quotearchive.detection.regions import MENTIONS

#: Words of a title that need no capital have at most so many letters: of, and, the, with.
SHORT_WORD: Final = 4
#: Weights set by hand, in tenths, for what news gives too few examples of to learn from: a charge is the court's
#: words, whatever verb is near it, and `the novel “...”` has a title even if somebody read it.
BY_HAND: Final[dict[str, int]] = {"charged": -60, "announced as charged": -60, "announced as labelled": -25}
#: From so many words on a string is of middle length, and long: terms and titles are short, speech is long.
MIDDLE: Final = 4
LONG: Final = 8
#: So many code points of a string are looked at.
FIRST: Final = 120
#: A label stands so near before a mark (code points): `on charges of “...”`.
LABEL_REACH: Final = 24
#: So many symbols before a string are looked at for its speaker, in a paragraph without end.
FARTHEST_SPEAKER: Final = 400
_ENDS: Final = ",.?!…"
_WORD: Final = re.compile(r"\w[\w’'-]*")
_MENTION: Final = re.compile(f"[{MENTIONS}]")


def nature_features(text: str, language: Language, found: Attribution, *, single_is_usual: bool) -> tuple[str, ...]:
    """Describe a marked string by what tells speech from other uses of the marks.

    Args:
        text: The whole text.
        language: Its language.
        found: The string with the speaker that was chosen for it.
        single_is_usual: Whether the text marks speech with single marks.
    """
    span, symbols, place = found.span, found.region.symbols, found.place
    words = _WORD.findall(text[span.start : min(span.end, span.start + FIRST)])
    size = "short" if len(words) < MIDDLE else "middle" if len(words) < LONG else "long"
    length = str(len(words)) if size == "short" else size
    ahead, behind = _ahead(symbols, place), _behind(symbols, place)
    capitals, clause = _capitals(words), _clause(words, language)
    label = _label(text, language, found)
    outside = not language.stops_inside or single_is_usual
    inside = _last_sign(text, span.end, span.after if outside else span.end)
    certainty = _link(found)
    return (
        f"words {length}",
        f"{size} {capitals}",
        f"{size} after {ahead}",
        f"{size} before {behind}",
        f"{size} ends {inside}",
        f"{size} {label}",
        f"announced as {label}" if size != "long" else label,
        f"{size} {clause}",
        f"{clause} {capitals} {inside}",
        f"{ahead} {size} {behind[:1]}",
        f"{size} speaker {certainty}",
        f"{capitals} speaker {certainty}",
        f"{capitals} after {ahead}",
        "single" if span.is_single and not single_is_usual and span.outer is None else "usual marks",
        # A whole paragraph that is left open continues; a string that opens inside a line is a slip.
        *(() if span.closed else ("open paragraph" if place <= 1 else "open inside",)),
    )


def _capitals(words: list[str]) -> str:
    """Return how the words are capitalised: all of them (a title), the first (a sentence), none."""
    if words and words[0].upper() == words[0].lower():
        return "caseless"
    if not words or not words[0][:1].isupper():
        return "lower"
    later = [word for word in words[1:LONG] if len(word) > SHORT_WORD or word[:1].isupper()]
    if later and all(word[:1].isupper() or word[:1].isdigit() for word in later):
        return "title"
    return "sentence" if len(words) > 1 else "capital"


def _clause(words: list[str], language: Language) -> str:
    """Return whether a pronoun or an auxiliary makes the words a clause; names and terms have none."""
    classes = language.classes
    return "clause" if any(classes.get(word.lower(), "w") in "SBOR" for word in words) else "phrase"


def _ahead(symbols: str, place: int) -> str:
    before = symbols[max(0, place - 2) : place]
    if not before or before[-1] == ".":
        return "start"
    return before if before[-1] == "," else before[-1]


def _behind(symbols: str, place: int) -> str:
    behind = symbols[place + 1 : place + 3]
    return behind if behind[:1] in (",", ".") else behind[:1]


def _last_sign(text: str, end: int, after: int) -> str:
    """Return the sign that ends the string, before or behind its closing mark: printers differ."""
    sign = text[end - 1 : end]
    if sign not in _ENDS:
        sign = text[after : after + 1] or "."
    return sign if sign in _ENDS else "word"


def _label(text: str, language: Language, found: Attribution) -> str:
    """Return what the words before the mark announce: a charge, or a name, a title or a term.

    What is strung on another marked string with a comma or `and` shares its label.
    """
    first = found
    while first.previous and not first.region.symbols[first.previous.place + 1 : first.place].strip(",K"):
        first = first.previous
        if first.label:
            found.label = first.label
            return found.label
    start = first.span.start - len(first.span.mark)
    words = _WORD.findall(text[max(0, start - LABEL_REACH) : start].lower())[-2:]
    if any(word in word_set(language.charges) for word in words):
        found.label = "charged"
    else:
        found.label = "labelled" if words and words[-1] in word_set(language.labels) else "unlabelled"
    return found.label


def _link(found: Attribution) -> str:
    """Return how the chosen speaker is linked to the string: by a verb, beside it, from afar, or not."""
    option = found.option
    if option is None:
        return "none"
    if option.region is not found.region:
        return "elsewhere"
    symbols, at, place = found.region.symbols, option.mention.place, found.place
    between = symbols[max(min(at, place), place - FARTHEST_SPEAKER) + 1 : max(at, place)]
    beside = symbols[at + 1 : at + 2] if at > place else ""
    verb = "verb" if "V" in between or "A" in between or beside == "V" or ":" in between else "no verb"
    far = "sentence" if "." not in between[1:] else "farther"
    crowd = len(_MENTION.findall(between))
    return f"{verb} {far} {min(crowd, 2)}"
