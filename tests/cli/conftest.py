"""The command line, run in this process on an archive of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quotearchive.cli import main

DATA = Path(__file__).parents[1] / "data"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder: `run("add", "letter.txt")`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("QUOTEARCHIVE_FILE", raising=False)

    def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False, prog_name="quotearchive")

    return invoke


@pytest.fixture
def with_letter(run: Run) -> Run:
    """Run commands on an archive that holds the open letter and two quotes, one within the other."""
    run("add", str(DATA / "khastar-open-letter.txt"))
    speaker = ("--speaker", "Hashem Khastar")
    run("quote", "khaster", "Under the Shah regime ... who they support.", *speaker, "--topic", "elections")
    inner = "Take your knife off the people's throat to see who they stand with"
    run("quote", "khaster", inner, "--speaker", "Ruhollah Khomeini", "--within", "1")
    return run
