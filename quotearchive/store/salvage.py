"""Take out of a damaged archive what can be read, record by record."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from quotearchive.errors import DamagedArchiveError, Spot
from quotearchive.store.damage import CONFLICT, understand
from quotearchive.store.layout import parse
from quotearchive.store.snapshots import KINDS, SELF, TABLES

#: Code points of a lost line that are shown.
_SHOWN: Final = 80

_RECORD: Final = re.compile(rb'"([^"\\]*)":(\{.*\})')
_TABLE: Final = re.compile(rb',?"([^"\\]*)":\{(\})?')

#: Lines that hold nothing but what the layout needs.
_FRAME: Final = frozenset({b"", b"{", b"}"})

Tables = dict[str, dict[str, dict[str, Any]]]


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can't be read.

    Attributes:
        spot: Where it stands.
        words: How it begins.
        why: What is wrong with it.
    """

    spot: Spot
    words: str
    why: str


class Salvage(msgspec.Struct, frozen=True, kw_only=True):
    """What can be read of an archive.

    Attributes:
        tables: Records by table and number.
        losses: What can't be read, in the order of the file.
        renumbered: Records whose number stood twice: table, that number, and the one it has now.
    """

    tables: Tables
    losses: tuple[Loss, ...]
    renumbered: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing was damaged."""
        return not self.losses and not self.renumbered


def salvage(content: bytes, path: Path) -> Salvage:
    """Take out what can be read.

    Args:
        content: The file.
        path: Its name, for what is said of it.
    """
    try:
        parsed = parse(content, path)
        tables = {name: {n: dict(table[n]) for n in table} for name, table in parsed.items()}
    except DamagedArchiveError:
        return _Lines(content).read()
    losses = [
        loss for name, table in tables.items() for number in list(table) if (loss := _check(name, number, table, b""))
    ]
    return Salvage(tables=tables, losses=tuple(losses))


class _Lines:
    """The lines of a damaged file, read one by one."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._tables: Tables = {}
        self._name: str | None = None
        self._losses: list[Loss] = []
        self._doubles: list[tuple[str, str, dict[str, Any]]] = []

    def read(self) -> Salvage:
        byte = 0
        for number, line in enumerate(self._content.split(b"\n"), start=1):
            self._take(line.strip().removesuffix(b","), Spot(byte, number))
            byte += len(line) + 1
        renumbered = [self._renumber(*double) for double in self._doubles]
        return Salvage(tables=self._tables, losses=tuple(self._losses), renumbered=tuple(renumbered))

    def _take(self, line: bytes, spot: Spot) -> None:
        record, table = _RECORD.fullmatch(line), _TABLE.fullmatch(line)
        if table:
            self._name = table[1].decode(errors="replace")
            self._tables.setdefault(self._name, {})
        elif record:
            self._take_record(record[1].decode(errors="replace"), record[2], spot)
        elif line not in _FRAME and not CONFLICT.fullmatch(line):
            self._lose(line, spot, "it is no record")
            self._name = None if line.endswith(b"{") else self._name

    def _take_record(self, number: str, raw: bytes, spot: Spot) -> None:
        try:
            record = json.loads(raw.decode())
        except (ValueError, RecursionError) as error:
            place = spot._replace(table=self._name or "", record=number)
            self._lose(raw, place, understand(error, raw).found)
            return
        name = self._name or _guess(record)
        if name is None:
            self._lose(raw, spot._replace(record=number), "it is of no known table")
            return
        table = self._tables.setdefault(name, {})
        if number in table and table[number] != record:
            self._doubles.append((name, number, record))
            return
        table[number] = record
        loss = _check(name, number, table, raw)
        if loss:
            self._losses.append(msgspec.structs.replace(loss, spot=spot._replace(table=name, record=number)))

    def _renumber(self, name: str, number: str, record: dict[str, Any]) -> tuple[str, str, str]:
        table = self._tables[name]
        if name == SELF:
            table[number] = _later(table[number], record)
            return name, number, number
        given = str(max((int(each) for each in table if each.isdecimal()), default=0) + 1)
        table[given] = record
        return name, number, given

    def _lose(self, line: bytes, spot: Spot, why: str) -> None:
        self._losses.append(Loss(spot=spot, words=line[:_SHOWN].decode(errors="replace"), why=why))


def _check(name: str, number: str, table: dict[str, dict[str, Any]], raw: bytes) -> Loss | None:
    """Take a record that is no value of its table out of it, and say so."""
    kind = next((kind for kind in KINDS if TABLES[kind] == name), None)
    try:
        if kind and number.isdecimal():
            msgspec.convert(table[number], kind)
        elif kind:
            return _loss(name, number, table, raw, f"{number!r} is no record's number")
    except (ValueError, TypeError) as error:
        return _loss(name, number, table, raw, str(error))
    return None


def _loss(name: str, number: str, table: dict[str, dict[str, Any]], raw: bytes, why: str) -> Loss:
    words = raw.decode(errors="replace") if raw else str(table[number])
    del table[number]
    return Loss(spot=Spot(table=name, record=number), words=words[:_SHOWN], why=why)


def _guess(record: Mapping[str, Any]) -> str | None:
    """Tell the table of a record by its fields."""
    for kind in KINDS:
        try:
            msgspec.convert(dict(record), kind)
        except (ValueError, TypeError):
            continue
        return TABLES[kind]
    return "history" if "when" in record else SELF if "format" in record else None


def _later(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Join what two versions note of themselves: the highest number of each table."""
    numbers: dict[str, int] = dict(first.get("last", {}))
    for name, number in second.get("last", {}).items():
        numbers[name] = max(number, numbers.get(name, 0))
    return {**first, "last": numbers}
