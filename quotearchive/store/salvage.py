"""Take out of a damaged archive what can be read, record by record, and as much of a damaged record as there is."""

import contextlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from quotearchive.errors import DamagedArchiveError, FileLocation
from quotearchive.store.damage import CONFLICT, understand
from quotearchive.store.history import RecordedChange
from quotearchive.store.parts import Own
from quotearchive.store.snapshots import KINDS, SELF, TABLES, refuse_impossible
from quotearchive.store.strict_json import decode_leniently
from quotearchive.text import escape_surrogates

#: Code points of a lost line that are shown.
_SHOWN: Final = 80

_RECORD: Final = re.compile(rb'"([^"\\]*)":(\{.*\})')
_TABLE: Final = re.compile(rb',?"([^"\\]*)":\{(\})?')

#: The line of a record that may be damaged anywhere, or cut off.
_REMAINS: Final = re.compile(rb'"(\d+)":(\{.*)')

#: Lines that hold nothing but what the layout needs.
_FRAME: Final = frozenset({b"", b"{", b"}"})

#: A byte that is no UTF-8, as Python decodes it (PEP 383), and what is shown in its place, as one code point.
_BYTE: Final = re.compile("[\udc80-\udcff]")
_MARK: Final = "\ufffd"

#: What a text of JSON may hold, or else a bare mark or backslash.
_BARE: Final = re.compile(r'(\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))|["\\]')

#: What the records of a table are.
_KINDS: Final[Mapping[str, type[msgspec.Struct]]] = {
    **{TABLES[kind]: kind for kind in (*KINDS, RecordedChange)},
    SELF: Own,
}

Tables = dict[str, dict[str, dict[str, Any]]]


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can't be read, or not as it was.

    Attributes:
        location: Where it is.
        words: How it begins.
        why: What is wrong with it.
    """

    location: FileLocation
    words: str
    why: str

    @property
    def place(self) -> tuple[str, str]:
        """Its table and its number; empty where they are not known."""
        return self.location.table, self.location.record


class Salvage(msgspec.Struct, frozen=True, kw_only=True):
    """What can be read of an archive.

    Attributes:
        tables: Records that are as they were, by table and number.
        mended: Records of which a part can't be read, as far as they go; a mark replaces every byte that is lost.
        losses: What is damaged, in the order of the file: what was mended, and what can't be.
        renumbered: Records whose number stood twice or was none: table, that number, and the one it has now.
        closed: The tables that are there to their end.
        is_laid_out: Whether the file is what a file of tables looks like.
    """

    tables: Tables
    mended: Tables = msgspec.field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
    renumbered: tuple[tuple[str, str, str], ...] = ()
    closed: frozenset[str] = frozenset()
    is_laid_out: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether nothing was damaged."""
        return self.is_laid_out and not self.losses and not self.renumbered


def salvage(content: bytes, path: Path) -> Salvage:
    """Take out what can be read.

    Args:
        content: The file.
        path: Its name, for what is said of it.
    """
    tables = _as_tables(content, path)
    if tables is None:
        found = _Lines(content).read()
        tables = None if any(found.tables.values()) else _as_tables(_marked(_decoded(content)).encode(), path)
        if tables is None:
            return found
    sorting = _Sorting()
    for name, table in tables.items():
        sorting.close(name)
        for number, record in table.items():
            sorting.take(name, number, record, FileLocation())
    return sorting.result()


def _as_tables(content: bytes, path: Path) -> Mapping[str, Mapping[str, Any]] | None:
    """Read a file of which every damage lies within its records; None if that isn't so."""
    try:
        tables = decode_leniently(content, path)
    except DamagedArchiveError:
        return None
    is_sound = isinstance(tables, dict) and all(isinstance(table, dict) for table in tables.values())
    return tables if is_sound else None


def _decoded(content: bytes) -> str:
    """Decode bytes; one that is no UTF-8 becomes half a character."""
    return content.decode("utf-8", "surrogateescape")


def _marked(text: str) -> str:
    """Put a mark for each of these bytes."""
    return _BYTE.sub(_MARK, text)


class _Sorting:
    """Records, sorted into those that are as they were, those that could be mended, and the rest."""

    def __init__(self) -> None:
        self.tables: Tables = {}
        self.mended: Tables = {}
        self.losses: list[Loss] = []
        self.closed: set[str] = set()
        self._doubles: list[tuple[str, str, dict[str, Any]]] = []

    def result(self) -> Salvage:
        renumbered = tuple([self._renumber(*double) for double in self._doubles])
        return Salvage(
            tables=self.tables,
            mended=self.mended,
            losses=tuple(self.losses),
            renumbered=renumbered,
            closed=frozenset(self.closed),
        )

    def open(self, name: str) -> None:
        """Begin a table."""
        self.tables.setdefault(name, {})

    def close(self, name: str) -> None:
        """Note that a table is there to its end."""
        self.open(name)
        self.closed.add(name)

    def take(self, name: str, number: str, record: object, location: FileLocation, why: str = "") -> None:
        """Take a record.

        Args:
            name: Its table.
            number: Its number.
            record: What was read of it.
            location: Where it is.
            why: What is wrong with it; empty if nothing is known to be.
        """
        self.open(name)
        location = location._replace(table=name, record=number)
        plain = _plain(record)
        fault = why or ("it holds half a character" if plain != record else _fault(name, plain))
        if fault:
            self.lose(json.dumps(record, ensure_ascii=False), location, fault)
        fitting = _fitted(name, plain)
        if fitting is not None:
            self._keep(self.mended if fault else self.tables, name, number, fitting)

    def _keep(self, tables: Tables, name: str, number: str, record: dict[str, Any]) -> None:
        table = tables.setdefault(name, {})
        if (name in _KINDS and not number.isdecimal()) or table.get(number, record) != record:
            self._doubles.append((name, number, record))
        else:
            table[number] = record

    def lose(self, words: str, location: FileLocation, why: str) -> None:
        """Note what is damaged."""
        self.losses.append(Loss(location=location, words=escape_surrogates(_marked(words[:_SHOWN])), why=why))

    def _renumber(self, name: str, number: str, record: dict[str, Any]) -> tuple[str, str, str]:
        table = self.tables[name]
        if name == SELF:
            table[number] = _later(table.get(number, {}), record)
            return name, number, number
        taken = [*table, *self.mended.get(name, ())]
        given = str(max((int(each) for each in taken if each.isdecimal()), default=0) + 1)
        table[given] = record
        return name, number, given


class _Lines:
    """The lines of a damaged file, read one by one."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._sorting = _Sorting()
        self._name: str | None = None

    def read(self) -> Salvage:
        byte = 0
        for number, line in enumerate(self._content.split(b"\n"), start=1):
            self._take(line.strip().removesuffix(b","), FileLocation(byte, number))
            byte += len(line) + 1
        return msgspec.structs.replace(self._sorting.result(), is_laid_out=False)

    def _take(self, line: bytes, location: FileLocation) -> None:
        table = _TABLE.fullmatch(line)
        if table:
            self._begin(escape_surrogates(_marked(_decoded(table[1]))), is_empty=table[2] is not None)
        elif remains := _RECORD.fullmatch(line) or _REMAINS.fullmatch(line):
            self._take_record(_marked(_decoded(remains[1])), _decoded(remains[2]), location)
        elif line == b"}" and self._name:
            self._sorting.close(self._name)
        elif line not in _FRAME and not CONFLICT.fullmatch(line):
            self._sorting.lose(_decoded(line), location, "it is not a record")
            self._name = None if line.endswith(b"{") else self._name

    def _begin(self, name: str, *, is_empty: bool) -> None:
        self._name = name
        self._sorting.open(name)
        if is_empty:
            self._sorting.close(name)

    def _take_record(self, number: str, raw: str, location: FileLocation) -> None:
        text = _marked(raw)
        why = "" if text == raw else "it is not UTF-8"
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            why = why or understand(error, text.encode("utf-8", "replace")).found
            record = _remains(text, self._name)
        name = self._name
        if name is None or (not why and _fault(name, record)):  # the line that begins its table may be lost
            name = _guess(record) or name
        if name and record:
            self._sorting.take(name, number, record, location, why)
        else:
            self._sorting.lose(
                raw, location._replace(table=name or "", record=number), why or "it is of no known table"
            )


def _plain(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """Escape half characters in the texts of a value."""
    if isinstance(value, dict):
        return {escape_surrogates(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return escape_surrogates(value) if isinstance(value, str) else value


def _fault(name: str, record: object) -> str:
    """Return why a record is none of its table; empty if it is one."""
    if not isinstance(record, dict):
        return "it is not a record"
    try:
        if name in _KINDS:
            refuse_impossible(msgspec.convert(record, _KINDS[name]))
    except (ValueError, TypeError) as error:
        return str(error)
    return ""


def _fitted(name: str, record: object) -> dict[str, Any] | None:
    """Return a record without the fields that are of the wrong type; None if it is nothing without them."""
    if not isinstance(record, dict) or name not in _KINDS:
        return record if isinstance(record, dict) else None
    fitted = _renamed(record, _KINDS[name])
    for _ in range(len(fitted) + 1):
        fault = _fault(name, fitted)
        field = understand(ValueError(fault), b"").field.split(".")[0].split("[")[0]
        if not fault:
            return fitted
        if field not in fitted:
            return None
        del fitted[field]
    return None


def _renamed(record: Mapping[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Restore the names of fields of which one character is damaged."""
    known = [field.encode_name for field in msgspec.structs.fields(kind)]
    absent = [name for name in known if name not in record]

    def name_of(key: str) -> str:
        near = [name for name in absent if len(name) == len(key) and sum(map(str.__ne__, name, key)) == 1]
        return near[0] if key not in known and len(near) == 1 else key

    return {name_of(key): value for key, value in record.items()}


def _remains(text: str, name: str | None) -> dict[str, Any] | None:
    """Read the fields of a record that is no JSON any more, each between its name and the next one's."""
    kind = _KINDS.get(name or "")
    if kind is None:
        return None
    names = "|".join(field.encode_name for field in msgspec.structs.fields(kind))
    starts = list(re.finditer(rf'(?<=[{{,])"({names})":', text))
    ends = [*(start.start() - 1 for start in starts), len(text.removesuffix("}"))]
    found: dict[str, Any] = {}
    for start, end in zip(starts, ends[1:], strict=True):
        value = _value(text[start.end() : end])
        if value is not None:
            found.setdefault(start[1], value)
    return found or None


def _value(text: str) -> Any:  # noqa: ANN401 - a JSON value
    """Read a field's value; of a text, whatever is damaged in it, all that can be read; None if it is nothing."""
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(text, strict=False)
    if not text.startswith('"'):
        return None
    inner = text[1:].removesuffix('"')
    escaped = _BARE.sub(lambda found: found[0] if found[1] else f"\\{found[0]}", inner)
    with contextlib.suppress(ValueError):
        return json.loads(f'"{escaped}"', strict=False)
    return None


def _guess(record: object) -> str | None:
    """Guess the table of a record from its fields; None if it fits none."""
    if not isinstance(record, dict):
        return None
    for kind in KINDS:
        if not _fault(TABLES[kind], record):
            return TABLES[kind]
    return "history" if "when" in record else SELF if "format" in record else None


def _later(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Join what two versions note of themselves: the highest number of each table."""
    numbers: dict[str, int] = dict(first.get("last", {}))
    for name, number in second.get("last", {}).items():
        numbers[name] = max(number, numbers.get(name, 0))
    return {**first, "last": numbers}
