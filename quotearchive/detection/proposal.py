"""From a text to candidates: the steps of detection in their order."""

from collections.abc import Callable, Sequence

import msgspec

from quotearchive.detection import attribution, resolution
from quotearchive.detection.attribution import Attribution, Document, attribute, cue_of, goes_on
from quotearchive.detection.candidate import Candidate
from quotearchive.detection.confidence import SPEECH, confidence
from quotearchive.detection.languages import choose_language
from quotearchive.detection.layout import is_wrapped, paragraphs
from quotearchive.detection.marks import Span, find_spans
from quotearchive.detection.names import NameIndex
from quotearchive.detection.nature import WEIGHTS, nature_features
from quotearchive.detection.ranking import likelihood
from quotearchive.detection.reasons import doubt, explain
from quotearchive.detection.regions import NAME
from quotearchive.detection.resolution import Resolver, plain
from quotearchive.detection.roles import writer_of

#: How likely what nobody is said to say in a letter is the writer's own, 0..1.
UNATTRIBUTED = 0.7
Judge = Callable[[Span, Sequence[str]], float]
Gauge = Callable[[float, float], float]


def judge_by_weight(span: Span, features: Sequence[str]) -> float:
    """Say how likely a string is speech, by the weights of its features."""
    del span
    return likelihood(features, WEIGHTS)


class Choosers(msgspec.Struct, frozen=True):
    """Who decides; the script that learns the weights puts others in their place."""

    choose: attribution.Chooser = attribution.pick_by_weight
    """Picks the mention of a quotation's speaker."""
    pick: resolution.Picker = resolution.pick_by_weight
    """Picks the person whom a pronoun means."""
    judge: Judge = judge_by_weight
    """Says how likely marks hold speech."""
    gauge: Gauge = confidence
    """Turns likelihoods into a confidence."""


#: The choosers that detection uses.
BY_WEIGHT = Choosers()


def detect(text: str, language: str | None = None) -> list[Candidate]:
    """Propose the quotations of a text and say whose they are.

    Args:
        text: the whole text, with line feeds as line ends.
        language: its ISO 639-1 code; guessed from the text if None or unknown.

    Returns:
        Candidates sorted by start, an enclosing one before what it encloses; may be empty.

    >>> [(found.exact, found.speaker) for found in detect('"We are late," said Ann Lee.')]
    [('We are late,', 'Ann Lee')]
    """
    return propose(text, language, BY_WEIGHT)


def propose(text: str, language: str | None, by: Choosers) -> list[Candidate]:
    """Do what `detect` does, with the given choosers."""
    wrapped = is_wrapped(text)
    bounds = paragraphs(text, wrapped=wrapped)
    spans = find_spans(text, bounds)
    if not spans:
        return []
    tongue = choose_language(text, language)
    document = Document(text, tongue, bounds, spans)
    attributions = attribute(document, by.choose)
    names = NameIndex.of_text(text, tongue, wrapped=wrapped)
    if not tongue.cased:
        _index_mentions(names, document, attributions)
    resolver = Resolver(document, names, writer_of(text, tongue, bounds, names), by.pick)
    return _Proposal(document, resolver, by).candidates(attributions)


def _index_mentions(names: NameIndex, document: Document, attributions: Sequence[Attribution]) -> None:
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

    def __init__(self, document: Document, resolver: Resolver, by: Choosers) -> None:
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
        nature = nature_features(text, self._document.language, found, single_is_usual=self._single_is_usual)
        speech = self._by.judge(span, nature)
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
            reason=doubt(nature) if speech < SPEECH else explain(found, resolved, words, cue),
            within=within,
            continues=self._continued(found),
        )

    def _is_carried(self, found: Attribution) -> bool:
        """Whether only an earlier paragraph speaks for the chosen mention."""
        carried = found.option is not None and found.option.region is not found.region
        return carried and found.span.outer is None and not (self._last and goes_on(self._last, found))

    def _continued(self, found: Attribution) -> int | None:
        """Find the candidate whose next part this is."""
        before = found.previous or (self._last if found.span.outer is None else None)
        return self._indices[id(before.span)] if before and goes_on(before, found) else None
