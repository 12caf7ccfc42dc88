"""Pages in a packed web archive, WACZ: a ZIP of WARC files, with a list of the pages that somebody visited."""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from quotearchive.readers.errors import SAVE_AGAIN, UnreadFormatError
from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.isolation.limits import Allowance
from quotearchive.readers.web.warc import pages_of, read_archived

_LONGEST_LIST: Final = 16 * 2**20

_LIST: Final = "pages/pages.jsonl"


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:
    """Read the pages that a WACZ lists, or all that are in it if it lists none.

    Args:
        content: The file.
        name: Its name.
        options: Whether everything that a page shows is its text.

    Raises:
        UnreadFormatError: There is no page in it.
    """
    found = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            wanted = _listed(packed) or None
            for member, warc in _warcs(packed, Allowance(name, len(content))):
                for page in pages_of(warc, name, wanted):
                    read = read_archived(page, options, f"{member} record {page.number}")
                    if read.text:
                        found = True
                        yield read
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise UnreadFormatError(name, "a damaged web archive", SAVE_AGAIN) from error
    if not found:
        raise UnreadFormatError(name, "a web archive without a page that has text", SAVE_AGAIN)


def _listed(packed: zipfile.ZipFile) -> set[str]:
    """Return the addresses of the pages that it lists."""
    if _LIST not in packed.namelist():
        return set()
    addresses = set()
    with packed.open(_LIST) as file:
        for line in file.read(_LONGEST_LIST).splitlines():
            try:
                page = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                addresses.add(page["url"])
    return addresses


def _warcs(packed: zipfile.ZipFile, allowance: Allowance) -> Iterator[tuple[str, bytes]]:
    """Yield the WARC files in it.

    Raises:
        TooMuchError: They unpack to more than is read.
    """
    members = [each for each in packed.infolist() if each.filename.startswith("archive/")]
    warcs = [each for each in members if each.filename.endswith((".warc", ".warc.gz"))]
    stated = sum(each.file_size for each in warcs)
    if stated > allowance.left:
        allowance.take(stated)
    for member in warcs:
        with packed.open(member) as file:  # what its head says of its size may be a lie
            content = file.read(allowance.left + 1)
        allowance.take(len(content))
        yield member.filename.rpartition("/")[2], content
