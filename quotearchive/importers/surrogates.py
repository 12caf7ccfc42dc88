r"""JSON that is not all Unicode: `\ud83d` without the other half of its character.

JavaScript writes it wherever it cuts a text within a character, as browsers do with the context of a selection.
"""

import re
from typing import Any, Final

import msgspec

from quotearchive.importers.errors import UnusableFileError

#: An escape: two halves of a character, one that is half of none, or another.
_ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)

#: Whether there are any at all, which few files have.
_ANY: Final = re.compile(rb"\\u[dD][89a-fA-F]")

#: What `hidden` writes for the backslash of a half: no text has it.
_MARK: Final = rb"\u0000\u0000"


def decoded(content: bytes, kind: Any = Any) -> Any:  # noqa: ANN401 - a JSON value
    """Read JSON, behind a byte order mark or not.

    Args:
        content: The JSON, free of halves of characters.
        kind: What it is a value of.

    Raises:
        UnusableFileError: It is no such JSON.
    """
    try:
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=kind)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise UnusableFileError(str(error)) from error


def half(content: bytes) -> str:
    r"""Return the first half of a character as it is written; empty if there is none.

    >>> half(b'"\\ud83d\\ude00 \\ud83d"')
    '\\ud83d'
    """
    found = next((found for found in _ESCAPE.finditer(content) if found[1]), None)
    return found[0].decode() if found else ""


def escaped(content: bytes) -> bytes:
    r"""Write halves of characters so that they are read as they are written.

    >>> escaped(b'"\\ud83d\\ude00 \\ud83d"') == b'"\\ud83d\\ude00 \\\\ud83d"'
    True
    """
    if not _ANY.search(content):
        return content
    return _ESCAPE.sub(lambda found: b"\\" + found[0].lower() if found[1] else found[0], content)


def hidden(content: bytes) -> bytes:
    """Write halves of characters so that a reader of JSON passes them, and `shown` finds them again."""
    if not _ANY.search(content):
        return content
    return _ESCAPE.sub(lambda found: _MARK + found[0][1:] if found[1] else found[0], content)


def shown(content: bytes) -> bytes:
    r"""Undo what `hidden` did.

    >>> shown(hidden(b'"\\ud83d"')) == b'"\\ud83d"'
    True
    """
    return content.replace(_MARK + b"u", b"\\u")
