"""Progress, which only a terminal sees."""

import io
import time

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
def test_what_takes_long_is_said_on_a_terminal(*, is_terminal: bool) -> None:
    run = session(is_terminal=is_terminal)
    with waiting(run, "Looking for quotations", patience=0):
        wait_for(run, "Looking for quotations", seconds=10 if is_terminal else 0)
    assert ("Looking for quotations" in remarks(run)) is is_terminal


def test_what_is_done_at_once_is_not_said_to_take_long() -> None:
    run = session(is_terminal=True)
    with waiting(run, "Looking for quotations", patience=600):
        pass
    assert not remarks(run)


def wait_for(run: Session, words: str, *, seconds: float) -> None:
    """Wait until words are shown, at most so long."""
    end = time.monotonic() + seconds
    while words not in remarks(run) and time.monotonic() < end:
        time.sleep(0.01)
