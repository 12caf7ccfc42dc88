"""How a process that reads files and the one that wants them read talk: bytes with their length before them."""

import struct
from typing import IO, Final

import msgspec

from quotearchive.readers.extracts import Options

_LENGTH: Final = struct.Struct(">cQ")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A wish to have a file read, which the file's bytes follow.

    Attributes:
        name: Its name.
        options: How to read it.
        way: The names of the files around it, and its own in there; empty for one that is in none.
        unpack: Whether the files in it are wanted as they are, unread.
    """

    name: str
    options: Options
    way: tuple[str, ...] = ()
    unpack: bool = False


class Birth(msgspec.Struct, frozen=True, tag=True):
    """A wish for a process that reads, which gets the pipes that are sent along.

    Attributes:
        modules: What is loaded before.
    """

    modules: tuple[str, ...] = ()


class Burial(msgspec.Struct, frozen=True, tag=True):
    """A wish to know how a process has ended."""

    pid: int


#: What frames hold. A member is its name and then its bytes; `WORDLESS` is a failure
#: because there are no words, `LIFE` a sign of life, `LAST` an end after which the
#: process is no longer there.
CONTENT: Final = b"c"
DOCUMENT: Final = b"d"
REFUSED: Final = b"r"
NAME: Final = b"n"
FAILED: Final = b"f"
WORDLESS: Final = b"w"
LIFE: Final = b"l"
END: Final = b"e"
LAST: Final = b"E"


def send(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write a frame."""
    stream.write(_LENGTH.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes], limit: int) -> tuple[bytes, bytes] | None:
    """Read a frame; None where there is no more, or none that is whole.

    Args:
        stream: Where from.
        limit: The most bytes that it may hold.

    Raises:
        OverflowError: It holds more.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    kind, length = _LENGTH.unpack(head)
    if length > limit:
        raise OverflowError
    payload = stream.read(length)
    return (kind, payload) if len(payload) == length else None
