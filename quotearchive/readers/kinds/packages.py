"""What a ZIP file is, by the names of its members: a document of several parts, or an archive of files.

The list of members is read from the bytes and nothing is unpacked, so that a glance stays cheap whatever the file
says of itself (PKWARE's APPNOTE, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7 and
4.3.12).
"""

import re
import struct
from collections.abc import Iterator
from typing import Final

#: Members whose names are looked at.
_LOOKED_AT: Final = 2_000

_LOCAL: Final = struct.Struct("<4s2xHH8xIIHH")
_CENTRAL: Final = struct.Struct("<4s24xHHH12x")
_END: Final = struct.Struct("<4s8xII")

#: Bytes of the longest comment, before which the list's place stands at the end of the file.
_COMMENT: Final = 2**16 + 22

#: Media types that a member `mimetype` names, which stands first and is not compressed.
_MEDIA_TYPES: Final = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.sun.xml.writer", "sxw"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/vnd.oasis.opendocument.graphics", "drawing"),
)

#: Members by which other documents are known, in the order in which one tells most.
_MEMBERS: Final = (
    (re.compile(rb"META-INF/container\.xml"), "epub"),
    (re.compile(rb"word/"), "docx"),
    (re.compile(rb"xl/"), "xlsx"),
    (re.compile(rb"ppt/"), "pptx"),
    (re.compile(rb"datapackage\.json"), "wacz"),
    (re.compile(rb"Index/Document\.iwa|Index\.zip|index\.apxl"), "iwork"),
    (re.compile(rb"AndroidManifest\.xml|META-INF/MANIFEST\.MF"), "program"),
)

#: What else has to be there, so that a mere folder of that name doesn't count.
_WITH: Final = {
    "docx": re.compile(rb"\[Content_Types\]\.xml|_rels/"),
    "xlsx": re.compile(rb"\[Content_Types\]\.xml|_rels/"),
    "pptx": re.compile(rb"\[Content_Types\]\.xml|_rels/"),
    "wacz": re.compile(rb"(?:archive|indexes|pages)/"),
}


def zip_kind(content: bytes) -> str:
    """Return the kind of document that a ZIP file is, or `zip` if it is an archive of files."""
    if declared := _declared(content):
        return declared
    names = list(_names(content))
    for pattern, kind in _MEMBERS:
        needed = _WITH.get(kind)
        if any(map(pattern.match, names)) and (needed is None or any(map(needed.match, names))):
            return kind
    is_open_document = b"content.xml" in names and b"META-INF/manifest.xml" in names
    return "odt" if is_open_document else "zip"


def _declared(content: bytes) -> str | None:
    try:
        signature, _, method, size, _, name, extra = _LOCAL.unpack_from(content)
    except struct.error:
        return None
    start = _LOCAL.size
    if signature != b"PK\x03\x04" or method or content[start : start + name] != b"mimetype":
        return None
    stated = content[start + name + extra :][: min(size, 100) or 100]
    return next((kind for media_type, kind in _MEDIA_TYPES if stated.startswith(media_type)), None)


def _names(content: bytes) -> Iterator[bytes]:
    """Yield the names in the list of members; where it is damaged, those at the members themselves."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - _COMMENT))
    if end < 0 or end + _END.size > len(content):
        return
    _, size, start = _END.unpack_from(content, end)
    # Bytes may have been put before the archive; the list ends where its place is noted.
    at = start if content.startswith(b"PK\x01\x02", start) else max(0, end - size)
    for _ in range(_LOOKED_AT):
        if not content.startswith(b"PK\x01\x02", at) or at + 46 > len(content):
            return
        name, extra, comment = struct.unpack_from("<HHH", content, at + 28)
        yield content[at + 46 : at + 46 + name]
        at += 46 + name + extra + comment
