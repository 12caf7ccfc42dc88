"""The beginning and the end of a file as far as a glance at it goes, whatever its encoding."""

import codecs
from typing import Final

import msgspec

#: Bytes of a file's beginning that are looked at: a web page may open with long comments and scripts.
BEGINNING: Final = 2**16

#: Bytes of its end.
END: Final = 2**12

#: Byte order marks; UTF-32 comes first because its mark begins like that of UTF-16.
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: The share of NUL from which bytes may be UTF-16 without a mark: of mere ASCII half are.
_NULS: Final = 0.25


class Sample(msgspec.Struct, frozen=True):
    """What a glance shows.

    Attributes:
        beginning: The first code points, without white space and marks before them.
        end: The last ones, without white space after them; of a short file it is the whole.
    """

    beginning: str
    end: str


def sample(content: bytes) -> Sample:
    r"""Glance at a file. Signs of markup are ASCII, so that a legacy encoding need not be known.

    >>> sample("\ufeff <p>a</p>\n".encode("utf-16"))
    Sample(beginning='<p>a</p>\n', end='<p>a</p>')
    """
    encoding = _encoding(content)
    width = 4 if "32" in encoding else 2 if "16" in encoding else 1
    tail = content[max(0, len(content) // width * width - END) :]
    return Sample(
        content[:BEGINNING].decode(encoding, "replace").lstrip("\ufeff \t\r\n\f\v"),
        tail.decode(encoding, "replace").strip("\ufeff \t\r\n\f\v\x00\x1a"),
    )


def _encoding(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    begun = content[:END]
    even, odd = begun[::2].count(0), begun[1::2].count(0)
    if max(even, odd) > _NULS * len(begun) and min(even, odd) * 8 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "latin-1"
