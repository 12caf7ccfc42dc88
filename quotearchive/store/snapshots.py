"""Values out of the archive's records."""

from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from quotearchive.errors import DamagedArchiveError, FileLocation
from quotearchive.model import Description, Document, Quote, Speaker, Topic, in_reading_order
from quotearchive.store.damage import damaged, understand
from quotearchive.store.errors import LostTextError
from quotearchive.store.history import Place, RecordedChange
from quotearchive.store.lines import Part, Table
from quotearchive.store.parts import (
    Identity,
    KeptTexts,
    Link,
    Mention,
    Own,
    Seal,
)
from quotearchive.store.strict_json import Raw, decode_as, decode_record

#: Which table holds which values.
TABLES: Final[Mapping[type[msgspec.Struct], str]] = {
    Document: "documents",
    Description: "documents",
    Quote: "quotes",
    Speaker: "speakers",
    Topic: "topics",
    RecordedChange: "history",
}

_DECODERS: Final[Mapping[type[msgspec.Struct], msgspec.json.Decoder[Any]]] = {
    kind: msgspec.json.Decoder(kind) for kind in TABLES
}

#: The values that are stored, each in its table; the others are parts of them.
KINDS: Final = (Document, Quote, Speaker, Topic)

#: Digits of a record's number: more than any has, and few enough to be read at once.
_DIGITS: Final = 18

#: The archive's record of itself: its format, and the highest number ever given in each table, so that the
#: number of a removed quote never names another one.
SELF: Final = "archive"

Value = TypeVar("Value", Document, Description, Quote, Speaker, Topic, RecordedChange)
Stored = Document | Quote | Speaker | Topic


class Snapshot:
    """The archive as it was at one moment.

    Args:
        path: Its file.
        tables: Its tables.
    """

    def __init__(self, path: Path, tables: Mapping[str, Table]) -> None:
        self.path = path
        self._tables = dict(tables)

    def find_document(self, number: int) -> Document | None:
        """Return a document with its text; None if there is none of that number."""
        return self._find(Document, number)

    def find_quote(self, number: int) -> Quote | None:
        """Return a quote; None if there is none of that number."""
        return self._find(Quote, number)

    def descriptions(self) -> Iterator[Description]:
        """Yield the descriptions of the documents, in the order of the file."""
        return self._all(Description)

    def documents(self) -> Iterator[Document]:
        """Yield the documents with their texts, in the order of the file."""
        return self._all(Document)

    def quotes(self) -> Iterator[Quote]:
        """Yield the quotes, in the order of the file."""
        return self._all(Quote)

    def quotes_of(self, document: int) -> tuple[Quote, ...]:
        """Return a document's quotes in reading order."""
        numbers = [number for number, link in self.links().items() if link.document == document]
        return tuple(in_reading_order(filter(None, map(self.find_quote, numbers))))

    def speakers(self) -> Iterator[Speaker]:
        """Yield the records of speakers, in the order of the file."""
        return self._all(Speaker)

    def topics(self) -> Iterator[Topic]:
        """Yield the records of topics, in the order of the file."""
        return self._all(Topic)

    def changes(self) -> Iterator[RecordedChange]:
        """Yield the history, the oldest change first."""
        return self._all(RecordedChange)

    def identities(self) -> Mapping[int, Identity]:
        """Return what identifies each document, and to which others it refers, by its number; no text is decoded."""
        return self._parts(Document, Identity)

    def links(self) -> Mapping[int, Link]:
        """Return what each quote refers to by its number, without decoding the quotes."""
        return self._parts(Quote, Link)

    def mentions(self) -> Mapping[int, Mention]:
        """Return the people and topics of each quote by its number, without decoding the words."""
        return self._parts(Quote, Mention)

    @cached_property
    def newest_mentions(self) -> Mapping[int, Mention]:
        """The same of the quotes that were added last: the next one is often by the same people on the same topics."""
        return self._table(Quote).newest(Mention)

    def last_seal(self) -> str:
        """Return the seal of the last change that has one; empty if none was sealed."""
        table = self._table(RecordedChange)
        last = table.find(str(self.own.last.get(TABLES[RecordedChange], 0)))
        seal = decode_record(last, self.path).get("seal") if last is not None else None
        if seal:
            return str(seal)
        seals = self._parts(RecordedChange, Seal)
        return next((seals[number].seal for number in sorted(seals, reverse=True) if seals[number].seal), "")

    def digests(self) -> dict[Place, str]:
        """Return the SHA-256 of each record as the changes of the history left it, by its place."""
        left: dict[Place, str] = {}
        for _, change in sorted(self._parts(RecordedChange, Seal).items()):
            for name, numbers in change.removed.items():
                for number in numbers:
                    left.pop((name, number), None)
            left |= {(name, number): digest for name, each in change.digests.items() for number, digest in each.items()}
        return {place: digest for place, digest in left.items() if digest}

    def sealable(self, known: Container[Place] = ()) -> Iterator[tuple[Place, Raw]]:
        """Yield each record that changes of the history seal, with its place: all of our tables but the history.

        Args:
            known: Places that are left out.
        """
        for name in (*(TABLES[kind] for kind in KINDS), SELF):
            places = (((name, number), raw) for number, raw in self._lines(name).items())
            yield from (each for each in places if each[0] not in known)

    @cached_property
    def own(self) -> Own:
        """The archive's record of itself, as it was read.

        Raises:
            DamagedArchiveError: It is none.
        """
        try:
            return msgspec.convert(self._fields(SELF, "1") or {}, Own)
        except ValueError as error:
            raise self._fault(SELF, "1", error) from error

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its tables, those of other programs among them, in the order of the file."""
        return tuple(self._tables)

    def find_text(self, sha256: str) -> str:
        """Return a long text that the history keeps.

        Raises:
            LostTextError: It keeps none of that hash.
        """
        for change in self._parts(RecordedChange, KeptTexts).values():
            if sha256 in change.texts:
                return change.texts[sha256]
        raise LostTextError(self.path, sha256)

    def records(self, *names: str) -> Iterator[tuple[str, int, bytes]]:
        """Yield every record of some tables, or of all, undecoded: its table, its number, and its JSON.

        Raises:
            DamagedArchiveError: One has no number.
        """
        for name in names or self._tables:
            for number, raw in self._lines(name).items():
                if not _is_number(number):
                    raise self._fault(name, number, ValueError())
                yield name, int(number), bytes(raw)

    @property
    def is_pristine(self) -> bool:
        """Whether no document or quote ever had a number here."""
        names = [TABLES[kind] for kind in (Document, Quote)]
        return not any(self.own.last.get(name) or next(self._lines(name).items(), None) for name in names)

    def read_each(self, kind: type[Value]) -> Iterator[tuple[str, Value | DamagedArchiveError]]:
        """Yield every record's number with its value, or with what is wrong with it."""
        for number, raw in list(self._table(kind).items()):
            try:
                yield number, self._value(kind, number, raw)
            except DamagedArchiveError as error:
                yield number, error

    def _parts(self, kind: type[Value], part: type[Part]) -> Mapping[int, Part]:
        """Decode a few fields of every record of a table."""
        try:
            return self._table(kind).parts(part)
        except (ValueError, RecursionError) as error:
            raise self._first_fault(kind, error) from error

    def _first_fault(self, kind: type[Value], error: Exception) -> DamagedArchiveError:
        """Find out which record of a table can't be read."""
        faults = (each for _, each in self.read_each(kind) if isinstance(each, DamagedArchiveError))
        return next(faults, damaged(self.path, str(error), FileLocation(table=TABLES[kind])))

    def _table(self, kind: type[msgspec.Struct]) -> Table:
        return self._lines(TABLES[kind])

    def _lines(self, name: str) -> Table:
        return self._tables.get(name) or Table(self.path)

    def _fields(self, name: str, number: str) -> dict[str, Any] | None:
        """Return a record's fields, a value of their own; None if there is none of that number."""
        raw = self._lines(name).find(number)
        return None if raw is None else decode_record(raw, self.path)

    def _find(self, kind: type[Value], number: int) -> Value | None:
        raw = self._table(kind).find(str(number))
        return None if raw is None else self._value(kind, str(number), raw)

    def _all(self, kind: type[Value]) -> Iterator[Value]:
        for number, raw in list(self._table(kind).items()):
            yield self._value(kind, number, raw)

    def _value(self, kind: type[Value], number: str, raw: Raw) -> Value:
        try:
            value: Value = decode_as(_DECODERS[kind], raw, self.path)
            refuse_impossible(value)
            return msgspec.structs.replace(value, id=_number(number))
        except (ValueError, TypeError, RecursionError) as error:
            raise self._fault(TABLES[kind], number, error) from error

    def _fault(self, table: str, number: str, error: Exception) -> DamagedArchiveError:
        fault = understand(error, b"")
        found = f"{number!r} is not a record's number" if not _is_number(number) else fault.found
        return damaged(self.path, found, FileLocation(table=table, record=number, field=fault.field))


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) <= _DIGITS and (key[0] != "0" or key == "0")


def _number(key: str) -> int:
    if not _is_number(key):
        raise ValueError(key)
    return int(key)


def refuse_impossible(value: msgspec.Struct) -> None:
    """Refuse a quote that somebody took all passages from, and a change of records that have no numbers.

    Raises:
        ValueError: It is such a one.
    """
    if isinstance(value, Quote) and not value.passages:
        message = "a quote has at least one passage - at `$.passages`"
        raise ValueError(message)
    if isinstance(value, RecordedChange):
        _refuse_numberless(value)


def _refuse_numberless(change: RecordedChange) -> None:
    for field, tables in (("changed", change.changed), ("removed", change.removed)):
        stranger = next((key for records in tables.values() for key in records if not key.isdecimal()), None)
        if stranger is not None:
            message = f"{stranger!r} is not a record's number - at `$.{field}`"
            raise ValueError(message)
