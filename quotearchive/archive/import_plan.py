"""The plan of an import: what it would add and change, without changing anything.

New records have provisional numbers below 0 until they are stored.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

from quotearchive.archive.import_sources import DocumentFinder
from quotearchive.dates import bounds, parse_date
from quotearchive.dates.errors import UnreadableDateError
from quotearchive.errors import QuoteArchiveError
from quotearchive.importers.interface import HIGHEST, PassedRow, Row
from quotearchive.model import Description, Document, Quote
from quotearchive.store import Snapshot
from quotearchive.text import counted


class RowError(QuoteArchiveError):
    """A row of an imported file can't be used."""

    def __init__(self, unit: str, row: int, cause: QuoteArchiveError) -> None:
        super().__init__(f"{unit.capitalize()} {row}: {cause}")
        self.unit, self.row, self.cause = unit, row, cause


_Record = TypeVar("_Record", Description, Quote)


class Filled(msgspec.Struct, Generic[_Record], frozen=True, kw_only=True):
    """A document or a quote of the archive of which the file knew more.

    Attributes:
        record: As it will be; what it refers to may be provisional.
        fields: The fields that were added to.
    """

    record: _Record
    fields: tuple[str, ...]


class ImportPlan(msgspec.Struct, kw_only=True):
    """What an import would do.

    Attributes:
        documents: New ones, by provisional number; an `id` above 0 is kept. The documents that they refer to may
            be provisional.
        quotes: New ones, by provisional number; `document` and `within` may be provisional.
        filled: Documents of which the file knows more, by number.
        grown: Quotes of which the file knows more, by number.
        known_documents: How many the archive has already.
        known_quotes: How many the archive has already, with all that the file states of them.
        joined: How many rows became one quote with another row, as their words are the same.
        passed: Rows that hold nothing for an archive.
        refused: Rows that can't be used.
        remarks: Sentences on what was left as it is, or left out.
    """

    documents: dict[int, Document] = msgspec.field(default_factory=dict)
    quotes: dict[int, Quote] = msgspec.field(default_factory=dict)
    filled: dict[int, Filled[Description]] = msgspec.field(default_factory=dict)
    grown: dict[int, Filled[Quote]] = msgspec.field(default_factory=dict)
    known_documents: int = 0
    known_quotes: int = 0
    joined: int = 0
    passed: list[PassedRow] = msgspec.field(default_factory=list)
    refused: list[RowError] = msgspec.field(default_factory=list)
    remarks: list[str] = msgspec.field(default_factory=list)


class Planner:
    """What planning documents and planning quotes share.

    Args:
        plan: What is planned so far, which grows.
        snapshot: The archive.
        unit: What the file's format calls its rows.
        finder: The documents that rows can be of.
        now: When the import is made.
    """

    def __init__(self, plan: ImportPlan, snapshot: Snapshot, unit: str, finder: DocumentFinder, now: str) -> None:
        self._plan = plan
        self._snapshot = snapshot
        self._unit = unit
        self._finder = finder
        self._now = now
        self._keeps_numbers = snapshot.is_pristine
        self._numbers: set[int] = set()

    def refuse(self, row: Row, error: QuoteArchiveError) -> None:
        """Leave a row out."""
        self._plan.refused.append(RowError(self._unit, row.row, error))

    def _remark(self, sentence: str) -> None:
        self._plan.remarks.append(sentence)

    def _named(self, row: Row) -> str:
        """Return what begins a sentence on a row."""
        return f"{self._unit.capitalize()} {row.row}"

    def _kept(self, number: int) -> int:
        """Keep a number of the file if the archive never gave one; 0 for one that is to be given."""
        is_free = 0 < number <= HIGHEST and number not in self._numbers
        kept = number if self._keeps_numbers and is_free else 0
        self._numbers.add(kept)
        return kept


def read_date(words: str | None) -> str | None:
    """Read a date as EDTF, as which most files have it; other programs write it in words.

    Raises:
        UnreadableDateError: It is none.
    """
    if not words:
        return None
    try:
        bounds(words)
    except UnreadableDateError:
        return parse_date(words)
    return words


def remarks(plan: ImportPlan, unit: str) -> Iterator[str]:
    """Yield what a user should know of an import, beyond what it did."""
    if plan.passed:
        reasons = ", ".join(sorted({row.reason for row in plan.passed}))
        yield f"Skipped {counted(len(plan.passed), unit)}: {reasons}."
    yield from plan.remarks
