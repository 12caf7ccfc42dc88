"""What many tests need: a real letter."""

from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does; the benchmarks measure time.
settings.register_profile("quotearchive", deadline=None)
settings.load_profile("quotearchive")

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def letter() -> str:
    """The text of an open letter as a news site printed it."""
    return (DATA / "khastar-open-letter.txt").read_text(encoding="utf-8")
