"""From a text to candidates: the steps of detection in their order."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import msgspec

from quotearchive.detection import attribution, nature, resolution
from quotearchive.detection.attribution import Attribution, MarkedText, attribute, cue_of, goes_on
from quotearchive.detection.languages import choose_language
from quotearchive.detection.layout import is_wrapped, paragraphs
from quotearchive.detection.marks import QuotedSpan, find_spans
from quotearchive.detection.names import NameIndex
from quotearchive.detection.reasons import doubt, explain
from quotearchive.detection.regions import NAME
from quotearchive.detection.resolution import Resolver, plain
from quotearchive.detection.roles import writer_of
from quotearchive.detection.weights import SPEECH, Weights, confidence, learnt_weights, likelihood, weightiest
from quotearchive.model import Span

#: How likely what nobody is said to say in a letter is the writer's own, 0..1.
UNATTRIBUTED: Final = 0.7


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation that nobody has accepted yet.

    Offsets are half-open and count code points of the text.

    Attributes:
        start: First code point between the marks.
        end: Code point after the last one between the marks.
        exact: The words between the marks, as they stand in the text.
        speaker: The fullest name that the text gives the speaker, or a description if it gives none.
        speaker_span: Where the text says whose the words are.
        mention: How it names the speaker there: `He`, `the teacher`.
        cue: The word that reports the words, or the colon before them.
        confidence: How likely it is that this is a quotation and that the speaker is right, 0..1; at least one half for
            what is surely a quotation, whoever said it.
        reason: One sentence for the user: why it was proposed, and why this speaker.
        within: Index of the candidate that encloses this one.
        continues: Index of the candidate whose next part this is: `"A," he said, "b"`, or the next paragraph of a long
            quotation. Candidates chained by this belong into one quote, as its passages.
    """

    start: int
    end: int
    exact: str
    speaker: str | None = None
    speaker_span: Span | None = None
    mention: str | None = None
    cue: str | None = None
    confidence: float = 0.0
    reason: str = ""
    within: int | None = None
    continues: int | None = None


class Choosers(msgspec.Struct, frozen=True):
    """What decides; the script that learns the weights puts others in its place.

    Attributes:
        choose: Picks the mention of a quotation's speaker.
        pick: Picks the person whom a pronoun means.
        judge: Returns how likely what marks hold is speech, 0..1.
        gauge: Turns the likelihoods of speech and speaker into a confidence, 0..1.
    """

    choose: attribution.Chooser
    pick: resolution.Picker
    judge: Callable[[QuotedSpan, Sequence[str]], float]
    gauge: Callable[[float, float], float]


def weighing(weights: Weights) -> Choosers:
    """Return choosers that decide by weights, the learnt ones and those set by hand."""
    speaker = {**weights.speaker, **attribution.BY_HAND}
    quotation = {**weights.quotation, **nature.BY_HAND}
    return Choosers(
        choose=lambda _, options: weightiest(options, speaker),
        pick=lambda _, antecedents: weightiest(antecedents, weights.antecedent),
        judge=lambda _, features: likelihood(features, quotation),
        gauge=partial(confidence, weights.counted),
    )


def detect(text: str, language: str | None = None) -> list[Candidate]:
    """Propose the quotations of a text, with their speakers.

    Args:
        text: The whole text, with line feeds as line ends.
        language: Its ISO 639-1 code; guessed from the text if None or unknown.

    Returns:
        Candidates sorted by start, an enclosing one before what it encloses; may be empty.

    >>> [(found.exact, found.speaker) for found in detect('"We are late," said Ann Lee.')]
    [('We are late,', 'Ann Lee')]
    """
    return propose(text, language, weighing(learnt_weights()))


def propose(text: str, language: str | None, by: Choosers) -> list[Candidate]:
    """Propose the quotations of a text as `detect` does, with the given choosers."""
    wrapped = is_wrapped(text)
    bounds = paragraphs(text, wrapped=wrapped)
    spans = find_spans(text, bounds)
    if not spans:
        return []
    tongue = choose_language(text, language)
    document = MarkedText(text, tongue, bounds, spans)
    attributions = attribute(document, by.choose)
    names = NameIndex.of_text(text, tongue, wrapped=wrapped)
    if not tongue.cased:
        _index_mentions(names, document, attributions)
    resolver = Resolver(document, names, writer_of(text, tongue, bounds, names), by.pick)
    return _Proposal(document, resolver, by).candidates(attributions)


def _index_mentions(names: NameIndex, document: MarkedText, attributions: Sequence[Attribution]) -> None:
    """Index the names that the order of words shows: those that open a sentence, or that speak."""
    chosen = {id(found.option.mention) for found in attributions if found.option}
    regions = {found.region.start: found.region for found in attributions if found.span.outer is None}
    for _, region in sorted(regions.items()):
        for mention in region.mentions:
            ahead = region.symbols[max(0, mention.place - 2) : mention.place]
            opens = ahead.rstrip("Vv") in ("", ".") or ahead.rstrip("Vv")[-1] == "."
            if mention.symbol == NAME and (opens or id(mention) in chosen):
                names.add(mention.start, document.text[mention.start : mention.end])


class _Proposal:
    """The candidates of one text while they are made, in reading order."""

    def __init__(self, document: MarkedText, resolver: Resolver, by: Choosers) -> None:
        self._document = document
        self._resolver = resolver
        self._by = by
        self._made: list[Candidate] = []
        self._indices: dict[int, int] = {}
        self._last: Attribution | None = None
        outer = [span for span in document.spans if span.outer is None]
        self._single_is_usual = 2 * sum(span.is_single for span in outer) > len(outer)

    def candidates(self, attributions: Sequence[Attribution]) -> list[Candidate]:
        for found in attributions:
            self._indices[id(found.span)] = len(self._made)
            self._made.append(self._make(found))
            if found.span.outer is None:
                self._last = found
        return self._made

    def _make(self, found: Attribution) -> Candidate:
        text, span = self._document.text, found.span
        within = self._indices[id(span.outer)] if span.outer else None
        if self._resolver.writer and self._is_carried(found):
            found.option, found.certainty = None, UNATTRIBUTED
        resolved = self._resolver.resolve(found, self._made[within].speaker if within is not None else None)
        features = nature.nature_features(text, self._document.language, found, single_is_usual=self._single_is_usual)
        speech = self._by.judge(span, features)
        mention = found.option.mention if found.option else None
        words = plain(text[mention.start : mention.end]) if mention else None
        place = cue_of(found)
        cue = text[place[0] : place[1]] if place else None
        return Candidate(
            start=span.start,
            end=span.end,
            exact=text[span.start : span.end],
            speaker=resolved.name,
            speaker_span=(mention.start, mention.end) if mention else None,
            mention=words,
            cue=cue,
            confidence=self._by.gauge(speech, found.certainty * resolved.certainty),
            reason=doubt(features) if speech < SPEECH else explain(found, resolved, words, cue),
            within=within,
            continues=self._continued(found),
        )

    def _is_carried(self, found: Attribution) -> bool:
        """Check whether only an earlier paragraph speaks for the chosen mention."""
        carried = found.option is not None and found.option.region is not found.region
        return carried and found.span.outer is None and not (self._last and goes_on(self._last, found))

    def _continued(self, found: Attribution) -> int | None:
        """Find the candidate whose next part this is."""
        before = found.previous or (self._last if found.span.outer is None else None)
        return self._indices[id(before.span)] if before and goes_on(before, found) else None
