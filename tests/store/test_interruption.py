"""Ctrl-C waits until a change is known to be written."""

import signal
import threading

import pytest

from quotearchive.store.interruption import uninterrupted


def test_an_interruption_comes_when_the_block_is_done() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():  # noqa: PT012 - both belong to the block
        signal.raise_signal(signal.SIGINT)
        done.append(True)
    assert done == [True]


def test_another_thread_has_nothing_to_put_off() -> None:
    done = []

    def work() -> None:
        with uninterrupted():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
