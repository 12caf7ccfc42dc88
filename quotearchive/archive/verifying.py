"""Check that every quote is its document's own words, and every text and source what it was.

An archive that somebody edited by hand is read as far as it can be, and what they did is told: each change of
the history sealed the records that it left, so any other hand shows, down to a flipped bit.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec

from quotearchive.anchoring.checking import DocumentCheck, State, Verification, check_quote
from quotearchive.archive.sources import added_here, check_source
from quotearchive.errors import ArchiveError, DamagedArchiveError, NotUnicodeError
from quotearchive.model import Document, Quote, Speaker, Topic, links
from quotearchive.store import Identity, Recorded, Snapshot, Store, invariants
from quotearchive.store.encoding import decode_record
from quotearchive.store.history import Place, digest, seal
from quotearchive.store.invariants import Touched
from quotearchive.store.layout import foreign_line
from quotearchive.store.records import order
from quotearchive.store.snapshots import SELF, Link, Relation


def verify(store: Store, *, anywhere: bool = False) -> Verification:
    """Check an archive; nothing is changed.

    Args:
        store: The archive.
        anywhere: Whether sources are opened wherever they are.

    Raises:
        ArchiveError: It can't be read at all.
    """
    snapshot = store.read()
    problems: list[str] = []
    documents = dict(_readable(snapshot, Document, problems))
    quotes = dict(_readable(snapshot, Quote, problems))
    added = added_here(dict(_readable(snapshot, Recorded, problems)).values())
    for kind in (Speaker, Topic):
        list(_readable(snapshot, kind, problems))
    problems += _broken(documents, quotes)
    left = _left(snapshot, problems)
    problems += _other_layout(store) if left else ()
    return Verification(
        quotes=tuple(check_quote(quote, documents.get(quote.document)) for quote in quotes.values()),
        documents=tuple(
            _check_document(each, check_source(each, store.path.parent, added, anywhere=anywhere))
            for each in documents.values()
        ),
        problems=tuple(problems),
        is_sealed=bool(left),
    )


def _readable(snapshot: Snapshot, kind: type[Any], problems: list[str]) -> Iterator[tuple[int, Any]]:
    """Yield a table's values by number, and note what can't be read."""
    for number, value in snapshot.read_each(kind):
        if isinstance(value, DamagedArchiveError):
            problems.append(f"{value.spot}: {value.found}")
        else:
            yield int(number), value


def _check_document(document: Document, source: State) -> DocumentCheck:
    return DocumentCheck(
        id=document.id,
        slug=document.slug,
        text=_check_text(document),
        source=source,
        path=document.source,
    )


def _check_text(document: Document) -> State:
    if not document.sha256:
        return State.UNKNOWN
    return State.SAME if invariants.sha256_of(document.text) == document.sha256 else State.CHANGED


class _Readable(msgspec.Struct, frozen=True):
    """What can be read of an archive, as the invariants ask for it."""

    documents: Mapping[int, Document]
    quotes: Mapping[int, Quote]

    def find_document(self, number: int) -> Document | None:
        return self.documents.get(number)

    def find_quote(self, number: int) -> Quote | None:
        return self.quotes.get(number)

    def outward(self, quote: Quote) -> Iterator[Quote]:
        return islice(links(quote, self.quotes), 1, None)

    def identities(self) -> dict[int, Identity]:
        return {number: Identity(slug=each.slug) for number, each in self.documents.items()}

    def relations(self) -> dict[int, Relation]:
        return {}  # asked for only where a change takes documents away

    def links(self) -> dict[int, Link]:
        return {}  # asked for only where a change moves or takes away what quotes refer to


def _broken(documents: Mapping[int, Document], quotes: Mapping[int, Quote]) -> Iterator[str]:
    """Yield in which ways an archive is not as it must be; words and texts have checks of their own."""
    everything = Touched(
        documents=frozenset(documents), texts=frozenset(), quotes=frozenset(quotes), passages=frozenset()
    )
    wordless = {number: msgspec.structs.replace(each, missing=True) for number, each in quotes.items()}
    textless = {number: msgspec.structs.replace(each, sha256="", characters=0) for number, each in documents.items()}
    yield from invariants.broken(_Readable(textless, wordless), everything)


def _left(snapshot: Snapshot, problems: list[str]) -> Mapping[Place, str]:
    """Return the digests of records as the history left them, and note what is not as it left it."""
    try:
        problems += _altered_history(snapshot)
        left = snapshot.digests()
    except DamagedArchiveError as error:
        problems.append(f"{error.spot}: {error.found}")
        return {}
    if left:
        problems += _by_hand(snapshot, left)
    return left


def _by_hand(snapshot: Snapshot, left: Mapping[Place, str]) -> Iterator[str]:
    found = dict(_digests(snapshot))
    for place in sorted(left.keys() | found.keys(), key=lambda place: (place[0], order(place[1]))):
        if left.get(place) != found.get(place):
            yield f"{_called(place)} was {_done(place in left, place in found)} by hand"
    yield from (f"table {name} was put in by hand" for name in snapshot.names if name not in snapshot.noted_names)
    yield from (f"table {name} was taken out by hand" for name in snapshot.noted_names if name not in snapshot.names)


def _digests(snapshot: Snapshot) -> Iterator[tuple[Place, str]]:
    """Yield the digest of each record; an empty one for what can't be read."""
    for place, raw in snapshot.sealable():
        try:
            yield place, digest(decode_record(raw, snapshot.path))
        except DamagedArchiveError:
            yield place, ""


def _done(was_left: bool, is_found: bool) -> str:  # noqa: FBT001 - two facts of one kind
    return "changed" if was_left and is_found else "taken out" if was_left else "put in"


def _called(place: Place) -> str:
    name, number = place
    return "what the archive notes of itself" if name == SELF else f"{name.removesuffix('s')} {number}"


def _altered_history(snapshot: Snapshot) -> Iterator[str]:
    """Yield the changes that are not as they were written, and those that were taken out."""
    before, past = "", dict(sorted(snapshot.history_records()))
    for number in range(1, max(snapshot.last_given(Recorded), *past, 0) + 1):
        if number not in past:
            yield f"change {number} was taken out of the history by hand"
            continue
        found = str(past[number].get("seal", ""))
        if (found or before) and found != seal(past[number], before):
            yield f"change {number} of the history was changed by hand"
        before = found


def _other_layout(store: Store) -> Iterator[str]:
    """Yield where the file is laid out otherwise than it was written, though its records may be the same."""
    try:
        line = foreign_line(store.content(), store.path)
    except (ArchiveError, NotUnicodeError):
        return
    if line is not None:
        yield f"line {line} of the file is not laid out as it was written"
