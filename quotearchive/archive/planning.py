"""Work out what an import would add and change, without changing anything.

New records have provisional numbers below 0 until they are stored.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import msgspec

from quotearchive.archive.matching import Shelf
from quotearchive.archive.naming import Directory
from quotearchive.archive.placing import place_all
from quotearchive.archive.topics import Tree
from quotearchive.dates import bounds, parse_date
from quotearchive.errors import (
    EmptyTextError,
    MalformedRowError,
    PassageError,
    QuoteArchiveError,
    RowError,
    UnknownKindError,
    UnreadableDateError,
)
from quotearchive.importers.interface import (
    HIGHEST,
    DocumentRow,
    Importer,
    PassedRow,
    QuoteRow,
    RefusedRow,
    Row,
)
from quotearchive.model import KINDS, Description, Document, Quote
from quotearchive.store import Snapshot
from quotearchive.text import canonical, is_slug, slugify

#: What a document is called by or what the archive itself gives it: nothing that an import fills in.
_OWN: Final = frozenset(
    {"id", "slug", "title", "sha256", "characters", "added", "modified", "source", "source_sha256", "text"}
)

#: What makes two quotes of one document the same: where they stand, and who said them.
_Identity = tuple[int, tuple[tuple[int, int], ...], str]


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A document of which the file knew more.

    Attributes:
        document: As it will be.
        fields: What was not known of it before.
    """

    document: Description
    fields: tuple[str, ...]


class Plan(msgspec.Struct, kw_only=True):
    """What an import would do.

    Attributes:
        documents: New ones, by provisional number; an `id` above 0 is kept.
        quotes: New ones, by provisional number; `document` and `within` may be provisional.
        filled: Documents of which the file knows more, by number.
        known_documents: How many were there already.
        known_quotes: How many were there already.
        passed: Rows that hold nothing for an archive.
        refused: Rows that can't be used.
        remarks: Sentences on what was left as it is, or left out.
    """

    documents: dict[int, Document] = msgspec.field(default_factory=dict)
    quotes: dict[int, Quote] = msgspec.field(default_factory=dict)
    filled: dict[int, Filled] = msgspec.field(default_factory=dict)
    known_documents: int = 0
    known_quotes: int = 0
    passed: list[PassedRow] = msgspec.field(default_factory=list)
    refused: list[RowError] = msgspec.field(default_factory=list)
    remarks: list[str] = msgspec.field(default_factory=list)


class Planner:
    """Takes rows and makes a plan of them.

    Args:
        snapshot: The archive.
        importer: The format of the rows.
        shelf: The documents that they can be of.
        now: When the import is made.
    """

    def __init__(self, snapshot: Snapshot, importer: Importer, shelf: Shelf, now: str) -> None:
        self.plan = Plan()
        self._snapshot = snapshot
        self._importer = importer
        self._shelf = shelf
        self._now = now
        self._keeps = snapshot.is_pristine
        self._resolve = cache(Directory(snapshot).resolve)
        self._spell = cache(Tree(snapshot).spell_all)
        self._texts: dict[int, str] = {}
        self._keys: dict[str, int] = {}
        self._numbers: dict[str, set[int]] = {"documents": set(), "quotes": set()}
        self._there = {_identity(quote): quote for quote in snapshot.quotes()}
        self._within: list[tuple[int, QuoteRow]] = []

    def take(self, rows: Iterable[Row]) -> Plan:
        """Go through all rows, documents first, as a quote may stand before its document."""
        others: list[Row] = []
        for row in rows:
            if isinstance(row, DocumentRow):
                self._try(row)
            else:
                others.append(row)
        for row in others:
            self._try(row)
        self._nest()
        self.plan.refused.sort(key=lambda error: error.row)
        return self.plan

    def _try(self, row: Row) -> None:
        try:
            self._take(row)
        except QuoteArchiveError as error:
            self.plan.refused.append(RowError(self._importer.unit, row.row, error))

    def _take(self, row: Row) -> None:
        match row:
            case RefusedRow(error=error):
                raise error
            case PassedRow():
                self.plan.passed.append(row)
            case DocumentRow():
                self._take_document(row)
            case QuoteRow():
                self._take_quote(row)

    def _take_document(self, row: DocumentRow) -> None:
        document = _checked(row.document)
        number = self._known(row, document)
        if number is None:
            number = self._add(document)
        else:
            self.plan.known_documents += 1
            self._fill(number, document)
        self._shelf.call(row.naming.key, number)
        self.plan.remarks.extend(row.remarks)

    def _known(self, row: DocumentRow, document: Description) -> int | None:
        """Find the document that is there: the one of the same text, or the one that is spoken of."""
        if not isinstance(document, Document):
            return self._shelf.find(row.naming, loosely=False)
        return self._shelf.find_text(document.sha256)

    def _add(self, document: Description) -> int:
        assert isinstance(document, Document)  # noqa: S101 - one without a text is found or refused
        number = -1 - len(self.plan.documents)
        new = msgspec.structs.replace(
            document,
            id=self._kept("documents", document.id),
            slug=self._slug(document),
            title=document.title or document.slug,
            added=document.added or self._now,
        )
        self.plan.documents[number] = new
        self._texts[number] = new.text
        self._shelf.put(number, new)
        return number

    def _slug(self, document: Description) -> str:
        taken = self._shelf.slugs
        is_usable = document.slug not in taken and is_slug(document.slug)
        return document.slug if is_usable else slugify(document.title or document.slug, taken)

    def _kept(self, table: str, number: int) -> int:
        """Keep a number of the file if the archive never gave one; 0 for one that is to be given."""
        is_free = 0 < number <= HIGHEST and number not in self._numbers[table]
        kept = number if self._keeps and is_free else 0
        self._numbers[table].add(kept)
        return kept

    def _fill(self, number: int, told: Description) -> None:
        """Take over what is not known of a document, and say where it is known otherwise."""
        here = self._shelf.descriptions[number]
        new, other = _compared(here, told)
        if other:
            names = ", ".join(other)
            self.plan.remarks.append(f"{here.slug} has another {names} here than in the file; it stays.")
        if new and number > 0:
            changed = msgspec.structs.replace(here, **{name: getattr(told, name) for name in new}, modified=self._now)
            before = self.plan.filled[number].fields if number in self.plan.filled else ()
            self.plan.filled[number] = Filled(document=changed, fields=(*before, *new))
            self._shelf.replace(changed)

    def _take_quote(self, row: QuoteRow) -> None:
        number = self._shelf.find(row.naming)
        try:
            passages = place_all(self._text(number), row.quote.passages)
        except PassageError as error:
            raise error.in_document(self._shelf.descriptions[number].slug) from error
        quote = self._quote(row.quote, number)
        quote = msgspec.structs.replace(quote, passages=passages)
        there = self._there.get(_identity(quote))
        if there is None:
            self._add_quote(row, quote)
        else:
            self._pass_over(row, quote, there)

    def _quote(self, quote: Quote, document: int) -> Quote:
        return msgspec.structs.replace(
            quote,
            document=document,
            speaker=self._resolve(quote.speaker),
            to=self._resolve(quote.to),
            topics=self._spell(quote.topics),
            said=_date(quote.said),
            note=canonical(quote.note) if quote.note else None,
            within=None,
            created=quote.created or self._now,
            modified=quote.modified or ("" if quote.created else self._now),
        )

    def _add_quote(self, row: QuoteRow, quote: Quote) -> None:
        if not quote.passages:
            found = "it has no passage"
            raise MalformedRowError(found)
        number = -1 - len(self.plan.quotes)
        self.plan.quotes[number] = msgspec.structs.replace(quote, id=self._kept("quotes", quote.id))
        if not row.key:
            self._there[_identity(quote)] = msgspec.structs.replace(quote, id=number)
        self._note(row, number)

    def _pass_over(self, row: QuoteRow, quote: Quote, there: Quote) -> None:
        """Leave a quote that is there as it is."""
        self.plan.known_quotes += 1
        names = ("to", "topics", "said", "note")
        other = [name for name in names if getattr(quote, name) not in (getattr(there, name), None, ())]
        if other and there.id > 0:
            told = f"Quote {there.id} is here already, with other {', '.join(other)}; it stays as it is."
            self.plan.remarks.append(told)
        self._note(row, there.id)

    def _note(self, row: QuoteRow, number: int) -> None:
        if row.key:
            self._keys.setdefault(row.key, number)
        if row.within and number < 0:
            self._within.append((number, row))

    def _nest(self) -> None:
        """Put each new quote into the one that it is said in."""
        for number, row in self._within:
            outer = self._find(self._keys.get(row.within))
            inner = self.plan.quotes[number]
            if outer is None or not self._may_hold(outer[1], inner, number):
                told = f"{self._importer.unit.capitalize()} {row.row} was said in a quote that"
                reason = "does not hold it" if outer else "the file does not have"
                self.plan.remarks.append(f"{told} {reason}; it stands by itself now.")
            else:
                self.plan.quotes[number] = msgspec.structs.replace(inner, within=outer[0])

    def _find(self, number: int | None) -> tuple[int, Quote] | None:
        if number is None:
            return None
        quote = self.plan.quotes[number] if number < 0 else self._snapshot.find_quote(number)
        return (number, quote) if quote else None

    def _may_hold(self, outer: Quote, inner: Quote, number: int) -> bool:
        """Say whether a quote can be the outer one: of the same document, around it, and not within it."""
        chain: tuple[int, Quote] | None = (0, outer)
        seen = {number}
        while chain and chain[1].within is not None:
            if chain[1].within in seen:
                return False
            seen.add(chain[1].within)
            chain = self._find(chain[1].within)
        return outer.document == inner.document and outer.may_hold(inner)

    def _text(self, number: int) -> str:
        if number not in self._texts:
            document = self._snapshot.find_document(number)
            self._texts[number] = document.text if document else ""
        return self._texts[number]


def _identity(quote: Quote) -> _Identity:
    spans = tuple((passage.start, passage.end) for passage in quote.passages)
    return quote.document, spans, quote.speaker or ""


def _checked(document: Description) -> Description:
    """Bring what a file says of a document into the form in which it is stored.

    Raises:
        UnknownKindError: It is of no kind that there is.
        UnreadableDateError: A date is none.
        EmptyTextError: Its text has no words.
    """
    if document.kind not in KINDS:
        raise UnknownKindError(document.kind, KINDS)
    document = msgspec.structs.replace(
        document,
        title=" ".join(document.title.split()) if "\n" in document.title else document.title,
        date=_date(document.date),
        received=_date(document.received),
    )
    return _with_text(document) if isinstance(document, Document) else document


def _with_text(document: Document) -> Document:
    text = canonical(document.text)
    if not text.strip():
        raise EmptyTextError
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return msgspec.structs.replace(document, text=text, sha256=sha256, characters=len(text))


def _compared(here: Description, told: Description) -> tuple[list[str], list[str]]:
    """Say which fields are told and not known here, and which are known otherwise."""
    new: list[str] = []
    other: list[str] = []
    for name in Description.__struct_fields__:
        value, known = getattr(told, name), getattr(here, name)
        if name in _OWN or value == known or not _is_known(name, value):
            continue
        (other if _is_known(name, known) else new).append(name)
    return new, other


def _is_known(name: str, value: object) -> bool:
    return value != "other" if name == "kind" else value not in (None, (), "")


def _date(words: str | None) -> str | None:
    """Read a date, which other programs write in words."""
    if not words:
        return None
    try:
        bounds(words)
    except UnreadableDateError:
        return parse_date(words)
    return words


def remarks(plan: Plan, unit: str) -> Iterator[str]:
    """Say what a user should know of an import, beyond what it did."""
    if plan.passed:
        reasons = ", ".join(sorted({row.reason for row in plan.passed}))
        yield f"{len(plan.passed)} {unit}{'' if len(plan.passed) == 1 else 's'} passed over: {reasons}."
    yield from plan.remarks
