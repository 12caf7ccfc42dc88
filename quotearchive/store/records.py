"""One table of the archive, whose records stay undecoded until they are looked into.

What nobody touched is written as the bytes it was read from, and a table that only grows, or of which
only a few records change, is not put together anew.
"""

import re
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final

import msgspec

from quotearchive.store.encoding import Piece, decode_leniently, decode_record, decode_table, encode

#: Changed records that are written by splicing them into the table's bytes. More than these, and joining
#: all records anew is cheaper than searching for each.
SPLICES: Final = 3

#: How a table that this module wrote begins; any other spacing means that something else wrote it.
_HEAD: Final = re.compile(rb'\{\n"[^"\n]*":\{"')


class Record(MutableMapping[str, Any]):
    """One record, decoded when it is first looked into.

    A record that nobody changed is written as the bytes it was read from.

    Args:
        raw: The record as JSON.
        path: The file it stands in, for what has to be said of it.
    """

    __slots__ = ("_path", "_raw", "_value")

    def __init__(self, raw: msgspec.Raw, path: Path) -> None:
        self._raw = raw
        self._path = path
        self._value: dict[str, Any] | None = None

    @property
    def raw(self) -> Piece:
        """The record as JSON on one line, as it is now."""
        if self._value is None or decode_record(self._raw, self._path) == self._value:
            return _on_one_line(self._raw, self._path)
        return encode(self._value)

    def _fields(self) -> dict[str, Any]:
        if self._value is None:
            self._value = decode_record(self._raw, self._path)
        return self._value

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - a JSON value
        return self._fields()[key]

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 - a JSON value
        self._fields()[key] = value

    def __delitem__(self, key: str) -> None:
        del self._fields()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields())

    def __len__(self) -> int:
        return len(self._fields())

    def __repr__(self) -> str:
        return f"Record({self._fields()!r})"


class Records(MutableMapping[str, Mapping[str, Any]]):
    """A table: its records by number, in the file's order.

    Args:
        path: The file it stands in, for what has to be said of it.
        raw: The table as JSON; it is not decoded before a record is asked for.
        within: The bytes that hold the table, to be searched where it isn't decoded, and where it starts in
            them; without it they are copied.
    """

    def __init__(self, path: Path, raw: msgspec.Raw | None = None, within: tuple[bytes, int] | None = None) -> None:
        self._path = path
        self._raw = msgspec.Raw(b"{}") if raw is None else raw
        self._within = within
        self._entries: dict[str, msgspec.Raw | Mapping[str, Any]] | None = None
        self._replaced: dict[str, msgspec.Raw] = {}
        self._added: dict[str, None] = {}
        self._appended: dict[str, Mapping[str, Any]] = {}
        self._spliceable = _HEAD.match(self._raw) is not None

    @classmethod
    def of(cls, path: Path, table: Mapping[str, Mapping[str, Any]]) -> "Records":
        """Take a table that was built from records or dicts."""
        records = cls(path)
        records._loaded().update({str(number): record for number, record in table.items()})
        return records

    def undecoded(self, number: str) -> msgspec.Raw | None:
        """Give a record's bytes if nobody touched it; None where there is none or it was touched."""
        entry = self._loaded().get(number)
        return entry if isinstance(entry, msgspec.Raw) else None

    def raw(self, number: str) -> Piece:
        """Give a record's JSON, on one line, as it would be written."""
        return _raw_of(self._loaded()[number], self._path)

    @property
    def untouched(self) -> msgspec.Raw | None:
        """The whole table's bytes if no record was asked for yet."""
        self._take_in()
        return self._raw if self._entries is None else None

    @property
    def is_as_read(self) -> bool:
        """Whether nothing was changed, appended or asked for yet."""
        return self._entries is None and not self._appended

    def _loaded(self) -> dict[str, msgspec.Raw | Mapping[str, Any]]:
        if self._entries is None:
            self._take_in()
            self._entries = decode_table(self._raw, self._path)
            content, start, end = self._bytes
            if content.count(b"\n", start, end) != len(self._entries) + 1:
                decode_leniently(bytes(self._raw), self._path, is_whole=False)  # which refuses what stands twice
                self._spliceable = False
        return self._entries

    def append(self, number: str, record: Mapping[str, Any]) -> None:
        """Add a record behind all others; the table is not decoded for that if it need not be."""
        if self._is_laid_out:
            self._appended[number] = record
        else:
            self[number] = record

    @property
    def _is_laid_out(self) -> bool:
        """Whether the table is still as this module wrote it, one record a line."""
        return self._entries is None and self._spliceable and bytes(memoryview(self._raw)[-3:]) == b"}\n}"

    @property
    def _bytes(self) -> tuple[bytes, int, int]:
        """Bytes that hold the table, its start and its end in them."""
        content, start = self._within or (bytes(self._raw), 0)
        return content, start, start + memoryview(self._raw).nbytes

    def find(self, number: str) -> Mapping[str, Any] | None:
        """Give one record to look at, not to change; the table is not decoded if it need not be."""
        if number in self._appended:
            return self._appended[number]
        if not self._is_laid_out:
            return self.get(number)
        line = self._line(number)
        return None if line is None else Record(msgspec.Raw(line), self._path)

    def _line(self, number: str) -> bytes | None:
        content, start, end = self._bytes
        name = b"\n%s:" % encode(number)
        begin = content.find(name, start, end)
        if begin < 0:
            return None
        return content[begin + len(name) : content.find(b"\n", begin + 1, end)].removesuffix(b",")

    def number_of(self, field: str, value: str) -> str | None:
        """Give the number of the record whose first field has a value, if that can be told from the bytes."""
        if not self._is_laid_out or self._appended:
            return None
        content, start, end = self._bytes
        found = content.find(b":{%s:%s" % (encode(field), encode(value)), start, end)
        number = content[content.rfind(b"\n", start, found) + 1 : found].strip(b'"') if found >= 0 else b""
        return number.decode() if number.isdigit() else None

    def restore(self, number: str, record: Mapping[str, Any]) -> None:
        """Put a record back among the others, where its number belongs."""
        is_there = number in self
        self[number] = record
        if is_there:
            return
        self._entries = dict(sorted(self._loaded().items(), key=lambda entry: order(entry[0])))
        self._spliceable = False

    def holds(self, number: str) -> bool:
        """Say whether there is a record of that number, without decoding the table if it need not be."""
        return self.find(number) is not None

    def mentions(self, words: bytes) -> bool:
        """Say whether these bytes stand anywhere in the table."""
        self._take_in()
        content, start, end = self._bytes
        return content.find(words, start, end) >= 0

    def _take_in(self) -> None:
        """Make what was appended a part of the table."""
        if self._appended:
            self._raw = msgspec.Raw(b"".join(self._with_appended()))
            self._appended, self._within = {}, None

    def _with_appended(self) -> list[Piece]:
        lines = [b",\n%s:%s" % (encode(number), encode(record)) for number, record in self._appended.items()]
        return [memoryview(self._raw)[:-2], *lines, b"\n}"] if lines else [self._raw]

    def __getitem__(self, number: str) -> Mapping[str, Any]:
        entries = self._loaded()
        entry = entries[number]
        if not isinstance(entry, msgspec.Raw):
            return entry
        self._replaced[number] = entry
        entries[number] = record = Record(entry, self._path)
        return record

    def __setitem__(self, number: str, record: Mapping[str, Any]) -> None:
        entries = self._loaded()
        old = entries.get(number)
        if old is None:
            self._added[number] = None
        elif isinstance(old, msgspec.Raw):
            self._replaced[number] = old
        entries[number] = record

    def __delitem__(self, number: str) -> None:
        del self._loaded()[number]
        self._spliceable = False

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())

    def render(self) -> Iterator[Piece]:
        """Yield the table as JSON, one record a line, reusing the bytes of untouched records."""
        if self._spliceable and self._entries is None:
            return iter(self._with_appended())
        return iter((self._spliceable and self._spliced()) or self._joined())

    def _joined(self) -> list[Piece]:
        entries = self._loaded()
        if not entries:
            return [b"{}"]
        lines = [b"%s:%s" % (encode(number), _raw_of(entry, self._path)) for number, entry in entries.items()]
        return [b"{\n", b",\n".join(lines), b"\n}"]

    def _spliced(self) -> list[Piece] | None:
        """Put what changed into the table's bytes; None where that can't be done or costs more."""
        entries = self._loaded()
        changed = {n: raw for n, raw in self._replaced.items() if bytes(_raw_of(entries[n], self._path)) != bytes(raw)}
        if len(changed) > SPLICES:
            return None
        whole: Piece = self._raw
        for number, old in changed.items():
            line = b"\n%s:%s" % (encode(number), old)
            before, found, after = bytes(whole).partition(line)
            if not found or line in after:
                return None
            whole = b"".join((before, b"\n%s:%s" % (encode(number), _raw_of(entries[number], self._path)), after))
        added = [b",\n%s:%s" % (encode(number), _raw_of(entries[number], self._path)) for number in self._added]
        return [memoryview(whole)[:-2], *added, b"\n}"] if added else [whole]


def order(number: str) -> tuple[bool, int]:
    """Order numbers as such, before keys that are none."""
    return not number.isdecimal(), int(number) if number.isdecimal() else 0


def _raw_of(entry: msgspec.Raw | Mapping[str, Any], path: Path) -> Piece:
    if isinstance(entry, msgspec.Raw):
        return _on_one_line(entry, path)
    return entry.raw if isinstance(entry, Record) else encode(entry)


def _on_one_line(raw: msgspec.Raw, path: Path) -> Piece:
    """Take the line ends out of a record; inside its strings there are none."""
    return encode(decode_record(raw, path)) if b"\n" in bytes(raw) else raw
