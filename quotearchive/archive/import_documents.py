"""The documents of an imported file: new ones, and what the file knows of those in the archive."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from quotearchive.anchoring.places import sound
from quotearchive.archive.import_plan import Filled, ImportPlan, Planner, read_date
from quotearchive.archive.import_sources import DocumentFinder, contradictions
from quotearchive.archive.values import REFERENCES, fill, renumbered
from quotearchive.errors import QuoteArchiveError, excerpt
from quotearchive.fields import FIELDS, Kind, fields_of
from quotearchive.importers.errors import EmptyTextError
from quotearchive.importers.interface import DocumentRow
from quotearchive.model import KINDS, Description, Document
from quotearchive.store import Snapshot
from quotearchive.store.originals import OriginalFiles, is_sha256
from quotearchive.text import canonical, is_slug, sha256_of, slugify

#: Fields of a document that an import fills in: not its title, by which it is called, nor its references, which
#: are numbers of the file.
_FILLED: Final = tuple(
    field.name for field in FIELDS[Document] if field.name != "title" and field.name not in REFERENCES
)

_DATES: Final = fields_of(Document, Kind.DATE)


class DocumentPlanner(Planner):
    """Plans the documents of an import."""

    def __init__(self, plan: ImportPlan, snapshot: Snapshot, unit: str, finder: DocumentFinder, now: str) -> None:
        super().__init__(plan, snapshot, unit, finder, now)
        self._items: dict[int, list[DocumentRow]] = defaultdict(list)
        self._referring: list[tuple[int, DocumentRow]] = []
        self._here: dict[int, int] = {}
        self._originals = OriginalFiles(snapshot.path)

    def take(self, row: DocumentRow) -> None:
        """Plan what a row says of a document.

        Raises:
            QuoteArchiveError: The row can't be used.
        """
        document = self._with_original(_checked(row.document))
        row = msgspec.structs.replace(row, document=document)
        if isinstance(document, Document):
            number = self._take_text(row, document)
            self._plan.remarks.extend(row.remarks)
        else:
            number = self._finder.find_source(row.naming, document)
            self._items[number].append(row)
        self._finder.call(row.naming.key, number)
        if document.id:
            self._here.setdefault(document.id, number)

    def finish(self) -> None:
        """Plan what lists of sources know of documents, and what documents refer to, once all rows are taken."""
        for number, items in self._items.items():
            self._fill_from(number, items)
        for number, row in self._referring:
            here = self._finder.descriptions[number]
            references = self._references(number, row.document)
            self._fill(number, msgspec.structs.replace(here, **references), REFERENCES)

    def _with_original(self, document: Description) -> Description:
        """Note of the original that a file tells of whether it is kept here."""
        original = document.original
        if original is None:
            return document
        if not is_sha256(original.sha256):
            unnamed = f"The SHA-256 of its original is {excerpt(original.sha256)}, which is none."
            raise QuoteArchiveError(unnamed)
        is_kept = self._originals.digest(original.sha256) == original.sha256
        return msgspec.structs.replace(document, original=msgspec.structs.replace(original, kept=is_kept))

    def _take_text(self, row: DocumentRow, document: Document) -> int:
        """Add a document whose text is new; else fill in the fields of the one that has it."""
        number = self._finder.find_text(document.sha256)
        if number is None:
            number = self._add(document)
        else:
            self._plan.known_documents += 1
            self._fill(number, document)
        self._referring.append((number, row))
        return number

    def _add(self, document: Document) -> int:
        number = -1 - len(self._plan.documents)
        new = msgspec.structs.replace(
            document,
            id=self._kept(document.id),
            slug=self._slug(document),
            title=document.title or document.slug,
            added=document.added or self._now,
            **renumbered(document, lambda _: None),
        )
        self._plan.documents[number] = new
        self._finder.put(number, new)
        return number

    def _slug(self, document: Description) -> str:
        taken = self._finder.slugs
        is_usable = document.slug not in taken and is_slug(document.slug)
        return document.slug if is_usable else slugify(document.title or document.slug, taken)

    def _fill_from(self, number: int, rows: list[DocumentRow]) -> None:
        """Fill in what a list of sources knows of a document, if one item speaks of it, and of it alone."""
        slug = self._finder.descriptions[number].slug
        if any(each.document != rows[0].document for each in rows):
            for row in rows:
                other = rows[0] if row is not rows[0] else rows[1]
                more = len(rows) - 2
                others = (
                    f"so do {self._unit} {other.row} and {more:,} more" if more else f"so does {self._unit} {other.row}"
                )
                told = f"It describes {slug}, and {others}, differently. Keep only the right one in the file."
                self.refuse(row, QuoteArchiveError(told))
            return
        self._plan.known_documents += 1
        self._plan.remarks.extend(rows[0].remarks)
        if contradicted := contradictions(self._finder.descriptions[number], rows[0].document):
            self._remark(
                f"{self._named(rows[0])} differs from {slug} in {', '.join(contradicted)};"
                " none of its fields were filled in."
            )
            return
        self._fill(number, rows[0].document)
        self._referring.append((number, rows[0]))

    def _references(self, number: int, document: Description) -> Mapping[str, Any]:
        """Return the documents that one refers to by the numbers that they have here."""
        slug = self._finder.descriptions[number].slug

        def number_here(told: int) -> int | None:
            here = self._here.get(told)
            if here is not None and here != number:
                return here
            reason = "is itself" if here == number else "is not in the file"
            self._remark(f"{slug} refers to document {told}, which {reason}; that was left out.")
            return None

        return renumbered(document, number_here)

    def _fill(self, number: int, told: Description, fields: Iterable[str] = _FILLED) -> None:
        """Fill in the fields of a document that are empty, and remark on those that differ."""
        here = self._finder.descriptions[number]
        new, differing = fill(here, told, fields)
        if differing:
            names = ", ".join(name.replace("_", " ") for name in differing)
            self._remark(f"{here.slug} differs from the file in {names}; ours was kept.")
        if new and number < 0:
            self._plan.documents[number] = msgspec.structs.replace(self._plan.documents[number], **new)
            self._finder.descriptions[number] = self._plan.documents[number]
        elif new:
            changed = msgspec.structs.replace(here, **new, modified=self._now)
            before = self._plan.filled[number].fields if number in self._plan.filled else ()
            self._plan.filled[number] = Filled(record=changed, fields=(*before, *new))
            self._finder.descriptions[number] = changed


def _checked(document: Description) -> Description:
    """Bring what a file says of a document into the form in which it is stored."""
    if document.kind not in KINDS:
        unknown = f"{excerpt(document.kind)} is not a kind of document. The kinds are {', '.join(KINDS)}."
        raise QuoteArchiveError(unknown)
    document = msgspec.structs.replace(
        document,
        title=" ".join(document.title.split()) if "\n" in document.title else document.title,
        **{field.name: read_date(getattr(document, field.name)) for field in _DATES},
    )
    return _with_text(document) if isinstance(document, Document) else document


def _with_text(document: Document) -> Document:
    text = canonical(document.text)
    if not text.strip():
        raise EmptyTextError
    return msgspec.structs.replace(
        document, text=text, sha256=sha256_of(text), characters=len(text), segments=sound(document.segments, text)
    )
