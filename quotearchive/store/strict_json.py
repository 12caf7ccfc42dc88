"""JSON as the archive has it: written on one line, read without losing a name that occurs twice."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from quotearchive.errors import FileLocation
from quotearchive.store.damage import damaged
from quotearchive.store.errors import NotUnicodeError

#: JSON that nobody decoded yet.
Raw = bytes | memoryview | msgspec.Raw

Value = TypeVar("Value")

#: A line that begins a table (then nothing follows the brace) or holds a record.
_LINE: Final = re.compile(rb'^("[^"\\\n]*"):\{(\r?$)?', re.MULTILINE)


def encode(value: object, **options: Any) -> bytes:  # noqa: ANN401 - those of json.dumps
    """Encode as JSON on one line, in UTF-8, unescaped, with the rules of the standard library.

    Those are TinyDB's own: what it can't store (a set, a date) is refused here too. So is a string that is no
    Unicode, which most readers of JSON refuse.

    >>> encode({"words": "‘ no ’", 1: None}).decode()
    '{"words":"‘ no ’","1":null}'

    Raises:
        TypeError: The value can't be stored as JSON.
        NotUnicodeError: A string in it is no Unicode.
    """
    text = json.dumps(value, **{"ensure_ascii": False, "separators": (",", ":"), "default": _plain, **options})
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotUnicodeError(text[max(0, error.start - 20) : error.end + 20]) from error


def _plain(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    message = f"a value of type {type(value).__name__} can't be stored as JSON"
    raise TypeError(message)


def decode_record(raw: Raw, path: Path) -> dict[str, Any]:
    """Decode a record.

    Raises:
        DamagedArchiveError: It is none.
    """
    try:
        record = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        record = decode_leniently(bytes(raw), path, is_whole=False)
    if not isinstance(record, dict):
        shown = bytes(raw)[:40].decode(errors="replace")
        raise damaged(path, f"{shown} is in the place of a record")
    return record


def decode_as(decoder: msgspec.json.Decoder[Value], raw: Raw, path: Path) -> Value:
    """Decode a value of a type, also from what the decoder itself does not read.

    Raises:
        ValueError: It is not of the type.
        DamagedArchiveError: It is no JSON.
    """
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.convert(decode_leniently(bytes(raw), path, is_whole=False), decoder.type, str_keys=True)


def decode_leniently(content: bytes, path: Path, *, is_whole: bool = True) -> Any:  # noqa: ANN401 - a JSON value
    """Read what the standard library reads and the fast decoder does not: NaN, a byte order mark.

    A name that occurs twice in one object is refused: a decoder keeps only the last, and loses the other.

    Args:
        content: The bytes.
        path: The file that they are in.
        is_whole: Whether they are all of it, so that their place in it is known.

    Raises:
        DamagedArchiveError: They are no JSON, or a name occurs twice.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            double = next(name for name, count in Counter(names).items() if count > 1)
            byte = _second(content if is_whole else path.read_bytes(), double)
            raise damaged(path, f'"{double}" occurs twice in the same table or record', FileLocation(byte=byte))
        return dict(pairs)

    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        byte = len(text[: error.pos].encode()) if is_whole else None
        found = f"it is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise damaged(path, found, FileLocation(byte=byte)) from error
    except UnicodeDecodeError as error:
        location = FileLocation(byte=error.start if is_whole else None)
        raise damaged(path, "it is not UTF-8", location) from error
    except RecursionError as error:
        raise damaged(path, "it is nested too deeply") from error
    except ValueError as error:
        raise damaged(path, f"it holds a value that can't be read ({error})") from error


def _second(content: bytes, name: str) -> int | None:
    """Find the line on which a name occurs for the second time in one table."""
    seen: set[bytes] = set()
    for line in _LINE.finditer(content):
        if line[1] in seen and line[1] == encode(name):
            return line.start()
        seen = set() if line[2] is not None else {*seen, line[1]} if line[1] == encode(name) else seen
    return None
