"""Pages that Safari saved: a property list with the page and its parts."""

import plistlib
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from quotearchive.readers.errors import SAVE_AGAIN, UnreadFormatError
from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.web.html import read_page
from quotearchive.readers.web.origins import Origin


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:
    """Read a page that Safari saved.

    Args:
        content: The file.
        name: Its name.
        options: Whether everything that the page shows is its text.

    Raises:
        UnreadFormatError: There is no page in it.
    """
    page = _main_resource(content, name)
    source = page.get("WebResourceData")
    if not isinstance(source, bytes):
        raise UnreadFormatError(name, "a web archive without a page in it", SAVE_AGAIN)
    charset = page.get("WebResourceTextEncodingName")
    url = page.get("WebResourceURL")
    origin = Origin(url if isinstance(url, str) else None)
    yield read_page(source, options, origin, charset if isinstance(charset, str) else None)


def _main_resource(content: bytes, name: str) -> dict[str, Any]:
    try:
        plist = plistlib.loads(content)
    except (plistlib.InvalidFileException, ValueError, ExpatError, RecursionError, KeyError, OverflowError) as error:
        raise UnreadFormatError(name, "a damaged web archive", SAVE_AGAIN) from error
    page = plist.get("WebMainResource") if isinstance(plist, dict) else None
    return page if isinstance(page, dict) else {}
