"""The keeping of originals: the files that documents are read from, beside the archive."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Final

import msgspec

from quotearchive.anchoring.checks import State
from quotearchive.archive.archive import Archive
from quotearchive.model import Description, Document, Original
from quotearchive.readers import FORMATS
from quotearchive.store import RecordedChange, Transaction
from quotearchive.store.originals import Intake, OriginalFiles
from quotearchive.store.snapshots import TABLES

_DOCUMENTS: Final = TABLES[Document]


class Keeper:
    """Keeps the originals of the documents of one transaction, if they are to be kept.

    Args:
        intake: Takes the files; None if it is only tried what would be kept.
        is_wanted: Whether originals are kept.

    Attributes:
        is_wanted: Whether originals are kept.
    """

    def __init__(self, intake: Intake | None, *, is_wanted: bool) -> None:
        self.is_wanted = is_wanted
        self._intake = intake

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
            return msgspec.structs.replace(original, kept=others.digest(original.sha256) == original.sha256)
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
        yield Keeper(None, is_wanted=is_wanted)
        return
    with archive.originals.filling() as intake:
        yield Keeper(intake, is_wanted=is_wanted)


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
