"""Tables and records as JSON bytes: the fast decoder, the forgiving one, and what is damaged."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from quotearchive.errors import Spot
from quotearchive.store.damage import damaged, understand
from quotearchive.store.errors import NotUnicodeError

#: Bytes to be written: made here, or a view of the file's own.
Piece = bytes | memoryview | msgspec.Raw

#: A line that begins a table (then nothing follows the brace) or holds a record.
_LINE: Final = re.compile(rb'^("[^"\\\n]*"):\{(\r?$)?', re.MULTILINE)

TABLE: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


def encode(value: object) -> bytes:
    """Encode as JSON on one line, in UTF-8, unescaped, with the rules of the standard library.

    Those are TinyDB's own: what it can't store (a set, a date) is refused here too. So is a string that is no
    Unicode, which most readers of JSON refuse.

    >>> encode({"words": "‘ no ’", 1: None}).decode()
    '{"words":"‘ no ’","1":null}'

    Raises:
        TypeError: The value can't be stored as JSON.
        NotUnicodeError: A string in it is no Unicode.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotUnicodeError(text[max(0, error.start - 20) : error.end + 20]) from error


def _plain(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    message = f"a value of type {type(value).__name__} can't be stored as JSON"
    raise TypeError(message)


def decode_table(raw: msgspec.Raw, path: Path) -> dict[str, msgspec.Raw | Mapping[str, Any]]:
    """Decode a table, but not its records.

    Raises:
        DamagedArchiveError: It is none.
    """
    try:
        return cast("dict[str, msgspec.Raw | Mapping[str, Any]]", TABLE.decode(raw))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged(path, understand(error, bytes(raw)).found) from error


def decode_record(raw: msgspec.Raw, path: Path) -> dict[str, Any]:
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
        raise damaged(path, f"{shown} stands where a record should")
    return record


def decode_leniently(content: bytes, path: Path, *, is_whole: bool = True) -> Any:  # noqa: ANN401 - a JSON value
    """Read what the standard library reads and the fast decoder does not: NaN, a byte order mark.

    A name that stands twice in one object is refused: a decoder keeps only the last, and loses the other.

    Args:
        content: The bytes.
        path: The file that they are in.
        is_whole: Whether they are all of it, so that their place in it is known.

    Raises:
        DamagedArchiveError: They are no JSON, or a name stands twice.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            double = next(name for name, count in Counter(names).items() if count > 1)
            spot = _second(content if is_whole else path.read_bytes(), double)
            raise damaged(path, f'"{double}" stands twice in the same table or record', Spot(byte=spot))
        return dict(pairs)

    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        byte = len(text[: error.pos].encode()) if is_whole else None
        raise damaged(path, f"it is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", Spot(byte=byte)) from error
    except UnicodeDecodeError as error:
        raise damaged(path, "it is not UTF-8", Spot(byte=error.start if is_whole else None)) from error
    except RecursionError as error:
        raise damaged(path, "it is nested too deeply") from error
    except ValueError as error:
        raise damaged(path, f"it holds a value that can't be read ({error})") from error


def _second(content: bytes, name: str) -> int | None:
    """Find the line on which a name stands for the second time in one table."""
    seen: set[bytes] = set()
    for line in _LINE.finditer(content):
        if line[1] in seen and line[1] == encode(name):
            return line.start()
        seen = set() if line[2] is not None else {*seen, line[1]} if line[1] == encode(name) else seen
    return None
