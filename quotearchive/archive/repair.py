"""The repair of a damaged archive: from itself, and from its backup where that has lost records.

What is restored is one state of the archive. Where the damaged file tells what was changed since the backup,
it is completed: a record that can't be read is taken from the backup if nothing changed it since, and else
saved as far as it goes. A backup of another archive, which lay there when this one was put in the place, is
left alone. Where it doesn't tell, or where the newest form of a record can't be had, the
backup is restored whole, and what the damaged file alone holds is added to it by a change of its own.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.loose_ends import tie_up
from quotearchive.errors import ArchiveError, FileLocation
from quotearchive.model import Change, Document, Quote
from quotearchive.store import RecordedChange
from quotearchive.store.lines import in_order
from quotearchive.store.salvage import Loss, Salvage, Tables, salvage
from quotearchive.store.snapshots import KINDS, SELF, TABLES, Stored

#: The table of the changes, and the character that fills the gaps of a text.
_HISTORY: Final = TABLES[RecordedChange]
_UNKNOWN: Final = "\ufffd"

#: Characters of a lost text that are put together at most: a place beyond is no place but damage.
_LONGEST: Final = 50_000_000

#: A record's table and number.
Place = tuple[str, str]


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """The effect of a repair.

    Attributes:
        tables: The records of the repaired archive.
        recovered: Records that come from the backup: table and number.
        is_backup: Whether all of them do, because the damaged file can't be completed.
        added: Records that the damaged file alone holds, which are added to the backup's.
        changed: Records that it holds in a newer form, which is taken.
        removed: Records that it had no more, which go.
        renumbered: Records whose number stood twice: table, that number, and the new one.
        mended: What is saved, but not as it was.
        lost: What can be had from neither.
        content: The damaged file's bytes.
        keep: What the damaged file will be called.
        spared: What a backup will be called of which nothing can be taken; None if there is none.
        is_laid_out: Whether the damaged file is what a file of tables looks like.
    """

    tables: Tables
    recovered: tuple[Place, ...] = ()
    is_backup: bool = False
    added: Tables = msgspec.field(default_factory=dict)
    changed: Tables = msgspec.field(default_factory=dict)
    removed: Tables = msgspec.field(default_factory=dict)
    renumbered: tuple[tuple[str, str, str], ...] = ()
    mended: tuple[Loss, ...] = ()
    lost: tuple[Loss, ...] = ()
    content: bytes
    keep: Path
    spared: Path | None = None
    is_laid_out: bool = True

    @property
    def is_needed(self) -> bool:
        """Whether anything is damaged."""
        return not self.is_laid_out or bool(
            self.recovered or self.is_backup or self.renumbered or self.mended or self.lost
        )


def plan(archive: Archive) -> Repair:
    """Plan a repair, without changing anything.

    Raises:
        ArchiveMissingError: There is none.
        ArchiveUnreadableError: It can't be read.
        ArchiveError: Neither it nor its backup holds a record.
    """
    content = archive.file.content()
    found = salvage(content, archive.real_path)
    backup = archive.file.backup()
    kept = salvage(backup, archive.real_path) if backup else Salvage(tables={})
    spared = None
    if not _is_of_one(found, kept):
        kept, spared = Salvage(tables={}), archive.file.name_aside()
    planned = Repair(
        tables=found.tables,
        content=content,
        keep=_free_name(archive.real_path),
        spared=spared,
        is_laid_out=found.is_laid_out,
    )
    if not found.is_whole or _dangling(found.tables):
        planned = _completed(planned, found, kept)
        if kept.is_whole and any(kept.tables.values()) and not _is_consistent(planned, found, kept):
            planned = _restored(planned, found, kept)
    if not any(planned.tables.values()):
        lost = f"Nothing in {archive.real_path} can be recovered, and it has no readable backup. Nothing was changed."
        raise ArchiveError(lost)
    if planned.is_needed:
        tables = {name: dict(records) for name, records in planned.tables.items()}
        mended = (*planned.mended, *tie_up(tables))
        planned = msgspec.structs.replace(planned, tables=tables, mended=mended)
    return planned


def repair(archive: Archive, planned: Repair, change: Change) -> None:
    """Write the repaired archive and keep the damaged file beside it.

    Args:
        archive: The archive.
        planned: What to do.
        change: The command, for the history.

    Raises:
        ChangedMeanwhileError: The file is no longer the one that was planned for.
        ArchiveUnwritableError: It can't be written.
    """
    if planned.spared:
        archive.file.set_backup_aside(planned.spared)
    archive.file.rewrite(planned.tables, instead_of=planned.content, keep=planned.keep, change=change)
    if any(any(tables.values()) for tables in (planned.added, planned.changed, planned.removed)):
        with archive.transaction(change) as transaction:
            for value in _values(planned.added):
                transaction.reserve(type(value), value.id)
                transaction.insert(value)
            for value in _values(planned.changed):
                transaction.put(value)
            for value in reversed(list(_values(planned.removed))):
                transaction.remove(value)


def _is_of_one(found: Salvage, kept: Salvage) -> bool:
    """Check that a backup is of the same archive: their histories, or the names of their documents, agree.

    The seal of a change is over all changes before it, so one that is the same says so even if a letter of
    those was altered since.
    """
    history, before = found.tables.get(_HISTORY, {}), kept.tables.get(_HISTORY, {})
    if shared := history.keys() & before.keys():
        last = max(shared, key=int)
        seal = history[last].get("seal")
        is_sealed_alike = bool(seal) and seal == before[last].get("seal")
        return is_sealed_alike or all(history[number] == before[number] for number in shared)
    documents, known = found.tables.get(TABLES[Document], {}), kept.tables.get(TABLES[Document], {})
    shared = documents.keys() & known.keys()
    return not shared or any(documents[number]["slug"] == known[number]["slug"] for number in shared)


def _values(tables: Tables) -> Iterator[Stored]:
    """Yield the values of records, documents first."""
    for kind in KINDS:
        for number, record in tables.get(TABLES[kind], {}).items():
            yield cast("Stored", msgspec.convert({**record, "id": int(number)}, kind))


def _completed(planned: Repair, found: Salvage, kept: Salvage) -> Repair:
    """Complete the damaged file: what can't be read of it comes from the backup, if it didn't change since."""
    tables: Tables = {name: dict(records) for name, records in found.tables.items()}
    tables.update({name: {} for name in kept.tables if name not in tables})
    touched = _touched(found, kept)
    recovered = [place for place, _ in _records(kept.tables) if place not in touched and not _has(tables, place)]
    for name, number in recovered:
        tables[name][number] = kept.tables[name][number]
    mended = [place for place, _ in _records(found.mended) if not _has(tables, place)]
    for name, number in mended:
        tables.setdefault(name, {})[number] = found.mended[name][number]
    partly = [loss for loss in found.losses if loss.place in mended]
    lost = [loss for loss in found.losses if loss.place not in {*mended, *recovered}]
    stand_ins = _stand_in(tables)
    return msgspec.structs.replace(
        planned,
        tables={name: in_order(table) for name, table in tables.items()},
        recovered=tuple(recovered),
        renumbered=found.renumbered,
        mended=(*partly, *stand_ins),
        lost=(*lost, *_cut_off(tables, found)),
    )


def _cut_off(tables: Tables, found: Salvage) -> Iterator[Loss]:
    """Yield what a table must have had, by the numbers that were given, where the file ends before the table does."""
    given = tables.get(SELF, {}).get("1", {}).get("last", {})
    for name, last in given.items():
        first = max(map(int, tables.get(name, {})), default=0) + 1
        if name not in found.closed and first <= last:
            words = f"number {last}" if first == last else f"numbers {first} to {last}"
            yield Loss(location=FileLocation(table=name), words=words, why="the file ends before these records")


def _is_consistent(planned: Repair, found: Salvage, kept: Salvage) -> bool:
    """Check that the completed archive is one state: no record or field is missing that the backup still has."""
    expected = {place: False for place, _ in _records(kept.tables)} | _touched(found, kept)
    missing = [place for place, is_removed in expected.items() if not is_removed and not _has(planned.tables, place)]
    cut_short = [
        loss.place
        for loss in planned.mended
        if _has(kept.tables, loss.place)
        and _record(kept.tables, loss.place).keys() - _record(planned.tables, loss.place)
    ]
    return not missing and not cut_short and _knows_its_history(planned.tables, found, kept)


def _knows_its_history(tables: Tables, found: Salvage, kept: Salvage) -> bool:
    """Check that every change since the backup is there as it was, up to the last number that was given to one.

    Where an older archive was put in the place, the backup is the newer one.
    """
    history = found.tables.get(_HISTORY, {})
    before = max(map(int, kept.tables.get(_HISTORY, {})), default=0)
    last = tables.get(SELF, {}).get("1", {}).get("last", {}).get(_HISTORY)
    return last is not None and before <= last and all(str(number) in history for number in range(before + 1, last + 1))


def _restored(planned: Repair, found: Salvage, kept: Salvage) -> Repair:
    """Restore the backup, and bring into it what the damaged file alone holds."""
    added, changed, removed = _beyond(found, kept)
    brought = {place for tables in (added, changed) for place, _ in _records(tables)}
    left_out = [
        Loss(
            location=FileLocation(table=name, record=number), words=_words(record), why=_left_out(kept, (name, number))
        )
        for (name, number), record in (*_records(found.tables), *_records(found.mended))
        if (name, number) not in brought and kept.tables.get(name, {}).get(number) != record and name != SELF
    ]
    lost = [loss for loss in found.losses if loss.location.record and not _has(kept.tables, loss.place)]
    return msgspec.structs.replace(
        planned,
        tables=kept.tables,
        recovered=(),
        is_backup=True,
        added=added,
        changed=changed,
        removed=removed,
        renumbered=(),
        mended=(),
        lost=(*lost, *left_out),
    )


def _left_out(kept: Salvage, place: Place) -> str:
    """Return why a record that can be read is left out where the backup is restored."""
    return "the backup's form of it is taken" if _has(kept.tables, place) else "it is newer than the backup"


def _beyond(found: Salvage, kept: Salvage) -> tuple[Tables, Tables, Tables]:
    """Find what the damaged file has beyond the backup: records that are new, that changed, and that are gone.

    Where a part of its values is lost, only new ones are known to fit those of the backup.
    """
    added: Tables = {}
    changed: Tables = {}
    removed: Tables = {}
    is_intact = _is_intact(found, kept)
    for name in (TABLES[kind] for kind in KINDS):
        old, new = kept.tables.get(name, {}), found.tables.get(name, {})
        added[name] = {
            each: new[each] for each in new if each not in old and (is_intact or _fits(name, new[each], kept))
        }
        if is_intact:
            changed[name] = {each: new[each] for each in new if each in old and old[each] != new[each]}
            removed[name] = {each: old[each] for each in old if each not in new}
    return added, changed, removed


def _is_intact(found: Salvage, kept: Salvage) -> bool:
    """Check that nothing but the history is damaged."""
    names = {TABLES[kind] for kind in KINDS}
    expected = {name for name in names if kept.tables.get(name)}
    return expected <= found.closed and all(loss.location.table in {_HISTORY, SELF} for loss in found.losses)


def _fits(name: str, record: Mapping[str, Any], kept: Salvage) -> bool:
    """Check whether a new record fits those of the backup: a quote or another document."""
    documents = kept.tables.get(TABLES[Document], {})
    if name == TABLES[Quote]:
        text = documents.get(str(record["document"]), {}).get("text", "")
        return all(text[each.start : each.end] == each.exact for each in msgspec.convert(record, Quote).passages)
    return name == TABLES[Document] and all(record["slug"] != other["slug"] for other in documents.values())


def _touched(found: Salvage, kept: Salvage) -> dict[Place, bool]:
    """Find the records that changes since the backup touched, and whether they are removed now."""
    history = {**found.mended.get(_HISTORY, {}), **found.tables.get(_HISTORY, {})}
    since = sorted(history.keys() - kept.tables.get(_HISTORY, {}).keys(), key=int)
    touched: dict[Place, bool] = {}
    for number in since:
        change = msgspec.convert(history[number], RecordedChange)
        for (name, record), _ in change.touched():
            touched[name, record] = record in change.removed.get(name, ())
    return touched


def _records(tables: Tables) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield every record with its place."""
    for name, table in tables.items():
        yield from (((name, number), record) for number, record in table.items())


def _has(tables: Tables, place: Place) -> bool:
    return place[1] in tables.get(place[0], {})


def _record(tables: Tables, place: Place) -> dict[str, Any]:
    return tables[place[0]][place[1]]


def _dangling(tables: Tables) -> dict[str, list[Quote]]:
    """Find the quotes whose document is not there, by its number."""
    documents = tables.get(TABLES[Document], {})
    dangling: dict[str, list[Quote]] = {}
    for record in tables.get(TABLES[Quote], {}).values():
        quote = msgspec.convert(record, Quote)
        if str(quote.document) not in documents:
            dangling.setdefault(str(quote.document), []).append(quote)
    return dangling


def _stand_in(tables: Tables) -> list[Loss]:
    """Put a document together for quotes whose own is lost: of their words, and of marks for what is between."""
    losses = []
    for number, quotes in _dangling(tables).items():
        text = _text_around(quotes)
        record = {"slug": f"lost-document-{number}", "kind": "other", "title": f"Lost document {number}", "text": text}
        tables.setdefault(TABLES[Document], {})[number] = {**record, "characters": len(text)}
        why = "the document is lost but for the words of its quotes"
        losses.append(Loss(location=FileLocation(table=TABLES[Document], record=number), words=_words(record), why=why))
    return losses


def _text_around(quotes: list[Quote]) -> str:
    passages = [each for quote in quotes for each in quote.passages if 0 <= each.start <= each.end <= _LONGEST]
    text = [_UNKNOWN] * max((each.end + len(each.suffix) for each in passages), default=0)
    for each in passages:
        before = each.prefix[-each.start :] if each.start else ""
        text[each.start - len(before) : each.start] = before
        text[each.end : each.end + len(each.suffix)] = each.suffix
    for each in passages:  # last: a passage's own words are sure
        text[each.start : each.start + len(each.exact)] = each.exact
    return "".join(text)


def _words(record: Mapping[str, Any]) -> str:
    """Return what a record is about, in a few words."""
    passages = record.get("passages") or [{}]
    for words in (passages[0].get("exact"), record.get("title"), record.get("name"), record.get("path")):
        if words:
            return str(words)[:80]
    return str(record.get("command", ""))[:80]


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.damaged{f'-{n}' if n > 1 else ''}") for n in range(1, 10_000))
    return next(name for name in names if not name.exists())
