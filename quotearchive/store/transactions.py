"""Changes of the archive, which are written once, with their history."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from quotearchive.model import Change
from quotearchive.store import history, invariants
from quotearchive.store.errors import BrokenInvariantError, EditedByHandError, NotUnicodeError
from quotearchive.store.history import BeforeAfter, Fields, Place, RecordedChange
from quotearchive.store.lines import Table
from quotearchive.store.parts import FORMAT, KeptTexts
from quotearchive.store.seals import GONE, altered_changes, altered_records
from quotearchive.store.snapshots import KINDS, SELF, TABLES, Snapshot, Stored
from quotearchive.store.strict_json import decode_record, encode

#: A record that was altered: its table, its number, and its JSON; None where it was removed.
Altered = tuple[str, int, bytes | None]


class Transaction(Snapshot):
    """A snapshot that can be changed; what was changed is written, with its history, at the end.

    Args:
        path: The archive's file.
        tables: Its tables.
        change: The command that changes it.
    """

    def __init__(self, path: Path, tables: Mapping[str, Table], change: Change) -> None:
        super().__init__(path, tables)
        self._as_read = {name: table.as_read for name, table in tables.items()}
        self._change = change
        self._own = self._fields(SELF, "1") or {"format": FORMAT}
        self._last: dict[str, int] = dict(self._own.get("last", {}))
        self._tables.setdefault(SELF, Table(path))
        self._given: set[str] = set()
        self._counted: set[str] = set()
        self._before: dict[Place, Fields | None] = {}
        self._after: dict[Place, Fields | None] = {}

    def add(self, value: Stored) -> int:
        """Store a new value and return its number, which no other value ever had."""
        number = self.reserve(type(value))
        self.insert(msgspec.structs.replace(value, id=number))
        return number

    def reserve(self, kind: type[Stored], wish: int = 0) -> int:
        """Return a number for a new value, which no other ever had.

        Args:
            kind: Which values it counts.
            wish: The number to give, if it is above all that were given.
        """
        name = TABLES[kind]
        number = self._next_number(name)
        self._last[name] = max(number, wish)
        return self._last[name]

    def insert(self, value: Stored) -> None:
        """Store a new value under the number that was reserved for it."""
        place, line = (TABLES[type(value)], str(value.id)), _line(value)
        self._before.setdefault(place, None)
        self._after[place] = msgspec.json.decode(line)
        self._changeable(place[0]).add(place[1], line)

    def put(self, value: Stored) -> None:
        """Store a changed value under its number; fields this version doesn't know stay with it.

        Raises:
            KeyError: There is none of that number.
        """
        place = TABLES[type(value)], str(value.id)
        old = self._there(place)
        known = {field.encode_name for field in msgspec.structs.fields(value)}
        new = msgspec.json.decode(_line(value)) | {name: old[name] for name in old if name not in known}
        self._lay(place, old, new)

    def remove(self, value: Stored) -> None:
        """Remove a value.

        Raises:
            KeyError: There is none of that number.
        """
        place = TABLES[type(value)], str(value.id)
        self._lay(place, self._there(place), None)

    def configure(self, *, keeps_originals: bool) -> None:
        """Note in the archive's own record how it is to be used from now on."""
        self._lay((SELF, "1"), dict(self._own), {**self._own, "keeps_originals": keeps_originals})

    def reverse(self, recorded: RecordedChange, later: Container[Place] = ()) -> None:
        """Make every record that a change touched what it was before it.

        The caller has seen to it that no later change touched the same fields.

        Args:
            recorded: The change.
            later: The places of records that later changes touched.

        Raises:
            EditedByHandError: A record that it added or changed is gone, or one that it removed is there.
            LostTextError: The history no longer keeps a text that it removed.
        """
        self._change = msgspec.structs.replace(self._change, undoes=recorded.id)
        self._refuse_other_hands(recorded)
        for name, numbers in recorded.added.items():
            for place in ((name, str(number)) for number in numbers):
                self._lay(place, self._there(place), None)
        for name, records in (*recorded.changed.items(), *recorded.removed.items()):
            for number, before in records.items():
                place = name, number
                now = self._fields(name, number)
                old = history.restored(before, now or {}, self.find_text, is_latest=place not in later)
                self._lay(place, now, _in_order(name, old))

    def _refuse_other_hands(self, recorded: RecordedChange) -> None:
        for (name, number), _ in recorded.touched():
            is_there = self._lines(name).find(number) is not None
            if is_there == (number in recorded.removed.get(name, ())):
                raise EditedByHandError(self.path, recorded.id, name, number)

    def _there(self, place: Place) -> dict[str, Any]:
        fields = self._fields(*place)
        if fields is None:
            raise KeyError(place)
        return fields

    def _lay(self, place: Place, old: Fields | None, new: Fields | None) -> None:
        """Lay a changed record over another, and note what it was when the transaction began."""
        self._before.setdefault(place, old)
        self._after[place] = new
        self._changeable(place[0]).put(place[1], None if new is None else encode(new))
        if place[0] == SELF and new is not None:
            self._own = dict(new)

    def _changeable(self, name: str) -> Table:
        return self._tables.setdefault(name, Table(self.path))

    def discard(self) -> None:
        """Let nothing be written: the changes were only tried."""
        self._before.clear()

    def finish(self) -> Sequence[Altered]:
        """Append the change to the history, if anything changed, and return the records that it altered.

        Raises:
            BrokenInvariantError: The change would leave an archive that is not as every archive must be.
            NotUnicodeError: A string is no Unicode.
        """
        pairs = {place: (old, self._after[place]) for place, old in self._before.items()}
        recorded = history.record(self._change, pairs, lambda sha256: sha256 in self._kept_texts)
        if recorded is None:
            return ()
        for place in (place for place, (old, new) in pairs.items() if old == new):
            self._tables[place[0]].drop(place[1])
        self._refuse_broken(pairs)
        left = {place: new for place, (_, new) in pairs.items() if new is not None}
        self._append(recorded, left, self._changed_by_hand(pairs))
        return [(name, int(number), self._line_of(name, number)) for name, number in pairs]

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables as they are to be written."""
        return self._tables

    def _line_of(self, name: str, number: str) -> bytes | None:
        raw = self._tables[name].find(number)
        return None if raw is None else bytes(raw)

    def _refuse_broken(self, pairs: Mapping[Place, BeforeAfter]) -> None:
        """Refuse to break an invariant; what was broken before, by other hands, is not of this change's making."""
        change = invariants.touched(pairs)
        if broken := invariants.broken(self, change):
            known = invariants.broken(Snapshot(self.path, self._as_read), change)
            if new := [each for each in broken if each not in known]:
                raise BrokenInvariantError(new)

    def repaired(self) -> Mapping[str, Table]:
        """Return the tables with a change that takes them as they are: it names what was altered, and seals it."""
        for name in set(TABLES.values()):
            if numbers := [int(number) for number, _ in self._lines(name).items() if number.isdecimal()]:
                self._last[name] = max(self._last.get(name, 0), *numbers)
        self._tables[SELF].put("1", encode({**self._own, "last": self._last}))
        altered = list(altered_records(self))
        if not altered and not altered_changes(self) and self.last_seal():
            return self._tables
        known = {(TABLES[RecordedChange], str(number)): GONE for number in altered_changes(self)}
        left = {each.place: self._there(each.place) for each in altered if each.is_there}
        gone = {each.place: GONE for each in altered if not each.is_there}
        recorded = RecordedChange(**msgspec.structs.asdict(self._change), digests=_by_name(gone))
        self._append(recorded, left, [each.place for each in altered if each.place[0] != SELF] + list(known))
        return self._tables

    def _append(self, recorded: RecordedChange, left: Mapping[Place, Fields], by_hand: Iterable[Place]) -> None:
        """Append a change to the history with the records it leaves, sealed, and note the highest numbers."""
        before = self.last_seal()
        number = self._next_number(TABLES[RecordedChange])
        table = self._changeable(TABLES[RecordedChange])
        self._own |= {"last": self._last, "tables": list(self._tables)}
        self._tables[SELF].put("1", encode(self._own))
        if not before:
            left = {**left, **{place: decode_record(raw, self.path) for place, raw in self.sealable(left)}}
        digests = {place: history.digest(record) for place, record in {**left, (SELF, "1"): self._own}.items()}
        gone = {(name, number): GONE for name, numbers in recorded.digests.items() for number in numbers}
        numbers = _by_name(dict.fromkeys(by_hand, GONE)) if before else {}
        found = {name: tuple(map(int, each)) for name, each in numbers.items()}
        whole = msgspec.structs.replace(recorded, by_hand=found, digests=_by_name(gone | digests))
        sealed = msgspec.json.decode(_line(whole))
        sealed["seal"] = history.seal(sealed, before)
        table.add(str(number), encode(sealed))

    def _changed_by_hand(self, pairs: Mapping[Place, BeforeAfter]) -> Iterator[Place]:
        """Yield the places of touched records that were not as the last change had left them."""
        found = {place: old for place, (old, _) in pairs.items() if old is not None}
        left = self.digests() if found else {}
        yield from (place for place, old in found.items() if left.get(place) != history.digest(old))

    @cached_property
    def _kept_texts(self) -> frozenset[str]:
        """The hashes of the long texts that the history keeps."""
        changes = self._parts(RecordedChange, KeptTexts).values()
        return frozenset(sha256 for change in changes for sha256 in change.texts)

    def _next_number(self, name: str) -> int:
        """Return a number that no record of a table has or had.

        The first one that a transaction gives is looked for; for more, it is cheaper to find the highest, once.
        """
        table = self._lines(name)
        number = self._last.get(name, 0) + 1
        if name not in self._counted and (name in self._given or name not in self._last or table.holds(str(number))):
            number = max(number, max((int(each) for each, _ in table.items()), default=0) + 1)
            self._counted.add(name)
        self._last[name] = number
        self._given.add(name)
        return number


def _by_name(digests: Mapping[Place, str]) -> dict[str, dict[str, str]]:
    """Return digests by table and number."""
    by_name: dict[str, dict[str, str]] = {}
    for (name, number), digest in digests.items():
        by_name.setdefault(name, {})[number] = digest
    return by_name


def _line(value: Stored | RecordedChange) -> bytes:
    """Return a value's record, which does not hold its number.

    Raises:
        NotUnicodeError: A string in it is no Unicode.
    """
    try:
        return msgspec.json.encode(msgspec.structs.replace(value, id=0))
    except UnicodeEncodeError as error:
        raise NotUnicodeError(error.object[max(0, error.start - 20) : error.end + 20]) from error


def _in_order(name: str, record: Fields) -> dict[str, Any]:
    """Put a record's fields into the order in which values are stored."""
    kind = next((kind for kind in KINDS if TABLES[kind] == name), None)
    known = [field.encode_name for field in msgspec.structs.fields(kind)] if kind else []
    return {key: record[key] for key in [*known, *record] if key in record}
