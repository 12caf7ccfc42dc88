"""Fixtures of the tests of detection."""

from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def letter() -> str:
    """Return the article on the open letter of Hashem Khastar."""
    return (DATA / "khastar-open-letter.txt").read_text(encoding="utf-8")
