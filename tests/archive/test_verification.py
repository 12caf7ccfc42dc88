"""What `verify` finds in an archive that somebody changed by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


def edited(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change an archive by hand, as any reader of JSON could."""
    tables = json.loads(path.read_bytes())
    change(tables)
    path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            lambda tables: tables["history"]["1"].update(when="yesterday"),
            "Change 1 of the history was changed by hand.",
        ),
        (lambda tables: tables["history"].pop("2"), "Change 2 was removed from the history by hand."),
        (lambda tables: tables["quotes"]["1"].update(note="mine"), "Quote 1 was changed by hand."),
        (lambda tables: tables["quotes"].pop("2"), "Quote 2 was removed by hand."),
        (lambda tables: tables["quotes"]["2"].update(within=99), "99"),
        (lambda tables: tables["documents"]["1"].update(slug="A slug"), "A slug"),
        (lambda tables: tables.update(letters={"1": {"text": "words"}}), "letters"),
    ],
)
def test_what_was_done_by_hand_is_a_problem(
    with_letter: Run, tmp_path: Path, change: Callable[[dict[str, Any]], object], problem: str
) -> None:
    edited(tmp_path / "archive.json", change)
    result = with_letter("verify")
    assert result.exit_code != 0
    assert problem in " ".join((result.stdout + result.stderr).split())
