"""The command line, run in this process on an archive of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quotearchive.cli import main

DATA = Path(__file__).parents[1] / "data"

Run = Callable[..., Result]

#: A correspondence, not in its order: name of the file, sender, addressee and date.
LETTERS = [
    ("third", "Hans Scholl", "Inge Scholl", "1943-02"),
    ("first", "Hans Scholl", "Inge Scholl", "around 1942"),
    ("second", "Inge Scholl", "Hans Scholl", "autumn 1942"),
    ("other", "Sophie Scholl", "Fritz Hartnagel", "1942-11-18"),
    ("undated", "Hans Scholl", "Inge Scholl", None),
]


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


@pytest.fixture
def with_letters(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive with a correspondence that was not added in its order."""
    for name, sender, recipient, date in LETTERS:
        (tmp_path / f"{name}.txt").write_text(f"The {name} letter says little.", encoding="utf-8")
        said = ("--title", name, "--kind", "letter", "--author", sender, "--recipient", recipient)
        assert run("add", f"{name}.txt", *said, *(("--date", date) if date else ())).exit_code == 0
    return run


def shown(run: Run, number: int = 1) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run("show", str(number), "--json").stdout)
    return values
