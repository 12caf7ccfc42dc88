"""Encodings by the names that pages and messages give them, and words that are decoded as they declare."""

import codecs
import re
from typing import Final

from quotearchive.errors import NotTextError
from quotearchive.readers.encodings import decode

#: What names of encodings are taken for: browsers take some for larger ones that hold them
#: (https://encoding.spec.whatwg.org/#names-and-labels), and mail programs have made up others.
_LABELS: Final = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "l1"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e"), "iso-8859-8"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "windows-936"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean"), "cp949"),
    **dict.fromkeys(("macintosh", "x-mac-roman"), "mac_roman"),
    **dict.fromkeys(("x-user-defined", "utf8mb4", "utf-8-mac"), "utf-8"),
    "big5": "big5hkscs",
    "windows-950": "cp950",
    "x-mac-cyrillic": "mac_cyrillic",
    "unicode-1-1-utf-7": "utf-7",
}

#: Encodings of one byte a character: nothing is invalid in them, so that they may be declared by mistake.
_SINGLE_BYTE: Final = re.compile(r"cp125\d|iso8859[_-]|iso-8859|koi8|mac[_-]|cp\d{3}$|ascii", re.IGNORECASE)

#: Encodings in which ASCII is more than it seems.
_SEVEN_BITS: Final = ("utf-7", "utf-16")


def codec_of(charset: str | None) -> str | None:
    """Return Python's name of an encoding, or None if it has none, or the name is one of something else.

    >>> codec_of(" 'ISO-8859-1'"), codec_of("base64")
    ('cp1252', None)
    """
    label = (charset or "").strip("\"' \t\r\n").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
        "".encode(name)  # some codecs are for bytes
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    return name


def in_charset(content: bytes, charset: str = "") -> tuple[str, str]:
    """Decode words as they declare, unless that is wrong.

    Returns:
        The words, and a remark where they were read in another encoding.

    >>> in_charset("Köln".encode(), "iso-8859-1")[0]
    'Köln'
    """
    codec = codec_of(charset) or ""
    if content.isascii() and b"\x1b" not in content and not codec.startswith(_SEVEN_BITS):
        return content.decode("ascii"), ""
    declared = _strictly(content, codec)
    if declared is not None and (_SINGLE_BYTE.match(codec) is None or _strictly(content, "utf-8") is None):
        return declared, ""
    try:
        found = decode(content, "the message")
    except NotTextError:
        return content.decode("latin-1"), "Its letters may be wrong: they are in no encoding that can be told."
    if not charset and not found.is_guessed:
        return found.text, ""
    said = f"declared as {charset}" if charset else "not declared"
    return found.text, f"The encoding of its words is {said}; they were read as {found.encoding}."


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec) if codec else None
    except (UnicodeError, LookupError):
        return None
