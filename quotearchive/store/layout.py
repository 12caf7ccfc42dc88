"""The archive's bytes: tables of records, one record a line.

The file is what TinyDB writes, an object of tables, each an object of records by number, laid out so that
a line-based diff shows which records changed:

    {
    "documents":{
    "1":{"slug":"open-letter","title":"An open letter"}
    }
    }

Any other JSON layout of the same is read too, and becomes this one when it is next written.
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from quotearchive.errors import Spot
from quotearchive.store.damage import damaged
from quotearchive.store.encoding import TABLE, Piece, decode_leniently, encode
from quotearchive.store.records import Records

#: Bytes of a text that are checked at a time: what they decode to stays in the processor's cache.
_BLOCK: Final = 2**14


def parse(content: bytes, path: Path) -> dict[str, Records]:
    """Read tables of undecoded records.

    Raises:
        DamagedArchiveError: The content is not JSON or not tables, or a name or number stands in it twice, or
            a text in it is no Unicode.
    """
    refuse_broken_text(content, path)
    try:
        tables = TABLE.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _parse_leniently(content, path)
    for name, raw in tables.items():
        if bytes(memoryview(raw)[:1]) != b"{":
            raise damaged(path, "it is no object of records by number", Spot(table=name))
    if len(content) != _laid_out_size(tables):
        return _parse_leniently(content, path)
    return {name: Records(path, raw, (content, start)) for name, raw, start in _starts(tables)}


def _starts(tables: Mapping[str, msgspec.Raw]) -> Iterator[tuple[str, msgspec.Raw, int]]:
    """Yield each table with where it starts in a file that this module wrote."""
    end = 0
    for name, raw in tables.items():
        start = end + len(b"{\n:") + len(encode(name))
        yield name, raw, start
        end = start + memoryview(raw).nbytes


def render(tables: Mapping[str, Mapping[str, Mapping[str, Any]]], path: Path) -> Iterator[Piece]:
    """Yield the file's bytes for tables."""
    yield b"{"
    for place, (name, table) in enumerate(tables.items()):
        yield b"%s\n%s:" % (b"," if place else b"", encode(name))
        yield from (table if isinstance(table, Records) else Records.of(path, table)).render()
    yield b"\n}\n"


def is_laid_out(content: bytes, path: Path) -> bool:
    """Check whether a file's frame of tables and lines is as `render` lays it out, whatever the records hold.

    Raises:
        DamagedArchiveError: The content is no archive.
    """
    return b"".join(render(parse(content, path), path)) == content


def _laid_out_size(tables: Mapping[str, msgspec.Raw]) -> int:
    """Give the size in bytes that the file has if this module wrote it."""
    lines = sum(len(encode(name)) + len(b"\n:,") + memoryview(raw).nbytes for name, raw in tables.items())
    return len(b"{\n}\n") + lines - bool(tables)


def _parse_leniently(content: bytes, path: Path) -> dict[str, Records]:
    tables = decode_leniently(content, path)
    if not isinstance(tables, dict):
        raise damaged(path, "it is no object of tables")
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise damaged(path, "it is no object of records by number", Spot(table=name))
        _refuse_broken_records(name, table, path)
    return {name: Records.of(path, table) for name, table in tables.items()}


def refuse_broken_text(content: bytes, path: Path) -> None:
    """Refuse a file that is not UTF-8 to its end: the decoder skips the texts of records that nobody asks for.

    Raises:
        DamagedArchiveError: It is not.
    """
    if content.isascii():
        return
    view, start = memoryview(content), 0
    while start < len(content):
        is_last = start + _BLOCK >= len(content)
        try:
            start += codecs.utf_8_decode(view[start : start + _BLOCK], "strict", is_last)[1]
        except UnicodeDecodeError as error:
            raise damaged(path, "it is not UTF-8", Spot(byte=start + error.start)) from error


def _refuse_broken_records(name: str, table: Mapping[str, Any], path: Path) -> None:
    """Refuse what the standard library reads although no later version could write it."""
    for number, record in table.items():
        if not isinstance(record, dict):
            shown = json.dumps(record)[:40]
            raise damaged(path, f"{shown} stands where a record should", Spot(table=name, record=number))
        field = next((key for key, value in record.items() if not _is_unicode([key, value])), "")
        if field or not _is_unicode([name, number]):
            found = "it holds half a character, which is no Unicode"
            raise damaged(path, found, Spot(table=name, record=number, field=field))


def _is_unicode(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
