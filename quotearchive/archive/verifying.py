"""Check that every quote is its document's own words, and every text and source what it was.

An archive that somebody edited by hand is read as far as it can be, and what they did is told: each change of
the history sealed the records that it left, so any other hand shows, down to a flipped bit.
"""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from quotearchive.anchoring.checking import DocumentCheck, State, Verification, check_quote
from quotearchive.errors import DamagedArchiveError, NotUnicodeError
from quotearchive.model import Document, Quote, Speaker, Topic, links
from quotearchive.store import Identity, Recorded, Snapshot, Store, invariants
from quotearchive.store.encoding import decode_record, encode
from quotearchive.store.history import Place, digest, seal
from quotearchive.store.invariants import Touched
from quotearchive.store.layout import is_laid_out
from quotearchive.store.snapshots import SELF, Link, Relation

#: Bytes of a source that are read at a time.
_PIECE: Final = 2**20


def verify(store: Store) -> Verification:
    """Check an archive; nothing is changed.

    Raises:
        ArchiveError: It can't be read at all.
    """
    snapshot = store.read()
    problems: list[str] = []
    documents = dict(_readable(snapshot, Document, problems))
    quotes = dict(_readable(snapshot, Quote, problems))
    for kind in (Recorded, Speaker, Topic):
        list(_readable(snapshot, kind, problems))
    problems += _broken(documents, quotes)
    left = _left(snapshot, problems)
    problems += _other_layout(store) if left else ()
    return Verification(
        quotes=tuple(check_quote(quote, documents.get(quote.document)) for quote in quotes.values()),
        documents=tuple(_check_document(each, store.path.parent) for each in documents.values()),
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


def _check_document(document: Document, folder: Path) -> DocumentCheck:
    return DocumentCheck(
        id=document.id,
        slug=document.slug,
        text=_check_text(document),
        source=_check_source(document, folder),
        path=document.source,
    )


def _check_text(document: Document) -> State:
    if not document.sha256:
        return State.UNKNOWN
    return State.SAME if invariants.sha256_of(document.text) == document.sha256 else State.CHANGED


def _check_source(document: Document, folder: Path) -> State:
    if not document.source or not document.source_sha256:
        return State.UNKNOWN
    try:
        with (folder / document.source).open("rb") as file:
            digest = hashlib.sha256()
            while piece := file.read(_PIECE):
                digest.update(piece)
    except (OSError, ValueError):
        return State.GONE
    return State.SAME if digest.hexdigest() == document.source_sha256 else State.CHANGED


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
    """Yield the records and tables that came, went or changed since the history left them."""
    gone = dict(left)
    for place, raw in snapshot.sealable():
        before, (found, is_as_written) = gone.pop(place, None), _look_at(raw, snapshot.path)
        if found != before:
            yield f"{_called(place)} was {'put in' if before is None else 'changed'} by hand"
        elif not is_as_written:
            yield f"{_called(place)} is not laid out as it was written"
    yield from (f"{_called(place)} was taken out by hand" for place in gone)
    yield from (f"table {name} was put in by hand" for name in snapshot.names if name not in snapshot.noted_names)
    yield from (f"table {name} was taken out by hand" for name in snapshot.noted_names if name not in snapshot.names)


def _look_at(raw: msgspec.Raw, path: Path) -> tuple[str, bool]:
    """Return a record's digest, empty if it can't be read, and whether it is laid out as it was written."""
    try:
        record = decode_record(raw, path)
        return digest(record), encode(record) == bytes(raw)
    except (DamagedArchiveError, NotUnicodeError):
        return "", False


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
        change = decode_record(past[number], snapshot.path)
        found = str(change.get("seal", ""))
        if (found or before) and (found != seal(change, before) or encode(change) != bytes(past[number])):
            yield f"change {number} of the history was changed by hand"
        before = found


def _other_layout(store: Store) -> Iterator[str]:
    """Yield whether the file is laid out otherwise than it was written, though its records may be the same."""
    if not is_laid_out(store.content(), store.path):
        yield "the file is not laid out as it was written"
