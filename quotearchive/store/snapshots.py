"""Values out of the archive's records."""

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec

from quotearchive.errors import DamagedArchiveError, Spot
from quotearchive.model import Description, Document, Quote, Speaker, Topic, in_reading_order
from quotearchive.store.damage import damaged, understand
from quotearchive.store.encoding import encode
from quotearchive.store.errors import LostTextError
from quotearchive.store.history import Place, Recorded
from quotearchive.store.records import Records, order
from quotearchive.store.storage import ArchiveStorage

#: The format that this version writes. A later one may add fields, which are kept, without raising it.
FORMAT: Final = 1

#: Which table holds which values.
TABLES: Final[Mapping[type[msgspec.Struct], str]] = {
    Document: "documents",
    Description: "documents",
    Quote: "quotes",
    Speaker: "speakers",
    Topic: "topics",
    Recorded: "history",
}

#: The values that are stored, each in its table; the others are parts of them.
KINDS: Final = (Document, Quote, Speaker, Topic)

#: The archive's record of itself: its format, and the highest number ever given in each table, so that the
#: number of a removed quote never names another one.
SELF: Final = "archive"


class Identity(msgspec.Struct, frozen=True):
    """As little of a document as it takes to tell it from others.

    Attributes:
        slug: Its name on the command line.
        sha256: The SHA-256 of its text.
    """

    slug: str
    sha256: str = ""


class Relation(msgspec.Struct, frozen=True):
    """Which other documents a document refers to.

    Attributes:
        replies_to: The number of the letter that it answers.
        encloses: The numbers of documents that were sent with it.
    """

    replies_to: int | None = None
    encloses: tuple[int, ...] = ()


class Link(msgspec.Struct, frozen=True):
    """What a quote refers to.

    Attributes:
        document: The number of its document.
        within: The number of the quote it is said in.
    """

    document: int
    within: int | None = None


class Seal(msgspec.Struct, frozen=True):
    """As little of a change as it takes to know which records it left, and how.

    Attributes:
        removed: By table, the numbers of the records that it removed.
        digests: By table and number, the SHA-256 of each record that it added or changed.
        seal: SHA-256 over the change and the seal of the one before.
    """

    removed: dict[str, dict[str, object]] = {}
    digests: dict[str, dict[str, str]] = {}
    seal: str = ""


class Mention(msgspec.Struct, frozen=True):
    """As little of a quote as it takes to count speakers and topics.

    Attributes:
        document: The number of its document.
        speaker: Who said it.
        to: To whom.
        topics: What it is about.
        said: When, if not when the document was written.
    """

    document: int
    speaker: str | None = None
    to: str | None = None
    topics: tuple[str, ...] = ()
    said: str | None = None


class Own(msgspec.Struct, frozen=True):
    """What this version reads in the archive's record of itself.

    Attributes:
        format: The format in which it is written.
        last: The highest number ever given in each table.
    """

    format: int = FORMAT
    last: dict[str, Annotated[int, msgspec.Meta(ge=0)]] = {}


_IDENTITIES: Final = msgspec.json.Decoder(dict[str, Identity])
_SEALS: Final = msgspec.json.Decoder(dict[str, Seal])
_RELATIONS: Final = msgspec.json.Decoder(dict[str, Relation])
_LINKS: Final = msgspec.json.Decoder(dict[str, Link])
_MENTIONS: Final = msgspec.json.Decoder(dict[str, Mention])

Part = TypeVar("Part", Identity, Seal, Relation, Link, Mention)

Value = TypeVar("Value", Document, Description, Quote, Speaker, Topic, Recorded)
Noted = TypeVar("Noted", dict[str, Any], list[Any])
Stored = Document | Quote | Speaker | Topic


class Snapshot:
    """The archive as it was at one moment.

    Args:
        storage: Where it was read.
        tables: Its tables.

    Attributes:
        names: The names of its tables, those of other programs among them, in the order of the file.
    """

    def __init__(self, storage: ArchiveStorage, tables: Mapping[str, Records]) -> None:
        self._storage = storage
        self._tables = dict(tables)
        self.names = tuple(tables)

    @property
    def path(self) -> Path:
        """The archive's file."""
        return self._storage.path

    def find_document(self, number: int) -> Document | None:
        """Give a document with its text; None if there is none of that number."""
        return self._find(Document, number)

    def find_description(self, number: int) -> Description | None:
        """Give a document's description; None if there is none of that number."""
        return self._find(Description, number)

    def find_quote(self, number: int) -> Quote | None:
        """Give a quote; None if there is none of that number."""
        return self._find(Quote, number)

    def outward(self, quote: Quote) -> Iterator[Quote]:
        """Yield the quotes that a quote is said within, the nearest first, each once."""
        seen = {quote.id}
        outer = self._outer(quote)
        while outer is not None and outer.id not in seen:
            yield outer
            seen.add(outer.id)
            outer = self._outer(outer)

    def _outer(self, quote: Quote) -> Quote | None:
        return None if quote.within is None else self.find_quote(quote.within)

    def number_of(self, slug: str) -> int | None:
        """Give the number of the document that has a slug, if that can be told without decoding any."""
        number = self._table(Document).number_of("slug", slug)
        return None if number is None else int(number)

    def descriptions(self) -> Iterator[Description]:
        """Yield what is known of each document, in the order of the file."""
        return self._all(Description)

    def documents(self) -> Iterator[Document]:
        """Yield the documents with their texts, in the order of the file."""
        return self._all(Document)

    def quotes(self) -> Iterator[Quote]:
        """Yield the quotes, in the order of the file."""
        return self._all(Quote)

    def speakers(self) -> Iterator[Speaker]:
        """Yield the records of speakers, in the order of the file."""
        return self._all(Speaker)

    def topics(self) -> Iterator[Topic]:
        """Yield the records of topics, in the order of the file."""
        return self._all(Topic)

    def changes(self) -> Iterator[Recorded]:
        """Yield the history, the oldest change first."""
        return self._all(Recorded)

    def last_seal(self) -> str:
        """Return the seal of the last change that has one; empty if none was sealed."""
        table = self._table(Recorded)
        last = table.find(str(self.last_given(Recorded))) or {}
        earlier = (table[number].get("seal") for number in sorted(table, key=order, reverse=True))
        return str(last.get("seal") or next(filter(None, earlier), ""))

    def digests(self) -> dict[Place, str]:
        """Return the SHA-256 of each record as the changes of the history left it, by its place."""
        left: dict[Place, str] = {}
        for _, change in sorted(self._partly(Recorded, _SEALS, dict[str, Seal]).items()):
            for name, numbers in change.removed.items():
                for number in numbers:
                    left.pop((name, number), None)
            left |= {(name, number): digest for name, each in change.digests.items() for number, digest in each.items()}
        return {place: digest for place, digest in left.items() if digest}

    def sealable(self, known: Container[Place] = ()) -> Iterator[tuple[Place, msgspec.Raw]]:
        """Yield each record that changes of the history seal, with its place: all of our tables but the history.

        Args:
            known: Places that are left out.
        """
        for name in (*(TABLES[kind] for kind in KINDS), SELF):
            table = self._tables.get(name, Records(self.path))
            places = ((name, number) for number in table if (name, number) not in known)
            yield from ((place, msgspec.Raw(table.raw(place[1]))) for place in places)

    def history_records(self) -> Iterator[tuple[int, msgspec.Raw]]:
        """Yield each change undecoded, with its number.

        Raises:
            DamagedArchiveError: One has no number.
        """
        table = self._table(Recorded)
        for number in table:
            if not number.isdecimal():
                raise damaged(self.path, f"{number!r} is no record's number", Spot(table=TABLES[Recorded]))
            yield int(number), msgspec.Raw(table.raw(number))

    def last_given(self, kind: type[msgspec.Struct]) -> int:
        """Return the highest number that a record of a table was ever given, as the archive notes it."""
        number = self._noted("last", {}).get(TABLES[kind], 0)
        return number if isinstance(number, int) else 0

    @property
    def noted_names(self) -> tuple[str, ...]:
        """The names of the tables that there were after the last change, as the archive notes them."""
        return tuple(map(str, self._noted("tables", [])))

    def _noted(self, field: str, default: Noted) -> Noted:
        """Return what the archive notes of itself."""
        own = self._tables[SELF].find("1") if SELF in self._tables else None
        value = (own or {}).get(field, default)
        return value if isinstance(value, type(default)) else default

    def find_text(self, sha256: str) -> str:
        """Give a long text that the history keeps.

        Raises:
            LostTextError: It keeps none of that hash.
        """
        for change in self.changes():
            if sha256 in change.texts:
                return change.texts[sha256]
        raise LostTextError(self._storage.path, sha256)

    def records(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield every record undecoded: its table, its number, and its JSON as it would be written."""
        for name, table in self._tables.items():
            for number in table:
                if not number.isdecimal():
                    spot = Spot(table=name, record=number)
                    raise damaged(self._storage.path, "a record stands under something that is no number", spot)
                yield name, int(number), bytes(table.raw(number))

    def quotes_of(self, document: int) -> tuple[Quote, ...]:
        """Give a document's quotes in reading order."""
        return tuple(in_reading_order(quote for quote in self.quotes() if quote.document == document))

    @property
    def is_pristine(self) -> bool:
        """Whether no document or quote ever had a number here."""
        own = self._tables[SELF].get("1", {}) if SELF in self._tables else {}
        tables = [TABLES[kind] for kind in (Document, Quote)]
        return not any(own.get("last", {}).get(name) or self._tables.get(name) for name in tables)

    def identities(self) -> dict[int, Identity]:
        """Give each document's slug and hash by its number, without decoding the texts."""
        return self._partly(Document, _IDENTITIES, dict[str, Identity])

    def relations(self) -> dict[int, Relation]:
        """Return which others each document refers to by its number, without decoding the texts."""
        return self._partly(Document, _RELATIONS, dict[str, Relation])

    def links(self) -> dict[int, Link]:
        """Give what each quote refers to by its number, without decoding the quotes."""
        return self._partly(Quote, _LINKS, dict[str, Link])

    def mentions(self) -> dict[int, Mention]:
        """Give who said each quote and on what, by its number, without decoding the words."""
        return self._partly(Quote, _MENTIONS, dict[str, Mention])

    def is_named(self, name: str) -> bool:
        """Say whether a quote is surely by somebody or to somebody of exactly this name.

        It is looked for in the bytes of the quotes, as this version writes them, which is much faster than
        decoding them; so a name may be there although this does not find it.
        """
        forms = [b'"%s":%s' % (field, encode(name)) for field in (b"speaker", b"to")]
        return self._is_untouched_with(forms)

    def is_quoted(self, document: int, start: int, end: int) -> bool:
        """Say whether a quote of a document surely begins with exactly this passage; see `is_named`."""
        return self._is_untouched_with([b'"document":%d,"passages":[{"start":%d,"end":%d,' % (document, start, end)])

    def is_tagged(self, topic: str) -> bool:
        """Say whether a quote is surely on exactly this topic; see `is_named`."""
        # A string that stands alone between these is in a list, and topics are the only list of strings.
        return self._is_untouched_with(
            [before + encode(topic) + after for before in (b"[", b",") for after in (b"]", b",")]
        )

    def _is_untouched_with(self, forms: Iterable[bytes]) -> bool:
        """Say whether the quotes, as long as none was changed, have one of these in their bytes."""
        quotes = self._table(Quote)
        return quotes.is_as_read and any(map(quotes.mentions, forms))

    def _partly(
        self, kind: type[Value], decoder: msgspec.json.Decoder[dict[str, Part]], parts: type
    ) -> dict[int, Part]:
        """Decode a few fields of every record of a table."""
        table = self._table(kind)
        raw = table.untouched
        try:
            decoded: dict[str, Part] = msgspec.convert(table, parts) if raw is None else decoder.decode(raw)
            return {int(number): part for number, part in decoded.items()}
        except (ValueError, RecursionError) as error:
            raise self._first_fault(kind, error) from error

    def _first_fault(self, kind: type[Value], error: Exception) -> DamagedArchiveError:
        """Say which record of a table can't be read."""
        faults = (each for _, each in self.read_each(kind) if isinstance(each, DamagedArchiveError))
        return next(faults, damaged(self._storage.path, str(error), Spot(table=TABLES[kind])))

    def read_each(self, kind: type[Value]) -> Iterator[tuple[str, Value | DamagedArchiveError]]:
        """Yield every record's number with its value, or with what is wrong with it."""
        table = self._table(kind)
        for number in list(table):
            raw = table.undecoded(number)
            try:
                yield number, self._value(kind, number, table[number] if raw is None else raw)
            except DamagedArchiveError as error:
                yield number, error

    def _table(self, kind: type[msgspec.Struct]) -> Records:
        return self._tables.setdefault(TABLES[kind], Records(self._storage.path))

    def _find(self, kind: type[Value], number: int) -> Value | None:
        record = self._table(kind).find(str(number))
        return None if record is None else self._value(kind, str(number), record)

    def _all(self, kind: type[Value]) -> Iterator[Value]:
        table = self._table(kind)
        for number in list(table):
            raw = table.undecoded(number)
            yield self._value(kind, number, table[number] if raw is None else raw)

    def _value(self, kind: type[Value], number: str, record: Mapping[str, Any] | msgspec.Raw) -> Value:
        try:
            if isinstance(record, msgspec.Raw):
                value = msgspec.json.decode(record, type=kind)
            else:
                value = msgspec.convert(dict(record), kind)
            refuse_impossible(value)
            return msgspec.structs.replace(value, id=int(number))
        except (ValueError, TypeError, RecursionError) as error:
            raise self._fault(kind, number, error) from error

    def _fault(self, kind: type[Value], number: str, error: Exception) -> DamagedArchiveError:
        fault = understand(error, b"")
        found = f"{number!r} is no record's number" if not number.isdecimal() else fault.found
        return damaged(self._storage.path, found, Spot(table=TABLES[kind], record=number, field=fault.field))


def refuse_impossible(value: msgspec.Struct) -> None:
    """Refuse a quote that somebody took all passages from, and a change of records that have no numbers.

    Raises:
        ValueError: It is such a one.
    """
    if isinstance(value, Quote) and not value.passages:
        message = "a quote has at least one passage - at `$.passages`"
        raise ValueError(message)
    if isinstance(value, Recorded):
        _refuse_numberless(value)


def _refuse_numberless(change: Recorded) -> None:
    for field, tables in (("changed", change.changed), ("removed", change.removed)):
        stranger = next((key for records in tables.values() for key in records if not key.isdecimal()), None)
        if stranger is not None:
            message = f"{stranger!r} is no record's number - at `$.{field}`"
            raise ValueError(message)
