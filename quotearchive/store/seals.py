"""What other hands, or a failing disk, altered since the changes of the history sealed it."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

from quotearchive.errors import DamagedArchiveError
from quotearchive.store.errors import NotUnicodeError
from quotearchive.store.history import Place, RecordedChange, digest, seal
from quotearchive.store.snapshots import TABLES, Snapshot
from quotearchive.store.strict_json import Raw, decode_record, encode

#: Changes that are reported as missing: an archive may claim to have had any number of them.
_MISSING: Final = 10_000

#: The digest of a record that is gone, or can't be read.
GONE: Final = ""


class Altered(msgspec.Struct, frozen=True):
    """A record that is not as the history left it.

    Attributes:
        place: Its table and number.
        was_left: Whether the history left one there.
        digest: Its digest now; `GONE` if it is gone or can't be read.
        is_there: Whether there is one.
    """

    place: Place
    was_left: bool
    digest: str
    is_there: bool


def altered_records(snapshot: Snapshot) -> Iterator[Altered]:
    """Yield the records that were changed, put in, taken out, or laid out otherwise; none if nothing is sealed.

    Raises:
        DamagedArchiveError: The history can't be read.
    """
    left = snapshot.digests()
    if not left:
        return
    for place, raw in snapshot.sealable():
        before = left.pop(place, None)
        found, is_as_written = _look_at(snapshot, raw)
        if found != before or not is_as_written:
            yield Altered(place, before is not None, found, is_there=True)
    yield from (Altered(place, was_left=True, digest=GONE, is_there=False) for place in left)


def altered_changes(snapshot: Snapshot) -> dict[int, bool]:
    """Return the numbers of changes that are not as they were written, and whether they are there at all.

    What a repair found is not reported again: it is sealed with the repair.

    Raises:
        DamagedArchiveError: The history can't be read.
    """
    raws = {number: raw for _, number, raw in snapshot.records(TABLES[RecordedChange])}
    past = {number: decode_record(raw, snapshot.path) for number, raw in raws.items()}
    before, altered = "", dict[int, bool]()
    numbers = range(1, max(snapshot.own.last.get(TABLES[RecordedChange], 0), *past, 0) + 1)
    missing = islice((number for number in numbers if number not in past), _MISSING)
    for number in sorted((*past, *missing)):
        change = past.get(number, {})
        found = str(change.get("seal", ""))
        is_sealed = found == seal(change, before) and encode(change) == raws.get(number)
        if number not in past or ((found or before) and not is_sealed):
            altered[number] = number in past
        for known in change.get("by_hand", {}).get(TABLES[RecordedChange], ()) if is_sealed else ():
            altered.pop(known, None)
        before = found or before  # the next one was sealed after the last seal that was left
    return altered


def _look_at(snapshot: Snapshot, raw: Raw) -> tuple[str, bool]:
    """Return a record's digest, `GONE` if it can't be read, and whether it is laid out as it was written."""
    try:
        record = decode_record(raw, snapshot.path)
        return digest(record), encode(record) == bytes(raw)
    except (DamagedArchiveError, NotUnicodeError):
        return GONE, False
