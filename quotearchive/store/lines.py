"""The archive's content: tables of records, one record a line, and changed lines laid over them.

The file is what TinyDB writes, an object of tables, each an object of records by number, laid out so that
a line-based diff shows which records changed:

    {
    "documents":{
    "1":{"slug":"open-letter","title":"An open letter"}
    }
    }

Any other JSON layout of the same is brought into this one when it is read. Records stay undecoded, and a line
that nobody touched is written byte for byte as it was read.
"""

import codecs
import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from quotearchive.errors import FileLocation
from quotearchive.store.damage import damaged
from quotearchive.store.strict_json import Raw, decode_as, decode_leniently, encode

#: Bytes of a text that are checked at a time: what they decode to stays in the processor's cache.
_BLOCK: Final = 2**14

#: Bytes among which a line is searched for from one end to the other.
_NEAR: Final = 2**16

#: Bytes of the last lines of a table that `newest` looks at.
_NEWEST: Final = 2**18

#: How a table that this module laid out begins, and the number on one of its lines.
_HEAD: Final = re.compile(rb'\{\n"[^"\n]*":\{["}]')
_NUMBER: Final = re.compile(rb'\n"([0-9]{1,18})":')

_VALUE: Final = msgspec.json.Decoder(msgspec.Raw)
_TABLE: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])

Part = TypeVar("Part")


class Table:
    """One table: the lines that were read, and those laid over them.

    Args:
        path: The file, for what has to be said of it.
        content: Bytes that hold the table, laid out as this module does it.
        start: Where it begins in them.
        end: Where it ends.
    """

    def __init__(self, path: Path, content: bytes = b"{}", start: int = 0, end: int | None = None) -> None:
        self._path = path
        self._content, self._start = content, start
        self._end = len(content) if end is None else end
        self._overlay: dict[str, bytes | None] = {}
        self._new: set[str] = set()
        self._parts: dict[object, dict[int, Any]] = {}

    @classmethod
    def of(cls, path: Path, records: Mapping[str, Raw]) -> "Table":
        """Lay out a table of undecoded records."""
        table = cls(path, b"".join(_laid_out(records)))
        table._lines = dict(records)
        return table

    @property
    def as_read(self) -> "Table":
        """The table as it was read, without the changed lines."""
        table = Table(self._path, self._content, self._start, self._end)
        table.__dict__ |= {"_lines": self._lines} if "_lines" in self.__dict__ else {}
        return table

    @property
    def _base(self) -> memoryview:
        return memoryview(self._content)[self._start : self._end]

    @cached_property
    def _lines(self) -> dict[str, Raw]:
        """The records that were read, by number; from here on, each is known to have a line of its own.

        Raises:
            DamagedArchiveError: A number occurs twice.
        """
        lines: dict[str, Raw] = {**_TABLE.decode(self._base)}
        if lines and self._content.count(b"\n", self._start, self._end) != len(lines) + 1:
            records = decode_leniently(bytes(self._base), self._path, is_whole=False)  # which refuses what is double
            lines = {number: encode(record) for number, record in records.items()}
            self._content, self._start = b"".join(_laid_out(lines)), 0
            self._end = len(self._content)
        return lines

    def items(self) -> Iterator[tuple[str, Raw]]:
        """Yield each number with its record, in the order in which they are written."""
        lines: dict[str, Raw | None] = {**self._lines, **in_order(self._overlay)}
        last = next(reversed(self._lines), "")
        if any(_order(number) < _order(last) for number in self._new):
            lines = in_order(lines)
        yield from ((number, line) for number, line in lines.items() if line is not None)

    def find(self, number: str) -> Raw | None:
        """Return a record; None if there is none. The table is not decoded for one that has a line of its own."""
        if number in self._overlay:
            return self._overlay[number]
        line = None if "_lines" in self.__dict__ else self._searched(number)
        return self._lines.get(number) if line is None else line

    def _searched(self, number: str) -> bytes | None:
        """Search for a line where it belongs among ascending numbers; None if it isn't there, or holds more."""
        if not number.isdecimal():
            return None
        name = b"\n%s:" % encode(number)
        at = self._content.find(name, *self._narrowed(int(number)))
        if at < 0:
            return None
        line = self._content[at + len(name) : self._content.find(b"\n", at + 1, self._end)].removesuffix(b",")
        with contextlib.suppress(msgspec.DecodeError):
            _VALUE.decode(line)
            return line
        return None

    def _narrowed(self, number: int) -> tuple[int, int]:
        """Return the part in which the line of a number begins, if the numbers ascend."""
        low, high = self._start, self._end
        while high - low > _NEAR:
            middle = self._content.rfind(b"\n", low + 1, (low + high) // 2)
            if middle < 0:  # one long line
                middle = self._content.find(b"\n", (low + high) // 2, high)
            found = _NUMBER.match(self._content, middle) if middle >= 0 else None
            if not found or middle == high - 1:
                break
            low, high = (middle, high) if int(found[1]) <= number else (low, middle + 1)
        return low, high

    def holds(self, number: str) -> bool:
        """Check whether there is a record of a number."""
        parts = next(iter(self._parts.values()), None)
        if parts is None or number in self._overlay:
            return self.find(number) is not None
        return int(number) in parts

    def parts(self, kind: type[Part]) -> dict[int, Part]:
        """Decode a few fields of every record, by number; what was read is decoded once.

        Raises:
            ValueError: A record is not of this kind.
        """
        decoder = _decoder(kind)
        if kind not in self._parts:
            self._parts[kind] = decode_as(decoder, self._base, self._path)
        if not self._overlay:
            return self._parts[kind]
        changed = {number: line for number, line in self._overlay.items() if line is not None}
        found = self._parts[kind] | decoder.decode(b"".join(_laid_out(changed)))
        for number in self._overlay.keys() - changed:
            found.pop(int(number), None)
        return found

    def newest(self, kind: type[Part]) -> dict[int, Part]:
        """Do the same for the last lines that were read, without those that were changed since."""
        start = self._content.find(b'\n"', max(self._start, self._end - _NEWEST), self._end)
        with contextlib.suppress(msgspec.MsgspecError):  # whoever reads all of the table meets what is wrong with it
            parts = _decoder(kind).decode(b"{%s" % self._content[start + 1 : self._end]) if start >= 0 else {}
            return {number: part for number, part in parts.items() if str(number) not in self._overlay}
        return {}

    def add(self, number: str, line: bytes) -> None:
        """Lay a new line over the table; its number is not there yet."""
        self._overlay[number] = line
        self._new.add(number)

    def put(self, number: str, line: bytes | None) -> None:
        """Lay a line over that of a number; None takes it away."""
        if number not in self._lines and number not in self._new:
            self._new.add(number)
        self._overlay[number] = line
        if line is None and number in self._new:
            self.drop(number)

    def drop(self, number: str) -> None:
        """Take away what was laid over the line of a number."""
        self._overlay.pop(number, None)
        self._new.discard(number)

    def render(self) -> Iterator[Raw]:
        """Yield the table as JSON, one record a line, reusing what was read of it."""
        if not self._overlay:
            yield self._base
        elif self._only_grows():
            yield self._base[:-2]
            yield from (b",\n%s:%s" % (encode(number), line) for number, line in in_order(self._overlay).items())
            yield b"\n}"
        else:
            yield from _laid_out(dict(self.items()))

    def _only_grows(self) -> bool:
        """Check whether all changed lines are new and belong behind the others."""
        last = _NUMBER.match(self._content, max(self._content.rfind(b"\n", self._start, self._end - 2), 0))
        return (
            last is not None
            and self._overlay.keys() == self._new
            and all(_order(number) > (False, int(last[1])) for number in self._new)
        )


def _decoder(kind: type[Part]) -> msgspec.json.Decoder[dict[int, Part]]:
    return msgspec.json.Decoder(dict[int, kind])  # type: ignore[valid-type]


def parse(content: bytes, path: Path) -> dict[str, Table]:
    """Read tables of undecoded records; that their texts are UTF-8 is for `refuse_broken_text` to say.

    Raises:
        DamagedArchiveError: The content is not JSON or not tables, or a name or number occurs twice in it.
    """
    try:
        raws = _TABLE.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _parse_leniently(content, path)
    tables, end = {}, 0
    for name, raw in raws.items():
        if bytes(memoryview(raw)[:1]) != b"{":
            raise damaged(path, "it is not an object of records by number", FileLocation(table=name))
        frame = b"%s\n%s:" % (b"," if end else b"{", encode(name))
        start, end = end + len(frame), end + len(frame) + memoryview(raw).nbytes
        if not content.startswith(frame, start - len(frame)) or not _is_laid_out(raw):
            return _parse_leniently(content, path)
        tables[name] = Table(path, content, start, end)
    return tables if content[end:] == (b"\n}\n" if tables else b"{\n}\n") else _parse_leniently(content, path)


def _is_laid_out(raw: msgspec.Raw) -> bool:
    table = memoryview(raw)
    return bytes(table[:3]) == b"{}" or (_HEAD.match(table) is not None and bytes(table[-3:]) == b"}\n}")


def is_laid_out(content: bytes, path: Path) -> bool:
    """Check whether a file's frame of tables and lines is as `render` lays it out, whatever the records hold.

    Raises:
        DamagedArchiveError: The content is no archive.
    """
    tables = parse(content, path)
    for table in tables.values():
        next(table.items(), None)  # which brings a record that has no line of its own onto one
    return b"".join(render(tables)) == content


def render(tables: Mapping[str, Table]) -> Iterator[Raw]:
    """Yield the file's bytes for tables."""
    yield b"{"
    for place, (name, table) in enumerate(tables.items()):
        yield b"%s\n%s:" % (b"," if place else b"", encode(name))
        yield from table.render()
    yield b"\n}\n"


def _laid_out(records: Mapping[str, Raw]) -> list[bytes]:
    if not records:
        return [b"{}"]
    names = ((b'"%s"' % number.encode() if number.isalnum() else encode(number)) for number in records)
    return [b"{\n", b",\n".join(b"%s:%s" % line for line in zip(names, records.values(), strict=True)), b"\n}"]


def _order(number: str) -> tuple[bool, int]:
    """Order numbers as such, before keys that are none."""
    return not number.isdecimal(), int(number) if number.isdecimal() else 0


def in_order(records: Mapping[str, Part]) -> dict[str, Part]:
    """Return a table's records in the order of their numbers, those that have none at the end."""
    return dict(sorted(records.items(), key=lambda record: _order(record[0])))


def _parse_leniently(content: bytes, path: Path) -> dict[str, Table]:
    tables = decode_leniently(content, path)
    if not isinstance(tables, dict):
        raise damaged(path, "it is not an object of tables")
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise damaged(path, "it is not an object of records by number", FileLocation(table=name))
        _refuse_broken_records(name, table, path)
    return {name: Table.of(path, {key: encode(table[key]) for key in table}) for name, table in tables.items()}


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
            location = FileLocation(byte=start + error.start)
            raise damaged(path, "it is not UTF-8", location) from error


def _refuse_broken_records(name: str, table: Mapping[str, Any], path: Path) -> None:
    """Refuse what the standard library reads although no later version could write it."""
    for number, record in table.items():
        if not isinstance(record, dict):
            shown = json.dumps(record)[:40]
            raise damaged(path, f"{shown} is in the place of a record", FileLocation(table=name, record=number))
        field = next((key for key, value in record.items() if not _is_unicode([key, value])), "")
        if field or not _is_unicode([name, number]):
            found = "it holds half a character, which is not Unicode"
            raise damaged(path, found, FileLocation(table=name, record=number, field=field))


def _is_unicode(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
