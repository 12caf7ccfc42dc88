"""What many tests of the use cases need: commands, and the archive that they work on."""

from pathlib import Path

import pytest

from quotearchive.archive.archive import Archive
from tests.cli.conftest import run, with_letter

__all__ = ["run", "with_letter"]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """The archive that the commands of the test change."""
    return Archive(tmp_path / "archive.json")
