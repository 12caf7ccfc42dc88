"""What a file of bytes is, by the signature that it begins with."""

from typing import Final

#: How files begin that are no text, with their kind. What decides between those that begin alike comes below.
_SIGNATURES: Final = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # an empty one
    (b"PK\x07\x08", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"bplist", "plist"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"\x00\x00\x00\x0cjP  \r\n", "picture"),
    (b"AT&TFORM", "djvu"),
    (b"SQLite format 3\x00", "database"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"Rar!\x1a\x07", "packed"),
    (b"MSCF", "packed"),
    (b"!BDN", "pst"),
    (b"ITSF", "help"),
    (b"\xffWPC", "wordperfect"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\x00asm", "program"),
    (b"ID3", "recording"),
    (b"fLaC", "recording"),
    (b"OggS", "recording"),
    (b"#!AMR", "recording"),
    (b"MThd", "recording"),
    (b"\x1aE\xdf\xa3", "recording"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "recording"),
    (b"\x00\x01\x00\x00\x00", "font"),
    (b"OTTO\x00", "font"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
)

#: Where a kind is named after a first word that is common to several: RIFF....WEBP, ....ftypheic.
_INNER: Final = (
    (0, b"RIFF", 8, b"WEBP", "webp"),
    (0, b"RIFF", 8, b"", "recording"),
    (0, b"BM", 14, b"\x28\x00\x00\x00", "bmp"),
    (0, b"BM", 14, b"\x6c\x00\x00\x00", "bmp"),
    (0, b"BM", 14, b"\x7c\x00\x00\x00", "bmp"),
    (4, b"ftyp", 8, b"heic", "picture"),
    (4, b"ftyp", 8, b"heix", "picture"),
    (4, b"ftyp", 8, b"mif1", "picture"),
    (4, b"ftyp", 8, b"avif", "picture"),
    (4, b"ftyp", 8, b"", "recording"),
    (60, b"BOOKMOBI", 60, b"", "kindle"),
    (60, b"TEXtREAd", 60, b"", "kindle"),
    (257, b"ustar", 257, b"", "tar"),
)

#: Signatures that are words: only with bytes after them that no text has are they one.
_WORDS: Final = frozenset(
    (b"BZh", b"MSCF", b"ITSF", b"ID3", b"MThd", b"wOFF", b"wOF2", b"!BDN", b"bplist", b"AT&TFORM")
)

#: Bytes by which those are told from text.
_NEAR: Final = 64

#: Streams of an OLE file, in the order in which one tells most: a message may hold documents.
_STREAMS: Final = (
    ("__properties_version1.0", "msg"),
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)

#: Bytes of junk before a PDF that its readers put up with.
_BEFORE_PDF: Final = 1024


def signed(content: bytes) -> str | None:
    """Return the kind of a file that begins with a signature; None if it has none.

    >>> signed(b"%PDF-1.7"), signed(b"Dear all")
    ('pdf', None)
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature) and (signature not in _WORDS or _is_binary(content)):
            return _within(kind, content)
    for at, outer, below, inner, kind in _INNER:
        if content.startswith(outer, at) and content.startswith(inner, below) and _is_binary(content):
            return kind
    return _less_plainly(content)


def _less_plainly(content: bytes) -> str | None:
    """Recognise what begins with two bytes that words may begin with, or with junk."""
    if content.startswith(b"MZ") and content.find(b"PE\x00\x00", 0, 2**12) > 0:
        return "program"
    if content.startswith(b"BM") and content[2:6] == len(content).to_bytes(4, "little"):
        return "bmp"
    if content[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1"}:
        return "recording"  # MP3 and AAC without a header
    is_pdf = content.find(b"%PDF-", 0, _BEFORE_PDF) > 0 and b"%%EOF" in content[-_BEFORE_PDF * 2 :]
    return "pdf" if is_pdf else None


def _is_binary(content: bytes) -> bool:
    return any(byte < 0x09 or (0x0D < byte < 0x20 and byte != 0x1B) for byte in content[: _NEAR * 5])  # noqa: PLR2004 - controls


def _within(kind: str, content: bytes) -> str:
    """Return the kind of a file by what it holds, where files of several kinds begin alike."""
    if kind == "ole":
        return next((each for name, each in _STREAMS if name.encode("utf-16-le") in content), "ole")
    if kind == "plist":
        return "webarchive" if b"WebMainResource" in content else "data"
    return kind
