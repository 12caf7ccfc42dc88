"""Add documents: files, folders, and piped text."""

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, Final

import msgspec

from quotearchive.anchoring.places import sound
from quotearchive.archive.archive import Archive
from quotearchive.archive.originals import Keeper, keeping
from quotearchive.archive.people import people_of
from quotearchive.archive.threads import Read, connect
from quotearchive.archive.values import FieldValues, Values
from quotearchive.errors import QuoteArchiveError, shorten
from quotearchive.model import Change, Document
from quotearchive.readers import (
    Extracted,
    File,
    Found,
    Options,
    Outcome,
    PassedOver,
    Reading,
    Refused,
    gather,
    load,
    read_files,
)
from quotearchive.store import Transaction
from quotearchive.text import counted, escape_surrogates, sha256_of, slugify


class Piped(msgspec.Struct, frozen=True):
    """Bytes that were piped in, in place of a file.

    Attributes:
        content: All of them.
        name: What messages call them.
    """

    content: bytes
    name: str = "standard input"


class Kept(Piped, frozen=True):
    """The original of a document that is in the archive, to be read again."""


Source = Path | Piped

#: Files that are named of those that one error is about.
_SHOWN: Final = 3

#: Bytes of a file that are copied at a time.
_PIECE: Final = 2**20

_DEFAULTS: Final = Options()


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was added.

    Attributes:
        document: As it was stored.
        reading: What its file gave.
        taken: What was taken from its text; not what the user said instead.
        likes: Sentences on names in it that are new but much like known ones.
        oddities: Sentences on how its date fits those of the letters that it belongs with.
        is_unkept: Whether its original was to be kept, but is another file by now.
    """

    document: Document
    reading: Reading
    taken: tuple[Extracted, ...]
    likes: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()
    is_unkept: bool = False


class AlreadyStored(msgspec.Struct, frozen=True):
    """A source whose text the archive has already.

    Attributes:
        name: What was to be added.
        slug: The document that has this text.
        is_kept_now: Whether its original was not there, and is kept now.
        is_new: Whether that document was added by the same command.
    """

    name: str
    slug: str
    is_kept_now: bool = False
    is_new: bool = False


class UnreadFilesError(QuoteArchiveError):
    """One reason for which one or several files can't be read, such as a missing library."""

    def __init__(self, files: Sequence[str], reason: str) -> None:
        super().__init__(f"{shorten(files, _SHOWN)}: {reason}")
        self.count = len(files)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The results for the sources, each in the order given.

    Attributes:
        added: Those that are documents now.
        known: Those whose text is already in the archive.
        failed: The errors of those that could not be read.
        passed_over: How many files of folders are of no format that is read, by their suffixes; the commonest first.
    """

    added: tuple[Addition, ...]
    known: tuple[AlreadyStored, ...]
    failed: tuple[QuoteArchiveError, ...]
    passed_over: Mapping[str, int]

    @property
    def unread(self) -> int:
        """How many files could not be read."""
        return sum(each.count if isinstance(each, UnreadFilesError) else 1 for each in self.failed)


Progress = Callable[[Sequence[Source]], Iterable[Source]]


class AddOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The wishes of a user for how documents are added.

    Attributes:
        reading: How files are read.
        progress: Wraps the files that are gone through, to show how far that is.
        keeps: Whether originals are kept; None to do as the archive's own record says.
    """

    reading: Options = _DEFAULTS
    progress: Progress = tuple
    keeps: bool | None = None


_ALL_DEFAULTS: Final = AddOptions()


def add(
    archive: Archive,
    sources: Iterable[Source],
    *,
    given: Values,
    change: Change,
    how: AddOptions = _ALL_DEFAULTS,
) -> Report:
    """Add the documents of files, folders and pipes, all of them in one write.

    Args:
        archive: The archive; it is made if there is none.
        sources: Files, folders, and bytes.
        given: What the user says of the documents, by field; it counts more than what they state of themselves.
        change: The command, for the history.
        how: How files are read.

    Returns:
        The result for each. A file that can't be read doesn't keep the rest from being added.

    Raises:
        DocumentNotFoundError: What they answer or enclose is not there.
        UnreadableDateError: A date is none.
        OriginalsUnwritableError: An original can't be kept.
    """
    readings, failed, passed_over = read_sources(sources, how.reading, how.progress, own=_own(archive))
    if not readings:
        return Report(added=(), known=(), failed=tuple(failed), passed_over=passed_over)
    with (
        archive.transaction(change, create=True) as transaction,
        keeping(archive, transaction, wish=how.keeps) as keeper,
    ):
        shelf = _Intake(transaction, archive.real_path.parent, given, change.when, keeper)
        results = shelf.connected([shelf.take(source, reading) for source, reading in readings], readings)
    return Report(
        added=tuple(result for result in results if isinstance(result, Addition)),
        known=tuple(result for result in results if isinstance(result, AlreadyStored)),
        failed=tuple(failed),
        passed_over=passed_over,
    )


def _own(archive: Archive) -> frozenset[Path]:
    """Return where the archive is, with what lies beside it: none of that is a document in its folder."""
    path = archive.real_path
    return frozenset(
        (path, path.with_name(f"{path.name}.bak"), path.with_name(f"{path.name}.lock"), archive.originals.folder)
    )


def _is_own(found: Source | Found, own: Collection[Path]) -> bool:
    path = found.path if isinstance(found, PassedOver) else found
    if not own or not isinstance(path, Path):
        return False
    whole = path.absolute()
    return any(each in own for each in (whole, *whole.parents, path.resolve(), *path.resolve().parents))


def _gathered(
    sources: Iterable[Source], own: Collection[Path]
) -> tuple[list[Source], list[QuoteArchiveError], Counter[str]]:
    files: list[Source] = []
    failed: list[QuoteArchiveError] = []
    passed_over: Counter[str] = Counter()
    for source in sources:
        found: Iterable[Source | Found] = [source] if isinstance(source, Piped) else gather([source])
        for each in found:
            if each != source and _is_own(each, own):
                continue
            if isinstance(each, QuoteArchiveError):
                failed.append(each)
            elif isinstance(each, PassedOver):
                passed_over[each.path.suffix.lower()] += 1
            else:
                try:
                    files.append(_held(each))
                except QuoteArchiveError as error:
                    failed.append(error)
    return files, failed, passed_over


def _held(source: Source) -> Source:
    """Read what can be read only once, such as a named pipe, so that its original can be kept."""
    if isinstance(source, Piped) or source.is_file() or not source.exists():
        return source
    return Piped(load(source), name_of(source))


def read_sources(
    sources: Iterable[Source],
    options: Options = _DEFAULTS,
    progress: Progress = tuple,
    *,
    own: Collection[Path] = (),
) -> tuple[list[tuple[Source, Reading]], list[QuoteArchiveError], Mapping[str, int]]:
    """Read sources, and those in folders.

    Args:
        sources: Files, folders, and bytes.
        options: How files are read.
        progress: Wraps the files that are gone through.
        own: The files and folders of the archive itself, which are passed over in silence within folders.

    Returns:
        The documents in them with their sources, the errors of what can't be read, and how many files of folders
        are of no format that is read, by their suffixes.
    """
    sources = tuple(sources)
    files, failed, passed_over = _gathered(sources, own)
    readings: list[tuple[Source, Reading]] = []
    unread: list[tuple[str, QuoteArchiveError]] = []
    with contextlib.closing(read_files([_file(source, sources) for source in files], options)) as reading:
        for source, results in zip(progress(files), reading, strict=True):
            if isinstance(results, QuoteArchiveError):
                unread.append((name_of(source), results))
                continue
            readings += [(source, each) for each in _placed(results, len(readings))]
            unread += [(each.name, QuoteArchiveError(each.message)) for each in results if isinstance(each, Refused)]
            passed_over.update(each.path.suffix.lower() for each in results if isinstance(each, PassedOver))
    return readings, [*failed, *_named(unread)], dict(passed_over.most_common())


def _named(unread: Iterable[tuple[str, QuoteArchiveError]]) -> Iterator[QuoteArchiveError]:
    """Yield errors, each with the names of the files; one that speaks of no file, such as a missing library, once."""
    files: dict[str, list[str]] = {}
    errors: dict[str, QuoteArchiveError] = {}
    for name, error in unread:
        sentence = str(error)
        errors[sentence] = error
        names = files.setdefault(sentence, [])
        if PurePath(name).name not in sentence:
            names.append(name)
    for sentence, names in files.items():
        yield UnreadFilesError(names, sentence) if names else errors[sentence]


def _file(source: Source, named: Container[Source]) -> File:
    """Return a source as readers take it; what was not named by itself was found in a folder."""
    content = source.content if isinstance(source, Piped) else source
    return File(content, name_of(source), is_found=isinstance(source, Path) and source not in named)


def _placed(outcomes: Sequence[Outcome | PassedOver], before: int) -> Iterator[Reading]:
    """Yield the documents of one file; what one was sent with is found by its place among all that were read."""
    places: dict[int | None, int] = {}
    for place, each in enumerate(outcomes):
        if isinstance(each, Reading):
            places[place] = before + len(places)
            yield msgspec.structs.replace(each, enclosed_in=places.get(each.enclosed_in))


def read_source(source: Source, options: Options = _DEFAULTS) -> Reading:
    """Read one source, which is one document.

    Raises:
        QuoteArchiveError: It can't be read, holds no text, or holds several documents.
    """
    readings, failed, _ = read_sources([source], options)
    if failed:
        raise failed[0]
    if len(readings) != 1:
        several = f"{name_of(source)!r} holds {counted(len(readings), 'document')}, and one is wanted."
        raise QuoteArchiveError(several)
    return readings[0][1]


#: Documents of one command whose names are compared with those that are known.
_REMARKED: Final = 20


class _Intake:
    """The documents of one transaction, where new ones find a free name and known ones are noticed."""

    def __init__(self, transaction: Transaction, folder: Path, given: Values, now: str, keeper: Keeper) -> None:
        known = transaction.identities()
        identities = known.values()
        self._numbers = {identity.sha256: number for number, identity in known.items()}
        self._keeper = keeper
        self._transaction = transaction
        self._folder = folder
        self._now = now
        self._fields = FieldValues(transaction)
        self._given = self._fields.typed(Document, given)
        self._slugs = {identity.slug for identity in identities}
        self._known = {identity.sha256: identity.slug for identity in identities}
        self._new: set[str] = set()
        self._taken = 0

    def take(self, source: Source, reading: Reading) -> Addition | AlreadyStored:
        """Add a reading as a document, unless its text is already in the archive."""
        sha256 = sha256_of(reading.text)
        if sha256 in self._known:
            return AlreadyStored(
                name=name_of(source),
                slug=self._known[sha256],
                is_kept_now=self._keep_late(source, reading, sha256),
                is_new=sha256 in self._new,
            )
        document = kept(self._document(source, reading, sha256), source, self._keeper)
        self._slugs.add(document.slug)
        self._known[sha256] = document.slug
        self._new.add(sha256)
        stored = msgspec.structs.replace(document, id=self._transaction.add(document))
        self._numbers[sha256] = stored.id
        taken = tuple(each for each in reading.extracted if not self._given.get(each.field))
        is_unkept = self._keeper.is_wanted and not (stored.original and stored.original.kept)
        return Addition(document=stored, reading=reading, taken=taken, likes=self._likes(stored), is_unkept=is_unkept)

    def _keep_late(self, source: Source, reading: Reading, sha256: str) -> bool:
        """Keep the original of a document that has the text already, if it isn't there; return whether it is now."""
        told = reading.original
        if not self._keeper.is_wanted or self._keeper.has(told.sha256):
            return False
        document = self._transaction.find_document(self._numbers.get(sha256, 0))
        if document is None or (document.original and document.original.sha256 != told.sha256):
            return False
        original = self._keeper.keep(document.original or told, _pieces(source))
        if original.kept and original != document.original:
            segments = document.segments or reading.segments
            late = msgspec.structs.replace(document, original=original, segments=segments, modified=self._now)
            self._transaction.put(late)
        return original.kept

    def connected(
        self, results: Sequence[Addition | AlreadyStored], readings: Sequence[tuple[Source, Reading]]
    ) -> list[Addition | AlreadyStored]:
        """Let letters answer each other and enclose what was sent with them; return what became of it."""
        if not any(reading.key or reading.answers or reading.enclosed_in is not None for _, reading in readings):
            return list(results)
        numbers = [self._numbers[sha256_of(reading.text)] for _, reading in readings]
        read = [
            Read(
                number,
                reading,
                enclosed_in=None if reading.enclosed_in is None else numbers[reading.enclosed_in],
                is_new=isinstance(result, Addition),
            )
            for number, (_, reading), result in zip(numbers, readings, results, strict=True)
        ]
        oddities = connect(self._transaction, read, answers=not self._given.get("replies_to"))
        return [
            msgspec.structs.replace(
                result,
                document=self._transaction.find_document(each.number),
                oddities=oddities.get(each.number, ()),
            )
            if isinstance(result, Addition)
            else result
            for each, result in zip(read, results, strict=True)
        ]

    def _document(self, source: Source, reading: Reading, sha256: str) -> Document:
        stated = {"title": name_of(source)} | {name: value for name, value in reading.metadata.items() if value}
        spelled = self._fields.spelled(Document, Document(slug="", text="", **stated))
        values = {**stated, **spelled, **self._given}
        return Document(
            slug=slugify(values["title"], self._slugs),
            **values,
            **origin(source, reading, self._folder),
            sha256=sha256,
            characters=len(reading.text),
            added=self._now,
            text=reading.text,
        )

    def _likes(self, document: Document) -> tuple[str, ...]:
        """Yield remarks on names, as long as there are no more than a person would read."""
        self._taken += 1
        return tuple(self._fields.names.remarks(people_of(document))) if self._taken <= _REMARKED else ()


def origin(source: Source, reading: Reading, folder: Path) -> dict[str, Any]:
    """Return which file a text is from and its hash; for what was piped in, only what that was.

    Args:
        source: The file.
        reading: What it gave.
        folder: The archive's, so that the file is found again when it is moved with it.
    """
    parts = {"segments": sound(reading.segments, reading.text), "original": reading.original}
    if isinstance(source, Kept):
        return {**parts, "original": msgspec.structs.replace(reading.original, kept=True)}
    if isinstance(source, Piped) or not source.is_file():
        return {"source": None, "source_sha256": None, **parts}
    whole = source.resolve()
    path = whole.relative_to(folder) if whole.is_relative_to(folder) else whole
    return {
        "source": escape_surrogates(path.as_posix()),
        "source_sha256": reading.original.sha256,
        **parts,
    }


def kept(document: Document, source: Source, keeper: Keeper) -> Document:
    """Keep the original of a document, which was read from a source, and return the document with that."""
    if document.original is None or document.original.kept:
        return document
    return msgspec.structs.replace(document, original=keeper.keep(document.original, _pieces(source)))


def _pieces(source: Source) -> Iterator[bytes]:
    """Yield the bytes of a source; none if it can't be read any more."""
    if isinstance(source, Piped):
        yield source.content
        return
    with contextlib.suppress(OSError), source.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def name_of(source: Source) -> str:
    """Return what messages call a source, which is Unicode."""
    return source.name if isinstance(source, Piped) else escape_surrogates(str(source))
