"""Many files, read one after another: text in this process, all else in processes of its own, on all cores."""

import contextlib
import hashlib
import os
from collections import Counter, deque
from collections.abc import Generator, Iterable, Sequence
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

import msgspec

from quotearchive.errors import QuoteArchiveError, TooLargeError
from quotearchive.model import Original
from quotearchive.readers.errors import EmptyFileError, WordlessError
from quotearchive.readers.extracts import Member, Options, Outcome, Reading, Refused
from quotearchive.readers.files import LIMIT, PassedOver, load
from quotearchive.readers.formats import FORMATS, SUFFIXES, Format
from quotearchive.readers.isolation.limits import DEPTH, MEMBERS, UNPACKED, TooMuchError
from quotearchive.readers.kinds.sniffing import format_of
from quotearchive.readers.reading import read_content

if TYPE_CHECKING:
    from quotearchive.readers.isolation.workers import Workers


class File(msgspec.Struct, frozen=True):
    """A file to read.

    Attributes:
        source: Where it is, or its bytes.
        name: Its name in messages.
        is_found: Whether it was found in a folder, where files without words for people are passed over.
    """

    source: Path | bytes
    name: str
    is_found: bool = False


#: What reading a file yields: its documents, what of it can't be read, and which files in it are of no format.
Results = list[Outcome | PassedOver]


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_files(
    files: Iterable[File], options: Options, *, workers: int | None = None
) -> Generator[Results | QuoteArchiveError, None, None]:
    """Read files; what they yield comes in their order, whichever is done first.

    Args:
        files: The files. Only a few are in memory at a time.
        options: How to read them.
        workers: How many processes read at most; without it as many as there are processors.
    """
    desk = _Desk(options, workers or cores(), _foreseen(files))
    pending: deque[_Progress] = deque()
    try:
        for file in files:
            pending.append(desk.begin(file))
            while pending and pending[0].is_done():
                yield pending.popleft().results()
        while pending:
            yield pending.popleft().results()
    finally:
        desk.close()


def _foreseen(files: Iterable[File]) -> tuple[str, ...] | None:
    """Return the modules that files need, by their names; None for one that is no archive."""
    named = [_named(file.name) for file in files] if isinstance(files, Sequence) else []
    if len(named) == 1 and not (named[0] and named[0].is_archive):
        return None
    counted = Counter(form.module for form in named if form and form.shape == "bytes" and not form.is_archive)
    return tuple(module for module, number in counted.most_common() if number > 1)


def _named(name: str) -> Format | None:
    return next((each for each in FORMATS if name.lower().endswith(each.suffixes)), None)


class _Part(Protocol):
    """A part of what a file yields, perhaps not there yet."""

    def done(self) -> bool: ...

    def result(self) -> Iterable[Outcome | PassedOver]: ...


class _Done(msgspec.Struct, frozen=True):
    """A part that is there."""

    found: Results

    def done(self) -> bool:
        return True

    def result(self) -> Results:
        return self.found


class _Progress:
    """What one file has yielded so far, and what is still being read."""

    def __init__(self, file: File) -> None:
        self._is_found = file.is_found
        self._name = file.name
        self.original: Original | None = None
        self.parts: list[tuple[_Part, str]] = []
        self.error: QuoteArchiveError | None = None

    def add(self, outcome: Outcome | PassedOver, name: str) -> None:
        """Add what is there, from a file within the file."""
        self.parts.append((_Done([outcome]), name))

    def is_done(self) -> bool:
        """Check whether the results can be had without waiting."""
        return all(part.done() for part, _ in self.parts)

    def results(self) -> Results | QuoteArchiveError:
        """Return all that it yields, or the error if that is nothing."""
        found: Results = []
        for part, member in self.parts:
            try:
                outcomes = part.result()
            except WordlessError as error:
                if not (member or self._is_found):
                    return error
                outcomes = [PassedOver(Path(member or self._name))]
            except QuoteArchiveError as error:
                if not member:
                    return error
                outcomes = [Refused(name=member, message=str(error))]
            found += [self._placed(each, len(found)) for each in outcomes]
        if self.error is not None and found:
            found.append(Refused(name="", message=str(self.error)))
        return self.error if self.error is not None and not found else found

    def _placed(self, outcome: Outcome | PassedOver, before: int) -> Outcome | PassedOver:
        """Let a document know the file that it is from, and its place among all that are in there."""
        if isinstance(outcome, Refused) and outcome.is_wordless:
            return PassedOver(Path(outcome.name))
        if not isinstance(outcome, Reading) or self.original is None:
            return outcome
        ours = self.original
        return msgspec.structs.replace(
            outcome,
            original=msgspec.structs.replace(
                outcome.original, sha256=ours.sha256, name=ours.name, size=ours.size, media_type=ours.media_type
            ),
            enclosed_in=None if outcome.enclosed_in is None else outcome.enclosed_in + before,
        )


class _Desk:
    """Where files come in, and are read or handed on."""

    def __init__(self, options: Options, workers: int, modules: tuple[str, ...] | None) -> None:
        self._options = options
        self._number = workers
        self._modules = modules

    @cached_property
    def _workers(self) -> "Workers":
        from quotearchive.readers.isolation.workers import Workers  # noqa: PLC0415 - texts have no need of it

        return Workers(self._options, self._number, self._modules)

    def begin(self, file: File) -> _Progress:
        """Read a file, or have it read as soon as there is a process for it."""
        progress = _Progress(file)
        try:
            content = load(file.source) if isinstance(file.source, Path) else file.source
            form = _format(content, file.name)
            if form.shape == "text":
                progress.parts.append((_Done(list(read_content(content, file.name, self._options))), ""))
                return progress
            progress.original = _original(content, file.name, form)
            if form.is_archive:
                self._unpack(progress, content, file.name, (), _Counts())
            else:
                progress.parts.append((self._workers.submit(content, file.name, ()), ""))
        except WordlessError as error:
            if file.is_found:
                progress.add(PassedOver(Path(file.name)), "")
            else:
                progress.error = error
        except QuoteArchiveError as error:
            progress.error = error
        return progress

    def close(self) -> None:
        """End all processes."""
        if "_workers" in self.__dict__:
            self._workers.close()

    def _unpack(self, progress: _Progress, content: bytes, name: str, way: tuple[str, ...], counts: "_Counts") -> None:
        """Unpack an archive, and begin with each file as it comes out.

        Raises:
            QuoteArchiveError: It can't be unpacked to its end.
        """
        with contextlib.closing(self._workers.unpack(content, name)) as unpacked:
            for each in unpacked:
                if isinstance(each, Refused):
                    progress.add(each, each.name)
                elif PurePath(each.name).name.lower().endswith(SUFFIXES):
                    counts.take(each, name)
                    self._begin_member(progress, each, f"{name}/{each.name}", (*way, each.name), counts)
                else:
                    progress.add(PassedOver(Path(each.name)), each.name)

    def _begin_member(
        self, progress: _Progress, member: Member, name: str, way: tuple[str, ...], counts: "_Counts"
    ) -> None:
        """Begin with a file in an archive, as with one in a folder."""
        try:
            form = _format(member.content, name)
            if form.is_archive:
                self._descend(progress, member, name, way, counts)
            elif form.shape == "text":
                found = read_content(member.content, name, self._options, way=way)
                progress.parts.append((_Done(list(found)), name))
            else:
                progress.parts.append((self._workers.submit(member.content, name, way), name))
        except TooMuchError:
            raise
        except WordlessError:
            progress.add(PassedOver(Path(member.name)), name)
        except QuoteArchiveError as error:
            progress.add(Refused(name=name, message=str(error)), name)

    def _descend(self, progress: _Progress, member: Member, name: str, way: tuple[str, ...], counts: "_Counts") -> None:
        if len(way) >= DEPTH:
            too_deep = f"{name!r} was not read: it lies more than {DEPTH} archives deep."
            raise QuoteArchiveError(too_deep)
        self._unpack(progress, member.content, name, way, counts)


class _Counts:
    """What was unpacked of one file, archives within archives included."""

    def __init__(self) -> None:
        self._files = self._bytes = 0

    def take(self, member: Member, name: str) -> None:
        self._files += 1
        self._bytes += len(member.content)
        if self._files > MEMBERS:
            raise TooMuchError(name, f"more than {MEMBERS:,} files")
        if self._bytes > UNPACKED:
            raise TooMuchError(name, f"more than {UNPACKED // 2**20} MiB when it is unpacked")


def _format(content: bytes, name: str) -> Format:
    if len(content) > LIMIT:
        raise TooLargeError(name, LIMIT)
    if not content or content.isspace():
        raise EmptyFileError(name)
    return format_of(content, name)


def _original(content: bytes, name: str, form: Format) -> Original:
    return Original(
        sha256=hashlib.sha256(content).hexdigest(),
        name=PurePath(name).name or name,
        size=len(content),
        media_type=form.media_type,
        reader="",
    )
