"""Pages that a browser saved in one file, MHTML (RFC 2557): a message whose main part is the page."""

import email
import email.policy
import email.utils
from collections.abc import Iterator
from datetime import UTC
from email.message import Message
from typing import Final

from quotearchive.readers.errors import SAVE_AGAIN, UnreadFormatError
from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.web.html import read_page
from quotearchive.readers.web.origins import Origin, in_utc

#: Parts that are looked at: a page with its pictures has some hundreds.
_MOST: Final = 5_000

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:
    """Read a page that was saved as MHTML.

    Args:
        content: The file.
        name: Its name.
        options: Whether everything that the page shows is its text.

    Raises:
        UnreadFormatError: There is no page in it.
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        page = _main_part(message)
    except RecursionError as error:
        raise UnreadFormatError(name, "a saved page whose parts are nested without end", SAVE_AGAIN) from error
    if page is None:
        raise UnreadFormatError(name, "a saved page without a page in it", SAVE_AGAIN)
    payload = page.get_payload(decode=True)
    charset = page.get_param("charset")
    yield read_page(
        payload if isinstance(payload, bytes) else b"",
        options,
        _origin(message, page),
        charset if isinstance(charset, str) else None,
    )


def _main_part(message: Message) -> Message | None:
    """Return the part that is the page: the one that the head names, or the first that is one."""
    pages: list[Message] = []
    for count, part in enumerate(message.walk()):
        if count > _MOST:
            break
        if part.get_content_type() in _PAGES and not part.is_multipart():
            pages.append(part)
    start = message.get_param("start")
    named = next((page for page in pages if start and page.get("Content-ID") == start), None)
    return named or next(iter(pages), None)


def _origin(message: Message, page: Message) -> Origin:
    """Return where the page was retrieved from and when, which is when it was saved."""
    stated = (message.get("Snapshot-Content-Location"), page.get("Content-Location"), message.get("Content-Location"))
    url = next(("".join(str(each).split()) for each in stated if each), None)
    try:
        saved = email.utils.parsedate_to_datetime(str(message.get("Date") or ""))
        # Without a zone, or with "-0000", it is in UTC (RFC 5322, section 3.3).
        retrieved = in_utc(saved if saved.tzinfo else saved.replace(tzinfo=UTC))
    except (ValueError, OverflowError, TypeError):
        retrieved = None
    return Origin(url, retrieved)
