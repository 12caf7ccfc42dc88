"""Verification: every quote is its document's own words, and every text, source and original is unchanged.

An archive that was edited by hand is read as far as it can be, and the edits are reported: each change in the
history sealed the records that it left, so any other edit shows, down to a flipped bit.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from quotearchive.anchoring.checks import DocumentCheck, State, Verification, check_quote
from quotearchive.archive.archive import Archive
from quotearchive.archive.originals import check_original, referred
from quotearchive.archive.sources import added_here, check_source
from quotearchive.errors import DamagedArchiveError
from quotearchive.model import Document, Quote, Speaker, Topic
from quotearchive.store import Identity, RecordedChange, Snapshot, invariants
from quotearchive.store.history import Place
from quotearchive.store.invariants import Touched
from quotearchive.store.lines import is_laid_out
from quotearchive.store.seals import Altered, altered_changes, altered_records
from quotearchive.store.snapshots import KINDS, SELF
from quotearchive.text import sha256_of


def verify(archive: Archive, *, anywhere: bool = False) -> Verification:
    """Check an archive; nothing is changed.

    Args:
        archive: The archive.
        anywhere: Whether sources are opened wherever they are.

    Raises:
        ArchiveError: It can't be read at all.
    """
    snapshot = archive.read()
    problems: list[str] = []
    values: dict[type, dict[int, Any]] = {kind: dict(_readable(snapshot, kind, problems)) for kind in KINDS}
    documents, quotes = values[Document], values[Quote]
    changes = dict(_readable(snapshot, RecordedChange, problems)).values()
    added, originals = added_here(changes), dict[str, State]()
    known = referred(documents.values(), changes)
    problems += _Readable(snapshot.path, values).broken()
    problems += _by_hand(snapshot)
    problems += _other_layout(archive) if snapshot.own.tables else ()
    return Verification(
        quotes=tuple(check_quote(quote, documents.get(quote.document)) for quote in quotes.values()),
        documents=tuple(
            DocumentCheck(
                id=each.id,
                slug=each.slug,
                text=_check_text(each),
                source=check_source(each, archive.real_path.parent, added, anywhere=anywhere),
                path=each.source,
                original=check_original(each, archive.originals, originals),
                is_recognised=bool(each.original and each.original.recognised),
            )
            for each in documents.values()
        ),
        problems=tuple(problems),
        is_sealed=bool(snapshot.own.tables),
        unreferenced=tuple(path.name for sha256, path in archive.originals.listed() if sha256 not in known),
    )


def _readable(snapshot: Snapshot, kind: type[Any], problems: list[str]) -> Iterator[tuple[int, Any]]:
    """Yield a table's values by number, and note what can't be read."""
    for number, value in snapshot.read_each(kind):
        if isinstance(value, DamagedArchiveError):
            problems.append(f"{value.location}: {value.found}")
        else:
            yield int(number), value


def _check_text(document: Document) -> State:
    if not document.sha256:
        return State.UNKNOWN
    return State.SAME if sha256_of(document.text) == document.sha256 else State.CHANGED


class _Readable(Snapshot):
    """What can be read of an archive; words and texts have checks of their own, and are not checked again.

    Args:
        path: The archive's file.
        values: The values of each kind, by number.
    """

    def __init__(self, path: Path, values: Mapping[type, Mapping[int, Any]]) -> None:
        super().__init__(path, {})
        self._values = values

    def find_document(self, number: int) -> Document | None:
        document = self._values[Document].get(number)
        return document and msgspec.structs.replace(document, sha256="", characters=0)

    def find_quote(self, number: int) -> Quote | None:
        quote = self._values[Quote].get(number)
        return quote and msgspec.structs.replace(quote, missing=True)

    def identities(self) -> dict[int, Identity]:
        return {number: Identity(slug=each.slug) for number, each in self._values[Document].items()}

    def speakers(self) -> Iterator[Speaker]:
        yield from self._values[Speaker].values()

    def topics(self) -> Iterator[Topic]:
        yield from self._values[Topic].values()

    def broken(self) -> list[str]:
        """Return the invariants that the archive breaks."""
        numbers = {f"{kind.__name__.lower()}s": frozenset(values) for kind, values in self._values.items()}
        return invariants.broken(self, Touched(**numbers))


def _by_hand(snapshot: Snapshot) -> Iterator[str]:
    """Yield the records that are not as the history left them."""
    try:
        for number, is_there in altered_changes(snapshot).items():
            what = "of the history was changed" if is_there else "was removed from the history"
            yield f"change {number} {what} by hand"
        for altered in altered_records(snapshot):
            yield f"{_called(altered.place)} was {_done(altered)} by hand"
    except DamagedArchiveError as error:
        yield f"{error.location}: {error.found}"
    found, noted = set(snapshot.names), set(snapshot.own.tables)
    for name in sorted(found ^ noted) if noted else ():
        yield f"table {name} was {'added' if name in found else 'removed'} by hand"


def _done(altered: Altered) -> str:
    return "removed" if not altered.is_there else "changed" if altered.was_left else "added"


def _called(place: Place) -> str:
    name, number = place
    return "the archive's own record" if name == SELF else f"{name.removesuffix('s')} {number}"


def _other_layout(archive: Archive) -> Iterator[str]:
    """Yield a sentence if the file is laid out differently than it was written, though its records may be the same."""
    if not is_laid_out(archive.file.content(), archive.real_path):
        yield "the file is not laid out as it was written"
