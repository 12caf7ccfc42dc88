"""What a change did to the archive's records, kept small, and what they were before it.

Of an added record its number is enough to reverse it, of a changed one the fields that changed, of a
removed one all of it. A long text is kept once in the whole history, under its SHA-256, however often the
document that has it comes and goes.

Each change also seals what it left: the SHA-256 of each record that it touched, and one over itself and the
seal of the change before. So a record or a change that was altered by other hands, or by a failing disk, is
found, as git finds it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

from quotearchive.model import Change
from quotearchive.text import sha256_of

#: The length in code points from which a value is kept once and referred to by its hash, which has 64.
LONG: Final = 500

#: The field that every change of a record changes: two changes that share no other don't collide.
MODIFIED: Final = "modified"

#: A record's fields.
Fields = Mapping[str, Any]

#: A record's place: its table and its number.
Place = tuple[str, str]

#: What a record was before a change and is after it; None where there was or is none.
BeforeAfter = tuple[Fields | None, Fields | None]


class OldValues(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a record was before a change: all of it, or the fields that changed.

    Attributes:
        fields: Their values, but for long texts.
        texts: By the name of a field, the SHA-256 of its text.
        absent: Fields that it did not have.
    """

    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    texts: dict[str, str] = msgspec.field(default_factory=dict)
    absent: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of all fields that it has the values of."""
        return frozenset((*self.fields, *self.texts, *self.absent))


class RecordedChange(Change, frozen=True, kw_only=True, omit_defaults=True):
    """A change in the history, with what it takes to reverse it.

    Attributes:
        id: Its number; 0 until it is stored.
        added: By table, the numbers of the records that it added.
        changed: By table and number, the fields that it changed, as they were.
        removed: By table and number, the records that it removed.
        texts: By SHA-256, the long texts among these that no earlier change keeps.
        by_hand: By table, the numbers of records that were not, before it, as the change before had left them.
        digests: By table and number, the SHA-256 of each record that it added or changed, as it left it. The
            first change that has any has those of all records. Empty where a repair found a record gone.
        seal: SHA-256 over all this and the seal of the change before; empty in archives of earlier versions.
    """

    id: int = 0
    added: dict[str, tuple[int, ...]] = msgspec.field(default_factory=dict)
    changed: dict[str, dict[str, OldValues]] = msgspec.field(default_factory=dict)
    removed: dict[str, dict[str, OldValues]] = msgspec.field(default_factory=dict)
    texts: dict[str, str] = msgspec.field(default_factory=dict)
    by_hand: dict[str, tuple[int, ...]] = msgspec.field(default_factory=dict)
    digests: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    seal: str = ""

    def touched(self) -> Iterator[tuple[Place, frozenset[str] | None]]:
        """Yield the records that it touched, each with the fields that it changed, or None for all."""
        for table, numbers in self.added.items():
            yield from (((table, str(number)), None) for number in numbers)
        for table, records in self.removed.items():
            yield from (((table, number), None) for number in records)
        for table, records in self.changed.items():
            yield from (((table, number), before.names) for number, before in records.items())


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A change with what became of it.

    Attributes:
        change: The change.
        undone_by: The number of the change that reversed it; None if it holds.
    """

    change: RecordedChange
    undone_by: int | None = None


def record(change: Change, pairs: Mapping[Place, BeforeAfter], is_kept: Callable[[str], bool]) -> RecordedChange | None:
    """Describe what a change did; return None if it did nothing in the end.

    Args:
        change: The command.
        pairs: What became of each record that it touched.
        is_kept: Whether the history keeps the text of a SHA-256 already.
    """
    added: dict[str, list[int]] = {}
    changed: dict[str, dict[str, OldValues]] = {}
    removed: dict[str, dict[str, OldValues]] = {}
    texts: dict[str, str] = {}
    for (table, number), (old, new) in pairs.items():
        if old is None and new is not None:
            added.setdefault(table, []).append(int(number))
        elif old is not None and new is None:
            removed.setdefault(table, {})[number] = _before(old, texts)
        elif old is not None and new is not None and old != new:
            changed.setdefault(table, {})[number] = _difference(old, new, texts)
    if not (added or changed or removed):
        return None
    return RecordedChange(
        **msgspec.structs.asdict(change),
        added={table: tuple(numbers) for table, numbers in added.items()},
        changed=changed,
        removed=removed,
        texts={sha256: text for sha256, text in texts.items() if not is_kept(sha256)},
    )


def _difference(old: Fields, new: Fields, texts: dict[str, str]) -> OldValues:
    gone = {name: value for name, value in old.items() if name not in new or new[name] != value}
    before = _before(gone, texts)
    return msgspec.structs.replace(before, absent=tuple(name for name in new if name not in old))


def _before(fields: Fields, texts: dict[str, str]) -> OldValues:
    """Put long texts aside, each under its hash."""
    long = {name: sha256_of(value) for name, value in fields.items() if isinstance(value, str) and len(value) > LONG}
    texts.update({sha256: fields[name] for name, sha256 in long.items()})
    return OldValues(fields={name: value for name, value in fields.items() if name not in long}, texts=long)


def digest(record: Fields) -> str:
    """Return the SHA-256 of a record, or of a change: of its JSON on one line, unescaped, with sorted keys.

    >>> digest({"b": 1, "a": "é"}) == sha256_of('{"a":"é","b":1}')
    True
    """
    return sha256_of(json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=dict))


def seal(change: Fields, before: str) -> str:
    """Return the seal of a change.

    Args:
        change: Its record, with or without its seal.
        before: The seal of the change before it; empty if there is none.
    """
    return digest({**change, "seal": before})


def restored(
    before: OldValues, now: Fields, find_text: Callable[[str], str], *, is_latest: bool = True
) -> dict[str, Any]:
    """Return a record as it was before a change.

    Args:
        before: What the change kept of it.
        now: The record as it is; empty for one that was removed.
        find_text: Returns the text of a SHA-256.
        is_latest: Whether no later change touched the record, which then keeps the time of that one.
    """
    texts = {name: find_text(sha256) for name, sha256 in before.texts.items()}
    kept = {name: value for name, value in now.items() if name not in before.absent}
    modified = {} if is_latest or MODIFIED not in now else {MODIFIED: now[MODIFIED]}
    return kept | before.fields | texts | modified
