"""Work beside a block that waits for the disk."""

import threading

import pytest

from quotearchive.store.background import in_background
from quotearchive.store.errors import NotUnicodeError


def test_the_work_and_the_block_run_at_the_same_time_and_end_together() -> None:
    begun, over = threading.Event(), threading.Event()
    ended = []

    def work() -> None:
        begun.set()
        over.wait()
        ended.append(True)

    with in_background(work):
        assert begun.wait(timeout=10)
        over.set()
    assert ended == [True]


def test_what_the_work_raises_is_raised_after_the_block() -> None:
    def work() -> None:
        raise NotUnicodeError("x")  # noqa: EM101 - it takes words

    ended = []
    with pytest.raises(NotUnicodeError), in_background(work):
        ended.append(True)
    assert ended == [True]


def test_what_the_block_raises_counts_more() -> None:
    def work() -> None:
        raise NotUnicodeError("x")  # noqa: EM101 - it takes words

    with pytest.raises(KeyError), in_background(work):
        raise KeyError
