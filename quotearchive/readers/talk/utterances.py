"""What was said at which time, as the text of a transcript: paragraphs, with a segment for each time and each turn."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Final

import msgspec

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.builder import TextBuilder
from quotearchive.readers.errors import EmptyFileError
from quotearchive.readers.extracts import Extract, Extracted
from quotearchive.readers.languages import guess_language
from quotearchive.readers.talk.labels import UNKNOWN, is_role, read_head
from quotearchive.text import canonical, clock, counted

#: The most cues of one file: some sixty hours of talk.
MOST: Final = 200_000

#: The pause behind which a paragraph ends with its sentence or before a capital, and the one behind which it ends
#: in any case, in milliseconds.
PAUSE: Final = 2_000
LONG_PAUSE: Final = 5_000

#: From so many characters on a paragraph ends with the next sentence, and from so many in any case.
READABLE: Final = 600
LONGEST: Final = 1_500

#: How far a time must go back to begin anew, in milliseconds, and how many cues a part has at least.
_ANEW: Final = 60_000
_FEWEST_IN_PART: Final = 3

#: How long two cues are shown together before that is worth a remark, in milliseconds.
_TOGETHER: Final = 500

#: The fewest labelled cues that show that labels are the file's way to name speakers.
_FEWEST_LABELS: Final = 3

#: How many of the last characters show whether a sentence ends.
_ENDING: Final = 8
_SENTENCE_END: Final = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]]*$")
#: Scripts without blanks between words: kana, ideographs and their punctuation.
_UNSPACED: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")

#: What follows the title in the name of a downloaded or recorded file.
_NAME_ENDINGS: Final = re.compile(
    r"(?:\.(?:transcript|captions?|subtitles?|auto|vtt|srt|whisper|diarized|wav|mp3|mp4|m4a|mov|avi|mkv|ogg|flac|webm"
    r"|opus|aac|wma))+$",
    re.IGNORECASE,
)
_NAME_LANGUAGE: Final = re.compile(r"[.](?P<tag>(?P<code>[a-z]{2})(?:-(?:[A-Z]{2}|[A-Z][a-z]{3}))?)(?:-orig)?$")
#: The languages of subtitles, by ISO 639-1.
_LANGUAGES: Final = frozenset(
    "af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko "  # noqa: SIM905 - a list is long
    "ku ky lb lo lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru si sk sl sq sr sv sw ta te tg th tk tl tr uk ur uz "
    "vi yi zh zu".split()
)
_NAME_VIDEO: Final = re.compile(r"\s*\[(?P<id>[\w-]{11})\]$")


class Utterance(msgspec.Struct, frozen=True, gc=False):
    """Words with their time.

    Attributes:
        start: When they begin, in milliseconds; None if nobody says.
        end: When they end.
        words: The words, in one line.
        speaker: How the file names who says them; empty if it doesn't.
        opens: Whether they begin a paragraph, whatever came before.
    """

    start: int | None
    end: int | None
    words: str
    speaker: str = ""
    opens: bool = False


def joint(before: str, after: str) -> str:
    """Return what stands between words that follow one another: a blank, except in scripts that have none."""
    return "" if _UNSPACED.match(before[-1:]) and _UNSPACED.match(after) else " "


def in_one_line(lines: Iterable[str]) -> str:
    """Join lines that were broken to fit a screen.

    >>> in_one_line(["It was a long", " sentence."]), in_one_line(["長い", "文"])
    ('It was a long sentence.', '長い文')
    """
    words = ""
    pieces: list[str] = []
    for line in lines:
        if stripped := " ".join(line.split()):
            pieces += [joint(words, stripped) if words else "", stripped]
            words = stripped
    return "".join(pieces)


def extract_talk(
    utterances: Iterable[Utterance],
    name: str,
    *,
    extracted: Sequence[Extracted] = (),
    remarks: Sequence[str] = (),
    reader: str = "",
) -> Extract:
    """Make a document of what was said.

    Args:
        utterances: What was said, in the file's order.
        name: The file's name.
        extracted: What the file states of itself.
        remarks: What its reader has to tell.
        reader: What read it.

    Raises:
        EmptyFileError: Nothing was said.
        QuoteArchiveError: Too much was said.
    """
    spoken = [each for each in utterances if _has_words(each.words)]
    if not spoken:
        raise EmptyFileError(name)
    if len(spoken) > MOST:
        too_many = f"{name!r} has more than {MOST:,} cues. Divide it."
        raise QuoteArchiveError(too_many)
    ordered, order_remarks = in_order(spoken)
    if not any(each.speaker for each in ordered):
        ordered = lift_labels(ordered)
    builder = compose(ordered)
    text = builder.text
    return Extract(
        text=text,
        extracted=tuple(_described(ordered, name, text, extracted)),
        remarks=(*remarks, *order_remarks),
        segments=builder.segments,
        reader=reader,
    )


def _has_words(words: str) -> bool:
    return bool(canonical(words).strip())


def in_order(utterances: list[Utterance]) -> tuple[list[Utterance], list[str]]:
    """Put cues in the order in which they are shown, unless the times begin anew with another recording."""
    times: list[int] = []
    for each in utterances:  # what has no time follows what is before it
        times.append(each.start if each.start is not None else (times[-1] if times else 0))
    backward = [at for at, (first, second) in enumerate(itertools.pairwise(times), 1) if second < first]
    if not backward:
        return utterances, list(_overlaps(utterances))
    anew = [at for at in backward if _begins_anew(times, at)]
    parts = list(itertools.pairwise([0, *anew, len(times)]))
    ordered = [utterances[at] for span in parts for at in sorted(range(*span), key=times.__getitem__)]
    remarks = [
        f"The times begin anew at {clock(times[at])}, with cue {at + 1}: a time is that of its own recording."
        for at in anew[:1]
    ]
    if strays := len(backward) - len(anew):
        remarks.append(f"{counted(strays, 'cue')} stood out of order, and all are in the order of their times.")
    return ordered, remarks


def _begins_anew(times: Sequence[int], at: int) -> bool:
    """Check whether another recording begins: far back, and going on from there."""
    following = times[at : at + _FEWEST_IN_PART]
    goes_on = len(following) == _FEWEST_IN_PART and all(a <= b for a, b in itertools.pairwise(following))
    return goes_on and times[at - 1] - times[at] >= _ANEW and following[-1] < times[at - 1]


def _overlaps(utterances: Sequence[Utterance]) -> Iterator[str]:
    count = sum(
        first.end is not None
        and second.start is not None
        and first.start != second.start
        and first.end - second.start >= _TOGETHER
        for first, second in itertools.pairwise(utterances)
    )
    # Where most do, the captions are made to overlap.
    if 0 < 2 * count < len(utterances):
        yield f"{counted(count, 'cue')} overlap with the next: their times may be of another cut."


def lift_labels(utterances: list[Utterance]) -> list[Utterance]:
    """Take the speakers from labels within the words, `Anna Svoboda: We ...`, if that is how the file names them."""
    heads = [head if (head := read_head(each.words)) and head.kind == "colon" else None for each in utterances]
    labels = Counter(head.label for head in heads if head)
    repeated = sum(count > 1 for count in labels.values())
    is_usual = (heads[0] is not None and repeated > 1) or 2 * labels.total() > len(heads)
    if labels.total() < _FEWEST_LABELS or not repeated or not is_usual:
        return utterances
    speaker = ""
    lifted = []
    for each, head in zip(utterances, heads, strict=True):
        words = each.words
        if head and (rest := words[head.end :].strip()):
            speaker, words = head.label, rest
        lifted.append(msgspec.structs.replace(each, words=words, speaker=speaker))
    return lifted


def compose(utterances: Iterable[Utterance]) -> TextBuilder:
    """Build paragraphs: one for each turn, and of long ones one for what belongs together."""
    builder = TextBuilder()
    last: Utterance | None = None
    shown, length = "", 0
    for each in utterances:
        words = canonical(each.words).strip()
        if last is not None and _is_over(last, each, length):
            builder.end_paragraph()
            length = 0
        speaker = each.speaker or UNKNOWN
        lead = joint(last.words, words) if last is not None and length else ""
        builder.add(lead)
        if speaker != (shown or UNKNOWN):
            builder.mark("turn", speaker)
            shown = speaker
        if each.start is not None and (last is None or each.start != last.start):
            builder.mark("time", clock(each.start), each.start)
        builder.add(words)
        length += len(lead) + len(words)
        last = msgspec.structs.replace(each, words=words)
    builder.end_paragraph()
    return builder


def _is_over(last: Utterance, each: Utterance, length: int) -> bool:
    """Check whether the paragraph ends between two utterances."""
    if each.opens or each.speaker != last.speaker or length >= LONGEST:
        return True
    pause = each.start - last.end if each.start is not None and last.end is not None else 0
    is_sentence = bool(_SENTENCE_END.search(last.words[-_ENDING:]))
    is_anew = is_sentence or not each.words.lstrip("\"'“„«([")[:1].islower()
    if pause >= LONG_PAUSE or (is_sentence and length >= READABLE):
        return True
    # Behind the cue that holds an exchange, nothing shows whose turn it is.
    return is_anew and (pause >= PAUSE or (last.opens and each.start != last.start))


def _described(
    utterances: Sequence[Utterance], name: str, text: str, extracted: Sequence[Extracted]
) -> Iterator[Extracted]:
    """Yield what is known of the talk: what the file says, then what its speakers and its name show."""
    yield from extracted
    yield from people(dict.fromkeys(each.speaker for each in utterances if each.speaker))
    given = {each.field for each in extracted}
    if "title" not in given or "language" not in given:
        yield from (each for each in _from_name(name) if each.field not in given)
    if "language" not in given and (tag := guess_language(text)):
        yield Extracted("language", tag)


def people(labels: Iterable[str]) -> Iterator[Extracted]:
    """Yield what the speakers of a talk make it: an interview, or one person's speech."""
    speakers = [label for label in labels if label != UNKNOWN]
    named = [label for label in speakers if not is_role(label)]
    if len(speakers) > 1:
        yield Extracted("kind", "interview", source="speakers")
    elif named:
        yield Extracted("kind", "speech", source="speakers")
    # Of several, and in court, nobody knows who asks and who is asked.
    if len(named) == 1 and len(speakers) <= len(("asks", "answers")):
        yield Extracted("authors", named[0], source="speakers")


def _from_name(name: str) -> Iterator[Extracted]:
    """Yield the title, the language and the address in names such as `A talk [dQw4w9WgXcQ].en.vtt`."""
    whole = PurePath(name).stem
    stem = _NAME_ENDINGS.sub("", whole)
    if (found := _NAME_LANGUAGE.search(stem)) and found["code"] in _LANGUAGES:
        stem = stem[: found.start()]
        yield Extracted("language", found["tag"], source="file name")
    if found := _NAME_VIDEO.search(stem):
        stem = stem[: found.start()]
        address = f"https://www.youtube.com/watch?v={found['id']}"
        yield Extracted("url", address, source="file name", is_guess=True)
    if stem and stem != whole:
        yield Extracted("title", stem, source="file name")
