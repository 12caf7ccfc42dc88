"""The compression in which Outlook keeps RTF (MS-OXRTFCP): runs of a window of 4,096 bytes, filled beforehand."""

import struct
from typing import Final

from quotearchive.errors import QuoteArchiveError

_WINDOW: Final = 4096
_FILLED: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_COMPRESSED: Final = b"LZFu"
_PLAIN: Final = b"MELA"

#: The bytes that are unpacked at most.
_LIMIT: Final = 64 * 2**20


class DamagedRtfError(QuoteArchiveError):
    """Compressed RTF that can't be unpacked."""

    def __init__(self) -> None:
        super().__init__("The RTF in the message is damaged.")


def decompress(content: bytes) -> bytes:
    r"""Unpack RTF.

    >>> decompress(bytes.fromhex(
    ...     "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
    ...     "0af32068656c090020627705b06c647d0a800fa0"
    ... ))
    b'{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n'

    Raises:
        DamagedRtfError: It is damaged.
    """
    try:
        _, size, kind, _ = struct.unpack_from("<II4sI", content)
    except struct.error as error:
        raise DamagedRtfError from error
    if kind == _PLAIN:
        return content[16 : 16 + size]
    if kind != _COMPRESSED:
        raise DamagedRtfError
    return _unpack(content, min(size, _LIMIT))


def _unpack(content: bytes, size: int) -> bytes:
    window = bytearray(_FILLED.ljust(_WINDOW, b"\0"))
    write = len(_FILLED)
    out = bytearray()
    at = 16
    while at < len(content) and len(out) < size:
        flags = content[at]
        at += 1
        for bit in range(8):
            if flags >> bit & 1:
                pair = content[at : at + 2]
                at += 2
                if len(pair) < 2:  # noqa: PLR2004 - two bytes
                    return bytes(out)
                offset, length = pair[0] << 4 | pair[1] >> 4, (pair[1] & 15) + 2
                if offset == write:
                    return bytes(out)
                for step in range(length):
                    byte = window[(offset + step) % _WINDOW]
                    window[write] = byte
                    write = (write + 1) % _WINDOW
                    out.append(byte)
            elif at < len(content):
                window[write] = content[at]
                write = (write + 1) % _WINDOW
                out.append(content[at])
                at += 1
    return bytes(out)
