"""The quotes of an imported file: new ones, and what the file knows of those in the archive."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import msgspec

from quotearchive.anchoring.errors import PassageError
from quotearchive.archive.import_plan import Filled, ImportPlan, Planner, read_date
from quotearchive.archive.import_sources import DocumentFinder, place_all
from quotearchive.archive.same_words import Place, by_words, find, join, pair, unite, words_of
from quotearchive.archive.values import FieldValues
from quotearchive.fields import FIELDS, Kind, fields_of
from quotearchive.importers.errors import MalformedRowError
from quotearchive.importers.interface import QuoteRow
from quotearchive.model import Quote
from quotearchive.store import Snapshot
from quotearchive.text import canonical

#: A row, and the quote that is made of it.
_Told = tuple[QuoteRow, Quote]

#: Rows, the quote that they make, and the quote that it is here, or None.
_Settled = tuple[list[QuoteRow], Quote, Quote | None]

#: Fields that are added to quotes of the archive; the quote around one is found apart.
_GROWING: Final = tuple(field.name for field in FIELDS[Quote] if field.kind is not Kind.QUOTE)

_DATES: Final = fields_of(Quote, Kind.DATE)
_TEXTS: Final = fields_of(Quote, Kind.TEXT)


class QuotePlanner(Planner):
    """Plans the quotes of an import."""

    def __init__(self, plan: ImportPlan, snapshot: Snapshot, unit: str, finder: DocumentFinder, now: str) -> None:
        super().__init__(plan, snapshot, unit, finder, now)
        self._values = FieldValues(snapshot)
        self._keys: dict[str, int] = {}
        self._there = by_words(quote for quote in snapshot.quotes() if not quote.missing)
        self._told: dict[Place, list[_Told]] = defaultdict(list)
        self._within: list[tuple[int, QuoteRow]] = []

    def take(self, row: QuoteRow) -> None:
        """Find a row's words, so that it can be planned once all rows are taken.

        Raises:
            QuoteArchiveError: The row can't be used.
        """
        if not row.quote.passages:
            found = "it has no passage"
            raise MalformedRowError(found)
        number = self._finder.find(row.naming)
        try:
            passages = place_all(self._finder.text(number), row.quote.passages)
        except PassageError as error:
            raise error.in_document(self._finder.descriptions[number].slug) from error
        quote = msgspec.structs.replace(self._quote(row.quote, number), passages=passages)
        self._told[words_of(quote)].append((row, quote))
        self._plan.remarks.extend(row.remarks)

    def finish(self) -> None:
        """Plan the quotes of all rows."""
        settled = [each for told in self._told.values() for each in self._settled(told)]
        for told, quote, here in sorted(settled, key=lambda each: each[0][0].row):
            self._put(told, quote, here)
        for number, row in self._within:
            self._nest(number, row)

    def _quote(self, quote: Quote, document: int) -> Quote:
        return msgspec.structs.replace(
            quote,
            document=document,
            **self._values.spelled(Quote, quote),
            **{field.name: read_date(getattr(quote, field.name)) for field in _DATES},
            **{field.name: canonical(getattr(quote, field.name) or "") or None for field in _TEXTS},
            within=None,
            missing=False,
            created=quote.created or self._now,
            modified=quote.modified or ("" if quote.created else self._now),
        )

    def _settled(self, told: list[_Told]) -> Iterator[_Settled]:
        """Make quotes of rows of the same words: one of each quote of an archive, one of the rest together."""
        here = self._there.get(words_of(told[0][1]), [])
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
        """Make one quote of rows of the same words, and remark on rows that differ from one before."""
        quote, differing = join([quote for _, quote in told])
        for place, name in differing:
            row, other = told[place]
            self._remark(
                f"{self._named(row)} has the {name} {getattr(other, name)}, and a {self._unit} before it, of the same"
                f" words, {getattr(quote, name)}; the first was kept."
            )
        return quote

    def _put(self, rows: list[QuoteRow], quote: Quote, here: Quote | None) -> None:
        """Plan a new quote, or add to the one that is here."""
        self._plan.joined += len(rows) - 1
        if here is None:
            number = -1 - len(self._plan.quotes)
            self._plan.quotes[number] = msgspec.structs.replace(quote, id=self._kept(quote.id))
        else:
            number = here.id
            self._grow(self._found(number), quote)
        for row in rows:
            if row.key:
                self._keys.setdefault(row.key, number)
            if row.within:
                self._within.append((number, row))

    def _grow(self, here: Quote, told: Quote) -> None:
        """Add to a quote of the archive what the file knows, unless the two contradict each other."""
        united, differing = unite(here, told)
        new = [name for name in _GROWING if getattr(united, name) != getattr(here, name)]
        if new and not differing:
            self._change(united, tuple(new))
            return
        if differing:
            names = ", ".join([*differing, *new])
            self._remark(f"Quote {here.id} is already in the archive and differs in {names}; it was left as it is.")
        self._plan.known_quotes += 1

    def _change(self, quote: Quote, fields: tuple[str, ...]) -> None:
        before = self._plan.grown[quote.id].fields if quote.id in self._plan.grown else ()
        changed = msgspec.structs.replace(quote, modified=self._now)
        self._plan.grown[quote.id] = Filled(record=changed, fields=(*before, *fields))

    def _nest(self, number: int, row: QuoteRow) -> None:
        """Put a quote into the one that it is said in, if that is in the file and holds its words."""
        place, inner = self._keys.get(row.within), self._found(number)
        outer = None if place is None else self._find(place)
        if outer and inner.within == place:
            return
        told = f"{self._named(row)} was said in a quote that"
        if inner.within is not None:
            self._remark(f"{told} is not the one around quote {number} here; ours was kept.")
        elif place is None or outer is None or place == number or not self._may_hold(outer, inner, number):
            reason = "does not contain it" if outer else "is not in the file"
            self._remark(f"{told} {reason}; it is a quote of its own now.")
        elif number < 0:
            self._plan.quotes[number] = msgspec.structs.replace(inner, within=place)
        else:
            self._change(msgspec.structs.replace(inner, within=place), ("within",))

    def _find(self, number: int) -> Quote | None:
        if number in self._plan.grown:
            return self._plan.grown[number].record
        return self._plan.quotes[number] if number < 0 else self._snapshot.find_quote(number)

    def _found(self, number: int) -> Quote:
        found = self._find(number)
        assert found  # noqa: S101 - it was just planned, or is of the archive
        return found

    def _may_hold(self, outer: Quote, inner: Quote, number: int) -> bool:
        """Check whether a quote can be the outer one: of the same document, around it, and not within it."""
        link: Quote | None = outer
        seen = {number}
        while link and link.within is not None:
            if link.within in seen:
                return False
            seen.add(link.within)
            link = self._find(link.within)
        return outer.document == inner.document and outer.may_hold(inner)
