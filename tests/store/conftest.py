"""An archive's file, before it is made and with one document."""

from pathlib import Path

import pytest

from quotearchive.store import ArchiveFile

from .letters import CHANGE, document


@pytest.fixture
def store(tmp_path: Path) -> ArchiveFile:
    """An archive that is not there yet."""
    return ArchiveFile(tmp_path / "archive.json")


@pytest.fixture
def with_letter(store: ArchiveFile) -> ArchiveFile:
    """An archive of one document."""
    with store.transaction(CHANGE, create=True) as transaction:
        transaction.add(document())
    return store
