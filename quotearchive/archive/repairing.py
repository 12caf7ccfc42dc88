"""Repair a damaged archive: from itself, and from its backup where that has what is lost."""

from pathlib import Path
from typing import Any

import msgspec

from quotearchive.errors import Spot, UnrepairableError
from quotearchive.store import Store
from quotearchive.store.records import order
from quotearchive.store.salvage import Loss, Salvage, Tables, salvage


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """What repairing would do.

    Attributes:
        tables: The records of the repaired archive.
        recovered: Records that come from the backup: table and number.
        renumbered: Records whose number stood twice: table, that number, and the new one.
        lost: What can be had from neither.
        content: The damaged file's bytes.
        keep: What the damaged file will be called.
    """

    tables: Tables
    recovered: tuple[tuple[str, str], ...]
    renumbered: tuple[tuple[str, str, str], ...]
    lost: tuple[Loss, ...]
    content: bytes
    keep: Path

    @property
    def is_needed(self) -> bool:
        """Whether anything is damaged."""
        return bool(self.recovered or self.renumbered or self.lost)


def plan(store: Store) -> Repair:
    """Say what repairing an archive would do; nothing is changed.

    Raises:
        ArchiveMissingError: There is none.
        ArchiveUnreadableError: It can't be read.
        UnrepairableError: Neither it nor its backup holds a record.
    """
    content = store.content()
    found = salvage(content, store.path)
    backup = store.backup()
    kept = salvage(backup, store.path) if backup else Salvage(tables={}, losses=())
    tables: Tables = {name: dict(records) for name, records in found.tables.items()}
    recovered = () if found.is_whole and not _dangling(tables) else tuple(_recover(tables, kept.tables))
    dangling = _drop_dangling(tables)
    if not any(tables.values()):
        raise UnrepairableError(store.path)
    back = {Spot(table=name, record=number)[2:4] for name, number in recovered}
    lost = [loss for loss in found.losses if not loss.spot.record or loss.spot[2:4] not in back]
    return Repair(
        tables=tables,
        recovered=recovered,
        renumbered=found.renumbered,
        lost=(*lost, *dangling),
        content=content,
        keep=_free_name(store.path),
    )


def repair(store: Store, planned: Repair) -> None:
    """Write the repaired archive and keep the damaged file beside it.

    Raises:
        ChangedMeanwhileError: The file is no longer the one that was planned for.
        ArchiveUnwritableError: It can't be written.
    """
    store.rewrite(planned.tables, instead_of=planned.content, keep=planned.keep)


def _recover(tables: Tables, kept: Tables) -> list[tuple[str, str]]:
    """Take from the backup what the archive had and can't be read in it any more."""
    removed = _removed(tables, kept)
    recovered = []
    for name, records in kept.items():
        table = tables.setdefault(name, {})
        for number, record in records.items():
            if number not in table and (name, number) not in removed:
                table[number] = record
                recovered.append((name, number))
        tables[name] = dict(sorted(table.items(), key=lambda entry: order(entry[0])))
    return recovered


def _removed(tables: Tables, kept: Tables) -> set[tuple[str, str]]:
    """Give the records that the changes since the backup removed."""
    since = tables.get("history", {}).keys() - kept.get("history", {}).keys()
    changes: list[dict[str, Any]] = [tables["history"][number] for number in since]
    return {
        (name, number)
        for change in changes
        for name, records in change.get("removed", {}).items()
        for number in records
    }


def _dangling(tables: Tables) -> list[str]:
    documents = tables.get("documents", {})
    return [number for number, quote in tables.get("quotes", {}).items() if str(quote.get("document")) not in documents]


def _drop_dangling(tables: Tables) -> list[Loss]:
    """Take out quotes whose document is gone, and say so."""
    losses = []
    for number in _dangling(tables):
        quote = tables["quotes"].pop(number)
        why = f"its document {quote.get('document')} is not there"
        passages = quote.get("passages") or [{}]
        words = str(passages[0].get("exact", ""))[:80]
        losses.append(Loss(spot=Spot(table="quotes", record=number), words=words, why=why))
    return losses


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.damaged{f'-{n}' if n > 1 else ''}") for n in range(1, 10_000))
    return next(name for name in names if not name.exists())
