"""Results that go to files."""

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from quotearchive.errors import FileExistsAlreadyError, OutputError


def write_file(path: Path, pieces: Iterable[str], *, replace: bool) -> None:
    """Write a file whole or not at all.

    Args:
        path: The file.
        pieces: Its text.
        replace: Whether a file that is there may be replaced.

    Raises:
        FileExistsAlreadyError: It is there and must not be replaced.
        OutputError: It can't be written.
    """
    if path.exists() and not replace:
        raise FileExistsAlreadyError(path)
    try:
        temporary = _written(path, pieces)
        try:
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(path, error) from error


def _written(path: Path, pieces: Iterable[str]) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(piece.encode("utf-8", "backslashreplace") for piece in pieces)
            temporary.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
