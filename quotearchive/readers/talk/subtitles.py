"""Subtitles: SubRip (`.srt`), WebVTT (`.vtt`, https://www.w3.org/TR/webvtt1/) and SubViewer (`.sbv`).

Their cues become paragraphs, and each cue a time. The grammar is that of WebVTT, and as lenient as players are: hours
and numbers may be missing, a comma may stand for the point, blank lines may be missing or too many.
"""

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.extracts import Extract, Extracted
from quotearchive.readers.languages import is_tag
from quotearchive.readers.talk.utterances import Utterance, extract_talk, in_one_line
from quotearchive.text import counted, milliseconds

_CLOCK: Final = r"(?:\d{1,6}:)?\d{1,6}:\d{1,2}(?:[.,]\d{1,3})?"
_TIMING: Final = re.compile(rf"\s*({_CLOCK})[ \t]*-{{1,3}}>[ \t]*({_CLOCK})(?:[ \t].*)?$")
_SUBVIEWER: Final = re.compile(rf"\s*({_CLOCK}),({_CLOCK})\s*$")

_HEADER: Final = re.compile(r"WEBVTT(?:[ \t]+(?:[-–—:]+[ \t]*)?(?P<title>.*))?$")
_BLOCK: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
#: `Language: en`, in the header or in a note.
_FIELD: Final = re.compile(r"(?:NOTE[ \t]+)?(?P<key>language|title)[ \t]*[:=][ \t]*(?P<value>\S.*)", re.IGNORECASE)
#: What programs write behind WEBVTT that is no title.
_NO_TITLES: Final = frozenset({"file", "kind: captions", "captions", "subtitles"})

#: The tags of WebVTT and of SubRip; anything else between angle brackets is words in SubRip.
_ANY_TAG: Final = re.compile(r"<[^<>]*(?:>|$)")
_KNOWN_TAG: Final = re.compile(
    r"</?(?:b|i|u|s|em|strong|font|c|v|lang|ruby|rt|span|br|p)(?:[\s.][^<>]*)?/?>|<(?:\d+:)?\d+:\d+[.,]\d+>",
    re.IGNORECASE,
)
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?[ \t\n]+(?P<name>[^<>]+)>|</v\s*>")
_READING: Final = re.compile(r"<rt(?:[\s.][^<>]*)?>[^<>]*(?:</rt>)?", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br\s*/?>|\\N", re.IGNORECASE)
#: What players that know Advanced SubStation take for settings: `{\an8}`, `{\i1}`.
_OVERRIDE: Final = re.compile(r"\{\\[^{}\n]*\}")
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

#: A dash before what another speaker says: `- Yes.`, `–Nein.`, and not `-5` or the second half of a word.
_DASH: Final = re.compile(r"\s*[-‐–—―](?:\s+\S|[^\W\d_a-zß-öø-ÿ])")
_CHEVRONS: Final = re.compile(r"\s*>>")

#: The share of cues that repeat what the one before them shows, from which on the captions roll.
_ROLLING: Final = 0.3
_FEWEST_ROLLING: Final = 3
#: How long after a cue another one can still show its words, in milliseconds.
_AT_ONCE: Final = 100


class _Cue(msgspec.Struct, gc=False):
    """A cue: its times, and its lines as they are written."""

    start: int
    end: int
    lines: list[str]


def extract(text: str, name: str) -> Extract:
    r"""Read subtitles.

    Args:
        text: The canonical text of the file.
        name: The file's name.

    Raises:
        QuoteArchiveError: It has no cue, or too many.

    >>> extract("1\n00:00:01,000 --> 00:00:02,500\n<i>We were never\ntold.</i>\n", "a.srt").text
    'We were never told.'
    """
    lines = text.split("\n")
    header = _HEADER.match(lines[0]) if lines else None
    cues, top, stray = _read_cues(lines, is_strict=header is not None)
    if not cues:
        none = f"{name!r} has no cue with a time, so it is no subtitle file. If it is plain text, name it .txt."
        raise QuoteArchiveError(none)
    remarks = [f"{counted(stray, 'block')} without a time were passed over, as players do."] if stray else []
    if any(_READING.search(line) for cue in cues for line in cue.lines):
        remarks.append("Readings above characters (ruby) were left out.")
    spoken = _unrolled([(cue, _plain(cue.lines, is_web=header is not None)) for cue in cues])
    return extract_talk(spoken, name, extracted=tuple(_fields(header, top)), remarks=remarks, reader="subtitles")


def _read_cues(lines: Sequence[str], *, is_strict: bool) -> tuple[list[_Cue], list[str], int]:
    """Read the cues, the lines above them, and how many blocks are none.

    A line with an arrow begins a cue wherever it stands. The line before it is its name if a blank line is before
    that, or if it is a number.
    """
    cues: list[_Cue] = []
    top: list[str] = []
    stray = 0
    buffer: list[str] = []
    for line in itertools.chain(lines, (None,)):
        found = None if line is None else (_TIMING.match(line) if "->" in line else _SUBVIEWER.match(line))
        if line is not None and not found:
            buffer.append(line)
            continue
        if found:
            _drop_name(buffer, is_strict=is_strict)
        if cues:
            stray += _fill(cues[-1], buffer, is_strict=is_strict)
        else:
            top = buffer
        buffer = []
        if found:
            cues.append(_Cue(milliseconds(found[1]) or 0, milliseconds(found[2]) or 0, []))
    return cues, top, stray


def _drop_name(buffer: list[str], *, is_strict: bool) -> None:
    """Drop the number or name of the cue that comes next."""
    if not buffer or not (last := buffer[-1].strip()):
        return
    is_apart = len(buffer) < 2 or not buffer[-2].strip()  # noqa: PLR2004
    if last.isdecimal() or (is_strict and is_apart and not _BLOCK.match(last)):
        buffer.pop()


def _fill(cue: _Cue, buffer: Sequence[str], *, is_strict: bool) -> int:
    """Set the lines of a cue; return how many blocks behind it are not its own."""
    groups = itertools.groupby(buffer, lambda line: bool(line.strip()))
    blocks = [list(group) for is_filled, group in groups if is_filled]
    if not blocks:
        return 0
    if not is_strict:
        cue.lines = [line for block in blocks for line in block]
        return 0
    is_own = bool(buffer[0].strip()) or _is_blank_caption(buffer)
    cue.lines = blocks[0] if is_own else []
    return sum(not _BLOCK.match(block[0]) for block in blocks[is_own:])


def _is_blank_caption(buffer: Sequence[str]) -> bool:
    """Check for a first line of blanks, which rolling captions have: it is a line, not the cue's end."""
    return bool(buffer[0]) and bool("".join(buffer[1:2]).strip())


def _plain(lines: Sequence[str], *, is_web: bool) -> list[tuple[str, str]]:
    """Return the lines of a cue without markup, each with its voice."""
    whole = _BREAK.sub("\n", _READING.sub("", _OVERRIDE.sub("", "\n".join(lines)).replace("\\h", "\u00a0")))
    voice, pieces, at = "", list[tuple[str, str]](), 0
    for found in _VOICE.finditer(whole):
        pieces.append((whole[at : found.start()], voice))
        voice, at = _characters(" ".join((found["name"] or "").split())), found.end()
    pieces.append((whole[at:], voice))
    tags = _ANY_TAG if is_web else _KNOWN_TAG
    return [
        (stripped, said_by)
        for words, said_by in pieces
        for line in _characters(tags.sub("", words)).split("\n")
        if (stripped := line.strip())
    ]


def _characters(words: str) -> str:
    """Resolve character references; what is none stays as it is."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), words)


def _unrolled(cues: Sequence[tuple[_Cue, list[tuple[str, str]]]]) -> Iterator[Utterance]:
    """Yield what each cue says; where captions roll, without the lines that the one before showed already."""
    repeated = [_repeated(first, second) for first, second in itertools.pairwise(cues)]
    count = sum(words > 0 and _goes_on(*cue, words) for words, cue in zip(repeated, cues[1:], strict=True))
    is_rolling = count >= _FEWEST_ROLLING and count >= _ROLLING * len(repeated)
    for (cue, lines), known in zip(cues, [0, *repeated], strict=True):
        yield from _utterances(cue, _without(lines, known) if is_rolling else lines)


def _goes_on(cue: _Cue, lines: Sequence[tuple[str, str]], repeated: int) -> bool:
    """Check whether a cue adds to what it repeats, or only bridges two others; what is said again does neither."""
    return cue.end - cue.start <= _AT_ONCE or repeated < sum(len(line.split()) for line, _ in lines)


def _repeated(first: tuple[_Cue, list[tuple[str, str]]], second: tuple[_Cue, list[tuple[str, str]]]) -> int:
    """Count the words at the beginning of a cue that are the last lines of the one before it."""
    if second[0].start - first[0].end > _AT_ONCE or second[0].start < first[0].start:
        return 0
    before = [line.split() for line, _ in first[1]]
    after = [word for line, _ in second[1] for word in line.split()]
    for at in range(len(before)):
        shown = [word for line in before[at:] for word in line]
        if after[: len(shown)] == shown:
            return len(shown)
    return 0


def _without(lines: Sequence[tuple[str, str]], count: int) -> Iterator[tuple[str, str]]:
    """Yield lines without so many of their first words."""
    for line, voice in lines:
        words = line.split()
        if rest := words[count:]:
            yield (" ".join(rest) if count else line), voice
        count = max(0, count - len(words))


def _utterances(cue: _Cue, lines: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> Iterator[Utterance]:
    """Yield what a cue says, divided where the voice or the speaker changes."""
    said: list[list[tuple[str, str]]] = []
    for line, voice in lines:
        if not said or voice != said[-1][-1][1] or _opens(line):
            said.append([])
        said[-1].append((line, voice))
    for group in said:
        words = in_one_line(line for line, _ in group)
        yield Utterance(cue.start, cue.end, words, group[0][1], opens=_opens(group[0][0]))


def _opens(line: str) -> bool:
    """Check whether a line shows that somebody else speaks."""
    return bool(_DASH.match(line) or _CHEVRONS.match(line))


def _fields(header: re.Match[str] | None, top: Sequence[str]) -> Iterator[Extracted]:
    """Yield the title and the language that the lines above the first cue declare."""
    title = (header["title"] or "").strip() if header else ""
    if title and title.lower() not in _NO_TITLES and not _FIELD.match(title):
        yield Extracted("title", title, 1, top[0].strip(), "WEBVTT header")
    for number, line in enumerate(top, 1):
        if found := _FIELD.match(line.strip()):
            value = found["value"].strip()
            if found["key"].lower() == "title" or is_tag(value):
                yield Extracted(
                    found["key"].lower(), value, number, line.strip(), f"header {found['key'].capitalize()}"
                )
