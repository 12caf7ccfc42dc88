"""The door to the index of one archive."""

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from quotearchive.errors import DamagedArchiveError
from quotearchive.search import advice, freshness, people, queries, records
from quotearchive.search.errors import QueryTooLongError
from quotearchive.search.freshness import Reader

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")

#: What a damaged or locked file leads to.
_FAILURES = (sqlite3.Error, OSError, msgspec.DecodeError, UnicodeDecodeError)

#: What records lead to that somebody changed into something else: a quote of no document, no passages.
_NO_RECORDS = (msgspec.DecodeError, IndexError, TypeError)

#: What SQLite and its full-text search say of a statement that is too long for them.
_TOO_LONG = ("stack overflow", "too large", "too big", "too many SQL variables")


def _asks(
    question: Callable[Concatenate[sqlite3.Connection, Asked], Answer],
) -> Callable[Concatenate["Index", Asked], Answer]:
    """Make a question to a database one to an index that may have to be brought up to date first."""

    @functools.wraps(question)
    def ask(self: "Index", /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        return self._ask(lambda database: question(database, *args, **kwargs))

    return ask


class Index:
    """Answers about an archive as it is now, without reading it where it has not changed.

    Whatever becomes of the file that the index is kept in, the answers are the archive's.

    Args:
        archive: The archive's file.
        folder: Where indexes are kept; None to keep this one in memory.
        read: Reads all records of the archive, and raises an `ArchiveError` if it can't.
    """

    def __init__(self, archive: Path, folder: Path | None, read: Reader) -> None:
        self._archive = archive
        self._folder = folder
        self._read = read
        self._database: sqlite3.Connection | None = None

    def __del__(self) -> None:
        with contextlib.suppress(sqlite3.ProgrammingError):  # it is the garbage of another thread
            self.close()

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    search = _asks(queries.find_quotes)
    search_documents = _asks(queries.find_documents)
    documents = _asks(queries.list_documents)
    count_by = _asks(queries.count_by)
    count = _asks(queries.count)
    quote_numbers = _asks(queries.quote_numbers)
    document_numbers = _asks(queries.document_numbers)
    advise = _asks(advice.advise)

    quote = _asks(records.find_quote)
    quotes_of = _asks(records.quotes_of)
    quotes_by = _asks(records.quotes_by)
    document = _asks(records.find_document)
    slugs = _asks(records.list_slugs)
    correspondence = _asks(records.correspondence)

    speakers = _asks(people.list_speakers)
    speaker_records = _asks(people.speaker_records)
    summarise = _asks(people.summarise)
    names_in_quotes = _asks(people.names_in_quotes)
    names_in_documents = _asks(people.names_in_documents)
    shared = _asks(people.shared)
    topics = _asks(people.list_topics)

    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Ask the index; where its file fails, ask a new one, and where that fails too, one in memory."""
        for database in self._databases():
            try:
                return self._answer(database, question)
            except (*_FAILURES, *_NO_RECORDS) as error:
                self.close()
                self._discard(error)
        self._database = freshness.in_memory(self._archive, self._read)
        try:
            return self._answer(self._database, question)
        except _NO_RECORDS as error:
            found = "a record is malformed; `quotearchive verify` names it"
            raise DamagedArchiveError(self._archive, found) from error

    def _answer(self, database: sqlite3.Connection, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Ask a database; the texts of documents are indexed when they are searched for the first time.

        Raises:
            QueryTooLongError: SQLite can't take the question.
        """
        try:
            return question(database)
        except queries.UnreadTextsError:
            freshness.fill_pages(database, self._archive)
            return self._answer(database, question)
        except (sqlite3.OperationalError, sqlite3.DataError) as error:
            if any(words in str(error) for words in _TOO_LONG):
                raise QueryTooLongError from error
            raise

    def _databases(self) -> Iterator[sqlite3.Connection]:
        for _ in range(2):
            if self._database is None:
                self._database = freshness.open_current(self._archive, self._folder, self._read)
            yield self._database

    def _discard(self, error: Exception) -> None:
        """Remove the file, unless another process merely has it in use."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        in_use = isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR
        if self._folder is not None and not in_use:
            with contextlib.suppress(OSError):
                freshness.index_path(self._archive, self._folder).unlink(missing_ok=True)
