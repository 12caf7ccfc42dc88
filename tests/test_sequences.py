"""See `sequences`."""

import inspect

from hypothesis import settings

from quotearchive.cli import COMMANDS
from tests import sequences

#: Commands that change no archive.
READING = {"search", "export", "list", "show", "history", "completion"}

TestSequences = sequences.Commands.TestCase
TestSequences.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)


def test_every_command_that_changes_an_archive_has_a_rule() -> None:
    rules = {name.split("_")[0] for name, _ in inspect.getmembers(sequences.Commands, inspect.isfunction)}
    assert COMMANDS.keys() - READING <= rules
