"""Choose, for each quotation, the place where the text says whose it is.

Every mention near a quotation, in its paragraph and the one before, and the speaker of the quotation before it are
options; each is described by features (`features`), and a chooser picks one: by the learnt weights, or by the gold data
in the script that learns them.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from quotearchive.detection import features
from quotearchive.detection.languages.language import Language
from quotearchive.detection.marks import QuotedSpan
from quotearchive.detection.regions import MENTIONS, Mention, Region, read_region
from quotearchive.detection.weights import Option
from quotearchive.model import Span

#: How many mentions of the paragraph before are options for a paragraph that begins with a quotation.
FROM_PARAGRAPH_BEFORE: Final = 6
#: A remark between two parts has at most so many symbols: `the teacher of the school said with a smile`.
LONGEST_REMARK: Final = 14
#: How the remark that splits a quotation begins, once the comma is taken away, and how it ends.
_OPENS_REMARK: Final = MENTIONS + "VB"
_ENDS_REMARK: Final = MENTIONS + ",.-:V"
#: Weights set by hand, in tenths, for what the annotated news have few examples of.
BY_HAND: Final[dict[str, int]] = {
    # Dialogues, whose speakers take turns.
    "alternating": 60,
    # Quotations in quotations: I said, as Khomeini, who told the Shah, ‘...’
    "leads in, inside a quotation": 40,
    # Verbs before their subjects, in other languages: In a letter wrote Weber: “...”
    "inverted lead-in": 30,
    # Two speakers in one paragraph: “Where is he?” asked the mother. “Gone,” said the guard.
    "tag": 20,
    # Subjects left out: “...”, dijo a los periodistas.
    "object behind": -40,
    # Sources without a verb: According to the court, the law is “...”
    "source": 25,
}
#: So many turns make a dialogue whose next speaker is the last but one.
TURNS: Final = 2
#: A paragraph of more code points is no turn of a dialogue but a statement, and statements follow one another in news.
LONGEST_TURN: Final = 160
#: A cue belongs to a mention across at most so many symbols: `Smith, a teacher, said`.
FARTHEST_CUE: Final = 6
#: Of the cues between a mention and a quotation, so many are looked at, those nearest to the mention.
MOST_CUES: Final = 60

#: A quotation with its speaker and verb right behind it, and what leads into one.
_TAG_BEHIND: Final = re.compile(r"Q[,.]?(?:[nls]V|V[nls])")
_TAG_AHEAD: Final = re.compile(r".*[nls]B?V[,:]*$")


class MarkedText(msgspec.Struct):
    """A text with its paragraphs and what stands between its quotation marks.

    Attributes:
        text: The whole text.
        language: Its language.
        paragraphs: Their spans, in order.
        spans: What stands between marks, sorted by start.
    """

    text: str
    language: Language
    paragraphs: list[Span]
    spans: list[QuotedSpan]


class PossibleSpeaker(Option):
    """A mention that may be a quotation's speaker, with its region and the features of the two (see `features`)."""

    mention: Mention
    region: Region


class Attribution(msgspec.Struct):
    """A quotation with the mention that was chosen.

    Attributes:
        span: The quotation.
        region: The region that holds it.
        place: Index of the quotation in the region's symbols.
        option: The option that was chosen, if any.
        certainty: Share of the chosen option among all options, 0..1.
        previous: The quotation before it in the region.
        label: What the words before it announce, once `nature` has looked.
    """

    span: QuotedSpan
    region: Region
    place: int
    option: PossibleSpeaker | None = None
    certainty: float = 0.0
    previous: "Attribution | None" = None
    label: str = ""


#: Picks one of a quotation's options, with its certainty, 0..1.
Chooser = Callable[[QuotedSpan, Sequence[PossibleSpeaker]], tuple[PossibleSpeaker | None, float]]


def attribute(document: MarkedText, choose: Chooser) -> list[Attribution]:
    """Choose a mention for every span of a document, in their order."""
    return _Attributor(document, choose).run()


class _Attributor:
    """The state of reading the quotations of one text in order."""

    def __init__(self, document: MarkedText, choose: Chooser) -> None:
        self._document = document
        self._choose = choose
        self._by_paragraph: dict[int, list[QuotedSpan]] = {}
        self._inner: dict[int, list[QuotedSpan]] = {}
        self._regions: dict[int, Region] = {}
        self._last: Attribution | None = None
        self._turns: list[Attribution] = []
        for span in document.spans:
            if span.outer is None:
                self._by_paragraph.setdefault(span.paragraph, []).append(span)
            else:
                self._inner.setdefault(id(span.outer), []).append(span)

    def run(self) -> list[Attribution]:
        done: list[Attribution] = []
        for paragraph, spans in self._by_paragraph.items():
            done += self._attribute_region(self._region(paragraph), spans)
        for span in self._document.spans:
            inner = self._inner.get(id(span))
            if inner:
                self._last = None
                done += self._attribute_region(self._read((span.start, span.end), inner), inner)
        done.sort(key=lambda attribution: (attribution.span.start, -attribution.span.end))
        _hand_back([attribution for attribution in done if attribution.span.outer is None])
        return done

    def _region(self, paragraph: int) -> Region:
        if paragraph not in self._regions:
            spans = self._by_paragraph.get(paragraph, [])
            self._regions[paragraph] = self._read(self._document.paragraphs[paragraph], spans)
        return self._regions[paragraph]

    def _read(self, bounds: Span, spans: list[QuotedSpan]) -> Region:
        edges = [(span.start - len(span.mark), min(span.after, bounds[1]), span.start, span.end) for span in spans]
        return read_region(self._document.text, self._document.language, bounds, edges)

    def _attribute_region(self, region: Region, spans: list[QuotedSpan]) -> list[Attribution]:
        done: list[Attribution] = []
        own = {mention.place: features.own_features(region, mention) for mention in region.mentions}
        for span, place in zip(spans, region.places, strict=True):
            attribution = Attribution(span, region, place, previous=done[-1] if done else None)
            options = self._options_here(attribution, own)
            options += self._options_before(attribution, span)
            options += self._options_in_dialogue(attribution, span)
            attribution.option, attribution.certainty = self._choose(span, options)
            done.append(attribution)
            self._last = attribution
        if spans[0].outer is None:
            self._turns = [*self._turns[-1:], done[0]]
        return done

    def _options_here(self, attribution: Attribution, own: dict[int, tuple[str, ...]]) -> list[PossibleSpeaker]:
        region, place, previous = attribution.region, attribution.place, attribution.previous
        chosen = previous.option.mention if previous and previous.option else None
        options: list[PossibleSpeaker] = []
        for mention in features.near_mentions(region, place):
            found = own[mention.place] + features.pair_features(region, mention, place)
            if attribution.span.outer and "leads in" in found:
                found += ("leads in, inside a quotation",)
            if previous and mention is chosen:
                found += features.chain_features(region, previous.place, place)
            options.append(PossibleSpeaker(found, mention, region))
        return options

    def _options_before(self, attribution: Attribution, span: QuotedSpan) -> list[PossibleSpeaker]:
        """Offer the last speaker, and for a paragraph's first quotation the mentions of the paragraph before."""
        options: list[PossibleSpeaker] = []
        last = self._last
        if span.outer is not None:
            return options
        if last and last.option:
            found = features.carried_features(
                attribution.region,
                span.paragraph - last.span.paragraph,
                closed=last.span.closed,
                first=attribution.previous is None,
            )
            options.append(PossibleSpeaker(found, last.option.mention, last.option.region))
        if attribution.previous is None and span.paragraph and not _is_tagged(attribution):
            before = self._region(span.paragraph - 1)
            for rank, mention in enumerate(reversed(before.mentions[-FROM_PARAGRAPH_BEFORE:])):
                found = features.earlier_features(attribution.region, before, mention, rank)
                options.append(PossibleSpeaker(found, mention, before))
        return options

    def _options_in_dialogue(self, attribution: Attribution, span: QuotedSpan) -> list[PossibleSpeaker]:
        """Offer the speaker before the last one, if two speakers have taken turns paragraph by paragraph."""
        if len(self._turns) < TURNS or attribution.previous or attribution.region.mentions or span.outer:
            return []
        earlier, last = self._turns
        in_turn = earlier.span.paragraph + 2 == last.span.paragraph + 1 == span.paragraph
        if not (in_turn and last.span.closed and earlier.option and last.option):
            return []
        # A turn of a dialogue is short, and its quotation begins it.
        turns = (earlier, last, attribution)
        are_brief = all(turn.place == 0 and turn.region.end - turn.region.start < LONGEST_TURN for turn in turns)
        if earlier.option.mention.tail == last.option.mention.tail or not are_brief:
            return []
        return [PossibleSpeaker(("alternating",), earlier.option.mention, earlier.option.region)]


def _hand_back(done: list[Attribution]) -> None:
    """Attribute the opening paragraphs of a long quotation, left unclosed, to the speaker whom a later one names."""
    for before, found in zip(done[-2::-1], done[:0:-1], strict=False):
        named_later = found.option and found.option.region is found.region
        named_here = before.option and before.option.region is before.region
        if named_later and not named_here and goes_on(before, found):
            before.option, before.certainty = found.option, found.certainty


def goes_on(before: Attribution, found: Attribution) -> bool:
    """Check whether a quotation is the next part of the one before it, in the same region or the paragraph before.

    It is in `"A," he said, "b"`, in `"A," he said. "B."` and where a paragraph opens again what was not closed.
    """
    if found.region is not before.region:
        is_next = found.span.paragraph == before.span.paragraph + 1
        return is_next and not before.span.closed and found.place <= 1
    remark = found.region.symbols[before.place + 1 : found.place].lstrip(",")
    if not remark or len(remark) > LONGEST_REMARK or "." in remark[:-1] or remark[0] not in _OPENS_REMARK:
        return False
    same = found.option and before.option and found.option.mention is before.option.mention
    return bool(same) and "V" in remark and remark[-1] in _ENDS_REMARK


def _is_tagged(attribution: Attribution) -> bool:
    """Check whether `he said` is right before or behind a quotation: then no other paragraph matters."""
    symbols, place = attribution.region.symbols, attribution.place
    return bool(_TAG_BEHIND.match(symbols, place) or _TAG_AHEAD.match(symbols[max(0, place - 5) : place]))


def cue_of(attribution: Attribution) -> Span | None:
    """Find the span of the word that reports the quotation: the cue nearest to the mention, or a colon before it."""
    option, region, place = attribution.option, attribution.region, attribution.place
    if option is None or option.region is not region:
        colon = bisect_left(region.cues, place - 1)
        return region.cue_spans[colon] if colon < len(region.cues) and region.cues[colon] == place - 1 else None
    at = option.mention.place
    low, high = bisect_left(region.cues, min(at, place)), bisect_left(region.cues, max(at, place))
    between = range(low, high)[:MOST_CUES] if at < place else range(low, high)[-MOST_CUES:]
    near = between or _beside(region, at, low, high)
    verbs = [index for index in near if region.symbols[region.cues[index]] == "V"] or list(near)
    return region.cue_spans[min(verbs, key=lambda index: abs(region.cues[index] - at))] if verbs else None


def _beside(region: Region, at: int, low: int, high: int) -> list[int]:
    """List the cues next to a mention, with nobody and no full stop between."""
    return [
        index
        for index in (low - 1, high)
        if 0 <= index < len(region.cues)
        and abs(region.cues[index] - at) <= FARTHEST_CUE
        and not any(
            symbol in MENTIONS or symbol == "."
            for symbol in region.symbols[min(region.cues[index], at) + 1 : max(region.cues[index], at)]
        )
    ]
