"""The door to the index of one archive."""

import contextlib
import importlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from quotearchive.errors import DamagedArchiveError
from quotearchive.model import Document, Quote, QuoteHit
from quotearchive.names.people import SpeakerSummary
from quotearchive.names.topics import TopicSummary
from quotearchive.query import And, Query, sought
from quotearchive.search import answers, upkeep
from quotearchive.search.answers import (
    DocumentHits,
    Facet,
    Hits,
    Listing,
    Order,
)
from quotearchive.search.upkeep import Reader

if TYPE_CHECKING:
    from quotearchive.search.advice import Advice

Answer = TypeVar("Answer")

_ALL = Order()
_EVERYTHING = And()

#: What a damaged or locked file leads to.
_FAILURES = (sqlite3.Error, OSError, msgspec.DecodeError, UnicodeDecodeError)

#: What records lead to that somebody changed into something else: a quote of no document, no passages.
_NO_RECORDS = (msgspec.DecodeError, IndexError, TypeError)


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
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def search(self, query: Query, order: Order = _ALL) -> Hits:
        """Find the quotes that a query asks for."""
        return self._ask(lambda database: answers.find_quotes(database, query, order))

    def search_documents(self, query: Query, order: Order = _ALL) -> DocumentHits:
        """Find the documents whose text has a query's words, and that are as it says."""
        return self._ask_texts(lambda database: answers.find_documents(database, query, order))

    def number_of_documents(self, query: Query) -> int:
        """Count the documents that `search_documents` would find."""
        return self._ask_texts(lambda database: answers.number_of(database, "documents", query))

    def count(self, query: Query, facet: Facet) -> list[tuple[str | None, int]]:
        """Count what a query finds by a facet, the most frequent first; None for what is not known."""
        return self._ask(lambda database: answers.count(database, query, facet))

    def advise(self, query: Query) -> "Advice":
        """Look for what was meant by a query that finds no quote."""
        # Who found something need not wait for the library that tells how much words are alike.
        advise = importlib.import_module("quotearchive.search.advice").advise
        return cast("Advice", self._ask(lambda database: advise(database, query)))

    def documents(self, query: Query = _EVERYTHING, order: Order = _ALL) -> Listing:
        """List documents, each with how many quotes it has."""
        ask = self._ask_texts if sought(query) else self._ask
        return ask(lambda database: answers.list_documents(database, query, order))

    def numbers(self, query: Query) -> list[int]:
        """Give the numbers of the quotes that a query asks for, ascending."""
        return self._ask(lambda database: answers.numbers(database, query))

    def document(self, number: int) -> Document:
        """Give a document with its text, which must be there."""
        return self._ask(lambda database: answers.find_document(database, number))

    def quotes_of(self, document: int) -> list[Quote]:
        """Give a document's quotes in reading order."""
        return self._ask(lambda database: answers.quotes_of(database, document))

    def slugs(self) -> dict[int, str]:
        """Give the slug of each document by its number."""
        return self._ask(answers.list_slugs)

    def speakers(self) -> list[SpeakerSummary]:
        """Give all speakers, those with most quotes first."""
        return self._ask(answers.list_speakers)

    def topics(self) -> list[TopicSummary]:
        """Give all topics and those above them, in the order of the tree."""
        return self._ask(answers.list_topics)

    def find_quote(self, number: int) -> QuoteHit | None:
        """Give a quote with its document and who passes it on; None if there is none of that number."""
        return self._ask(lambda database: answers.find_quote(database, number))

    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Ask the index; where its file fails, ask a new one, and where that fails too, one in memory."""
        for database in self._databases():
            try:
                return question(database)
            except (*_FAILURES, *_NO_RECORDS) as error:
                self.close()
                self._discard(error)
        self._database = upkeep.in_memory(self._archive, self._read)
        try:
            return question(self._database)
        except _NO_RECORDS as error:
            found = "a record is not as it should be; `quotearchive verify` names it"
            raise DamagedArchiveError(self._archive, found) from error

    def _databases(self) -> Iterator[sqlite3.Connection]:
        for _ in range(2):
            if self._database is None:
                self._database = upkeep.open_current(self._archive, self._folder, self._read)
            yield self._database

    def _discard(self, error: Exception) -> None:
        """Remove the file, unless another process merely has it in use."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        in_use = isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR
        if self._folder is not None and not in_use:
            with contextlib.suppress(OSError):
                upkeep.place_of(self._archive, self._folder).unlink(missing_ok=True)

    def _ask_texts(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        def with_texts(database: sqlite3.Connection) -> Answer:
            if answers.has_unread_texts(database):
                upkeep.fill_pages(database, self._archive)
            return question(database)

        return self._ask(with_texts)
