"""Numbers that are too large, or none, are refused in a sentence."""

import pytest

from .conftest import Run

DIGITS = "9" * 5000


@pytest.mark.parametrize(
    "command",
    [
        "show {}",
        "show --document {}",
        "show 1-{}",
        "edit {} --note x",
        "edit {} --document --title x",
        "edit 1 --within {}",
        "edit 1 --document --replies-to {}",
        "remove {} --yes",
        "quote {} resign",
        "quote {} --detect",
        "quote 1 --span {}:1",
        "quote 1 --span 1:{}",
        "quote 1 resign --occurrence {}",
        "quote 1 --accept {}",
        "undo {}",
        "search --limit {}",
        "list --limit {}",
        "search --documents x --limit {}",
        "export --context {}",
        "history {}",
        "history {} --document",
        "search id:{}",
    ],
)
@pytest.mark.parametrize("number", [DIGITS, "9" * 20, "٩" * 5000, "1e20"])
def test_a_number_that_is_too_large_is_refused(with_letter: Run, command: str, number: str) -> None:
    result = with_letter(*(part.format(number) for part in command.split()))
    assert result.exit_code in ({0, 1} if command.startswith(("search id", "history {}")) else {1, 2}), result.output
    assert len([line for line in result.stderr.splitlines() if line.startswith("Error: ")]) <= 1


@pytest.mark.parametrize("command", ["--wait nan search", "--wait -1 search", "quote 1 --detect --min-confidence nan"])
def test_what_is_no_number_is_refused(with_letter: Run, command: str) -> None:
    assert with_letter(*command.split()).exit_code == 2


def test_one_may_wait_for_ever(with_letter: Run) -> None:
    assert with_letter("--wait", "inf", "edit", "1", "--note", "x").exit_code == 0
