"""Progress, which only a terminal sees."""

import io

import pytest
from rich.console import Console

from quotearchive.cli.progress import bar, waiting
from quotearchive.cli.session import Session


def session(*, is_terminal: bool) -> Session:
    """Begin a run whose remarks are kept."""
    run = Session()
    run.remarks = Console(file=io.StringIO(), force_terminal=is_terminal, width=80)
    return run


def remarks(run: Session) -> str:
    assert isinstance(run.remarks.file, io.StringIO)
    return run.remarks.file.getvalue()


@pytest.mark.parametrize("is_terminal", [True, False])
@pytest.mark.parametrize("count", [0, 19, 20, 50])
def test_whoever_watches_each_is_done_once_and_in_order(count: int, *, is_terminal: bool) -> None:
    run = session(is_terminal=is_terminal)
    assert list(bar(run, "Reading", range(count), lambda number: number * 2)) == [2 * n for n in range(count)]
    assert ("Reading" in remarks(run)) is (is_terminal and count >= 20)


@pytest.mark.parametrize("is_terminal", [True, False])
@pytest.mark.parametrize("characters", [999_999, 1_000_000])
def test_only_a_long_text_is_said_to_take_time(characters: int, *, is_terminal: bool) -> None:
    run = session(is_terminal=is_terminal)
    with waiting(run, "Looking for quotations", characters):
        pass
    assert ("Looking for quotations" in remarks(run)) is (is_terminal and characters == 1_000_000)
