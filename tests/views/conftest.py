"""What is shown is tested by the commands that show it, and it shows in their output."""

from tests.cli.conftest import run, with_letter

__all__ = ["run", "with_letter"]
