"""What many tests of the use cases need: commands, and the archive that they work on."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.imports import ImportReport, Request, import_file
from tests.archive.import_rows import CHANGE, Import
from tests.cli.conftest import run, with_letter, with_letters

__all__ = ["run", "with_letter", "with_letters"]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """The archive that the commands of the test change."""
    return Archive(tmp_path / "archive.json")


@pytest.fixture
def imported(archive: Archive, tmp_path: Path) -> Import:
    """Import records, or the text of a file, into the archive."""

    def imported(*records: dict[str, Any] | str, **request: Any) -> ImportReport:  # noqa: ANN401 - any field
        path = tmp_path / "file"
        lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
        path.write_bytes("\n".join(lines).encode())
        return import_file(archive, msgspec.convert({"path": path, **request}, Request), change=CHANGE)

    return imported
