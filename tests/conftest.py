"""What many tests need: a real letter, a user without rights, and caches of their own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does; the benchmarks measure time.
settings.register_profile("quotearchive", deadline=None)
settings.load_profile("quotearchive")

DATA = Path(__file__).parent / "data"

#: The user without rights, on every Unix.
NOBODY = 65534


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Use every processor for the whole suite; a few files take less time in one process."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


@pytest.fixture(scope="session")
def letter() -> str:
    """The text of an open letter as a news site printed it."""
    return (DATA / "khastar-open-letter.txt").read_text(encoding="utf-8")


@pytest.fixture
def unprivileged(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Own a folder as somebody whom file modes bind; the administrator becomes nobody for it."""
    if os.geteuid():
        yield tmp_path
        return
    if request.config.getoption("cov_context", None):
        pytest.skip("what nobody does can't be noted in the administrator's file")
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, NOBODY, -1)
    os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep indexes out of the home folder, and let the many commands that are started compile the program once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUOTEARCHIVE_CACHE", str(tmp_path_factory.mktemp("caches")))
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield
