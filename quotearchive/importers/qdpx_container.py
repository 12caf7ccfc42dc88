"""The ZIP that a REFI-QDA project comes in: its XML and the texts beside it, within limits of size.

A project can be made to do harm: by files that unpack to a thousand times their size, by entities, by elements
without end. All of that is refused before it takes memory, and nothing is written to the disk.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from lxml import etree

from quotearchive.importers.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import LIMIT

#: The XML namespace of version 1.0 and of 1.5, which share it.
QDE: Final = "{urn:QDA-XML:project:1.0}"

#: Files in the largest project that is read; each takes memory before it is unpacked.
_FILES: Final = 100_000
_ENTRY: Final = b"PK\x01\x02"

#: Elements and attributes of the largest project that is read. In memory each takes some 200 bytes, and in the
#: ZIP it may take none at all. A coding has some 20 of them.
_PARTS: Final = 2**22

#: Bytes of a project file from which on a text in it may be longer than the parser takes by itself.
_LONG: Final = 10_000_000

#: How many times its size in the ZIP a file may be. XML and text shrink to a tenth, seldom to a fiftieth; what
#: is made to do harm shrinks to a thousandth. Small files may be what they want.
_RATIO: Final = 200
_SMALL: Final = 2**24

#: What unpacking a damaged ZIP raises.
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError),
    *(EOFError, OSError, ValueError),
)


class Container:
    """The ZIP of a project.

    Args:
        archive: The ZIP.

    Attributes:
        root: The root element of the project file.

    Raises:
        UnusableFileError: It holds no project, or one that is made to do harm.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self._left = LIMIT
        self.root = _parsed(self._read("project.qde"))

    def text_of(self, source: etree._Element) -> str:
        """Return the text of a source or a note: from the project file, or from beside it in the ZIP.

        Raises:
            MalformedRowError: It is elsewhere, not there, or not UTF-8.
        """
        inside = source.findtext(f"{QDE}PlainTextContent")
        path = source.get("plainTextPath") or ""
        if inside is not None and not path:
            return inside
        scheme, mark, name = path.partition("://")
        if not mark and f"sources/{path}".lower() in self._names:
            scheme, name = "internal", path
        if scheme != "internal":
            raise MalformedRowError(found="its text is not in the project, but elsewhere")
        try:
            return self._read(f"sources/{name}").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise MalformedRowError(found="its text is not UTF-8") from error
        except KeyError as error:
            raise MalformedRowError(found=f"the project does not have its text {name[:80]!r}") from error

    def _read(self, name: str) -> bytes:
        """Unpack a member, as far as what is left of the limit goes; nothing is written to the disk."""
        if name.lower() not in self._names:
            if name == "project.qde":
                raise UnusableFileError(found="it has no project.qde")
            raise KeyError(name)
        entry = self._archive.getinfo(self._names[name.lower()])
        if entry.file_size > max(_SMALL, _RATIO * entry.compress_size):
            raise UnusableFileError(found=f"its {name} unpacks to more than {_RATIO} times its size")
        with self._archive.open(entry) as member:
            content = member.read(self._left + 1)
        if len(content) > self._left:
            raise UnusableFileError(found=f"it unpacks to more than {LIMIT // 2**20} MiB")
        self._left -= len(content)
        return content


@contextmanager
def opened(content: bytes) -> Iterator[Container]:
    """Open the ZIP of a project; what is found damaged while it is open is an error of the file.

    Raises:
        UnusableFileError: It is no such project, or one that is made to do harm.
    """
    if content.count(_ENTRY) > _FILES:
        raise UnusableFileError(found=f"it holds more than {_FILES:,} files")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield Container(archive)
    except _DAMAGE as error:
        raise UnusableFileError(str(error) or type(error).__name__) from error


def _parsed(content: bytes) -> etree._Element:
    """Read XML without entities, network or depth, and not more of it than fits into memory."""
    if content.count(b"<") + content.count(b"=") > _PARTS:
        raise UnusableFileError(found=f"project.qde has more than {_PARTS:,} elements and attributes")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=len(content) > _LONG,  # what it guards against are entities, which are refused anyway
        load_dtd=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnusableFileError(found=f"project.qde is not XML ({error})") from error
    if root.getroottree().docinfo.doctype:
        raise UnusableFileError(found="project.qde declares entities, which no project does")
    if root.tag != f"{QDE}Project":
        raise UnusableFileError(found=f"project.qde holds {str(root.tag)[:60]}, not a REFI-QDA project")
    return root
