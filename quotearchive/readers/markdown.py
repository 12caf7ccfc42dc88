"""Markdown: the source as it is written, with fields from YAML front matter and the title from a heading.

Front matter is read as a plain list of keys and values, from the parser's events: nothing is constructed, so
aliases, tags and deep nesting have no effect. Every value is taken as it is written; YAML's ideas of what is
a date, a number or `no` play no part. What begins like front matter and isn't YAML is an error, because
storing it as the document's words would be wrong; dashes around anything else are part of the text.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec
import yaml

from quotearchive.dates import parse_date
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import KINDS
from quotearchive.readers.errors import FrontMatterError
from quotearchive.readers.extracts import PLURAL, Extract, Extracted
from quotearchive.readers.lines import first_lines
from quotearchive.readers.plain_text import describe, describe_transcript
from quotearchive.readers.talk.transcripts import find_transcript

#: The keys of front matter that are understood, by the field they fill.
_KEYS: Final = {
    "kind": ("kind", "type"),
    "title": ("title",),
    "authors": ("authors", "author", "from", "by"),
    "recipients": ("recipients", "recipient", "to"),
    "date": ("date", "published", "sent"),
    "place": ("place", "location"),
    "publisher": ("publisher", "source", "publication"),
    "url": ("url", "link", "source_url"),
    "language": ("language", "lang"),
    "received": ("received",),
    "destination": ("destination",),
    "signatories": ("signatories",),
    "signatory_count": ("signatory_count",),
}

_FIELDS: Final = {key: field for field, keys in _KEYS.items() for key in keys}

#: The largest front matter, in characters; longer, the dashes at the top are part of the text.
_LONGEST: Final = 2**15

#: Levels of nesting at which reading ends. Nothing below the second is used, and the parser's time grows with
#: the square of the depth.
_DEEPEST: Final = 8

#: Digits of the largest number of signatories, of which a billion is enough.
_MOST_DIGITS: Final = 9

#: How a line of front matter begins.
_KEY: Final = re.compile(r"[\w-]+[ \t]*:(?:\s|$)")

_ATX: Final = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*)")
_SETEXT: Final = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_FENCE: Final = ("```", "~~~")


def extract(text: str, name: str) -> Extract:
    r"""Extract the fields of the front matter and the words below it.

    Args:
        text: The canonical text of the whole file.
        name: What to call it in an error.

    Raises:
        FrontMatterError: If the front matter isn't YAML.

    >>> extract("---\ntitle: On liberty\ndate: 1859\n---\n\nThe struggle ...", "liberty.md").text
    'The struggle ...'
    """
    front, body, skipped = _divide(text)
    extracted, remarks = _read_front_matter(front, name) if front else ((), ())
    talk = find_transcript(body)
    body = talk.text if talk else body
    for found in (_find_heading(body), describe_transcript(talk) if talk else describe(body)):
        given = {each.field for each in extracted}
        extracted += tuple(_moved(each, skipped) for each in found if each.field not in given)
    return Extract(text=body, extracted=extracted, remarks=remarks, segments=talk.segments if talk else ())


def _divide(text: str) -> tuple[str, str, int]:
    """Return the front matter, the body without blank lines above it, and the number of lines before it."""
    if not text.startswith("---\n"):
        return "", text, 0
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, len("---\n"), _LONGEST)
    front = text[len("---\n") : end.start()] if end else ""
    if end is None or not _KEY.match(front.lstrip()):
        return "", text, 0
    start = end.end()
    while text.startswith("\n", start):
        start += 1
    return front, text[start:], text.count("\n", 0, start)


def _read_front_matter(front: str, name: str) -> tuple[tuple[Extracted, ...], tuple[str, ...]]:
    extracted: list[Extracted] = []
    remarks: list[str] = []
    seen: set[str] = set()
    lines = front.split("\n")
    try:
        for key, values, number in _entries(front):
            field = _FIELDS.get(key.lower())
            words = lines[number].strip()
            if field is None or field in seen or not values:
                remarks.append(f"{key!r} in the front matter (line {number + 2}) is not used.")
                continue
            seen.add(field)
            accepted = _accept(field, values)
            extracted += [Extracted(to, value, number + 2, words) for to, value in accepted]
            if not accepted:
                remarks.append(f"{words!r} in the front matter (line {number + 2}) is not understood.")
    except yaml.YAMLError as error:
        raise _explain(error, name) from error
    return tuple(extracted), tuple(remarks)


def _explain(error: yaml.YAMLError, name: str) -> FrontMatterError:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if isinstance(error, yaml.MarkedYAMLError) and mark is not None:
        return FrontMatterError(name, mark.line + 2, error.problem or "it can't be read")
    return FrontMatterError(name, 2, "it holds characters that YAML forbids")


def _entries(front: str) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yield the keys of the outermost mapping with their values and line, from 0.

    A value that is neither a scalar nor a list of scalars yields no values.
    """
    entry: list[yaml.Event] = []
    nodes = 0
    for depth, event in _events(front):
        entry.append(event)
        nodes += depth == 1 and not isinstance(event, yaml.CollectionStartEvent)
        if nodes == len(("key", "value")):
            if isinstance(entry[0], yaml.ScalarEvent):
                mark = entry[0].start_mark
                yield entry[0].value, _values(entry[1:]), mark.line if mark else 0
            entry, nodes = [], 0


def _events(front: str) -> Iterator[tuple[int, yaml.Event]]:
    """Yield the events within the outermost mapping, with their depth; its beginning and end count as outside."""
    depth = 0
    for event in yaml.parse(front, Loader=yaml.SafeLoader):
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(
                problem="it is nested too deeply",
                problem_mark=event.start_mark,  # type: ignore[arg-type]
            )
        if depth > 0:
            yield depth, event
        depth += isinstance(event, yaml.CollectionStartEvent)


def _values(events: list[yaml.Event]) -> tuple[str, ...]:
    """Return the scalars of a value, or nothing if it holds anything but scalars."""
    inner = events[1:-1] if isinstance(events[0], yaml.SequenceStartEvent) else events
    values = [event.value for event in inner if isinstance(event, yaml.ScalarEvent)]
    return tuple(value for value in values if value.strip()) if len(values) == len(inner) else ()


def _accept(field: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the fields and values that a key's values amount to; empty if they make no sense there."""
    if field in PLURAL:
        return [(field, value.strip()) for value in values]
    value = values[0].strip()
    if len(values) > 1:
        return []
    if field in {"date", "received"}:
        return _accept_date(field, value)
    if field == "kind":
        return [(field, value.lower())] if value.lower() in KINDS else []
    if field == "signatory_count":
        return [(field, str(int(value)))] if value.isdecimal() and len(value) <= _MOST_DIGITS else []
    return [(field, value)]


def _accept_date(field: str, value: str) -> list[tuple[str, str]]:
    try:
        date = parse_date(value)
    except QuoteArchiveError:
        return []
    return [(field, date), *([("date_words", value)] if field == "date" and value != date else [])]


def _find_heading(body: str) -> tuple[Extracted, ...]:
    """Find the first heading, with number signs or underlined, outside of code."""
    is_code, above = False, None
    for line in first_lines(body):
        if line.words.startswith(_FENCE):
            is_code = not is_code
        elif not is_code and (heading := _ATX.match(line.words)):
            title = heading[1].rstrip().rstrip("#").rstrip()
            return (Extracted("title", title, line.number, line.words),)
        elif not is_code and above and above.number == line.number - 1 and _SETEXT.fullmatch(line.words):
            return (Extracted("title", above.words, above.number, above.words),)
        above = line
    return ()


def _moved(each: Extracted, skipped: int) -> Extracted:
    """Return what the body states with its line number in the file."""
    return msgspec.structs.replace(each, line=each.line + skipped if each.line else 0)
