"""Opening the original of a document with the program that the system has for it."""

import contextlib
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from quotearchive.archive.lookup import show_document, show_quote
from quotearchive.archive.originals import locate_original
from quotearchive.cli.session import Session
from quotearchive.errors import QuoteArchiveError, UsageError
from quotearchive.model import Document, Quote
from quotearchive.readers import FORMATS

#: How the names of files end in which programs may run, or that load what they show from the network.
_ACTIVE: Final = frozenset(
    {".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml", ".webarchive", ".docm", ".dotm", ".xml"}
)

#: What has pages that a quote can be on.
_PAGED: Final = ".pdf"

#: Programs that are told the page on which they open a PDF, by a part of the name that the system has for them.
#: A browser takes it in the address: https://www.rfc-editor.org/rfc/rfc8118#section-3
_VIEWERS: Final = {
    "evince": ("evince", "--page-index={page}", "{path}"),
    "atril": ("atril", "--page-index={page}", "{path}"),
    "xreader": ("xreader", "--page-index={page}", "{path}"),
    "okular": ("okular", "--page", "{page}", "{path}"),
    "zathura": ("zathura", "--page={page}", "{path}"),
    "firefox": ("firefox", "{address}#page={page}"),
    "chromium": ("chromium", "{address}#page={page}"),
    "google-chrome": ("google-chrome", "{address}#page={page}"),
}


#: Seconds for the system to say which program that is.
_PATIENCE: Final = 5


class UnopenedFileError(QuoteArchiveError):
    """A file is not opened, or the system has nothing to open it with."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{reason} The file is {shlex.quote(str(path))}")


def open_original(session: Session, chosen: Sequence[tuple[str, bool]], *, is_agreed: bool) -> None:
    """Open the original of a document, or of a quote's document at the page of the quote.

    Args:
        session: The session.
        chosen: What is to be opened, with whether it is a document.
        is_agreed: Whether nothing is asked.

    Raises:
        UsageError: There are several.
        UnopenableOriginalError: It is not there as it was.
        UnopenedFileError: It is of a kind that isn't opened, or nothing opens it.
    """
    if len(chosen) != 1:
        several = f"--open takes one document or quote, and {len(chosen)} were given."
        raise UsageError(several)
    document, quote = _found(session, *chosen[0])
    path = locate_original(session.archive, document)
    suffix = path.suffix.lower()
    if not any(suffix in each.suffixes for each in FORMATS):
        raise UnopenedFileError(path, f"A file of this kind is not opened, because it might be run ({suffix or '-'}).")
    if suffix in _ACTIVE:
        asked = "It may run scripts and load things from the network, which tells others that it is read. Open it?"
        session.confirm(asked, is_agreed=is_agreed)
    page = _page(document, quote) if quote and suffix == _PAGED else None
    if document.original and document.original.member:
        session.remark(f"{document.slug} is {document.original.member} in it.")
    if not (page and _opens_at(path, page)) and click.launch(str(path)):
        raise UnopenedFileError(path, "The system has no program to open it with.")
    session.say(f"Opened {path}.{f' The quote is on page {page} of the file.' if page else ''}")


def _opens_at(path: Path, page: int) -> bool:
    """Open a PDF at a page, if the program that the system has for it is known to take one."""
    if sys.platform != "linux":
        return False
    asked = ("xdg-mime", "query", "default", "application/pdf")
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=_PATIENCE)  # noqa: S603
        known = [words for name, words in _VIEWERS.items() if name in answer.stdout.lower()]
        for program, *words in known[:1]:
            places = {"page": page, "path": path, "address": path.as_uri()}
            command = [program, *(word.format_map(places) for word in words)]
            quiet = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in range(3)]
            os.posix_spawnp(program, command, os.environ, file_actions=quiet)
            return True
    return False


def _found(session: Session, reference: str, is_document: bool) -> tuple[Document, Quote | None]:
    if is_document:
        return show_document(session.archive, reference).document, None
    quote, page = show_quote(session.archive, reference)
    return page.document, quote


def _page(document: Document, quote: Quote) -> int | None:
    """Return the number of the page of the original, from 1, on which a quote begins; None if that is not known."""
    start = quote.passages[0].start
    before = [each for each in document.segments if each.kind == "page" and each.start <= start]
    return before[-1].ref if before and isinstance(before[-1].ref, int) else None
