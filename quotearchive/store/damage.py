"""Where a damaged archive is damaged, and what its backup holds."""

import codecs
import datetime as dt
import re
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from quotearchive.errors import Backup, DamagedArchiveError, FileLocation

#: A line that a version-control system left where two versions met.
CONFLICT: Final = re.compile(rb"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$", re.MULTILINE)

#: The line of a record, as the archive is laid out.
RECORD: Final = re.compile(rb'"([^"\\\n]*)":\{"')

#: The line on which a table begins.
TABLE_LINE: Final = re.compile(rb'"([^"\\\n]*)":\{\r?$', re.MULTILINE)

#: The place of a fault in the decoder's message, and the field in it.
_BYTE: Final = re.compile(r" \(byte (\d+)\)")
_FIELD: Final = re.compile(r" - at `\$\.?([^`]*)`")

_COUNTED: Final = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])


class Fault(NamedTuple):
    """What a decoder found wrong: in words, at which byte and in which field."""

    found: str
    byte: int | None
    field: str


def understand(error: Exception, content: bytes) -> Fault:
    """Read what a decoder says of bytes that it can't decode."""
    message = str(error)
    if isinstance(error, UnicodeDecodeError):
        return Fault("it is not UTF-8", None, "")
    byte, field = _BYTE.search(message), _FIELD.search(message)
    found = _FIELD.sub("", _BYTE.sub("", message)).removeprefix("JSON is malformed: ")
    at = int(byte[1]) if byte else len(content) if "truncated" in found else None
    if "truncated" in found:
        found = "it ends in the middle"
    return Fault(found[:1].lower() + found[1:], at, field[1] if field else "")


def damaged(path: Path, found: str, location: FileLocation = FileLocation()) -> DamagedArchiveError:  # noqa: B008 - it is immutable
    """Return the error that says what is damaged and where.

    Args:
        path: The archive.
        found: What is wrong.
        location: The place as far as it is known; the rest of it is found out.
    """
    content = _read(path)
    conflict = CONFLICT.search(content)
    if conflict:
        found = "it has an unresolved merge conflict"
        location = FileLocation(byte=conflict.start())
    byte = (
        _find_record(content, location.table, location.record)
        if location.byte is None and location.record
        else location.byte
    )
    near = locate(content, byte) if byte is not None else FileLocation()
    whole = FileLocation(
        near.byte, near.line, location.table or near.table, location.record or near.record, location.field or near.field
    )
    return DamagedArchiveError(path, found, whole, find_backup(path))


def locate(content: bytes, byte: int) -> FileLocation:
    """Return the line, table and record of a byte, as the archive is laid out."""
    start = content.rfind(b"\n", 0, byte) + 1
    end = content.find(b"\n", byte)
    record = RECORD.match(content, start)
    tables = TABLE_LINE.findall(content, 0, start)
    return FileLocation(
        byte,
        content.count(b"\n", 0, byte) + 1,
        tables[-1].decode(errors="replace") if tables else "",
        record[1].decode(errors="replace") if record else "",
        _broken_field(content[record.end() - 2 : end if end >= 0 else None].rstrip(b",\r")) if record else "",
    )


def _broken_field(raw: bytes) -> str:
    """Return the name of the first field of a record that is not UTF-8; empty if all are."""
    try:
        parts = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except ValueError:
        return ""
    return next((name for name, part in parts.items() if not _is_utf8(bytes(part))), "")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _find_record(content: bytes, table: str, record: str) -> int | None:
    start = content.find(f'\n"{table}":'.encode())
    found = content.find(f'\n"{record}":'.encode(), max(start, 0))
    return found + 1 if found >= 0 else None


def find_backup(path: Path) -> Backup | None:
    """Describe the backup beside an archive, which is the archive before its last change; None if there is none."""
    backup = path.with_name(f"{path.name}.bak")
    content = _read(backup)
    if not content:
        return None
    modified = dt.datetime.fromtimestamp(backup.stat().st_mtime, dt.UTC)
    when = modified.strftime("%Y-%m-%d %H:%M:%S UTC")
    try:
        tables = _COUNTED.decode(content.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Backup(backup, when)
    return Backup(backup, when, len(tables.get("documents", ())), len(tables.get("quotes", ())))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""
