"""One sentence for the user: why a string is proposed as a quotation, or doubted, and why this speaker."""

from collections.abc import Sequence
from typing import Final

from quotearchive.detection.attribution import Attribution
from quotearchive.detection.regions import PRONOUN
from quotearchive.detection.resolution import Resolved

#: What makes a string look like something other than speech: the end of a feature and what it means. The first that
#: applies is shown.
DOUBTS: Final[tuple[tuple[str, str], ...]] = (
    ("charged", "the words before it announce a charge"),
    (" labelled", "the word before it announces a name, a title or a term"),
    ("single", "it is in single marks, in a text that marks speech with double ones"),
    ("open inside", "its closing mark is missing"),
    (" title", "every word has a capital, as in a title"),
    ("speaker none", "nobody speaks near it"),
    ("speaker elsewhere", "nobody speaks in its paragraph"),
    ("words 1", "it is a single word"),
    ("words 2", "it is only two words long"),
    ("words 3", "it is only three words long"),
    ("word", "it ends without a comma or full stop, and no verb of speech is near it"),
)


def doubt(nature: Sequence[str]) -> str:
    """Explain why a string is perhaps no speech, from the features of its nature."""
    why = next(
        (meaning for end, meaning in DOUBTS if any(feature.endswith(end) for feature in nature)),
        "there is little evidence that it is one",
    )
    return f"Perhaps not a quotation: {why}."


def explain(found: Attribution, resolved: Resolved, mention: str | None, cue: str | None) -> str:
    """Explain why a string has the speaker that it has, by the words of the mention and of the cue that reports it."""
    if mention is None or found.option is None:
        whose = f"they are taken to be the letter writer's, {resolved.name}" if resolved.name else "none is proposed"
        return f"In quotation marks, but nothing nearby names a speaker of these words; {whose}."
    parts = [_link(found, mention, cue)]
    if resolved.name is None:
        parts.append("this person is not named in the text")
    elif found.option.mention.symbol == PRONOUN:
        parts.append(f"which most likely means {resolved.name}, named before")
    elif resolved.name != mention:
        parts.append(f"elsewhere called {resolved.name}")
    if not found.span.closed:
        parts.append("the closing mark is missing, as in a quotation that continues in the next paragraph")
    return "; ".join(parts) + "."


def _link(found: Attribution, mention: str, cue: str | None) -> str:
    option = found.option
    if option is not None and option.region is not found.region:
        return f"Continues from the paragraph before, where “{mention}” speaks"
    if cue == ":":
        return f"A colon after “{mention}” introduces it"
    if cue:
        return f"“{cue}” and “{mention}” are next to it"
    return f"“{mention}” is the likeliest speaker near it"
