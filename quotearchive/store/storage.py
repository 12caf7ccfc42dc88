"""A storage for TinyDB that never leaves a half-written file and decodes only what is asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from quotearchive.store import files, layout


class ArchiveStorage(Storage):  # type: ignore[misc, unused-ignore]
    """Tables in a JSON file, read lazily and replaced atomically.

    `TinyDB(path, storage=ArchiveStorage)` works as with TinyDB's own storage, but opening it makes no file.

    Args:
        path: The archive. A symbolic link stays one: the file that it names is replaced.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).resolve()

    def read(self) -> dict[str, Any] | None:
        """Read the tables; their records stay undecoded until they are looked into.

        Returns:
            A `layout.Records` for each table name; None where the file is missing or empty.

        Raises:
            ArchiveUnreadableError: The file is there but can't be read.
            DamagedArchiveError: The file holds something else than tables.
        """
        content = files.read(self.path)
        return {**layout.parse(content, self.path)} if content else None

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Replace the file by these tables.

        Raises:
            ArchiveUnwritableError: The old file is untouched.
            TypeError: A value can't be stored as JSON; the old file is untouched.
        """
        files.replace(self.path, list(layout.render(data, self.path)))
