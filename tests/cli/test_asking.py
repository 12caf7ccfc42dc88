"""What is done is what was asked: whatever others change while a question stands, nothing else goes."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import DATA, Run

pexpect = pytest.importorskip("pexpect", reason="a terminal is played by pexpect")

SLUG = "iran-political-prisoner-hashem-khaster-pens-open-letter"


def asked(folder: Path, *words: str) -> Any:  # noqa: ANN401 - pexpect has no types
    """Type a command on a terminal, and wait until it asks."""
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "quotearchive", *words],
        cwd=folder,
        env={**os.environ, "TERM": "dumb", "PYTHONPATH": str(DATA.parents[1])},
        dimensions=(50, 200),
        encoding="utf-8",
        timeout=20,
    )
    terminal.expect_exact("[y/N]: ")
    return terminal


def answer(terminal: Any) -> tuple[int, str]:  # noqa: ANN401 - see above
    """Answer yes, and return the exit code with what was said then."""
    terminal.send("y\r")
    said: str = terminal.read()
    terminal.close()
    return terminal.exitstatus, said


def documents(run: Run) -> list[str]:
    return [each["slug"] for each in json.loads(run("list", "--json").stdout)]


def quotes(run: Run) -> set[int]:
    return {each["id"] for each in json.loads(run("search", "--json").stdout)}


def add_another(run: Run) -> None:
    run("add", "-", "--title", "Another open letter", stdin="We answer your letter.")


MEANWHILE = [
    (("remove", "pens-open-letter"), ("remove", SLUG, "--yes")),
    (("remove", "pens-open-letter"), ("quote", "1", "resign immediately")),
    (("remove", "pens-open-letter"), ("edit", "1", "--document", "--title", "Mine")),
    (("remove", "last"), ("edit", "2", "--note", "mine")),
    (("edit", "--where", "id:1", "--note", "x"), ("edit", "1", "--note", "mine")),
    (("edit", "--where", "id:1", "--note", "x"), ("remove", "1", "--yes")),
    (("topics", "remove", "elections"), ("quote", "1", "resign immediately", "--topic", "elections/fair")),
    (("topics", "remove", "elections"), ("topics", "rename", "elections", "votes")),
    (("speakers", "remove", "lee"), ("speakers", "alias", "Ann Lee", "Annie")),
    (("speakers", "remove", "lee"), ("speakers", "remove", "Ann Lee", "--yes")),
]


@pytest.mark.parametrize(("command", "meanwhile"), MEANWHILE)
def test_what_changed_while_a_question_stood_is_left_as_it_is(
    with_letter: Run, tmp_path: Path, command: tuple[str, ...], meanwhile: tuple[str, ...]
) -> None:
    add_another(with_letter)
    with_letter("speakers", "add", "Ann Lee")
    terminal = asked(tmp_path, *command)
    assert with_letter(*meanwhile).exit_code == 0
    left = (tmp_path / "archive.json").read_bytes()
    exit_code, said = answer(terminal)
    assert (exit_code in {1, 3}, len(said.strip().splitlines())) == (True, 2), said
    assert (tmp_path / "archive.json").read_bytes() == left


def test_the_last_quote_is_the_one_that_was_asked_about(with_letter: Run, tmp_path: Path) -> None:
    terminal = asked(tmp_path, "remove", "last")
    with_letter("quote", "1", "resign immediately")
    assert answer(terminal)[0] == 0
    assert quotes(with_letter) == {1, 3}
