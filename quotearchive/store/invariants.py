"""What holds of every archive, whatever the command: stated once here, and checked before a change is written.

1. The passages of a quote are its document's words at their offsets, in order and apart, or the quote is
   marked as missing.
2. A quote's document is in the archive. If it is said within another quote, that one is of the same
   document, holds its words, and is not itself said within it, however far out.
3. What a letter answers and encloses are other documents of the archive.
4. A document's text has the SHA-256 and the length that are noted of it.
5. A document's segments begin in its text, in their order, are of known kinds, and have labels of one line.
6. A document's slug can be typed, and no other document has it. No two speakers share a name or an alias, and no
   two topics a path, however these are spelled.
7. The original of a document is named by a SHA-256, so that nothing else is ever opened as one.

That every string is Unicode that JSON can carry is the eighth; `strict_json.encode` sees to it.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from quotearchive.anchoring.places import has_controls
from quotearchive.model import SEGMENT_KINDS, Document, Quote, is_within_itself
from quotearchive.names import key
from quotearchive.names.topics import topic_key
from quotearchive.store.history import BeforeAfter, Place
from quotearchive.store.originals import is_sha256
from quotearchive.store.snapshots import Snapshot
from quotearchive.text import is_slug, sha256_of


class Touched(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of what a change touched.

    Attributes:
        documents: Documents that it added, changed or removed.
        texts: Those of them whose text is another now, or gone.
        quotes: Quotes that it added, changed or removed.
        passages: Those of them whose passages are others now, or gone.
        speakers: Speakers that it added, changed or removed.
        topics: Topics that it added, changed or removed.
    """

    documents: frozenset[int] = frozenset()
    texts: frozenset[int] = frozenset()
    quotes: frozenset[int] = frozenset()
    passages: frozenset[int] = frozenset()
    speakers: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()


def touched(pairs: Mapping[Place, BeforeAfter]) -> Touched:
    """Return what a change touched, given what became of each record."""
    return Touched(
        documents=_numbers(pairs, "documents"),
        texts=_numbers(pairs, "documents", "text"),
        quotes=_numbers(pairs, "quotes"),
        passages=_numbers(pairs, "quotes", "passages"),
        speakers=_numbers(pairs, "speakers"),
        topics=_numbers(pairs, "topics"),
    )


def _numbers(pairs: Mapping[Place, BeforeAfter], table: str, field: str | None = None) -> frozenset[int]:
    """Return the numbers of a table's records; with a field, of those that had another value of it before."""
    return frozenset(
        int(number)
        for (name, number), (old, new) in pairs.items()
        if name == table and (field is None or (old is not None and old.get(field) != (new or {}).get(field)))
    )


def broken(archive: Snapshot, change: Touched) -> list[str]:
    """Return a sentence, without its full stop, for each way in which an archive is not as it must be.

    Args:
        archive: The archive as it is or would be.
        change: What was touched; only this, and what refers to it, is looked at.
    """
    return list(_Inspection(archive, change).sentences())


class Namesakes(msgspec.Struct, frozen=True):
    """Two of a kind that are called the same.

    Attributes:
        kind: What they are, in the plural.
        one: The number of one.
        other: The number of the other.
        name: What they are called.
    """

    kind: str
    one: int
    other: int
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.one} and {self.other} are both called {self.name}"


#: The number, the name, and the key by which it is compared.
_Name = tuple[int, str, str]


def namesakes(archive: Snapshot, change: Touched) -> Iterator[Namesakes]:
    """Yield the documents, speakers and topics that are called the same, where a change touched one of the two."""
    if change.documents:
        slugs = ((number, each.slug, each.slug) for number, each in archive.identities().items())
        yield from _namesakes("documents", slugs, change.documents)
    if change.speakers:
        names = ((each.id, name, key(name)) for each in archive.speakers() for name in each.names)
        yield from _namesakes("speakers", names, change.speakers)
    if change.topics:
        paths = ((each.id, each.path, topic_key(each.path)) for each in archive.topics())
        yield from _namesakes("topics", paths, change.topics)


def _namesakes(kind: str, names: Iterable[_Name], touched: frozenset[int]) -> Iterator[Namesakes]:
    known: dict[str, int] = {}
    for number, name, compared in names:
        other = known.get(compared, number)
        if compared and other != number and {number, other} & touched:
            yield Namesakes(kind, other, number, name)
        known[compared] = number


class _Inspection:
    """One look at what a change touched and at what refers to that."""

    def __init__(self, archive: Snapshot, change: Touched) -> None:
        self._archive = archive
        self._change = change
        self._document: Document | None = None
        self._known = archive.identities() if change.documents else {}

    def sentences(self) -> Iterator[str]:
        yield from map(str, namesakes(self._archive, self._change))
        for number in sorted(self._documents()):
            document = self._find_document(number)
            if document:
                yield from self._of_document(document)
        for number in sorted(self._quotes()):
            quote = self._archive.find_quote(number)
            if quote:
                yield from self._of_quote(quote)

    def _documents(self) -> frozenset[int]:
        """Return the touched documents and those that refer to one whose text is gone with it."""
        if not self._change.texts:
            return self._change.documents
        return self._change.documents | {
            number
            for number, each in self._known.items()
            if not self._change.texts.isdisjoint((each.replies_to, *each.encloses))
        }

    def _quotes(self) -> frozenset[int]:
        """Return the touched quotes, those of touched texts, and those within quotes that were moved."""
        if not (self._change.texts or self._change.passages):
            return self._change.quotes
        links = self._archive.links().items()
        return self._change.quotes | {
            number
            for number, link in links
            if link.document in self._change.texts or link.within in self._change.passages
        }

    def _find_document(self, number: int) -> Document | None:
        """Return a document; the last one is kept, since quotes of one document come one after another."""
        if self._document is None or self._document.id != number:
            self._document = self._archive.find_document(number)
        return self._document

    def _of_document(self, document: Document) -> Iterator[str]:
        if document.id in self._change.documents and not is_slug(document.slug):
            yield f"document {document.id} has a name that can't be typed, {document.slug}"
        if document.sha256 and document.sha256 != sha256_of(document.text):
            yield f"the text of {document.slug} does not match its SHA-256"
        if document.characters and document.characters != len(document.text):
            yield f"the text of {document.slug} does not have its recorded length"
        yield from _of_segments(document)
        if document.original and not is_sha256(document.original.sha256):
            yield f"the original of {document.slug} has no SHA-256"
        for verb, number in self._related(document):
            if number == document.id:
                yield f"{document.slug} {verb} itself"
            elif number not in self._known:
                yield f"{document.slug} {verb} document {number}, which is not in the archive"

    def _related(self, document: Document) -> Iterator[tuple[str, int]]:
        if document.replies_to is not None:
            yield "answers", document.replies_to
        yield from (("encloses", number) for number in document.encloses)

    def _of_quote(self, quote: Quote) -> Iterator[str]:
        document = self._find_document(quote.document)
        if document is None:
            yield f"quote {quote.id} is of document {quote.document}, which is not in the archive"
        elif not (quote.missing or quote.stands_in(document.text)):
            yield f"quote {quote.id} is not the words of {document.slug}"
        if quote.within is not None:
            yield from self._of_inner(quote, self._archive.find_quote(quote.within))

    def _of_inner(self, quote: Quote, outer: Quote | None) -> Iterator[str]:
        if outer is None:
            yield f"quote {quote.id} is within quote {quote.within}, which is not in the archive"
        elif not outer.may_hold(quote):
            yield f"quote {quote.id} is within quote {outer.id}, which does not contain its words"
        elif is_within_itself(quote, self._archive.find_quote):
            yield f"quote {quote.id} is within itself"


def _of_segments(document: Document) -> Iterator[str]:
    starts = [segment.start for segment in document.segments]
    if starts != sorted(starts):
        yield f"the segments of {document.slug} are out of order"
    if starts and not 0 <= min(starts) <= max(starts) <= len(document.text):
        yield f"a segment of {document.slug} does not begin in its text"
    for kind in sorted({segment.kind for segment in document.segments} - set(SEGMENT_KINDS)):
        yield f"a segment of {document.slug} is of an unknown kind, {kind}"
    for segment in document.segments:
        if has_controls(segment.label):
            yield f"a label of a segment of {document.slug} has more than one line, or a control character"
            break
