"""What is said in the turns of a transcript, as proposals beside those of detection.

A turn's words stand between no marks: where it begins and ends, and who speaks, the document's segments say.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import msgspec

from quotearchive.detection.languages import choose_language
from quotearchive.detection.layout import is_wrapped, paragraphs
from quotearchive.detection.names import NameIndex
from quotearchive.model import Document, Proposal, Span
from quotearchive.readers.talk.labels import UNKNOWN, bare_label, is_role, read_head, read_stamp

#: How likely a turn is what its speaker says, if the label is a name, and if it doesn't say who that is, 0..1.
NAMED: Final = 0.9
UNNAMED: Final = 0.6

#: How much of the words of a turn's paragraph a quotation in it must have to be the same, 0..1.
_SAME: Final = 0.8

#: So many characters above the first turn are an introduction, and so many capitals are initials.
_INTRODUCTION: Final = 20_000
_INITIALS: Final = 3
#: So many labels of one text are looked for in other spellings.
_MOST_NAMES: Final = 100

#: Why a quotation in a turn has no speaker where detection took a label, which names nobody, for a name.
_UNNAMED_IN_TURN: Final = "In quotation marks in what is said in the transcript; nothing nearby names its speaker."

#: What is heard and not said: `[applause]`, `(laughs)`, `♪ ... ♪`.
_SOUND: Final = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|♪[^♪]*♪?")
_DASH: Final = re.compile(r"\s*(?:[-‐–—―]\s+|>>+\s*)")
_WORD: Final = re.compile(r"\w")


class Speech(msgspec.Struct, frozen=True):
    """A paragraph of a turn, without its label and time.

    Attributes:
        span: Its place in the text.
        label: How the transcript names the speaker.
    """

    span: Span
    label: str


def find_speeches(document: Document) -> list[Speech]:
    """Find what is said in the turns of a document, paragraph by paragraph; nothing if it has no turns."""
    text = document.text
    turns = [segment for segment in document.segments if segment.kind == "turn"]
    if not turns:
        return []
    ends = [*(turn.start for turn in turns[1:]), len(text)]
    apart = "\n\n".join(text[turn.start : end] for turn, end in zip(turns, ends, strict=True))
    bounds = _rejoined(text, paragraphs(text, wrapped=is_wrapped(apart)))
    starts = [start for start, _ in bounds]
    found = []
    for turn, end in zip(turns, ends, strict=True):
        first = max(0, bisect_right(starts, turn.start) - 1)
        for start, stop in bounds[first : bisect_left(starts, end)]:
            for span in _spoken(text, max(start, turn.start), min(stop, end), turn.label):
                found.append(Speech(span, turn.label))  # noqa: PERF401
    return found


def _rejoined(text: str, bounds: Sequence[Span]) -> list[Span]:
    """Join a line that goes on in small letters with the one above it, which does not end its sentence."""
    joined: list[Span] = []
    for start, end in bounds:
        goes_on = text[start : start + 1].islower() and joined and text.count("\n", joined[-1][1], start) == 1
        if goes_on and text[joined[-1][1] - 1] not in ".!?…:;":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _spoken(text: str, start: int, end: int, label: str) -> Iterator[Span]:
    """Yield the words of a paragraph without the head of a turn, at lines that begin with one."""
    heads = [(start, start), *_heads(text, start, end, label), (end, end)]
    for (_, begin), (stop, _) in pairwise(heads):
        if stamp := read_stamp(text[begin : min(stop, begin + 80)]):
            begin += stamp[1]  # noqa: PLW2901
        if dash := _DASH.match(text, begin, stop):
            begin = dash.end()  # noqa: PLW2901
        words = text[begin:stop]
        if _WORD.search(_SOUND.sub("", words)):
            yield begin + len(words) - len(words.lstrip()), begin + len(words.rstrip(" \t\n*_"))


def _heads(text: str, start: int, end: int, label: str) -> Iterator[Span]:
    """Yield the heads of the speaker's turns in a paragraph: where a line begins, and where its words do."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        head = read_head(text[at:stop])
        if head and bare_label(head.label) == bare_label(label):
            yield at, min(at + head.end, end)
        at = stop + 1


def with_speeches(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Set what is said in turns among the proposals of detection, in reading order, with new numbers.

    A quotation in a turn is within it; one that is all of what is said there takes its speaker and stays alone.

    Args:
        document: The document.
        proposals: What detection proposes, none of it numbered for good.
    """
    speeches = find_speeches(document)
    if not speeches:
        return list(proposals)
    starts = [speech.span[0] for speech in speeches]
    around = {each.number: _around(each, speeches, starts) for each in proposals}
    who = _Speakers(document)
    places = ((each, place) for each in proposals if (place := around[each.number]) is not None)
    whole = {place: each for each, place in places if _are_same(each, speeches[place])}
    made: list[tuple[Span, int, Proposal, int | None]] = []
    for place, speech in enumerate(speeches):
        if place not in whole:
            made.append((speech.span, 0, _proposal(speech, who), None))
    for each in proposals:
        place = around[each.number]
        if place is not None and whole.get(place) is each:
            name, mention, confidence = who.named(speeches[place].label)
            each = msgspec.structs.replace(  # noqa: PLW2901
                each, speaker=name, mention=mention, confidence=confidence, reason=_reason(name, mention)
            )
            place = None
        elif place is not None and each.speaker and is_role(each.speaker):
            each = msgspec.structs.replace(each, speaker=None, reason=_UNNAMED_IN_TURN)  # noqa: PLW2901
        made.append(((each.spans[0][0], each.spans[-1][1]), 1, each, place))
    return _numbered(made, whole, speeches)


def _numbered(
    made: list[tuple[Span, int, Proposal, int | None]], whole: dict[int, Proposal], speeches: Sequence[Speech]
) -> list[Proposal]:
    """Number proposals in reading order, an outer one before what it holds, and let them know what is around them."""
    made.sort(key=lambda each: (each[0][0], each[1] and -each[0][1], each[1]))
    old = {proposal.number: number for number, (_, kind, proposal, _) in enumerate(made, 1) if kind}
    turns = {span: number for number, (span, kind, _, _) in enumerate(made, 1) if not kind}
    return [
        msgspec.structs.replace(
            proposal,
            number=number,
            within=old[proposal.within]
            if proposal.within is not None
            else (turns.get(speeches[place].span) if place is not None and place not in whole else None),
        )
        for number, (_, _, proposal, place) in enumerate(made, 1)
    ]


def _around(proposal: Proposal, speeches: Sequence[Speech], starts: Sequence[int]) -> int | None:
    """Find the speech that holds all of a proposal, perhaps with its marks, which may stand outside of it."""
    first, last = proposal.spans[0][0], proposal.spans[-1][1]
    place = bisect_right(starts, first) - 1
    return place if place >= 0 and last <= speeches[place].span[1] and first >= speeches[place].span[0] else None


def _are_same(proposal: Proposal, speech: Speech) -> bool:
    length = sum(end - start for start, end in proposal.spans)
    return proposal.within is None and length >= _SAME * (speech.span[1] - speech.span[0])


def _proposal(speech: Speech, who: "_Speakers") -> Proposal:
    name, mention, confidence = who.named(speech.label)
    return Proposal(
        number=0,
        spans=(speech.span,),
        speaker=name,
        mention=mention,
        cue=None,
        confidence=confidence,
        reason=_reason(name, mention),
    )


class _Speakers:
    """Those whom the labels of a text name."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._counts = Counter(segment.label for segment in document.segments if segment.kind == "turn")
        self._begins = min(segment.start for segment in document.segments if segment.kind == "turn")
        self._language = document.language
        self._is_timed = any(segment.kind == "time" for segment in document.segments)
        self._names: dict[str, str] = {}

    def named(self, label: str) -> tuple[str | None, str | None, float]:
        """Return whom a label names, how it does, and how sure that is."""
        if label == UNKNOWN:
            return None, None, UNNAMED
        if is_role(label):
            return None, label, UNNAMED
        if label not in self._names:
            self._names[label] = self._spelled(label)
        # One word that stands before a colon once may be the speaker's own.
        is_sure = self._is_timed or self._counts[label] > 1 or len(label.split()) > 1
        return self._names[label], label, NAMED if is_sure else UNNAMED

    def _spelled(self, label: str) -> str:
        """Return the name that a label stands for: as the text introduces it, or spells it other than in capitals."""
        if len(self._names) > _MOST_NAMES:
            return label
        name = label.title() if label.isupper() and len(label) > _INITIALS else label
        if len(label.split()) == 1 and (introduced := self._introduced(name)):
            return introduced
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        return name if name == label or pattern.search(self._text) else label

    def _introduced(self, name: str) -> str | None:
        """Find the one person above the first turn who has a name, or its initials: `A.S.` is Anna Svoboda."""
        initials = name.replace(".", "")
        is_short = initials.isupper() and 1 < len(initials) <= _INITIALS
        found = {
            " ".join(words)
            for words in self._introductions
            if ("".join(word[0] for word in words) == initials if is_short else name in {words[0], words[-1]})
        }
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _introductions(self) -> set[tuple[str, ...]]:
        above = self._text[: self._begins][-_INTRODUCTION:]
        names = NameIndex.of_text(above, choose_language(above, self._language), wrapped=False)
        return {each.words for each in names.all() if len(each.words) > 1}


def _reason(name: str | None, mention: str | None) -> str:
    if name and mention and name != mention:
        return f"It is what “{mention}” says in the transcript; elsewhere called {name}."
    if name:
        return f"It is what {name} says in the transcript."
    if mention:
        return f"It is said in the transcript by “{mention}”, who is not named."
    return "It is said in the transcript, which does not name the speaker."
