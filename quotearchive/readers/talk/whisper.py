"""Transcripts that programs write as JSON: Whisper and what is built on it, and those with the same parts.

openai-whisper, faster-whisper and WhisperX have `segments`, whisper.cpp has `transcription`, Transformers `chunks`,
podcasts `segments` with `startTime`, AssemblyAI and Deepgram `utterances`, YouTube `events`.
"""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.extracts import Extract, Extracted
from quotearchive.readers.languages import is_tag
from quotearchive.readers.talk.utterances import Utterance, extract_talk, in_one_line
from quotearchive.text import escape_surrogates, milliseconds

#: Under which keys programs keep what was said, and the keys of a piece of it.
_PARTS: Final = ("segments", "transcription", "chunks", "utterances", "events", "results")
_WORDS: Final = ("text", "body", "transcript")
_START: Final = ("start", "startTime", "start_time", "from")
_END: Final = ("end", "endTime", "end_time", "to")
_SPEAKER: Final = ("speaker", "speaker_label", "speaker_name")

#: The latest time in a recording, in milliseconds: a year.
_LATEST: Final = 366 * 24 * 3_600_000

_MACHINE: Final = "A program recognised these words: hear the recording before you quote them as anybody's."


def extract(text: str, name: str) -> Extract:
    r"""Read a transcript in JSON.

    Args:
        text: The canonical text of the file.
        name: The file's name.

    Raises:
        QuoteArchiveError: It is no JSON, or no transcript, or too long.

    >>> extract('{"segments": [{"start": 0.5, "end": 2, "text": " Who knew?"}]}', "a.json").text
    'Who knew?'
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        broken = f"{name!r} can't be read as JSON: {_reason(error)}."
        raise QuoteArchiveError(broken) from error
    pieces = _pieces(content)
    if not pieces:
        unknown = f"{name!r} is JSON, but no transcript of a program that is known."
        raise QuoteArchiveError(unknown)
    unit = 1 if "utterances" in content and _is_in_milliseconds(pieces) else 1000
    spoken = list(itertools.chain.from_iterable(_utterances(piece, unit) for piece in pieces))
    return extract_talk(spoken, name, extracted=tuple(_fields(content)), remarks=(_MACHINE,), reader="whisper")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"


def _pieces(content: object) -> list[Mapping[str, Any]]:
    """Find the list of what was said, at the top or one key below."""
    if isinstance(content, Mapping):
        found = (_pieces(content[key]) for key in _PARTS if key in content)
        return next((pieces for pieces in found if pieces), [])
    if not isinstance(content, list) or not content:
        return []
    pieces = [each for each in content if isinstance(each, Mapping)]
    spoken = sum(_words(each) is not None and _times(each, 1000) != (None, None) for each in pieces)
    return pieces if spoken and 2 * spoken >= len(content) else []


def _words(piece: Mapping[str, Any]) -> str | None:
    if isinstance(parts := piece.get("segs"), list):
        return "".join(str(part.get("utf8", "")) for part in parts if isinstance(part, Mapping))
    return next((value for key in _WORDS if isinstance(value := piece.get(key), str)), None)


def _times(piece: Mapping[str, Any], unit: int) -> tuple[int | None, int | None]:
    """Return when a piece begins and ends, in milliseconds."""
    if "tStartMs" in piece:
        start = _number(piece["tStartMs"], 1)
        return start, None if start is None else start + (_number(piece.get("dDurationMs"), 1) or 0)
    if isinstance(span := piece.get("timestamp"), list) and len(span) == len(("start", "end")):
        return _number(span[0], 1000), _number(span[1], 1000)
    for key, scale in (("offsets", 1), ("timestamps", 1000)):
        if isinstance(inner := piece.get(key), Mapping):
            return _first(inner, _START, scale), _first(inner, _END, scale)
    return _first(piece, _START, unit), _first(piece, _END, unit)


def _first(piece: Mapping[str, Any], keys: Sequence[str], unit: int) -> int | None:
    return next((time for key in keys if (time := _number(piece.get(key), unit)) is not None), None)


def _number(value: object, unit: int) -> int | None:
    """Return a time in milliseconds, of a number of `unit` milliseconds each or of `00:00:01,000`."""
    if isinstance(value, str):
        if ":" in value:
            return min(milliseconds(value[:40]) or 0, _LATEST)
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        return None
    return round(value * unit) if value < _LATEST else _LATEST


def _is_in_milliseconds(pieces: Sequence[Mapping[str, Any]]) -> bool:
    """Check for whole numbers, which seconds hardly ever are."""
    times = [piece.get(key) for piece in pieces for key in ("start", "end")]
    return all(isinstance(time, int) for time in times)


def _utterances(piece: Mapping[str, Any], unit: int) -> Iterator[Utterance]:
    words = _words(piece)
    if words is None or not words.strip():
        return
    start, end = _times(piece, unit)
    label = _label(piece)
    timed = piece.get("words")
    parts = list(_by_speaker(timed, words, unit)) if isinstance(timed, list) else []
    if len({speaker for _, speaker, _ in parts}) < 2:  # noqa: PLR2004
        yield Utterance(start, end, _clean(words), label or next((speaker for _, speaker, _ in parts), ""))
        return
    for (part, speaker, begins), after in itertools.zip_longest(parts, parts[1:]):
        yield Utterance(
            begins if begins is not None else start, after[2] if after else end, _clean(part), speaker or label
        )


def _label(piece: Mapping[str, Any]) -> str:
    """Return the speaker of a piece or of a word; programs that number them write 0 or A."""
    value = next((piece[key] for key in _SPEAKER if piece.get(key) not in (None, "")), "")
    label = _clean(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return f"Speaker {label}" if len(label) == 1 or label.isdecimal() else label


def _by_speaker(said: Sequence[Any], words: str, unit: int) -> Iterator[tuple[str, str, int | None]]:
    """Divide words where their speaker changes: the words, the speaker, and when the first of them begins."""
    at, start, speaker, begins = 0, 0, "", None
    for each in said:
        if not isinstance(each, Mapping) or not isinstance(word := each.get("word", each.get("text")), str):
            continue
        place = words.find(word.strip(), at)
        if place < 0 or not word.strip():
            return
        label = _label(each) or speaker
        if label != speaker:
            if words[start:place].strip() and speaker:
                yield words[start:place], speaker, begins
                start = place
            speaker, begins = label, _first(each, _START, unit)
        at = place + len(word.strip())
    if speaker:
        yield words[start:], speaker, begins


def _clean(words: str) -> str:
    return in_one_line(escape_surrogates(words).split("\n"))


def _fields(content: object) -> Iterator[Extracted]:
    if not isinstance(content, Mapping):
        return
    result = content.get("result")
    inner = result if isinstance(result, Mapping) else content
    for key in ("language", "language_code"):
        value = inner.get(key)
        if isinstance(value, str) and is_tag(tag := value.replace("_", "-")):
            yield Extracted("language", tag, source=f"JSON {key}")
            return
