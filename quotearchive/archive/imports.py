"""Imports of documents and quotes, from other programs' files and from our own exports.

Nothing is stored that is not in a document's text: an imported quote is found there first, or refused.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.import_documents import DocumentPlanner
from quotearchive.archive.import_plan import Filled, ImportPlan, RowError, remarks
from quotearchive.archive.import_quotes import QuotePlanner
from quotearchive.archive.import_sources import DocumentFinder
from quotearchive.archive.references import document_number, slugs_of
from quotearchive.archive.values import renumbered
from quotearchive.errors import ArchiveMissingError, QuoteArchiveError
from quotearchive.importers import guess, importer
from quotearchive.importers.interface import LIMIT, DocumentRow, Importer, PassedRow, QuoteRow, RefusedRow, Row
from quotearchive.model import Change, Description, Document, Quote
from quotearchive.readers import decode, load
from quotearchive.store import Snapshot, Transaction
from quotearchive.text import counted

_Record = TypeVar("_Record", Document, Quote)
_Described = TypeVar("_Described", Document, Description)


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, or would do.

    Attributes:
        format: The name of the file's format.
        is_dry_run: Whether nothing was changed, as was asked.
        documents: Those that were added; without numbers in a dry run.
        quotes: The same.
        filled: Documents of which the file knew more.
        grown: Quotes that were there, of which the file knew more.
        known_documents: How many the archive had already.
        known_quotes: How many the archive had already, with all that the file states of them.
        joined: How many rows became one quote with another row, as their words are the same.
        refused: The rows that can't be used, in their order.
        remarks: Sentences on what was passed over, or left as it is.
    """

    format: str
    is_dry_run: bool
    documents: tuple[Description, ...]
    quotes: tuple[Quote, ...]
    filled: tuple[Filled[Description], ...]
    grown: tuple[Filled[Quote], ...]
    known_documents: int
    known_quotes: int
    joined: int
    refused: tuple[RowError, ...]
    remarks: tuple[str, ...]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """An import that a user asks for.

    Attributes:
        path: The file.
        format: The name of its format; None to guess it from the content.
        document: The document that all its quotes are of: a slug, a part of one, or a number.
        is_dry_run: Whether to plan and change nothing.
    """

    path: Path
    format: str | None = None
    document: str | None = None
    is_dry_run: bool = False


def import_file(archive: Archive, request: Request, *, change: Change) -> ImportReport:
    """Import a file, all of it in one write.

    Args:
        archive: The archive; it is made if there is none and the file brings documents.
        request: What to import.
        change: The command, for the history.

    Returns:
        The result for each row. A row that can't be used doesn't keep the rest from being imported; where
        there is no archive and no text to make one of, every row is refused with its reason.

    Raises:
        UnknownFormatError: There is no such format.
        UnguessableFormatError: No format was named, and none can be guessed.
        UnusableFileError: The file is not in its format.
        DocumentNotFoundError: There is no document of the name that was given.
        ArchiveError: The archive can't be read or written.
    """
    content = load(request.path, LIMIT)
    chosen = importer(request.format) if request.format else guess(request.path, content)
    rows = list(chosen.read(content if chosen.shape == "bytes" else decode(content, str(request.path)).text))
    if request.is_dry_run:
        return _report(chosen, _plan(_snapshot(archive), chosen, rows, request, change.when), is_dry_run=True)
    brings = any(isinstance(row, DocumentRow) and isinstance(row.document, Document) for row in rows)
    if not brings and _has_something_to_say(rows) and not archive.real_path.exists():
        return _report(chosen, _plan(archive.file.nothing(), chosen, rows, request, change.when), is_dry_run=False)
    with archive.transaction(change, create=brings) as transaction:
        plan = _plan(transaction, chosen, rows, request, change.when)
        _apply(transaction, plan)
    return _report(chosen, plan, is_dry_run=False)


def _has_something_to_say(rows: list[Row]) -> bool:
    """Check whether a user should hear of rows rather than that there is no archive for them."""
    is_refused = any(isinstance(row, RefusedRow) for row in rows)
    return is_refused or not any(isinstance(row, DocumentRow | QuoteRow) for row in rows)


def _snapshot(archive: Archive) -> Snapshot:
    """Read the archive; where there is none yet, it is an empty one."""
    try:
        return archive.read()
    except ArchiveMissingError:
        return archive.file.nothing()


def _plan(snapshot: Snapshot, chosen: Importer, rows: list[Row], request: Request, now: str) -> ImportPlan:
    """Plan all rows: texts first, then what is known of them, then quotes, which may stand before."""
    pinned = None if request.document is None else document_number(slugs_of(snapshot), request.document)
    planned, finder = ImportPlan(), DocumentFinder(snapshot, pinned)
    documents = DocumentPlanner(planned, snapshot, chosen.unit, finder, now)
    quotes = QuotePlanner(planned, snapshot, chosen.unit, finder, now)
    for row in sorted(rows, key=_rank):
        try:
            _take(row, planned, documents, quotes)
        except QuoteArchiveError as error:
            documents.refuse(row, error)
    documents.finish()
    quotes.finish()
    planned.refused.sort(key=lambda error: error.row)
    return planned


def _take(row: Row, planned: ImportPlan, documents: DocumentPlanner, quotes: QuotePlanner) -> None:
    match row:
        case RefusedRow(error=error):
            raise error
        case PassedRow():
            planned.passed.append(row)
        case DocumentRow():
            documents.take(row)
        case QuoteRow():
            quotes.take(row)


def _rank(row: Row) -> int:
    """Rank a row: texts come first, as further rows refer to them."""
    is_text = isinstance(row, DocumentRow) and isinstance(row.document, Document)
    return 0 if is_text else 1 if isinstance(row, DocumentRow) else 2


def _apply(transaction: Transaction, plan: ImportPlan) -> None:
    """Store what was planned, and put the numbers that it was given into the plan."""
    places = _reserve(transaction, Document, plan.documents)
    for number, document in _in_order(plan.documents, places):
        plan.documents[number] = msgspec.structs.replace(_referring(document, places), id=places[number])
        transaction.insert(plan.documents[number])
    for filled in plan.filled.values():
        known = transaction.find_document(filled.record.id)
        if known:
            told = _referring(filled.record, places)
            fields = {name: getattr(told, name) for name in (*filled.fields, "modified")}
            transaction.put(msgspec.structs.replace(known, **fields))
    numbers = _reserve(transaction, Quote, plan.quotes)
    for number, quote in _in_order(plan.quotes, numbers):
        document_id = places.get(quote.document, quote.document)
        new = msgspec.structs.replace(_nested(quote, numbers), id=numbers[number], document=document_id)
        plan.quotes[number] = new
        transaction.insert(new)
    for grown in plan.grown.values():
        transaction.put(_nested(grown.record, numbers))


def _referring(document: _Described, numbers: Mapping[int, int]) -> _Described:
    """Refer to other documents by the numbers that were given."""
    return msgspec.structs.replace(document, **renumbered(document, lambda number: numbers.get(number, number)))


def _nested(quote: Quote, numbers: Mapping[int, int]) -> Quote:
    return msgspec.structs.replace(quote, within=quote.within and numbers.get(quote.within, quote.within))


def _reserve(
    transaction: Transaction, kind: type[Document | Quote], planned: Mapping[int, Document | Quote]
) -> dict[int, int]:
    """Reserve a number for every new record, for those that keep theirs first; return it by provisional number."""
    order = sorted(planned, key=lambda number: (planned[number].id == 0, planned[number].id, -number))
    return {number: transaction.reserve(kind, planned[number].id) for number in order}


def _in_order(planned: Mapping[int, _Record], numbers: Mapping[int, int]) -> list[tuple[int, _Record]]:
    return sorted(planned.items(), key=lambda item: numbers[item[0]])


def _report(chosen: Importer, plan: ImportPlan, *, is_dry_run: bool) -> ImportReport:
    return ImportReport(
        format=chosen.name,
        is_dry_run=is_dry_run,
        documents=tuple(plan.documents.values()),
        quotes=tuple(plan.quotes.values()),
        filled=tuple(plan.filled.values()),
        grown=tuple(plan.grown.values()),
        known_documents=plan.known_documents,
        known_quotes=plan.known_quotes,
        joined=plan.joined,
        refused=tuple(plan.refused),
        remarks=tuple(remarks(plan, chosen.unit)),
    )


def summary(report: ImportReport) -> Iterator[str]:
    """Yield what an import did."""
    verb = "Would import" if report.is_dry_run else "Imported"
    yield f"{verb} {_both(len(report.documents), len(report.quotes))} ({report.format})."
    if report.known_documents or report.known_quotes:
        yield f"Already in the archive: {_both(report.known_documents, report.known_quotes)}."
    for filled in report.filled:
        fields = ", ".join(name.replace("_", " ") for name in filled.fields)
        yield f"{'Would fill' if report.is_dry_run else 'Filled'} in {filled.record.slug}: {fields}."
    if report.grown:
        fields = ", ".join(dict.fromkeys(name for grown in report.grown for name in grown.fields))
        named = f"quote {report.grown[0].record.id}" if len(report.grown) == 1 else f"{len(report.grown):,} quotes"
        yield f"{'Would fill' if report.is_dry_run else 'Filled'} in {named}: {fields}."
    if report.joined:
        verb = "Would join" if report.is_dry_run else "Joined"
        yield f"{verb} {counted(report.joined, 'row')} with rows of the same words."
    if report.refused:
        yield f"Refused: {counted(len(report.refused), 'row')}."


def _both(documents: int, quotes: int) -> str:
    return f"{counted(documents, 'document')} and {counted(quotes, 'quote')}"
