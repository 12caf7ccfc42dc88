"""Decode the bytes of a file that should be text, and refuse those that aren't.

UTF-8 and whatever begins with a byte order mark are certain. UTF-16 without a mark and the legacy encodings
are guesses, the latter by charset-normalizer; a guess is marked as one.
"""

import re
from typing import Final

import msgspec
from charset_normalizer import CharsetMatch, from_bytes

from quotearchive.errors import NotTextError
from quotearchive.readers.kinds.samples import MARKS
from quotearchive.readers.kinds.signatures import signed
from quotearchive.readers.languages import familiar, guess_language

#: What Python calls the encodings with a mark.
_MARKED: Final = {
    "utf-8": "utf-8-sig",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32-le": "utf-32",
    "utf-32-be": "utf-32",
}

#: How many bytes are judged, from the first that isn't ASCII on: a long page, more than a guess needs.
_SAMPLE: Final = 2**16

#: The share of control characters beyond which a guess is wrong: a text may hold a stray NUL or the escape
#: sequences of a terminal, but bytes that are no text have some 11 % and more.
_CONTROLS: Final = 0.05

#: The same for bytes that are valid UTF-8, which other bytes hardly ever are: a line in colour has up to a fifth,
#: and of UTF-16, which may be valid as well, half are NUL.
_CONTROLS_PROVEN: Final = 0.3

#: Legacy encodings by how often they are met. Where several make the same sense of a text, the first counts.
_COMMON: Final = (
    *("cp1252", "cp1250", "cp1251", "cp1256", "cp1254", "cp1253", "cp1255", "cp932", "euc_jp", "gb18030", "big5"),
    *("koi8_r", "koi8_u", "iso8859_2", "iso8859_7", "iso8859_9", "iso8859_5", "cp866", "cp850", "mac_roman"),
)

#: The encoding that a language is nearly always in where its letters are few and other encodings would do.
_USUAL: Final = {"tr": "cp1254", "ku": "cp1254", "pl": "cp1250"}

#: How much more mess than in the best of them charset-normalizer may see in a reading that is considered, on
#: its scale from 0 to 1: rare letters and figures count as some, and a wrong reading has more.
_MESS: Final = 0.06

#: What charset-normalizer sees in arbitrary bytes: Unicode, which has marks of its own, and EBCDIC, where
#: control characters are letters, and which was left to mainframes.
_NO_GUESSES: Final = [
    *("utf_7", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"),
    *("cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"),
]

_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ASCII: Final = re.compile(rb"[\t\n\r -~]")

#: The share of printable ASCII beyond which bytes are no UTF-16: there at least every other byte is none.
_ASCII_IN_UTF16: Final = 0.6

_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")


class Decoded(msgspec.Struct, frozen=True):
    """A text and the encoding it was in; whether that is a guess."""

    text: str
    encoding: str
    is_guessed: bool = False


def decode(content: bytes, name: str) -> Decoded:
    """Decode the bytes of a text file.

    Args:
        content: The whole file.
        name: What to call it in an error.

    Raises:
        NotTextError: If it is no text, or its encoding is unknown.

    >>> decode("Zürich".encode(), "a.txt")
    Decoded(text='Zürich', encoding='utf-8', is_guessed=False)
    """
    if kind := signed(content):
        raise NotTextError(name, f"another kind of file ({kind})")
    # Japanese e-mail is ASCII with escape sequences.
    is_japanese = b"\x1b$B" in content[:_SAMPLE]
    decoded = (
        _by_mark(content, name)
        or (_decode(content, "iso2022_jp", is_guessed=True) if is_japanese else None)
        or _decode(content, "utf-8", controls=_CONTROLS_PROVEN)
        or _as_utf16(content)
        or _by_guess(content)
    )
    if decoded is None:
        raise NotTextError(name, "binary data")
    return decoded


def _by_mark(content: bytes, name: str) -> Decoded | None:
    mark, encoding = next((each for each in MARKS if content.startswith(each[0])), (b"", ""))
    if not mark:
        return None
    decoded = _decode(content[len(mark) :], encoding)
    if decoded is None:
        raise NotTextError(name, f"damaged {_MARKED[encoding].upper()}")
    return msgspec.structs.replace(decoded, encoding=_MARKED[encoding])


def _as_utf16(content: bytes) -> Decoded | None:
    """Recognise UTF-16 by the NUL that is half of every blank and line end, always the same half."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(content) % 2 or even == odd or len(_ASCII.findall(sample)) > _ASCII_IN_UTF16 * len(sample):
        return None
    encoding, strays, halves = ("utf-16-le", even, odd) if odd > even else ("utf-16-be", odd, even)
    return _decode(content, encoding, is_guessed=True) if strays * 20 <= halves else None


def _by_guess(content: bytes) -> Decoded | None:
    """Guess a legacy encoding: of those charset-normalizer finds clean, the one whose words make sense."""
    if b"\x00" in content or _is_utf8(content):
        return None
    matches = list(from_bytes(_sample(content), cp_exclusion=_NO_GUESSES, enable_fallback=False))
    clean = [match for match in matches if match.chaos <= matches[0].chaos + _MESS]
    for match in sorted(clean, key=_sense, reverse=True):
        if decoded := _decode(content, match.encoding, is_guessed=True):
            return decoded
    return None


def _is_utf8(content: bytes) -> bool:
    """Check whether bytes are UTF-8, which here means that what they decode to was refused as text."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sense(match: CharsetMatch) -> tuple[int, bool, int]:
    text = str(match)
    rank = _COMMON.index(match.encoding) if match.encoding in _COMMON else len(_COMMON)
    return familiar(text), _USUAL.get(guess_language(text) or "") == match.encoding, -rank


def _sample(content: bytes) -> bytes:
    """Cut out whole lines around the first bytes that differ between encodings."""
    found = _BEYOND_ASCII.search(content)
    if len(content) <= _SAMPLE or found is None:
        return content[:_SAMPLE]
    start = content.rfind(b"\n", max(0, found.start() - _SAMPLE // 4), found.start()) + 1
    sample = content[start or found.start() : (start or found.start()) + _SAMPLE]
    return sample[: sample.rfind(b"\n") + 1] or sample


def _decode(content: bytes, encoding: str, *, is_guessed: bool = False, controls: float = _CONTROLS) -> Decoded | None:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    is_text = len(_CONTROL.findall(text[:_SAMPLE])) <= controls * len(text[:_SAMPLE])
    return Decoded(text, encoding, is_guessed) if is_text else None
