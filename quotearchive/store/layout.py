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

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from quotearchive.errors import Spot
from quotearchive.store.damage import damaged
from quotearchive.store.encoding import TABLE, Piece, decode_leniently, encode
from quotearchive.store.records import Records


def parse(content: bytes, path: Path) -> dict[str, Records]:
    """Read tables of undecoded records.

    Raises:
        DamagedArchiveError: The content is not JSON or not tables, or a name or number stands in it twice.
    """
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
    return {name: Records.of(path, table) for name, table in tables.items()}
