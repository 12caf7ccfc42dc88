"""The merge of two archives: the same documents once, the same quotes once, speakers by any of their names.

Documents are the same if their texts are; quotes, if they are the same words of the same document; speakers,
if they share a name. Values that only one side has are kept. Where both have different values for a field, one
has to be chosen. Merging twice changes nothing, and whichever archive is merged into the other, the
result is the same but for numbers and slugs, if the same choices are made.
"""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.originals import Keeper, keeping
from quotearchive.archive.same_words import by_words, united
from quotearchive.archive.speakers import rewrite
from quotearchive.archive.topics import Tree
from quotearchive.archive.values import FieldValues, fill, renumbered
from quotearchive.errors import QuoteArchiveError, UsageError, excerpt
from quotearchive.fields import Kind, fields_of, filled_of
from quotearchive.model import Change, Document, Original, Quote, Speaker, Topic, is_within_itself, outward
from quotearchive.names import key
from quotearchive.names.topics import topic_key
from quotearchive.store import Snapshot, Transaction
from quotearchive.store.originals import OriginalFiles, is_sha256
from quotearchive.text import counted, is_slug, sha256_of, slugify

#: Fields that both sides may know, by what they are of.
_FIELDS: Final[Mapping[type[msgspec.Struct], tuple[str, ...]]] = {
    **{of: tuple(field.name for field in filled_of(of)) for of in (Document, Quote)},
    Speaker: ("name", *(field.name for field in filled_of(Speaker))),
    Topic: ("description",),
}

_Value = TypeVar("_Value", Document, Quote, Speaker, Topic)


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field for which the two archives have different values.

    Attributes:
        of: The document, quote or speaker it belongs to, as a user names it.
        field: Its name.
        ours: The value in the archive that is merged into.
        theirs: The value in the other one.
    """

    of: str
    field: str
    ours: str
    theirs: str


class ConflictsError(QuoteArchiveError):
    """Two archives know something else of the same fields, and nobody said which is right."""

    #: How many of them the message lists.
    SHOWN: Final = 20

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        lines = [
            f"  {each.of}, {each.field}: ours {excerpt(each.ours)}, theirs {excerpt(each.theirs)}"
            for each in conflicts[: self.SHOWN]
        ]
        lines += [f"  and {len(conflicts) - self.SHOWN} more"] if len(conflicts) > self.SHOWN else []
        sentence = f"The archives conflict in {counted(len(conflicts), 'field')}. Nothing was changed:"
        super().__init__("\n".join([sentence, *lines]))


#: Decides whether to take theirs.
Choose = Callable[[Conflict], bool]


class Merged(msgspec.Struct, kw_only=True):
    """The effect of a merge.

    Attributes:
        documents: How many were added.
        quotes: How many were added.
        speakers: How many records were added.
        topics: How many records were added.
        changed: How many records got values from the other side.
        conflicts: Fields for which both had different values, in the order in which they were met.
        remarks: Sentences that the user should read.
    """

    documents: int = 0
    quotes: int = 0
    speakers: int = 0
    topics: int = 0
    changed: int = 0
    conflicts: list[Conflict] = msgspec.field(default_factory=list)
    remarks: list[str] = msgspec.field(default_factory=list)


def plan(archive: Archive, other: Path, *, change: Change, choose: Choose = lambda _: False) -> Merged:
    """Plan a merge, without changing anything.

    Raises:
        UsageError: The other archive is this one.
        ArchiveError: One of them can't be read.
    """
    with (
        archive.transaction(change, create=True) as transaction,
        keeping(archive, transaction, is_tried=True) as keeper,
    ):
        planned = _merged(transaction, _opened(archive, other), choose, keeper)
        transaction.discard()
    return planned


def merge(archive: Archive, other: Path, *, change: Change, choose: Choose | None) -> Merged:
    """Merge another archive into this one, in one write.

    Args:
        archive: The archive that is merged into.
        other: The file of the other one, which stays as it is.
        change: The command, for the history.
        choose: Decides for each conflict whether to take theirs; None if nobody decides.

    Raises:
        ConflictsError: There are conflicts, and nobody decides.
        UsageError: The other archive is this one.
        ArchiveError: One of them can't be read or written.
    """
    with archive.transaction(change, create=True) as transaction, keeping(archive, transaction) as keeper:
        merged = _merged(transaction, _opened(archive, other), choose or (lambda _: False), keeper)
        if merged.conflicts and choose is None:
            raise ConflictsError(merged.conflicts)
    return merged


def _opened(archive: Archive, other: Path) -> Snapshot:
    opened = Archive(other)
    if opened.real_path == archive.real_path:
        same = f"{shlex.quote(str(other))} is this archive. Name another one."
        raise UsageError(same)
    return opened.read()


def _merged(transaction: Transaction, other: Snapshot, choose: Choose, keeper: Keeper) -> Merged:
    merger = _Merger(transaction, other, choose, keeper)
    merger.take_speakers()
    merger.take_topics()
    merger.take_documents()
    merger.take_quotes()
    return merger.merged


class _Merger:
    """One merge. Theirs are brought into our terms first: our numbers, names and spellings."""

    def __init__(self, ours: Transaction, theirs: Snapshot, choose: Choose, keeper: Keeper) -> None:
        self.merged = Merged()
        self._ours = ours
        self._theirs = theirs
        self._choose = choose
        self._keeper = keeper
        self._originals = OriginalFiles(theirs.path)
        self._documents: dict[int, int] = {}
        self._quotes: dict[int, int] = {}
        self._altered: set[int] = set()

    def take_speakers(self) -> None:
        """Join records that share a name, on either side, and copy the rest."""
        ours = tuple(self._ours.speakers())
        for circle in _circles((*ours, *self._theirs.speakers())):
            mine = [speaker for speaker in circle if speaker in ours]
            kept = mine[0] if mine else msgspec.structs.replace(circle[0], id=0)
            joined = kept
            for speaker in circle:
                joined = self._filled(joined, speaker, f"speaker {kept.name}")
            spellings = {key(name): name for each in (joined, kept, *circle) for name in reversed(each.names)}
            spellings.pop(key(joined.name), None)
            has_all = {key(name) for name in kept.names} == {key(joined.name), *spellings}
            if not has_all:
                joined = msgspec.structs.replace(joined, aliases=tuple(sorted(spellings.values())))
            self._settle(kept, joined, [each for each in mine if each != kept])

    def _settle(self, kept: Speaker, joined: Speaker, others: Sequence[Speaker]) -> None:
        for other in others:
            self._ours.remove(other)
            self.merged.remarks.append(f"{other.name} and {joined.name} are one speaker now, as in the other archive.")
        if not kept.id:
            number = self._ours.add(joined)
            self.merged.speakers += 1
            rewrite(self._ours, msgspec.structs.replace(joined, id=number), joined.modified)
        elif self._put(kept, joined) or others:
            rewrite(self._ours, joined, joined.modified)

    def take_topics(self) -> None:
        """Copy descriptions of topics."""
        tree = Tree(self._ours)
        known = {topic_key(path): topic for path, topic in tree.records.items()}
        for topic in self._theirs.topics():
            mine = known.get(topic_key(topic.path))
            if mine:
                self._put(mine, self._filled(mine, topic, f"topic {mine.path}"))
            else:
                new = msgspec.structs.replace(topic, id=0, path=tree.spell(topic.path))
                known[topic_key(topic.path)] = msgspec.structs.replace(new, id=self._ours.add(new))
                self.merged.topics += 1

    def take_documents(self) -> None:
        """Copy documents whose text is new; then fill in fields, which may refer to further documents."""
        known = {identity.sha256: number for number, identity in self._ours.identities().items()}
        ours = frozenset(known.values())
        slugs = {identity.slug for identity in self._ours.identities().values()}
        theirs = [(sha256_of(each.text), each) for each in self._theirs.documents() if self._is_genuine(each)]
        for sha256, document in theirs:
            if sha256 not in known:
                is_usable = is_slug(document.slug) and document.slug not in slugs
                slug = document.slug if is_usable else slugify(document.title, slugs)
                slugs.add(slug)
                new = msgspec.structs.replace(
                    document,
                    id=0,
                    slug=slug,
                    sha256=sha256,
                    original=self._taken_over(document),
                    **self._values.spelled(Document, document),
                    **renumbered(document, lambda _: None),
                )
                known[sha256] = self._ours.add(new)
                self.merged.documents += 1
            self._documents[document.id] = known[sha256]
        for _, document in theirs:
            self._fill_document(document, is_ours=self._documents[document.id] in ours)

    def _is_genuine(self, document: Document) -> bool:
        """Check a text against its SHA-256; one that was altered stays out."""
        is_genuine = document.sha256 in {"", sha256_of(document.text)}
        if not is_genuine:
            self._altered.add(document.id)
            told = f"The text of {document.slug} in the other archive does not match its SHA-256"
            self.merged.remarks.append(
                f"{told}; it was left out, with its quotes. Check it there with: quotearchive verify"
            )
        return is_genuine

    def _fill_document(self, document: Document, *, is_ours: bool) -> None:
        mine = self._ours.find_document(self._documents[document.id])
        if mine is None:
            return
        others = {number: here for number, here in self._documents.items() if here != mine.id}
        theirs = msgspec.structs.replace(
            document,
            **self._values.spelled(Document, document),
            **renumbered(document, others.get),
        )
        filled = self._filled(mine, theirs, mine.slug)
        self._put(mine, self._with_original(filled, document) if is_ours else filled)

    def _taken_over(self, document: Document) -> Original | None:
        """Return the original of one of their documents as we have it: kept, if its bytes could be had."""
        original = document.original
        if original is None or not is_sha256(original.sha256):
            return None
        taken = self._keeper.take_over(original, self._originals)
        if original.kept and self._keeper.is_wanted and not taken.kept:
            self.merged.remarks.append(
                f"The original of {document.slug}, {original.name}, isn't as it was in {self._originals.folder};"
                " it isn't kept here."
            )
        return taken

    def _with_original(self, mine: Document, document: Document) -> Document:
        """Take their original of a document where we keep none; both have the same text."""
        theirs = document.original
        if (mine.original and mine.original.kept) or not theirs or not (theirs.kept and self._keeper.is_wanted):
            return mine
        taken = self._taken_over(document)
        return msgspec.structs.replace(mine, original=taken) if taken and taken.kept else mine

    @cached_property
    def _values(self) -> FieldValues:
        """Our spellings; made once, after speakers and topics were copied."""
        return FieldValues(self._ours)

    def take_quotes(self) -> None:
        """Copy quotes, outer ones before those that are said in them."""
        groups = by_words(self._ours.quotes())
        texts = {each.id: each.text for each in self._theirs.documents() if each.id in self._documents}
        sound = [quote for quote in self._theirs.quotes() if self._is_sound(quote, texts)]
        theirs = {
            quote.id: msgspec.structs.replace(
                quote,
                document=self._documents[quote.document],
                **self._values.spelled(Quote, quote),
            )
            for quote in sound
        }
        for place, quotes in by_words(theirs.values()).items():
            for quote, mine in _paired(quotes, groups.get(place, ())):
                self._quotes[quote.id] = mine.id if mine else 0
        for quote in sorted(theirs.values(), key=lambda each: (len(list(outward(each, theirs.get))), each.id)):
            self._take_quote(msgspec.structs.replace(quote, within=self._outer(quote)))

    def _outer(self, quote: Quote) -> int | None:
        """Return the number here of the quote that one is said within; None if that does not hold its words."""
        outer = self._ours.find_quote(self._quotes.get(quote.within or 0, 0))
        if quote.within is not None and not (outer and outer.may_hold(quote)):
            told = f"Quote {quote.id} of the other archive is within quote {quote.within}, which does not contain it"
            self.merged.remarks.append(f"{told}; it is a quote of its own now.")
            return None
        return outer.id if outer else None

    def _take_quote(self, quote: Quote) -> None:
        mine = self._ours.find_quote(self._quotes[quote.id])
        if mine is None:
            self._quotes[quote.id] = self._ours.add(msgspec.structs.replace(quote, id=0))
            self.merged.quotes += 1
            return
        filled = self._filled(mine, quote, f"quote {mine.id}")
        if is_within_itself(filled, self._ours.find_quote):
            filled = msgspec.structs.replace(filled, within=mine.within)
        self._put(mine, msgspec.structs.replace(filled, **united((mine, quote))))

    def _is_sound(self, quote: Quote, texts: Mapping[int, str]) -> bool:
        """Check that a quote is its document's own words, or marked as missing; what is neither stays out."""
        text = texts.get(quote.document)
        if quote.document in self._altered:
            return False
        if text is not None and (quote.missing or quote.stands_in(text)):
            return True
        self.merged.remarks.append(
            f"Quote {quote.id} of the other archive is not its document's own words; it was left out."
        )
        return False

    def _filled(self, mine: _Value, theirs: _Value, name: str) -> _Value:
        """Fill in values that we lack, and choose where the two sides differ."""
        taken, differing = fill(mine, theirs, _FIELDS[type(mine)])
        for field in differing:
            if self._takes_theirs(name, field, getattr(mine, field), getattr(theirs, field)):
                taken[field] = getattr(theirs, field)
        for date in fields_of(Document, Kind.DATE):
            if date.words and date.name in taken:
                taken[date.words] = getattr(theirs, date.words)
        return msgspec.structs.replace(mine, **taken)

    def _takes_theirs(self, name: str, field: str, ours: object, theirs: object) -> bool:
        conflict = Conflict(of=name, field=field, ours=_shown(ours), theirs=_shown(theirs))
        if conflict not in self.merged.conflicts:
            self.merged.conflicts.append(conflict)
        return self._choose(conflict)

    def _put(self, before: _Value, after: _Value) -> bool:
        if before == after:
            return False
        self._ours.put(after)
        self.merged.changed += 1
        return True


def _circles(speakers: Sequence[Speaker]) -> list[list[Speaker]]:
    """Gather speakers who share a name, directly or through others."""
    owners: dict[str, int] = {}
    circles: dict[int, list[Speaker]] = {}
    for place, speaker in enumerate(speakers):
        met = sorted({owners[key(name)] for name in speaker.names if key(name) in owners})
        home = met[0] if met else place
        circles[home] = [each for other in met for each in circles.pop(other)] + [speaker]
        owners |= {key(name): home for each in circles[home] for name in each.names}
    return list(circles.values())


def _paired(theirs: Sequence[Quote], ours: Sequence[Quote]) -> Iterator[tuple[Quote, Quote | None]]:
    """Pair quotes of the same words: by speaker, and the one that is left on each side."""
    free = list(ours)
    left = []
    for quote in theirs:
        same = next((mine for mine in free if mine.speaker == quote.speaker), None)
        if same is None:
            left.append(quote)
        else:
            free.remove(same)
            yield quote, same
    for quote in left:
        yield quote, free[0] if len(left) == len(free) == 1 else None


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
