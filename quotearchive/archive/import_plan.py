"""Work out what an import would add and change, without changing anything.

New records have provisional numbers below 0 until they are stored.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

import msgspec

from quotearchive.anchoring.errors import PassageError
from quotearchive.archive.errors import RowError, SeveralItemsError, UnknownKindError
from quotearchive.archive.import_passages import place_all
from quotearchive.archive.import_sources import DocumentFinder, contradictions
from quotearchive.archive.people import SpeakerNames
from quotearchive.archive.same_words import find, join, pair, unite
from quotearchive.archive.topics import Tree
from quotearchive.dates import bounds, parse_date
from quotearchive.dates.errors import UnreadableDateError
from quotearchive.errors import QuoteArchiveError
from quotearchive.importers.errors import EmptyTextError, MalformedRowError
from quotearchive.importers.interface import (
    HIGHEST,
    DocumentRow,
    Importer,
    PassedRow,
    QuoteRow,
    RefusedRow,
    Row,
)
from quotearchive.model import KINDS, Description, Document, Quote, Span
from quotearchive.store import Snapshot
from quotearchive.text import canonical, is_slug, sha256_of, slugify

#: What a document is called by or what the archive itself gives it: nothing that an import fills in.
_OWN: Final = frozenset(
    {"id", "slug", "title", "sha256", "characters", "added", "modified", "source", "source_sha256", "text"}
)

#: What names other documents by their numbers, and how messages say it.
_REFERENCES: Final = {"replies_to": "answers", "encloses": "encloses"}

#: What is filled in of a document, but for those.
_FILLED: Final = tuple(name for name in Description.__struct_fields__ if name not in {*_OWN, *_REFERENCES})

#: What is added to a quote.
_GROWING: Final = ("speaker", "role", "mention", "to", "topics", "said", "note")

#: Where the words of a quote stand: the number of its document, and its spans.
_Place = tuple[int, tuple[Span, ...]]

#: A row, and the quote that is made of it.
_Told = tuple[QuoteRow, Quote]

#: Rows, the quote that they make, and the quote that it is here, or None.
_Settled = tuple[list[QuoteRow], Quote, Quote | None]


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A document of which the file knew more.

    Attributes:
        document: As it will be.
        fields: What was not known of it before.
    """

    document: Description
    fields: tuple[str, ...]


class Grown(msgspec.Struct, frozen=True, kw_only=True):
    """A quote of the archive of which the file knew more.

    Attributes:
        quote: As it will be; `within` may be provisional.
        fields: What was added.
    """

    quote: Quote
    fields: tuple[str, ...]


class ImportPlan(msgspec.Struct, kw_only=True):
    """What an import would do.

    Attributes:
        documents: New ones, by provisional number; an `id` above 0 is kept. What they answer and enclose may
            be provisional.
        quotes: New ones, by provisional number; `document` and `within` may be provisional.
        filled: Documents of which the file knows more, by number.
        grown: Quotes of which the file knows more, by number.
        known_documents: How many were there already.
        known_quotes: How many were there already, with all that the file says of them.
        joined: How many rows became one quote with another row, as their words are the same.
        passed: Rows that hold nothing for an archive.
        refused: Rows that can't be used.
        remarks: Sentences on what was left as it is, or left out.
    """

    documents: dict[int, Document] = msgspec.field(default_factory=dict)
    quotes: dict[int, Quote] = msgspec.field(default_factory=dict)
    filled: dict[int, Filled] = msgspec.field(default_factory=dict)
    grown: dict[int, Grown] = msgspec.field(default_factory=dict)
    known_documents: int = 0
    known_quotes: int = 0
    joined: int = 0
    passed: list[PassedRow] = msgspec.field(default_factory=list)
    refused: list[RowError] = msgspec.field(default_factory=list)
    remarks: list[str] = msgspec.field(default_factory=list)


class ImportPlanner:
    """Takes rows and makes a plan of them.

    Args:
        snapshot: The archive.
        importer: The format of the rows.
        shelf: The documents that they can be of.
        now: When the import is made.
    """

    def __init__(self, snapshot: Snapshot, importer: Importer, shelf: DocumentFinder, now: str) -> None:
        self.plan = ImportPlan()
        self._snapshot = snapshot
        self._importer = importer
        self._shelf = shelf
        self._now = now
        self._keeps = snapshot.is_pristine
        self._resolve = cache(SpeakerNames(snapshot).resolve)
        self._spell = cache(Tree(snapshot).spell_all)
        self._texts: dict[int, str] = {}
        self._keys: dict[str, int] = {}
        self._numbers: dict[str, set[int]] = {"documents": set(), "quotes": set()}
        self._there: dict[_Place, list[Quote]] = defaultdict(list)
        for quote in snapshot.quotes():
            if not quote.missing:
                self._there[_place(quote)].append(quote)
        self._told: dict[_Place, list[_Told]] = defaultdict(list)
        self._items: dict[int, list[DocumentRow]] = defaultdict(list)
        self._referring: list[tuple[int, DocumentRow]] = []
        self._here: dict[int, int] = {}
        self._within: list[tuple[int, QuoteRow]] = []

    def take(self, rows: Iterable[Row]) -> ImportPlan:
        """Go through all rows: texts first, then what is known of them, then quotes, which may stand before."""
        for row in sorted(rows, key=_rank):
            self._try(row)
        for number, items in self._items.items():
            self._fill_from(number, items)
        for number, row in self._referring:
            self._refer(number, row)
        settled = [each for told in self._told.values() for each in self._settled(told)]
        for told, quote, here in sorted(settled, key=lambda each: each[0][0].row):
            self._put(told, quote, here)
        self._nest()
        self.plan.refused.sort(key=lambda error: error.row)
        return self.plan

    def _try(self, row: Row) -> None:
        try:
            self._take(row)
        except QuoteArchiveError as error:
            self._refuse(row, error)

    def _refuse(self, row: Row, error: QuoteArchiveError) -> None:
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
        row = msgspec.structs.replace(row, document=document)
        if isinstance(document, Document):
            number = self._take_text(row, document)
            self.plan.remarks.extend(row.remarks)
        else:
            number = self._shelf.find_source(row.naming, document)
            self._items[number].append(row)
        self._shelf.call(row.naming.key, number)
        if document.id:
            self._here.setdefault(document.id, number)

    def _take_text(self, row: DocumentRow, document: Document) -> int:
        """Add a document whose text is not here; else fill in what is known of the one that has it."""
        number = self._shelf.find_text(document.sha256)
        if number is None:
            number = self._add(document)
        else:
            self.plan.known_documents += 1
            self._fill(number, document)
        self._referring.append((number, row))
        return number

    def _fill_from(self, number: int, rows: list[DocumentRow]) -> None:
        """Fill in what a list of sources knows of a document, if one item speaks of it, and of it alone."""
        slug = self._shelf.descriptions[number].slug
        if any(each.document != rows[0].document for each in rows):
            for row in rows:
                other = rows[0] if row is not rows[0] else rows[1]
                self._refuse(row, SeveralItemsError(slug, self._importer.unit, other.row, len(rows) - 2))
            return
        self.plan.known_documents += 1
        self.plan.remarks.extend(rows[0].remarks)
        contradicted = contradictions(self._shelf.descriptions[number], rows[0].document)
        if contradicted:
            told = f"{self._importer.unit.capitalize()} {rows[0].row} has another {', '.join(contradicted)} than {slug}"
            self.plan.remarks.append(f"{told}: nothing of it is filled in.")
            return
        self._fill(number, rows[0].document)
        self._referring.append((number, rows[0]))

    def _refer(self, number: int, row: DocumentRow) -> None:
        """Make a document name those that it answers and encloses by the numbers that they have here."""
        here = self._shelf.descriptions[number]
        self._fill(number, msgspec.structs.replace(here, **self._mapped(number, row)), _REFERENCES)

    def _mapped(self, number: int, row: DocumentRow) -> dict[str, Any]:
        answers = self._referred(number, "replies_to", [row.document.replies_to])
        return {
            "replies_to": answers[0] if answers else None,
            "encloses": tuple(self._referred(number, "encloses", row.document.encloses)),
        }

    def _referred(self, number: int, field: str, told: Iterable[int | None]) -> list[int]:
        slug = self._shelf.descriptions[number].slug
        found = []
        for each in told:
            here = None if each is None else self._here.get(each)
            if here is not None and here != number:
                found.append(here)
            elif each is not None:
                reason = "is itself" if here == number else "the file does not have"
                self.plan.remarks.append(
                    f"{slug} {_REFERENCES[field]} document {each}, which {reason}: that is left out."
                )
        return list(dict.fromkeys(found))

    def _add(self, document: Description) -> int:
        assert isinstance(document, Document)  # noqa: S101 - one without a text is found or refused
        number = -1 - len(self.plan.documents)
        new = msgspec.structs.replace(
            document,
            id=self._kept("documents", document.id),
            slug=self._slug(document),
            title=document.title or document.slug,
            added=document.added or self._now,
            replies_to=None,
            encloses=(),
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

    def _fill(self, number: int, told: Description, fields: Iterable[str] = _FILLED) -> None:
        """Take over what is not known of a document, and say where it is known otherwise."""
        here = self._shelf.descriptions[number]
        new, other = _compared(here, told, fields)
        if other:
            names = ", ".join(name.replace("_", " ") for name in other)
            self.plan.remarks.append(f"{here.slug} has another {names} here than in the file; it stays.")
        taken = {name: getattr(told, name) for name in new}
        if new and number < 0:
            self.plan.documents[number] = msgspec.structs.replace(self.plan.documents[number], **taken)
            self._shelf.replace(number, self.plan.documents[number])
        elif new:
            changed = msgspec.structs.replace(here, **taken, modified=self._now)
            before = self.plan.filled[number].fields if number in self.plan.filled else ()
            self.plan.filled[number] = Filled(document=changed, fields=(*before, *new))
            self._shelf.replace(number, changed)

    def _take_quote(self, row: QuoteRow) -> None:
        if not row.quote.passages:
            found = "it has no passage"
            raise MalformedRowError(found)
        number = self._shelf.find(row.naming)
        try:
            passages = place_all(self._text(number), row.quote.passages)
        except PassageError as error:
            raise error.in_document(self._shelf.descriptions[number].slug) from error
        quote = msgspec.structs.replace(self._quote(row.quote, number), passages=passages)
        self._told[_place(quote)].append((row, quote))
        self.plan.remarks.extend(row.remarks)

    def _settled(self, told: list[_Told]) -> Iterator[_Settled]:
        """Make quotes of what rows say of the same words: one of each quote of an archive, one of all others."""
        here = self._there.get(_place(told[0][1]), [])
        if not here and len(told) == 1:
            yield [told[0][0]], told[0][1], None
            return
        own = [each for each in told if each[1].id]
        others = [each for each in told if not each[1].id]
        pairs = list(zip(own, pair([quote for _, quote in own], here), strict=True))
        new = [each for each, like in pairs if like is None]
        taken: Quote | None = None
        if others:
            taken = find(join([quote for _, quote in others])[0], [*here, *(quote for _, quote in new)])
            added = [each for each in new if each[1] is taken]
            together = [*added, *others]
            yield [row for row, _ in together], self._joined(together), None if added else taken
        yield from (([row], quote, like) for (row, quote), like in pairs if like or quote is not taken)

    def _joined(self, told: list[_Told]) -> Quote:
        """Make one quote of rows of the same words, and say where the first of them that knows stays."""
        quote, differing = join([quote for _, quote in told])
        unit = self._importer.unit
        for place, name in differing:
            row, other = told[place]
            here = f"{unit.capitalize()} {row.row} has the {name} {getattr(other, name)}"
            before = f"a {unit} before it, of the same words, {getattr(quote, name)}"
            self.plan.remarks.append(f"{here}, and {before}: that stays.")
        return quote

    def _put(self, rows: list[QuoteRow], quote: Quote, here: Quote | None) -> None:
        """Plan a new quote, or add to the one that is here."""
        self.plan.joined += len(rows) - 1
        if here is None:
            number = -1 - len(self.plan.quotes)
            self.plan.quotes[number] = msgspec.structs.replace(quote, id=self._kept("quotes", quote.id))
        else:
            number = here.id
            self._grow(here, quote)
        for row in rows:
            if row.key:
                self._keys.setdefault(row.key, number)
            if row.within:
                self._within.append((number, row))

    def _grow(self, here: Quote, told: Quote) -> None:
        """Add to a quote of the archive what the file knows, unless it contradicts what is known."""
        _, here = self._found(here.id)
        united, differing = unite(here, told)
        new = [name for name in _GROWING if getattr(united, name) != getattr(here, name)]
        if differing:
            names = ", ".join([*differing, *new])
            self.plan.remarks.append(f"Quote {here.id} is here already, with other {names}; it stays as it is.")
        elif new:
            self._change(united, tuple(new))
            return
        self.plan.known_quotes += 1

    def _change(self, quote: Quote, fields: tuple[str, ...]) -> None:
        before = self.plan.grown[quote.id].fields if quote.id in self.plan.grown else ()
        changed = msgspec.structs.replace(quote, modified=self._now)
        self.plan.grown[quote.id] = Grown(quote=changed, fields=(*before, *fields))

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
            missing=False,
            created=quote.created or self._now,
            modified=quote.modified or ("" if quote.created else self._now),
        )

    def _nest(self) -> None:
        """Put each quote into the one that it is said in."""
        for number, row in self._within:
            outer, (_, inner) = self._find(self._keys.get(row.within)), self._found(number)
            told = f"{self._importer.unit.capitalize()} {row.row} was said in a quote that"
            if outer and inner.within == outer[0]:
                continue
            if inner.within is not None:
                self.plan.remarks.append(f"{told} is not the one that quote {number} is said in here; that stays.")
            elif outer is None or outer[0] == number or not self._may_hold(outer[1], inner, number):
                reason = "does not hold it" if outer else "the file does not have"
                self.plan.remarks.append(f"{told} {reason}; it stands by itself now.")
            else:
                self._put_within(number, outer[0])

    def _put_within(self, number: int, outer: int) -> None:
        nested = msgspec.structs.replace(self._found(number)[1], within=outer)
        if number < 0:
            self.plan.quotes[number] = nested
        else:
            self._change(nested, ("within",))

    def _find(self, number: int | None) -> tuple[int, Quote] | None:
        if number is None:
            return None
        if number in self.plan.grown:
            return number, self.plan.grown[number].quote
        quote = self.plan.quotes[number] if number < 0 else self._snapshot.find_quote(number)
        return (number, quote) if quote else None

    def _found(self, number: int) -> tuple[int, Quote]:
        found = self._find(number)
        assert found  # noqa: S101 - it was just planned, or is of the archive
        return found

    def _may_hold(self, outer: Quote, inner: Quote, number: int) -> bool:
        """Check whether a quote can be the outer one: of the same document, around it, and not within it."""
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


def _rank(row: Row) -> int:
    """Order rows: texts first, as others are of them."""
    is_text = isinstance(row, DocumentRow) and isinstance(row.document, Document)
    return 0 if is_text else 1 if isinstance(row, DocumentRow) else 2


def _place(quote: Quote) -> _Place:
    return quote.document, tuple((passage.start, passage.end) for passage in quote.passages)


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
    sha256 = sha256_of(text)
    return msgspec.structs.replace(document, text=text, sha256=sha256, characters=len(text))


def _compared(here: Description, told: Description, fields: Iterable[str]) -> tuple[list[str], list[str]]:
    """Say which fields are told and not known here, and which are known otherwise."""
    new: list[str] = []
    other: list[str] = []
    for name in fields:
        value, known = getattr(told, name), getattr(here, name)
        if value == known or not _is_known(name, value):
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


def remarks(plan: ImportPlan, unit: str) -> Iterator[str]:
    """Say what a user should know of an import, beyond what it did."""
    if plan.passed:
        reasons = ", ".join(sorted({row.reason for row in plan.passed}))
        yield f"{len(plan.passed)} {unit}{'' if len(plan.passed) == 1 else 's'} passed over: {reasons}."
    yield from plan.remarks
