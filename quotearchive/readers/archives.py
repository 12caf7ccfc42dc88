"""Archives of files: ZIP, tar, and single files that are compressed. Names in them are data and lead nowhere."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Final, cast

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.errors import BrokenReaderError
from quotearchive.readers.extracts import Member, Options, Refused
from quotearchive.readers.isolation.limits import Allowance
from quotearchive.text import escape_surrogates

#: What opens a compressed file, by how it begins.
_COMPRESSED: Final = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))

#: Suffixes of compressed files.
_PACKED: Final = frozenset((".gz", ".bz2", ".xz"))

#: The bit of a member's flags that says it is encrypted.
_ENCRYPTED: Final = 1

#: What libraries raise over damaged bytes.
_DAMAGE: Final = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(OSError, EOFError, NotImplementedError, ValueError, RuntimeError),
)

#: The folder in which macOS keeps what belongs to its own file system.
_OF_MACOS: Final = "__MACOSX"


def extract(content: bytes, name: str, options: Options) -> Iterator[Member | Refused]:
    """Yield the files in an archive, without hidden ones.

    Args:
        content: The archive.
        name: Its name.
        options: How to read it; nothing of that concerns archives.

    Raises:
        QuoteArchiveError: It is damaged, encrypted, or holds too much.
    """
    del options
    allowance = Allowance(name, len(content))
    try:
        if content.startswith(b"PK"):
            yield from _zipped(content, name, allowance)
        else:
            yield from _streamed(content, name, allowance)
    except _DAMAGE as error:
        raise BrokenReaderError(name, f"it is damaged ({str(error) or type(error).__name__})") from error


def _zipped(content: bytes, name: str, allowance: Allowance) -> Iterator[Member | Refused]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = [each for each in archive.infolist() if not each.is_dir() and not _is_hidden(each.filename)]
        Allowance(name, len(content)).take(sum(each.file_size for each in files), len(files))
        if files and all(each.flag_bits & _ENCRYPTED for each in files):
            locked = f"{name!r} is locked with a password; unpack it and add its files."
            raise QuoteArchiveError(locked)
        for each in files:
            shown = _shown(each.filename)
            if each.flag_bits & _ENCRYPTED:
                yield Refused(
                    name=shown, message=f"'{name}/{shown}' is locked with a password; unpack it and add that."
                )
                continue
            try:
                with archive.open(each) as file:
                    member = _read(file, allowance)
            except _DAMAGE as error:
                yield Refused(name=shown, message=f"'{name}/{shown}' can't be read: it is damaged ({error}).")
                continue
            yield Member(name=shown, content=member)


def _streamed(content: bytes, name: str, allowance: Allowance) -> Iterator[Member]:
    opener = next((opener for beginning, opener in _COMPRESSED if content.startswith(beginning)), None)
    packed = io.BytesIO(content)
    stream = cast("IO[bytes]", opener(packed)) if opener else packed
    begun = _Counted(stream, allowance).read(_BLOCK)
    if opener and not begun.startswith(b"ustar", _MAGIC):
        rest = _read(stream, allowance)
        allowance.take(0, 1)
        yield Member(name=_unpacked_name(name), content=begun + rest)
        return
    packed.seek(0)
    whole = _Counted(cast("IO[bytes]", opener(packed)) if opener else packed, allowance)
    with tarfile.open(fileobj=cast("IO[bytes]", whole), mode="r|") as archive:
        for each in archive:
            if not each.isreg() or each.issparse() or _is_hidden(each.name):
                continue
            allowance.take(0, 1)
            file = archive.extractfile(each)
            if file is not None:
                yield Member(name=_shown(each.name), content=file.read())


#: Bytes of a tar's block, and where its first one says what it is.
_BLOCK: Final = 512
_MAGIC: Final = 257

#: Bytes that are unpacked at a time.
_PIECE: Final = 2**20


class _Counted:
    """A stream whose bytes are counted against an allowance."""

    def __init__(self, stream: IO[bytes], allowance: Allowance) -> None:
        self._stream = stream
        self._allowance = allowance

    def read(self, size: int) -> bytes:
        """Read so many bytes, as far as they are allowed."""
        found = self._stream.read(min(size, self._allowance.left + 1))
        self._allowance.take(len(found))
        return found


def _read(file: IO[bytes], allowance: Allowance) -> bytes:
    counted = _Counted(file, allowance)
    pieces = []
    while piece := counted.read(_PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def _shown(name: str) -> str:
    return escape_surrogates(name.replace("\\", "/"))


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any((part.startswith(".") and part != "..") or part == _OF_MACOS for part in parts)


def _unpacked_name(name: str) -> str:
    path = PurePosixPath(PurePosixPath(name).name)
    return path.stem if path.suffix.lower() in _PACKED else path.name
