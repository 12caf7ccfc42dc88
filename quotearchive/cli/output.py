"""Results that go to files."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from quotearchive.errors import FileExistsAlreadyError, OutputError, UnreadableFileError
from quotearchive.exporters.interface import File, Piece


def write_file(path: Path, pieces: Iterable[Piece], *, replace: bool) -> None:
    """Write a file whole or not at all.

    Args:
        path: The file.
        pieces: Its content.
        replace: Whether a file that is there may be replaced.

    Raises:
        FileExistsAlreadyError: It is there and must not be replaced.
        OutputError: It can't be written.
    """
    if path.exists() and not replace:
        raise FileExistsAlreadyError(path)
    _replace(path, map(encoded, pieces))


def write_folder(folder: Path, files: Iterable[Piece], merge: Callable[[str, File], str]) -> None:
    """Write the files of a folder export, each whole or not at all.

    Args:
        folder: It is made if it isn't there.
        files: What to write.
        merge: Puts the fresh text of a file into the text that is there.

    Raises:
        ForeignFileError: A file is there that such an export did not write.
        OutputError: The folder or a file can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, error) from error
    for file in files:
        if isinstance(file, File):
            path = folder / file.name
            content = merge(_read(path), file) if path.exists() else file.content
            _replace(path, [encoded(content)])


def encoded(piece: Piece) -> bytes:
    """Give the bytes of a piece; what UTF-8 can't hold is written as its escape."""
    return piece if isinstance(piece, bytes) else str(piece).encode("utf-8", "backslashreplace")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(str(path), str(error)) from error


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Put a new file in the place of the path, with the mode that the old one or a new one has."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with _removed_on_failure(temporary):
            with os.fdopen(handle, "wb") as file:
                file.writelines(pieces)
            temporary.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
            temporary.replace(path)
    except OSError as error:
        raise OutputError(path, error) from error


@contextlib.contextmanager
def _removed_on_failure(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
