"""Pages in a web crawler's file, WARC (ISO 28500), also compressed: each page is a document."""

import io
from collections.abc import Collection, Iterator
from typing import Final

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from quotearchive.readers.errors import SAVE_AGAIN, UnreadFormatError
from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.web.html import read_page
from quotearchive.readers.web.origins import Origin, is_address

#: Records that are looked at, and bytes of all pages together, and of one.
_MOST: Final = 200_000
_MOST_BYTES: Final = 512 * 2**20
_LONGEST_PAGE: Final = 32 * 2**20

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})

#: The answer of a server that sends the page that was asked for.
_FOUND: Final = "200"


class ArchivedPage(msgspec.Struct, frozen=True):
    """A page in a WARC: its bytes, where it was, when it was retrieved, and the number of its record."""

    content: bytes
    url: str
    retrieved: str | None
    charset: str | None
    number: int


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:
    """Read the pages in a WARC that show anything; what they are made of is passed over.

    Args:
        content: The file.
        name: Its name.
        options: Whether everything that a page shows is its text.

    Raises:
        UnreadFormatError: There is no page in it.
    """
    pages = list(pages_of(content, name))
    found = False
    for page in pages:
        read = read_archived(page, options, f"record {page.number}" if len(pages) > 1 else None)
        if read.text:
            found = True
            yield read
    if not found:
        raise UnreadFormatError(name, "a web archive without a page that has text", SAVE_AGAIN)


def read_archived(page: ArchivedPage, options: Options, member: str | None) -> Extract:
    """Read a page from a WARC."""
    return read_page(page.content, options, Origin(page.url, page.retrieved), page.charset, member)


def pages_of(content: bytes, name: str, wanted: Collection[str] | None = None) -> Iterator[ArchivedPage]:
    """Yield the pages in a WARC, each address and time once.

    Args:
        content: The file.
        name: Its name.
        wanted: The addresses of those that are wanted; all by default.

    Raises:
        UnreadFormatError: It is damaged before its first page.
    """
    seen: set[tuple[str, str | None]] = set()
    left = _MOST_BYTES
    records = _records(content)
    while True:
        try:
            number, record = next(records)
            page = _page(record, number)
        except StopIteration:
            return
        except (ArchiveLoadFailed, ValueError, EOFError, OSError, LookupError, AttributeError, TypeError) as error:
            if seen:  # cut off, as crawls are that were broken off
                return
            raise UnreadFormatError(name, "a damaged web archive", SAVE_AGAIN) from error
        if page is None or (page.url, page.retrieved) in seen or (wanted is not None and page.url not in wanted):
            continue
        seen.add((page.url, page.retrieved))
        left -= len(page.content)
        if left < 0:
            return
        yield page


def _records(content: bytes) -> Iterator[tuple[int, ArcWarcRecord]]:
    for number, record in enumerate(ArchiveIterator(io.BytesIO(content)), start=1):
        if number > _MOST:
            return
        yield number, record


def _page(record: ArcWarcRecord, number: int) -> ArchivedPage | None:
    """Return the page in a record, if it is one."""
    headers = record.http_headers
    if record.rec_type == "response" and headers is not None:
        if headers.get_statuscode() != _FOUND:
            return None
        stated = headers.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        stated = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    kind, _, parameters = stated.partition(";")
    if kind.strip().lower() not in _PAGES or not is_address(url):
        return None
    content = record.content_stream().read(_LONGEST_PAGE)
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    return ArchivedPage(content, url, record.rec_headers.get_header("WARC-Date"), charset, number)
