"""Strings that are no Unicode, made into strings that are."""

import re
from typing import Final

#: What Python decodes a byte to that the file system's encoding can't read (PEP 383), and any other
#: surrogate: half a character, which neither UTF-8 nor JSON can carry.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

#: The code point that stands for the byte 0x00; those for 0x80 to 0xff are in use.
_FIRST_BYTE: Final = 0xDC00

#: A byte that was escaped.
_ESCAPED_BYTE: Final = re.compile(r"\\x([89a-f][0-9a-f])")


def escape_surrogates(text: str) -> str:
    r"""Escape what is no Unicode in a string as Python writes it: a byte as `\xf1`, half a character as `\ud83d`.

    >>> escape_surrogates("Mu\udcf1oz.txt")
    'Mu\\xf1oz.txt'
    """
    return _SURROGATE.sub(_escaped, text)


def unescape_bytes(name: str) -> str:
    r"""Turn the bytes that `escape_surrogates` escaped in a file's name back into what Python opens the file by.

    >>> unescape_bytes("Mu\\xf1oz.txt") == "Mu\udcf1oz.txt"
    True
    """
    return _ESCAPED_BYTE.sub(lambda byte: chr(_FIRST_BYTE + int(byte[1], 16)), name)


def _escaped(surrogate: re.Match[str]) -> str:
    byte = ord(surrogate[0]) - _FIRST_BYTE
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else f"\\u{ord(surrogate[0]):04x}"  # noqa: PLR2004 - see above
