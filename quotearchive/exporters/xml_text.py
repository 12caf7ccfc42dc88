"""Text that XML can hold, character for character in the same places."""

import re
from typing import Final

#: All that is no `Char` of XML 1.0 (https://www.w3.org/TR/xml/#charsets).
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Where Unicode has pictures of control characters: ␀ for NUL, ␛ for escape.
_PICTURES: Final = 0x2400

_LAST_CONTROL: Final = 0x1F


def legal(text: str) -> str:
    r"""Put a stand-in for each character that XML forbids, so that all others keep their places.

    >>> legal("a\x1b[31m\ufffe")
    'a␛[31m�'
    """
    return _ILLEGAL.sub(lambda sign: _stand_in(ord(sign.group())), text)


def _stand_in(code: int) -> str:
    return chr(_PICTURES + code) if code <= _LAST_CONTROL else "\ufffd"
