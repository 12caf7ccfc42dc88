"""Zip files that hold the parts of one document, as Word, OpenDocument and EPUB make them, opened with caution.

What a zip file says of its sizes may be a lie, so what comes out of it is counted while it comes. Nothing is
unpacked to a disk.
"""

import io
import posixpath
import zipfile
import zlib
from typing import Final
from urllib.parse import unquote

from quotearchive.readers.errors import DamagedFileError, LockedFileError, UnsafeFileError

#: The most files in a package. A book with a picture on each page has a few thousand.
_MOST_MEMBERS: Final = 10_000

#: The most bytes that may come out of a package.
_LARGEST: Final = 512 * 2**20

#: How many times larger than the file that which comes out of it may be. Text is packed to a twentieth at best.
_HIGHEST_RATIO: Final = 200

#: Bytes that may come out of any package, whatever the ratio: a small table of equal cells is packed very tightly.
_HARMLESS: Final = 16 * 2**20

_CHUNK: Final = 2**20

_ENCRYPTED: Final = 0x1

#: How a file begins that Office encrypts, or has saved in its format of before 2007; and what such a file with a
#: password holds.
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")


class Package:
    """The parts of a document in a zip file.

    Args:
        content: The file's bytes.
        name: What to call it in an error.
        what: What it should be: `a Word document`.

    Raises:
        LockedFileError: It needs a password.
        DamagedFileError: It is no such file.
        UnsafeFileError: It has too many parts, or would grow too large.
    """

    def __init__(self, content: bytes, name: str, what: str) -> None:
        self._name, self._what = name, what
        if content.startswith(_OLE) and _PASSWORD in content:
            raise LockedFileError(name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise DamagedFileError(name, what) from error
        members = self._zip.infolist()
        if len(members) > _MOST_MEMBERS:
            raise UnsafeFileError(name, f"it has {len(members):,} parts, and at most {_MOST_MEMBERS:,} are read")
        self._members = {_resolved(member.filename): member for member in members}
        self._left = max(_HARMLESS, min(_LARGEST, _HIGHEST_RATIO * len(content)))
        if sum(member.file_size for member in members) > self._left:
            raise self._bomb()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parts, without a leading slash."""
        return tuple(self._members)

    def read(self, part: str) -> bytes | None:
        """Return the bytes of a part, or None if there is none of that name.

        Raises:
            LockedFileError: It needs a password.
            DamagedFileError: It is damaged.
            UnsafeFileError: More comes out than may.
        """
        member = self._members.get(_resolved(part))
        if member is None:
            return None
        if member.flag_bits & _ENCRYPTED:
            raise LockedFileError(self._name)
        chunks = []
        try:
            with self._zip.open(member) as file:
                while chunk := file.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise self._bomb()
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise DamagedFileError(self._name, self._what) from error
        return b"".join(chunks)

    def require(self, part: str) -> bytes:
        """Return the bytes of a part that such a document always has.

        Raises:
            DamagedFileError: It is missing, or damaged.
        """
        content = self.read(part)
        if content is None:
            raise DamagedFileError(self._name, self._what, f"its part {part!r} is missing")
        return content

    def _bomb(self) -> UnsafeFileError:
        return UnsafeFileError(self._name, "it would grow beyond all measure when it is unpacked")


def resolve(base: str, address: str) -> str:
    """Return the name of the part that an address in another part leads to.

    Args:
        base: The name of the part that holds the address.
        address: A relative address, perhaps with escapes; a fragment is dropped.

    >>> resolve("OEBPS/text/one.xhtml", "../notes%201.xhtml#n3")
    'OEBPS/notes 1.xhtml'
    >>> resolve("word/document.xml", "/word/footnotes.xml")
    'word/footnotes.xml'
    """
    path = unquote(address.partition("#")[0])
    return _resolved(posixpath.join("/", posixpath.dirname(base), path)) if path else _resolved(base)


def _resolved(part: str) -> str:
    return posixpath.normpath(posixpath.join("/", part.replace("\\", "/"))).lstrip("/")
