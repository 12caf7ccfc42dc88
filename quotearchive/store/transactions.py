"""Changes of the archive, which are written once, with their history."""

import contextlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from quotearchive.errors import ArchiveMissingError, Spot
from quotearchive.model import Change
from quotearchive.store import files, history, invariants
from quotearchive.store.damage import damaged, find_backup, understand
from quotearchive.store.encoding import decode_record, encode
from quotearchive.store.errors import (
    ArchiveUnwritableError,
    BrokenInvariantError,
    EditedByHandError,
    NewerFormatError,
    NotUnicodeError,
)
from quotearchive.store.history import Place, Recorded, Turn
from quotearchive.store.interruption import uninterrupted
from quotearchive.store.layout import parse, render
from quotearchive.store.locking import PATIENCE, Waiting
from quotearchive.store.records import Records
from quotearchive.store.seals import GONE, altered_changes, altered_records
from quotearchive.store.snapshots import FORMAT, KINDS, SELF, TABLES, Own, Snapshot, Stored
from quotearchive.store.storage import ArchiveStorage

#: A record that was altered: its table, its number, and its JSON; None where it was removed.
Altered = tuple[str, int, bytes | None]

#: See `Store`.
Watch = Callable[[], Callable[[Sequence[Altered]], None]]


class Transaction(Snapshot):
    """A snapshot that can be changed; what was changed is written, with its history, at the end.

    Args:
        storage: Where it was read and is written.
        tables: Its tables.
        change: The command that changes it.

    Attributes:
        altered: What was written, once it was.
    """

    def __init__(self, storage: ArchiveStorage, tables: Mapping[str, Records], change: Change) -> None:
        super().__init__(storage, tables)
        self._change = change
        own = self._tables.setdefault(SELF, Records(self._storage.path)).get("1", {"format": FORMAT})
        self._last: dict[str, int] = dict(own.get("last", {}))
        self._own = dict(own)
        self._given: set[str] = set()
        self._counted: set[str] = set()
        self._before: dict[Place, Mapping[str, Any] | None] = {}
        self.altered: tuple[Altered, ...] = ()

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
        self._touch(TABLES[type(value)], str(value.id), None)
        self._table(type(value)).append(str(value.id), _fields(value))

    def put(self, value: Stored) -> None:
        """Store a changed value under its number; fields this version doesn't know stay with it."""
        table, number = self._table(type(value)), str(value.id)
        old = dict(table[number])
        self._touch(TABLES[type(value)], number, old)
        known = {field.encode_name for field in msgspec.structs.fields(value)}
        table[number] = {**_fields(value), **{key: old[key] for key in old if key not in known}}

    def remove(self, value: Stored) -> None:
        """Remove a value."""
        table, number = self._table(type(value)), str(value.id)
        self._touch(TABLES[type(value)], number, dict(table[number]))
        del table[number]

    def reverse(self, recorded: Recorded, later: Container[Place] = ()) -> None:
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
            for number in map(str, numbers):
                self._touch(name, number, dict(self._tables[name][number]))
                del self._tables[name][number]
        for name, records in (*recorded.changed.items(), *recorded.removed.items()):
            table = self._tables.setdefault(name, Records(self._storage.path))
            for number, before in records.items():
                now = dict(table[number]) if number in table else None
                self._touch(name, number, now)
                old = history.restored(before, now or {}, self.find_text, is_latest=(name, number) not in later)
                table.restore(number, _in_order(name, old))

    def _refuse_other_hands(self, recorded: Recorded) -> None:
        for (name, number), _ in recorded.touched():
            table = self._tables.get(name, Records(self._storage.path))
            if (number in table) == (number in recorded.removed.get(name, ())):
                raise EditedByHandError(self._storage.path, recorded.id, name, number)

    def write(self) -> None:
        """Write the archive once, with the history of the change, if anything changed.

        Raises:
            BrokenInvariantError: The change would leave an archive that is not as every archive must be.
            NotUnicodeError: A string is no Unicode.
        """
        turns = {place: (old, self._now(place)) for place, old in self._before.items()}
        recorded = history.record(self._change, turns, self._keeps)
        if recorded is None:
            return
        self._refuse_broken(turns)
        left = {place: new for place, (_, new) in turns.items() if new is not None}
        self._append(recorded, left, self._changed_by_hand(turns))
        self._storage.write(self._tables)
        self.altered = tuple(
            (name, int(number), None if new is None else encode(new)) for (name, number), (_, new) in turns.items()
        )

    def _refuse_broken(self, turns: Mapping[Place, Turn]) -> None:
        """Refuse to break an invariant; what was broken before, by other hands, is not of this change's making."""
        change = invariants.touched(turns)
        broken = invariants.broken(self, change)
        if broken:
            content = files.read(self.path)
            before = Snapshot(self._storage, parse(content, self.path) if content else {})
            known = invariants.broken(before, change)
            if new := [each for each in broken if each not in known]:
                raise BrokenInvariantError(new)

    def repaired(self) -> Mapping[str, Records]:
        """Return the tables with a change that takes them as they are: what was altered is told, and sealed anew."""
        altered = list(altered_records(self))
        if not altered and not altered_changes(self) and self.last_seal():
            return self._tables
        known = {(TABLES[Recorded], str(number)): GONE for number in altered_changes(self)}
        left = {each.place: dict(self._tables[each.place[0]][each.place[1]]) for each in altered if each.is_there}
        gone = {each.place: GONE for each in altered if not each.is_there}
        recorded = Recorded(**msgspec.structs.asdict(self._change), digests=_by_name(gone))
        self._append(recorded, left, [each.place for each in altered if each.place[0] != SELF] + list(known))
        return self._tables

    def _append(self, recorded: Recorded, left: Mapping[Place, Mapping[str, Any]], by_hand: Iterable[Place]) -> None:
        """Append the change to the history, sealed, and note the highest numbers.

        Args:
            recorded: The change.
            left: The records that it leaves.
            by_hand: The places of records that it found altered by other hands.
        """
        before = self.last_seal()
        number = self._next_number(TABLES[Recorded])
        self._own["last"] = self._last
        self._own["tables"] = list(self._tables)
        self._tables[SELF]["1"] = self._own
        if not before:
            left = {**left, **{place: decode_record(raw, self.path) for place, raw in self.sealable(left)}}
        digests = {place: history.digest(record) for place, record in {**left, (SELF, "1"): self._own}.items()}
        gone = {(name, number): GONE for name, numbers in recorded.digests.items() for number in numbers}
        found = _numbers_by_name(by_hand) if before else {}
        sealed = _fields(msgspec.structs.replace(recorded, by_hand=found, digests=_by_name(gone | digests)))
        sealed["seal"] = history.seal(sealed, before)
        self._table(Recorded).append(str(number), sealed)

    def _changed_by_hand(self, turns: Mapping[Place, Turn]) -> Iterator[Place]:
        """Yield the places of touched records that were not as the last change had left them."""
        found = {place: old for place, (old, _) in turns.items() if old is not None}
        left = self.digests() if found else {}
        yield from (place for place, old in found.items() if left.get(place) != history.digest(old))

    def _now(self, place: Place) -> Mapping[str, Any] | None:
        name, number = place
        record = self._tables[name].find(number)
        return None if record is None else dict(record)

    def _touch(self, name: str, number: str, old: Mapping[str, Any] | None) -> None:
        """Note what a record was when the transaction began."""
        self._before.setdefault((name, number), old)

    def _keeps(self, sha256: str) -> bool:
        return self._table(Recorded).mentions(f'"{sha256}":"'.encode())

    def _next_number(self, name: str) -> int:
        """Return a number that no record of a table has or had.

        The first one that a transaction gives is looked for in the table's bytes; for more, it is cheaper
        to find the highest, once.
        """
        table = self._tables.setdefault(name, Records(self._storage.path))
        number = self._last.get(name, 0) + 1
        if name not in self._counted and (name in self._given or name not in self._last or table.holds(str(number))):
            number = max(number, max(map(int, table), default=0) + 1)
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


def _numbers_by_name(places: Iterable[Place]) -> dict[str, tuple[int, ...]]:
    """Return the numbers of records by table."""
    numbers: dict[str, list[int]] = {}
    for name, number in places:
        numbers.setdefault(name, []).append(int(number))
    return {name: tuple(each) for name, each in numbers.items()}


def _fields(value: msgspec.Struct) -> dict[str, Any]:
    """Return a value as a record, which does not hold its number, as reading it back from JSON would."""
    try:
        fields: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    except UnicodeEncodeError as error:
        raise NotUnicodeError(error.object[max(0, error.start - 20) : error.end + 20]) from error
    fields.pop("id", None)
    return fields


def _in_order(name: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Put a record's fields into the order in which values are stored."""
    kind = next((kind for kind in KINDS if TABLES[kind] == name), None)
    known = [field.encode_name for field in msgspec.structs.fields(kind)] if kind else []
    return {key: record[key] for key in [*known, *record] if key in record}


def _with_own(
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]],
) -> dict[str, Mapping[str, Mapping[str, Any]]]:
    """Note the format and the highest number of every table."""
    own = tables.get(SELF, {}).get("1", {"format": FORMAT})
    last = dict(own.get("last", {}))
    for name in TABLES.values():
        numbers = [int(number) for number in tables.get(name, {}) if number.isdecimal()]
        if numbers:
            last[name] = max(last.get(name, 0), *numbers)
    return {
        SELF: {"1": {"format": FORMAT, **own, "last": last}},
        **{name: table for name, table in tables.items() if name != SELF},
    }


class Store:
    """The door to one archive.

    Args:
        path: Its file, which need not exist.
        patience: Seconds to wait for another writer.
        waiting: Is told who the other writer is, if waiting takes a noticeable time.
        watch: Called when a transaction begins, while nobody else can write; what it gives is called when
            it has been written, with the records that it altered.

    Attributes:
        is_changed: Whether a change was written, whatever went wrong since.
    """

    def __init__(
        self,
        path: Path,
        patience: float = PATIENCE,
        waiting: Waiting | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._storage = ArchiveStorage(path, patience, waiting)
        self._patience = patience
        self._waiting = waiting
        self._watch = watch
        self.is_changed = False

    @property
    def path(self) -> Path:
        """The archive's file, behind any symbolic link."""
        return self._storage.path

    def read(self) -> Snapshot:
        """Read the archive as it is now.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveUnreadableError: Its file can't be read.
            DamagedArchiveError: Its file holds something else.
            NewerFormatError: A later version wrote it.
        """
        tables = self._parsed(files.read(self.path))
        if tables is None:
            raise ArchiveMissingError(self.path, find_backup(self.path))
        return Snapshot(self._storage, tables)

    def nothing(self) -> Snapshot:
        """Return the archive as it is before it is made."""
        return Snapshot(self._storage, {})

    @contextlib.contextmanager
    def transaction(self, change: Change, *, create: bool = False) -> Iterator[Transaction]:
        """Read the archive, let the block change it, and write it once; write nothing if the block fails.

        Args:
            change: The command, for the history.
            create: Make the archive where there is none.

        Raises:
            ArchiveMissingError: There is none and none was to be made, or its backup is there.
            ArchiveLockedError: Another process is writing it.
            ArchiveUnwritableError: It can't be written.
            ChangedMeanwhileError: Somebody who holds no lock changed it meanwhile; what they did stays.
        """
        if not files.is_there(self.path) and (not create or find_backup(self.path)):
            raise ArchiveMissingError(self.path, find_backup(self.path))
        storage = ArchiveStorage(self.path, self._patience, self._waiting)
        with storage.alone():
            tell = self._watch() if self._watch else None
            transaction = Transaction(storage, self._parsed(storage.content()) or {}, change)
            yield transaction
            with uninterrupted():
                transaction.write()
                self.is_changed = self.is_changed or bool(transaction.altered)
                if tell and transaction.altered:
                    tell(transaction.altered)

    def content(self) -> bytes:
        """Return the archive's bytes, whatever they are.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveUnreadableError: Its file can't be read.
        """
        content = files.read(self.path)
        if content is None:
            raise ArchiveMissingError(self.path, find_backup(self.path))
        return content

    def backup(self) -> bytes | None:
        """Return the bytes of the archive before its last change; None if they are not kept."""
        return files.read(files.backup_of(self.path))

    def name_aside(self) -> Path:
        """Find a name for a backup that must not be replaced by the next one."""
        return files.free_name(files.backup_of(self.path))

    def set_backup_aside(self, name: Path) -> None:
        """Give the backup another name, so that no change replaces it.

        Raises:
            ArchiveLockedError: Another process is writing the archive.
            ArchiveUnwritableError: It can't be renamed.
        """
        with self._storage.alone():
            try:
                files.backup_of(self.path).rename(name)
            except OSError as error:
                raise ArchiveUnwritableError(self.path, error) from error

    def rewrite(
        self,
        tables: Mapping[str, Mapping[str, Mapping[str, Any]]],
        *,
        instead_of: bytes,
        keep: Path,
        change: Change,
    ) -> None:
        """Replace the archive by other tables, and seal those.

        Args:
            tables: Its records by table and number; the numbers it has given are noted anew.
            instead_of: What it holds, as far as the caller knows.
            keep: What the replaced file is to be called.
            change: The command, for the history.

        Raises:
            ChangedMeanwhileError: It holds something else.
            ArchiveUnwritableError: It can't be written.
        """
        with self._storage.alone():
            records = {name: Records.of(self.path, table) for name, table in _with_own(tables).items()}
            repaired = Transaction(self._storage, records, change).repaired()
            with uninterrupted():
                files.replace(self.path, list(render(repaired, self.path)), [instead_of], keep)
                self.is_changed = True

    def _parsed(self, content: bytes | None) -> dict[str, Records] | None:
        if content is None:
            return None
        tables = parse(content, self.path)
        self._refuse_others(tables)
        return tables

    def _refuse_others(self, tables: Mapping[str, Records]) -> None:
        """Refuse what is some other program's database, or a later version's archive."""
        if not tables.keys() & {*TABLES.values(), SELF}:
            found = f"it has none of an archive's tables, but {', '.join(tables) or 'no table at all'}"
            raise damaged(self.path, found)
        own = self._own(tables)
        if own.format > FORMAT:
            raise NewerFormatError(self.path, own.format, FORMAT)

    def _own(self, tables: Mapping[str, Records]) -> Own:
        """Read the archive's record of itself, so that whoever asks it knows that it is one."""
        record = tables.get(SELF, Records(self.path)).get("1", {})
        try:
            return msgspec.convert(dict(record), Own)
        except ValueError as error:
            fault = understand(error, b"")
            raise damaged(self.path, fault.found, Spot(table=SELF, record="1", field=fault.field)) from error
