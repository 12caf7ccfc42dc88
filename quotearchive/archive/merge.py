"""Make two archives one: the same documents once, the same quotes once, speakers by any of their names.

Documents are the same if their texts are; quotes, if they are the same words of the same document; speakers,
if they share a name. What only one side knows is taken over. Where both know something else of one field, a
choice has to be made. Merging twice changes nothing, and whichever archive is merged into the other, the
result is the same but for numbers and slugs, if the same choices are made.
"""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import ConflictsError, MergedWithItselfError
from quotearchive.archive.people import SpeakerNames
from quotearchive.archive.speakers import rewrite
from quotearchive.archive.topics import Tree
from quotearchive.model import Change, Document, Quote, Speaker, Topic, is_within_itself
from quotearchive.names import key
from quotearchive.names.topics import topic_key
from quotearchive.store import Snapshot, Transaction
from quotearchive.text import is_slug, sha256_of, slugify

#: Fields of a document that both sides may know; a date and its words go together.
_DOCUMENT_FIELDS: Final = (
    *("kind", "title", "authors", "recipients", "date", "place", "received", "destination", "signatories"),
    *("signatory_count", "replies_to", "encloses", "publisher", "url", "language"),
)
_QUOTE_FIELDS: Final = ("speaker", "role", "to", "said", "note", "within")
_SPEAKER_FIELDS: Final = ("name", "role", "note", "wikidata", "viaf", "gnd")

#: What a document is called that nobody has said anything of.
_UNKNOWN_KIND: Final = "other"

_Value = TypeVar("_Value", Document, Quote, Speaker, Topic)


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field of which both archives know something else.

    Attributes:
        of: What it is a field of, as a user names it.
        field: Its name.
        ours: What the archive has that is merged into.
        theirs: What the other has.
    """

    of: str
    field: str
    ours: str
    theirs: str


#: Says whether to take theirs.
Choose = Callable[[Conflict], bool]


class Merged(msgspec.Struct, kw_only=True):
    """What a merge did, or would do.

    Attributes:
        documents: How many were added.
        quotes: How many were added.
        speakers: How many records were added.
        topics: How many records were added.
        changed: How many records got something from the other side.
        conflicts: Fields of which both knew something else, in the order in which they were met.
        remarks: Sentences that the user should read.
    """

    documents: int = 0
    quotes: int = 0
    speakers: int = 0
    topics: int = 0
    changed: int = 0
    conflicts: list[Conflict] = msgspec.field(default_factory=list)
    remarks: list[str] = msgspec.field(default_factory=list)


class _RehearsalOverError(Exception):
    """Ends a transaction that must not be written."""


def rehearse(archive: Archive, other: Path, *, change: Change, choose: Choose = lambda _: False) -> Merged:
    """Return what a merge would do, and change nothing.

    Raises:
        MergedWithItselfError: The other archive is this one.
        ArchiveError: One of them can't be read.
    """
    rehearsed = []
    with contextlib.suppress(_RehearsalOverError), archive.transaction(change, create=True) as transaction:
        rehearsed.append(_merged(transaction, _opened(archive, other), choose))
        raise _RehearsalOverError
    return rehearsed[0]


def merge(archive: Archive, other: Path, *, change: Change, choose: Choose | None) -> Merged:
    """Take all of another archive over, in one write.

    Args:
        archive: The archive that is merged into.
        other: The file of the other one, which stays as it is.
        change: The command, for the history.
        choose: Says of each conflict whether to take theirs; None if nobody says so.

    Raises:
        ConflictsError: There are conflicts, and nobody said what to do.
        MergedWithItselfError: The other archive is this one.
        ArchiveError: One of them can't be read or written.
    """
    with archive.transaction(change, create=True) as transaction:
        merged = _merged(transaction, _opened(archive, other), choose or (lambda _: False))
        if merged.conflicts and choose is None:
            raise ConflictsError([(each.of, each.field, each.ours, each.theirs) for each in merged.conflicts])
    return merged


def _opened(archive: Archive, other: Path) -> Snapshot:
    opened = Archive(other)
    if opened.real_path == archive.real_path:
        raise MergedWithItselfError(other)
    return opened.read()


def _merged(transaction: Transaction, other: Snapshot, choose: Choose) -> Merged:
    merger = _Merger(transaction, other, choose)
    merger.take_speakers()
    merger.take_topics()
    merger.take_documents()
    merger.take_quotes()
    return merger.merged


class _Merger:
    """One merge. Theirs are brought into our terms first: our numbers, names and spellings."""

    def __init__(self, ours: Transaction, theirs: Snapshot, choose: Choose) -> None:
        self.merged = Merged()
        self._ours = ours
        self._theirs = theirs
        self._choose = choose
        self._documents: dict[int, int] = {}
        self._quotes: dict[int, int] = {}
        self._altered: set[int] = set()

    def take_speakers(self) -> None:
        """Join records that share a name, on either side, and take over the others."""
        ours = tuple(self._ours.speakers())
        for circle in _circles((*ours, *self._theirs.speakers())):
            mine = [speaker for speaker in circle if speaker in ours]
            kept = mine[0] if mine else msgspec.structs.replace(circle[0], id=0)
            joined = kept
            for speaker in circle:
                joined = self._filled(joined, speaker, _SPEAKER_FIELDS, f"speaker {kept.name}")
            spellings = {key(name): name for each in (joined, kept, *circle) for name in reversed(each.names)}
            spellings.pop(key(joined.name), None)
            has_all = {key(name) for name in kept.names} == {key(joined.name), *spellings}
            if not has_all:
                joined = msgspec.structs.replace(joined, aliases=tuple(sorted(spellings.values())))
            self._settle(kept, joined, [each for each in mine if each != kept])

    def _settle(self, kept: Speaker, joined: Speaker, others: Sequence[Speaker]) -> None:
        for other in others:
            self._ours.remove(other)
            self.merged.remarks.append(f"{other.name} and {joined.name} are one now: the other archive says so.")
        if not kept.id:
            number = self._ours.add(joined)
            self.merged.speakers += 1
            rewrite(self._ours, msgspec.structs.replace(joined, id=number), joined.modified)
        elif self._put(kept, joined) or others:
            rewrite(self._ours, joined, joined.modified)

    def take_topics(self) -> None:
        """Take over descriptions of topics."""
        tree = Tree(self._ours)
        known = {topic_key(path): topic for path, topic in tree.records.items()}
        for topic in self._theirs.topics():
            mine = known.get(topic_key(topic.path))
            if mine:
                self._put(mine, self._filled(mine, topic, ("description",), f"topic {mine.path}"))
            else:
                new = msgspec.structs.replace(topic, id=0, path=tree.spell(topic.path))
                known[topic_key(topic.path)] = msgspec.structs.replace(new, id=self._ours.add(new))
                self.merged.topics += 1

    def take_documents(self) -> None:
        """Take over documents whose text is not here; then fill in what is known, which may name others."""
        known = {identity.sha256: number for number, identity in self._ours.identities().items()}
        slugs = {identity.slug for identity in self._ours.identities().values()}
        theirs = [(sha256_of(each.text), each) for each in self._theirs.documents() if self._is_genuine(each)]
        for sha256, document in theirs:
            if sha256 not in known:
                is_usable = is_slug(document.slug) and document.slug not in slugs
                slug = document.slug if is_usable else slugify(document.title, slugs)
                slugs.add(slug)
                new = self._renamed(msgspec.structs.replace(document, id=0, slug=slug, sha256=sha256))
                known[sha256] = self._ours.add(msgspec.structs.replace(new, replies_to=None, encloses=()))
                self.merged.documents += 1
            self._documents[document.id] = known[sha256]
        for _, document in theirs:
            self._fill_document(document)

    def _is_genuine(self, document: Document) -> bool:
        """Check a text against its SHA-256; one that was altered stays out."""
        is_genuine = document.sha256 in {"", sha256_of(document.text)}
        if not is_genuine:
            self._altered.add(document.id)
            told = f"The text of {document.slug} in the other archive does not match its SHA-256"
            self.merged.remarks.append(
                f"{told}; it is left out, with its quotes. Check it there with: quotearchive verify"
            )
        return is_genuine

    def _fill_document(self, document: Document) -> None:
        mine = self._ours.find_document(self._documents[document.id])
        if mine is None:
            return
        others = {number: here for number, here in self._documents.items() if here != mine.id}
        theirs = msgspec.structs.replace(
            self._renamed(document),
            replies_to=others.get(document.replies_to or 0),
            encloses=tuple(others[each] for each in document.encloses if each in others),
        )
        filled = self._filled(mine, theirs, _DOCUMENT_FIELDS, mine.slug)
        if filled.date != mine.date:
            filled = msgspec.structs.replace(filled, date_words=theirs.date_words)
        self._put(mine, filled)

    def _renamed(self, document: Document) -> Document:
        """Call people as we call them."""
        directory = self._directory
        people = {
            field: tuple(dict.fromkeys(filter(None, map(directory.resolve, getattr(document, field)))))
            for field in ("authors", "recipients", "signatories")
        }
        return msgspec.structs.replace(document, **people)

    @property
    def _directory(self) -> SpeakerNames:
        """Our names; made again after speakers were taken over, and once for all documents and quotes."""
        if not hasattr(self, "_names"):
            self._names = SpeakerNames(self._ours)
        return self._names

    def take_quotes(self) -> None:
        """Take over quotes, outer ones before those that are said in them."""
        directory, tree = self._directory, Tree(self._ours)
        groups = _groups(self._ours.quotes())
        texts = {each.id: each.text for each in self._theirs.documents() if each.id in self._documents}
        sound = [quote for quote in self._theirs.quotes() if self._is_sound(quote, texts)]
        theirs = {
            quote.id: msgspec.structs.replace(
                quote,
                document=self._documents[quote.document],
                speaker=directory.resolve(quote.speaker),
                to=directory.resolve(quote.to),
                topics=tree.spell_all(quote.topics),
            )
            for quote in sound
        }
        for place, quotes in _groups(theirs.values()).items():
            for quote, mine in _paired(quotes, groups.get(place, ())):
                self._quotes[quote.id] = mine.id if mine else 0
        for quote in _outer_first(theirs):
            self._take_quote(msgspec.structs.replace(quote, within=self._outer(quote)))

    def _outer(self, quote: Quote) -> int | None:
        """Return the number here of the quote that one is said within; None if that does not hold its words."""
        outer = self._ours.find_quote(self._quotes.get(quote.within or 0, 0))
        if quote.within is not None and not (outer and outer.may_hold(quote)):
            told = (
                f"Quote {quote.id} of the other archive is within quote {quote.within}, which does not hold its words"
            )
            self.merged.remarks.append(f"{told}; it stands by itself now.")
            return None
        return outer.id if outer else None

    def _take_quote(self, quote: Quote) -> None:
        mine = self._ours.find_quote(self._quotes[quote.id])
        if mine is None:
            self._quotes[quote.id] = self._ours.add(msgspec.structs.replace(quote, id=0))
            self.merged.quotes += 1
            return
        filled = self._filled(mine, quote, _QUOTE_FIELDS, f"quote {mine.id}")
        if is_within_itself(filled, self._ours.find_quote):
            filled = msgspec.structs.replace(filled, within=mine.within)
        topics = tuple(sorted({*mine.topics, *quote.topics}))
        self._put(mine, msgspec.structs.replace(filled, topics=topics))

    def _is_sound(self, quote: Quote, texts: Mapping[int, str]) -> bool:
        """Check that a quote is its document's own words, or marked as missing; what is neither stays out."""
        text = texts.get(quote.document)
        if quote.document in self._altered:
            return False
        if text is not None and (quote.missing or quote.stands_in(text)):
            return True
        self.merged.remarks.append(f"Quote {quote.id} of the other archive is not its document's words; left out.")
        return False

    def _filled(self, mine: _Value, theirs: _Value, fields: Iterable[str], name: str) -> _Value:
        """Take over what we don't know, and choose where both know something else."""
        taken: dict[str, Any] = {}
        for field in fields:
            ours, other = getattr(mine, field), getattr(theirs, field)
            if not _is_known(field, other) or ours == other:
                continue
            if not _is_known(field, ours) or self._takes_theirs(name, field, ours, other):
                taken[field] = other
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


_Place = tuple[int, tuple[tuple[int, int], ...]]


def _groups(quotes: Iterable[Quote]) -> dict[_Place, list[Quote]]:
    """Gather quotes of the same words."""
    groups: dict[_Place, list[Quote]] = defaultdict(list)
    for quote in quotes:
        spans = tuple((passage.start, passage.end) for passage in quote.passages)
        groups[quote.document, spans].append(quote)
    return groups


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


def _outer_first(quotes: Mapping[int, Quote]) -> list[Quote]:
    """Order quotes so that each comes behind the one it is said in."""

    def depth(quote: Quote) -> int:
        seen: set[int] = set()
        while quote.within is not None and quote.within in quotes and quote.id not in seen:
            seen.add(quote.id)
            quote = quotes[quote.within]
        return len(seen)

    return sorted(quotes.values(), key=lambda quote: (depth(quote), quote.id))


def _is_known(field: str, value: object) -> bool:
    return value not in {None, "", ()} and not (field == "kind" and value == _UNKNOWN_KIND)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
