"""The originals of an archive: the files that its documents were read from, kept in a folder beside it.

For `archive.json` the folder is `archive.files`, and an original in it `ab/ab12….pdf`: its name is the SHA-256 of its
bytes, so that it is there once however many documents are in it, and that any change to it shows. It is written whole
and is on the disk before a record refers to it: who is interrupted leaves at most a file that nothing refers to. It
is a copy, never another name of the user's own file, which may change.

Nothing here takes an original away: what was removed comes back by `undo`, and an older version of the archive may
refer to what this one doesn't.

A folder may come from somebody else together with its archive. So no symbolic link in it is followed, and only
regular files are opened.
"""

import contextlib
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Final

from quotearchive.store.errors import ForeignFolderError, OriginalsUnwritableError
from quotearchive.store.files import sync_folder
from quotearchive.store.rights import NEW_MODE, set_mode

#: How the name of the folder ends.
_SUFFIX: Final = ".files"

_SHA256: Final = re.compile(r"[0-9a-f]{64}")

#: The name of an original: a hash, and a suffix by which other programs know what it is.
_NAME: Final = re.compile(rf"({_SHA256.pattern})(\.[a-z0-9]{{1,12}})?")

#: How the name of a file begins that is not finished.
_UNFINISHED: Final = ".new."

#: Letters of the hash that name the folder of an original.
_SHELF: Final = 2

#: Bytes that are read at a time.
_PIECE: Final = 2**20

#: How an original is opened: no link is followed, no other process waited for.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def is_sha256(words: str) -> bool:
    """Check whether a string is a SHA-256 in hexadecimal, as originals are named."""
    return bool(_SHA256.fullmatch(words))


class OriginalFiles:
    """The folder with the originals of an archive, which need not exist.

    Args:
        archive: The archive's file, behind any symbolic link.

    Attributes:
        folder: The folder.
    """

    def __init__(self, archive: Path) -> None:
        stem = archive.name if archive.suffix == _SUFFIX else archive.stem
        self.folder = archive.with_name(f"{stem}{_SUFFIX}")
        self._archive = archive

    def find(self, sha256: str) -> Path | None:
        """Return where an original is; None if it isn't there."""
        if not is_sha256(sha256):
            return None
        shelf = self.folder / sha256[:_SHELF]
        found = [path for name, path in self._listed(shelf) if name == sha256]
        return min(found, default=None)

    def listed(self) -> Iterator[tuple[str, Path]]:
        """Yield the hash and the path of each original that is there, sorted."""
        shelves = sorted(_names(self.folder)) if _is_folder(self.folder) else []
        for name in shelves:
            yield from sorted(self._listed(self.folder / name))

    def _listed(self, shelf: Path) -> list[tuple[str, Path]]:
        if not (_is_folder(self.folder) and _is_folder(shelf)):
            return []
        named = ((_NAME.fullmatch(name), shelf / name) for name in _names(shelf))
        return [(name[1], path) for name, path in named if name and name[1].startswith(shelf.name)]

    def digest(self, sha256: str) -> str | None:
        """Return the SHA-256 that an original has now; None if it isn't there or can't be read."""
        path = self.find(sha256)
        if path is None:
            return None
        try:
            with self.open(path) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None

    def open(self, path: Path) -> BufferedReader:
        """Open an original.

        Raises:
            OSError: It can't be read, or is no regular file.
        """
        descriptor = os.open(path, _FLAGS)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError
        return BufferedReader(os.fdopen(descriptor, "rb", buffering=0))

    def read(self, sha256: str, limit: int) -> bytes | None:
        """Read an original whole; None if it isn't there, can't be read, is larger than a limit, or was changed."""
        path = self.find(sha256)
        if path is None:
            return None
        try:
            with self.open(path) as file:
                content = file.read(limit + 1)
        except OSError:
            return None
        is_sound = len(content) <= limit and hashlib.sha256(content).hexdigest() == sha256
        return content if is_sound else None

    @contextlib.contextmanager
    def filling(self) -> Iterator["Intake"]:
        """Let the block put originals in; they are on the disk when it ends, and not there if it fails.

        The caller holds the archive's lock.

        Raises:
            ForeignFolderError: What has the name of the folder is none.
            OriginalsUnwritableError: The disk is full, the folder is read-only, or any other cause it names.
        """
        intake = Intake(self, self._archive)
        try:
            yield intake
            intake.settle()
        finally:
            intake.discard()


class Intake:
    """Originals that are being put into the folder: first beside the others, and then, all together, in their places.

    Args:
        originals: The folder.
        archive: The archive's file, whose rights they get.
    """

    def __init__(self, originals: OriginalFiles, archive: Path) -> None:
        self._originals = originals
        self._archive = archive
        self._waiting: dict[str, tuple[Path, str]] = {}
        self._sound: set[str] = set()

    def has(self, sha256: str) -> bool:
        """Check whether an original was put in."""
        return sha256 in self._sound

    def put(self, sha256: str, suffix: str, pieces: Iterable[bytes]) -> bool:
        """Put an original in, unless it is there; return whether the pieces are what the hash is of.

        Args:
            sha256: The hash.
            suffix: How its name ends, with the dot, so that other programs know what it is; may be empty.
            pieces: Its bytes.

        Raises:
            ForeignFolderError: What has the name of the folder is none.
            OriginalsUnwritableError: It can't be written.
        """
        if sha256 in self._sound:
            return True
        if self._originals.digest(sha256) != sha256:
            with self._explained():
                temporary, written = self._written(pieces)
            if written != sha256:
                _drop(temporary)
                return False
            self._waiting[sha256] = temporary, suffix
        self._sound.add(sha256)
        return True

    def _written(self, pieces: Iterable[bytes]) -> tuple[Path, str]:
        """Write a file that has no name yet, and return it with the hash of what was written."""
        folder = self._originals.folder
        self._make(folder)
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=folder)
        digest = hashlib.sha256()
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in pieces:
                    digest.update(piece)
                    file.write(piece)
        except BaseException:
            _drop(Path(name))
            raise
        return Path(name), digest.hexdigest()

    def settle(self) -> None:
        """Wait until what was put in is on the disk, and give it its names.

        Raises:
            ForeignFolderError: What has the name of a folder is none.
            OriginalsUnwritableError: It can't be written.
        """
        if self._waiting:
            with self._explained():
                self._settle()

    def _settle(self) -> None:
        for temporary, _ in self._waiting.values():
            _give_rights(temporary, self._archive, is_folder=False)
            _sync(temporary)
        shelves = set()
        for sha256, (temporary, suffix) in self._waiting.items():
            shelf = self._originals.folder / sha256[:_SHELF]
            if shelf not in shelves:
                self._make(shelf)
                shelves.add(shelf)
            temporary.replace(self._originals.find(sha256) or shelf / f"{sha256}{suffix}")
        for folder in (*shelves, self._originals.folder, self._originals.folder.parent):
            sync_folder(folder)
        self._waiting.clear()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OriginalsUnwritableError(self._originals.folder, error) from error

    def discard(self) -> None:
        """Take away what was not given its name, also what another process left that was killed."""
        for temporary, _ in self._waiting.values():
            _drop(temporary)
        if _is_folder(self._originals.folder):
            for name in _names(self._originals.folder):
                if name.startswith(_UNFINISHED):
                    _drop(self._originals.folder / name)

    def _make(self, folder: Path) -> None:
        """Make a folder, if it isn't there."""
        try:
            folder.mkdir(0o700)
        except FileExistsError:
            if not _is_folder(folder):
                raise ForeignFolderError(folder) from None
        else:
            _give_rights(folder, self._archive, is_folder=True)


def _names(folder: Path) -> list[str]:
    """Return the names in a folder; none if it can't be read."""
    try:
        return [each.name for each in folder.iterdir()]
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    """Check whether there is a folder, and no link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _give_rights(path: Path, archive: Path, *, is_folder: bool) -> None:
    """Let those who may read the archive read this too; a file is changed by nobody, a folder filled by its writers."""
    try:
        seen = archive.stat()
        mode = stat.S_IMODE(seen.st_mode)
    except FileNotFoundError:
        seen, mode = None, NEW_MODE
    others = mode & 0o044
    if others and seen and hasattr(os, "chown"):
        try:
            os.chown(path, -1, seen.st_gid)
        except OSError:  # not our group: nobody else reads it then
            others = mode & 0o004
    set_mode(path, 0o700 | others | others >> 2 | (mode & others >> 1) if is_folder else 0o400 | others)


def _sync(path: Path) -> None:
    """Wait until a file is on the disk."""
    descriptor = os.open(path, _FLAGS)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
