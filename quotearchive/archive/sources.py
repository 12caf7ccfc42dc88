r"""Check whether the file that a document was read from is what it was.

An archive names its sources, and an archive, or what was imported or merged into it, may be somebody else's. So
a source is opened only if

* it is a regular file, no larger than any that `add` reads: never a device, a pipe or a socket, which could
  wait for ever or act on being opened; and no more of it is read than its size says;
* it lies in the archive's folder, links followed; or nothing but this archive's own `add` ever named it, as the
  history says; or the user asks for sources anywhere;
* it lies on no other computer (`\\server\share` on Windows) than the archive does, unless the user asks: who
  connects to a computer tells it who he is.

What is not opened for the last two reasons is told as `outside`. Nobody is kept from writing a history, so an
archive from somebody else can have its reader's regular files hashed, and nothing more.
"""

import hashlib
import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path, PurePath
from typing import Final

from quotearchive.anchoring.checks import State
from quotearchive.model import Document
from quotearchive.readers.files import LIMIT
from quotearchive.store import RecordedChange
from quotearchive.text import unescape_bytes

#: Bytes of a source that are read at a time.
_PIECE: Final = 2**20

#: How a source is opened: without waiting for another process, and without becoming its terminal.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)

#: The field of a document that names its source.
_FIELD: Final = "source"


def added_here(changes: Iterable[RecordedChange]) -> frozenset[int]:
    """Find the documents whose source was named by `add` and by nothing else, as the history says.

    Args:
        changes: The history. Reversing a change names nothing that was not named before.
    """
    named: dict[int, set[bool]] = {}
    for change in changes:
        numbers = [*change.added.get("documents", ())]
        changed = change.changed.get("documents", {})
        numbers += [int(number) for number, before in changed.items() if _FIELD in before.names]
        for number in numbers if change.undoes is None else ():
            named.setdefault(number, set()).add(change.command.split(" ")[0] == "add")
    return frozenset(number for number, by_add in named.items() if by_add == {True})


def check_source(document: Document, folder: Path, added: Collection[int] = (), *, anywhere: bool = False) -> State:
    """Check a document's source, as far as it may be opened.

    Args:
        document: The document.
        folder: The archive's.
        added: The documents whose source only `add` named.
        anywhere: Whether the user asks for sources wherever they are.
    """
    if not document.source or not document.source_sha256:
        return State.UNKNOWN
    home = Path(os.path.realpath(folder))
    state = State.GONE
    for name in dict.fromkeys((document.source, unescape_bytes(document.source))):
        try:
            is_open = anywhere or _is_open(home, name, is_added=document.id in added)
            state = _compared(home / name, document.source_sha256) if is_open else State.OUTSIDE
        except (OSError, ValueError):
            continue
        break
    return state


def find_source(document: Document, folder: Path, added: Collection[int] = ()) -> Path | None:
    """Return where a document's source is, if it may be opened and is what it was; None otherwise."""
    if check_source(document, folder, added) is not State.SAME or document.source is None:
        return None
    home = Path(os.path.realpath(folder))
    paths = [home / name for name in dict.fromkeys((document.source, unescape_bytes(document.source)))]
    return next((path for path in paths if path.is_file()), None)


def is_elsewhere(path: PurePath, folder: PurePath) -> bool:
    r"""Check whether a path leads to another computer, or a device, that the folder is not on.

    >>> from pathlib import PureWindowsPath
    >>> is_elsewhere(PureWindowsPath(r"\\server\share\a.txt"), PureWindowsPath(r"C:\letters"))
    True
    >>> is_elsewhere(PureWindowsPath(r"D:\a.txt"), PureWindowsPath(r"C:\letters"))
    False
    """
    return path.anchor.replace("\\", "/").startswith("//") and path.anchor != folder.anchor


def _is_open(folder: Path, name: str, *, is_added: bool) -> bool:
    """Check whether a source may be opened; first by its name alone, so that nothing outside is even looked for."""
    path = folder / name
    if is_elsewhere(path, folder):
        return False
    return is_added or all(Path(each(path)).is_relative_to(folder) for each in (os.path.normpath, os.path.realpath))


def _compared(path: Path, sha256: str) -> State:
    """Compare a regular file with its hash.

    Raises:
        OSError: There is none, or it can't be read.
    """
    size = _size(path.stat())
    if size > LIMIT:
        return State.CHANGED
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        left = min(size, _size(os.fstat(file.fileno())))
        digest = hashlib.sha256()
        while left > 0 and (piece := file.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
    return State.SAME if digest.hexdigest() == sha256 else State.CHANGED


def _size(found: os.stat_result) -> int:
    if not stat.S_ISREG(found.st_mode):
        raise OSError
    return found.st_size
