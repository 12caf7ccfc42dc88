"""Results that go to files."""

import contextlib
import os
import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from quotearchive.errors import QuoteArchiveError, UnreadableFileError, UsageError, system_reason
from quotearchive.exporters.interface import File, Piece
from quotearchive.store import outputs


def write_file(path: Path, pieces: Iterable[Piece], *, replace: bool) -> None:
    """Write a file whole or not at all; a pipe or a device is written into.

    Args:
        path: The file, or a link to it.
        pieces: Its content.
        replace: Whether a file that is there may be replaced.

    Raises:
        UsageError: It is there and must not be replaced.
        QuoteArchiveError: It can't be written.
    """
    content = map(encoded, pieces)
    with _translated(path):
        if path.exists() and not (path.is_file() or path.is_dir()):
            with path.open("wb") as file:
                file.writelines(content)
            return
        if path.exists() and not replace:
            taken = f"{shlex.quote(str(path))} already exists. Use --force to replace it, or give another name."
            raise UsageError(taken)
        _put(path, content)


def write_folder(folder: Path, notes: Iterable[Piece], merge: Callable[[str, File], str]) -> None:
    """Write the files of a folder export, each whole or not at all.

    Args:
        folder: It is made if it isn't there.
        notes: What to write. A file that is there and has this content already is left alone.
        merge: Puts the fresh text of a file into the text that is there.

    Raises:
        ForeignFileError: A file is there that such an export did not write.
        QuoteArchiveError: The folder or a file can't be written.
    """
    with _translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for note in notes:
        if isinstance(note, File):
            _write_note(folder / note.name, note, merge)


def encoded(piece: Piece) -> bytes:
    """Return the bytes of a piece; what UTF-8 can't hold is written as its escape."""
    return piece if isinstance(piece, bytes) else str(piece).encode("utf-8", "backslashreplace")


def _write_note(path: Path, note: File, merge: Callable[[str, File], str]) -> None:
    with _translated(path):
        existing = _read(path) if path.exists() else None
        content = encoded(note.content) if existing is None else _merged(path, existing, note, merge)
        if content != existing:
            _put(path, [content])


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableFileError(str(path), "it is not a file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(str(path), str(error)) from error


def _merged(path: Path, existing: bytes, note: File, merge: Callable[[str, File], str]) -> bytes:
    """Merge a fresh note into an existing one, with the line ends of that."""
    try:
        text = existing.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(str(path), str(error)) from error
    merged = merge(text.replace("\r\n", "\n"), note)
    return encoded(merged.replace("\n", "\r\n") if "\r\n" in text else merged)


def _put(path: Path, pieces: Iterable[bytes]) -> None:
    """Replace the file, or the one that a link leads to."""
    outputs.write(Path(os.path.realpath(path)), pieces, mode=0o666 & ~_umask())


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Raise the system's errors as ours, with the path that was to be written."""
    try:
        yield
    except OSError as error:
        unwritten = f"{shlex.quote(str(path))} can't be written: {system_reason(error)}."
        raise QuoteArchiveError(unwritten) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
