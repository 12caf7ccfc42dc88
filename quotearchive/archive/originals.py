"""The keeping of originals: the files that documents are read from, beside the archive."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path, PurePath
from typing import Final

import msgspec

from quotearchive.anchoring.checks import State
from quotearchive.archive.archive import Archive
from quotearchive.archive.sources import added_here, find_source
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change, Description, Document, Original
from quotearchive.readers import FORMATS
from quotearchive.store import RecordedChange, Transaction
from quotearchive.store.originals import Intake, OriginalFiles
from quotearchive.store.snapshots import TABLES

_DOCUMENTS: Final = TABLES[Document]


class Keeper:
    """Keeps the originals of the documents of one transaction, if they are to be kept.

    Args:
        originals: Those that are kept.
        intake: Takes further ones; None if it is only tried what would be kept.
        is_wanted: Whether originals are kept.

    Attributes:
        is_wanted: Whether originals are kept.
    """

    def __init__(self, originals: OriginalFiles, intake: Intake | None, *, is_wanted: bool) -> None:
        self.is_wanted = is_wanted
        self._originals = originals
        self._intake = intake
        self._there: dict[str, bool] = {}

    def has(self, sha256: str) -> bool:
        """Check whether an original is there as it was."""
        if self._intake is not None and self._intake.has(sha256):
            return True
        if sha256 not in self._there:  # a mailbox is the original of many documents
            self._there[sha256] = self._originals.digest(sha256) == sha256
        return self._there[sha256]

    def keep(self, original: Original, pieces: Iterable[bytes]) -> Original:
        """Keep an original, and return it with whether it is kept.

        Args:
            original: What is known of it.
            pieces: Its bytes. If they have another hash, it is not kept.
        """
        is_kept = self.is_wanted and (
            self._intake is None or self._intake.put(original.sha256, suffix_of(original), pieces)
        )
        return msgspec.structs.replace(original, kept=is_kept)

    def take_over(self, original: Original, others: OriginalFiles) -> Original:
        """Keep an original that another archive keeps, if it is there as it was; see `keep`."""
        if not original.kept:
            return original
        if self.is_wanted and self._intake is None:
            is_there = self.has(original.sha256) or others.digest(original.sha256) == original.sha256
            return msgspec.structs.replace(original, kept=is_there)
        path = others.find(original.sha256)
        return self.keep(original, _pieces(others, path) if path else ())


@contextlib.contextmanager
def keeping(
    archive: Archive, transaction: Transaction, *, wish: bool | None = None, is_tried: bool = False
) -> Iterator[Keeper]:
    """Let the block keep originals; they are on the disk when it ends, before the archive is written.

    Args:
        archive: The archive.
        transaction: The transaction in which documents come to it.
        wish: Whether to keep them; None to do as the archive's own record says.
        is_tried: Whether nothing is written, but what would be kept is found out.

    Raises:
        ForeignFolderError: What has the name of the folder for originals is none.
        OriginalsUnwritableError: An original can't be written.
    """
    is_wanted = transaction.own.keeps_originals if wish is None else wish
    if is_tried:
        yield Keeper(archive.originals, None, is_wanted=is_wanted)
        return
    with archive.originals.filling() as intake:
        yield Keeper(archive.originals, intake, is_wanted=is_wanted)


def check_original(document: Description, originals: OriginalFiles, known: dict[str, State]) -> State:
    """Check the original of a document.

    Args:
        document: The document.
        originals: What is kept.
        known: What was checked before, by hash; a mailbox is the original of many documents.
    """
    original = document.original
    if original is None:
        return State.UNKNOWN
    if not original.kept:
        return State.NOT_KEPT
    if original.sha256 not in known:
        found = originals.digest(original.sha256)
        known[original.sha256] = _state(found, original.sha256)
    return known[original.sha256]


def _state(found: str | None, sha256: str) -> State:
    if found is None:
        return State.GONE
    return State.SAME if found == sha256 else State.CHANGED


class ListedOriginal(msgspec.Struct, frozen=True, kw_only=True):
    """The original of one document or of several.

    Attributes:
        original: What is known of it.
        documents: The slugs of the documents that were read from it.
        path: Where it is kept; None if it isn't there.
    """

    original: Original
    documents: tuple[str, ...]
    path: Path | None


def list_originals(archive: Archive) -> list[ListedOriginal]:
    """Return the originals of all documents, each once, in the order of the documents.

    Raises:
        ArchiveError: The archive can't be read.
    """
    found: dict[str, list[Original]] = {}
    slugs: dict[str, tuple[str, ...]] = {}
    for document in archive.read().descriptions():
        if original := document.original:
            found.setdefault(original.sha256, []).append(original)
            slugs[original.sha256] = (*slugs.get(original.sha256, ()), document.slug)
    return [
        ListedOriginal(
            original=max(originals, key=attrgetter("kept")),
            documents=slugs[sha256],
            path=archive.originals.find(sha256),
        )
        for sha256, originals in found.items()
    ]


def keeps_originals(archive: Archive) -> bool:
    """Check whether `add` keeps originals in an archive, unless it is told otherwise.

    Raises:
        ArchiveError: The archive can't be read.
    """
    return archive.read().own.keeps_originals


def keep_originals(archive: Archive, change: Change, *, keeps: bool) -> None:
    """Note in the archive's own record whether `add` keeps originals from now on.

    Raises:
        ArchiveError: The archive can't be read or written.
    """
    with archive.transaction(change) as transaction:
        if transaction.own.keeps_originals != keeps:
            transaction.configure(keeps_originals=keeps)


class UnopenableOriginalError(QuoteArchiveError):
    """Neither the original of a document is kept as it was, nor its source still there as it was."""

    def __init__(self, document: Document) -> None:
        state = "is gone or was changed" if document.original and document.original.kept else "isn't kept"
        source = f", and {document.source} is gone or another file" if document.source else ""
        super().__init__(
            f"There is nothing to open: the original of {document.slug} {state}{source}."
            " Check all of them with: quotearchive verify"
        )


def locate_original(archive: Archive, document: Document) -> Path:
    """Return where the file is that a document was read from: the one that is kept, or else its source.

    Args:
        archive: The archive.
        document: The document.

    Raises:
        UnopenableOriginalError: It is not there as it was.
    """
    original = document.original
    if original and original.kept and archive.originals.digest(original.sha256) == original.sha256:
        path = archive.originals.find(original.sha256)
    else:
        path = find_source(document, archive.real_path.parent, added_here(archive.read().changes()))
    if path is None:
        raise UnopenableOriginalError(document)
    return path


def referred(documents: Iterable[Description], changes: Iterable[RecordedChange]) -> frozenset[str]:
    """Return the hashes of the originals of documents, and of those that `undo` could bring back.

    Args:
        documents: Those that are there.
        changes: The history.
    """
    found = {document.original.sha256 for document in documents if document.original}
    for change in changes:
        for records in (change.changed, change.removed):
            for before in records.get(_DOCUMENTS, {}).values():
                original = before.fields.get("original")
                if isinstance(original, Mapping):
                    found.add(str(original.get("sha256")))
    return frozenset(found)


def suffix_of(original: Original) -> str:
    """Return how the name of a kept original ends: as other programs know its kind, and never as a program's.

    >>> suffix_of(Original(sha256="", name="Letter.TXT", size=1, media_type="text/plain", reader=""))
    '.txt'
    >>> suffix_of(Original(sha256="", name="letter.exe", size=1, media_type="text/plain", reader=""))
    '.txt'
    """
    suffixes = [suffix for each in FORMATS if each.media_type == original.media_type for suffix in each.suffixes]
    own = PurePath(original.name).suffix.lower()
    return own if own in suffixes else next(iter(suffixes), "")


def _pieces(originals: OriginalFiles, path: Path) -> Iterator[bytes]:
    with contextlib.suppress(OSError), originals.open(path) as file:
        while piece := file.read(2**20):
            yield piece
