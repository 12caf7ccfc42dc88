"""Transcripts in plain text: `Anna Svoboda: ...`, `Q. ...`, `Ben  0:04`. The text stays as it is.

Many texts have lines that begin with a word and a colon. They are a transcript only if the same few labels come
again and again, speak in sentences, and most of the text stands under them.
"""

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quotearchive.model import Segment
from quotearchive.readers.extracts import Extract, Extracted
from quotearchive.readers.talk.labels import Head, bare_label, read_head, read_stamp
from quotearchive.readers.talk.utterances import people
from quotearchive.text import clock, milliseconds

#: The fewest turns of a transcript, and of one whose turns have times.
FEWEST: Final = 3
FEWEST_TIMED: Final = 2

#: The share of a text, in characters, that stands under labels.
MOST_OF_IT: Final = 0.5

#: The share of its paragraphs that begin with a label: a speaker may say several.
DENSITY: Final = 0.12

#: The share of turns that end like sentences; entries of lists and fields of records don't.
SENTENCES: Final = 0.5

#: The fewest lines that are a time, which make a transcript without names, and when the first is at the latest.
_FEWEST_TIMES: Final = 3
_FIRST_TIME: Final = 60_000
_TIMES_SHARE: Final = 0.25

#: A value of a record or a list is no longer than so many words.
_FEW_WORDS: Final = 3
#: How many of the last characters show whether a sentence ends.
_ENDING: Final = 8

_LINE: Final = re.compile(r"[^\n]+")
_STAMP: Final = re.compile(r"[\[(]((?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)[\])]")
#: A time on a line of its own, between turns.
_TIME_LINE: Final = re.compile(r"^[ \t]*(?P<time>\d{1,3}:\d{2}:\d{2})[ \t]*$", re.MULTILINE)
_ENDS: Final = re.compile(r"[.!?…。！？؟۔।\-–—][\"'”’»)\]*_]*\s*$")
#: What Otter puts below a transcript; it is nobody's words.
_FOOTER: Final = re.compile(
    r"\s*^[ \t]*Transcribed by (?:https?://)?otter\.ai[ \t]*\s*\Z", re.MULTILINE | re.IGNORECASE
)
#: How much of a text's end may be that.
_FOOTER_REACH: Final = 200


class Turn(msgspec.Struct, frozen=True):
    """A head in a text: where its line begins, where that ends, and whether a blank line is above and below."""

    start: int
    end: int
    head: Head
    is_apart: bool
    is_alone: bool


class Transcript(msgspec.Struct, frozen=True):
    """What makes a text a transcript.

    Attributes:
        text: The text without what a program puts below it.
        segments: Its turns and times.
        extracted: What its speakers make it.
        begins: Where the first turn begins; before it may be a title.
    """

    text: str
    segments: tuple[Segment, ...]
    extracted: tuple[Extracted, ...]
    begins: int


def find_transcript(text: str) -> Transcript | None:
    r"""Find the turns of a transcript; None if the text is none.

    >>> found = find_transcript("Anna: Who knew?\nBen: Nobody.\nAnna: Nobody?\nBen: Nobody at all.")
    >>> [(segment.start, segment.label) for segment in found.segments]
    [(0, 'Anna'), (16, 'Ben'), (29, 'Anna'), (43, 'Ben')]
    """
    text = _without_footer(text)
    turns = list(_heads(text))
    for kinds in (("colon", "timed"), ("letter",), ("bold",), ("capitals",)):
        of_kind = _accepted([turn for turn in turns if turn.head.kind in kinds])
        if of_kind and _is_transcript(text, of_kind):
            segments = tuple(_segments(text, of_kind))
            labels = dict.fromkeys(segment.label for segment in segments if segment.kind == "turn")
            return Transcript(text, segments, tuple(people(labels)), of_kind[0].start)
    times = _times(text)
    return Transcript(text, times, (), times[0].start) if times else None


def with_turns(part: Extract) -> Extract:
    """Return what was read of a file with the turns of the transcript that its text is, if it is one.

    That is for files of words and markup; what has times or messages, or is a letter, is left alone.
    """
    is_talk = any(segment.kind in {"turn", "time", "message"} for segment in part.segments)
    is_letter = any(each.field == "kind" and each.value == "letter" for each in part.extracted)
    found = None if is_talk or is_letter else find_transcript(part.text)
    kind = [each for each in found.extracted if each.field == "kind"] if found else []
    if found is None or not kind:
        return part
    segments = sorted((*part.segments, *found.segments), key=lambda segment: segment.start)
    stated = [each for each in part.extracted if each.field != "kind"]
    return msgspec.structs.replace(part, segments=tuple(segments), extracted=(*stated, *kind))


def _without_footer(text: str) -> str:
    at = max(0, len(text) - _FOOTER_REACH)
    found = _FOOTER.search(text, at)
    return text[: found.start()] + "\n" if found and found.start() else text


def _heads(text: str) -> Iterator[Turn]:
    """Yield all lines that begin like a turn."""
    before = -2
    lines = [found.span() for found in _LINE.finditer(text) if not found[0].isspace()]
    for place, (start, end) in enumerate(lines):
        head = read_head(text[start:end])
        below = lines[place + 1][0] if place + 1 < len(lines) else len(text)
        if head:
            yield Turn(start, end, head, is_apart=start - before > 1, is_alone=below - end > 1)
        before = end


def _accepted(turns: Sequence[Turn]) -> list[Turn]:
    """Choose the heads whose labels come again, or that name somebody as plainly as those do."""
    counts = Counter(bare_label(turn.head.label) for turn in turns)
    again = [turn for turn in turns if counts[bare_label(turn.head.label)] > 1]
    are_apart = bool(again) and all(turn.is_apart for turn in again)
    are_capitals = bool(again) and all(turn.head.label.isupper() for turn in again)
    return [
        turn
        for turn in turns
        if counts[bare_label(turn.head.label)] > 1
        or turn.head.time is not None
        or ((turn.is_apart or not are_apart) and (turn.head.label.isupper() or not are_capitals))
    ]


def _is_transcript(text: str, turns: Sequence[Turn]) -> bool:
    counts = Counter(bare_label(turn.head.label) for turn in turns)
    times = [turn.head.time for turn in turns if turn.head.time is not None]
    repeated = sum(count > 1 for count in counts.values())
    if len(times) == len(turns) >= FEWEST_TIMED and times == sorted(times):
        # The times of a programme, which names nobody twice, begin in the morning.
        return (repeated > 0 or times[0] < _FIRST_TIME) and _covers(text, turns) and _says_something(text, turns)
    if len(turns) < FEWEST or len(counts) < 2 or not repeated or 2 * len(counts) > len(turns) + 1:  # noqa: PLR2004
        return False
    if turns[0].head.kind in {"bold", "capitals"} and repeated < 2:  # noqa: PLR2004
        return False
    return _covers(text, turns) and _is_dense(text, turns) and _speaks(text, turns)


def _covers(text: str, turns: Sequence[Turn]) -> bool:
    return len(text) - turns[0].start >= MOST_OF_IT * len(text.strip())


def _is_dense(text: str, turns: Sequence[Turn]) -> bool:
    """Check that paragraphs, which end with a blank line or a line, often begin with a label."""
    body = text[turns[0].start :].strip()
    blocks = len(re.findall(r"\n[^\S\n]*\n", body)) + 1
    return len(turns) >= DENSITY * max(blocks, 1)


def _speaks(text: str, turns: Sequence[Turn]) -> bool:
    """Check that what follows the labels is said in sentences: they end, and are questions or longer than a value."""
    said = _said(text, turns)
    ends = sum(bool(_ENDS.search(words[-_ENDING:])) for words in said)
    long = sum(len(words.split(None, _FEW_WORDS)) > _FEW_WORDS or not words.isascii() for words in said)
    asks = any(sign in words for words in said for sign in "?？؟")
    return ends >= SENTENCES * len(said) and (asks or long >= SENTENCES * len(said))


def _says_something(text: str, turns: Sequence[Turn]) -> bool:
    """Check that most heads have words below them."""
    said = _said(text, turns)
    return sum(map(bool, said)) >= SENTENCES * len(said)


def _said(text: str, turns: Sequence[Turn]) -> list[str]:
    ends = [*(turn.start for turn in turns[1:]), len(text)]
    return [text[turn.start + turn.head.end : end].strip() for turn, end in zip(turns, ends, strict=True)]


def _segments(text: str, turns: Sequence[Turn]) -> list[Segment]:
    """Make segments of turns and of the times that stand in them."""
    segments = []
    label = None
    known: dict[str, str] = {}
    times = {turn.start: turn.head.time for turn in turns if turn.head.time is not None}
    for turn in turns:
        name = known.setdefault(bare_label(turn.head.label), turn.head.label)
        if name != label:
            segments.append(Segment(turn.start, "turn", name))
        label = name
    heads = [(turn.start, turn.start + turn.head.end) for turn in turns]
    starts = [start for start, _ in heads]
    for found in _STAMP.finditer(text, turns[0].start):
        at = bisect_right(starts, found.start()) - 1
        if found.start() >= heads[at][1]:
            times[found.start()] = milliseconds(found[1]) or 0
    for found in _TIME_LINE.finditer(text):
        times.setdefault(found.start("time"), milliseconds(found["time"]) or 0)
    segments += [Segment(start, "time", clock(time), time) for start, time in times.items()]
    return sorted(segments, key=lambda segment: segment.start)


def _times(text: str) -> tuple[Segment, ...]:
    """Find the lines that begin with a time, or are one, in a transcript that names nobody."""
    lines = [found for found in _LINE.finditer(text) if not found[0].isspace()]
    stamped = [(line.start(), stamp[0]) for line in lines if (stamp := read_stamp(line[0]))]
    times = [time for _, time in stamped]
    if len(times) < max(_FEWEST_TIMES, _TIMES_SHARE * len(lines)) or times[0] >= _FIRST_TIME:
        return ()
    if any(second < first for first, second in itertools.pairwise(times)):
        return ()
    return tuple(Segment(start, "time", clock(time), time) for start, time in stamped)
