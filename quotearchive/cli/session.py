"""What the commands share: the archive they work on, the time, and where they write."""

import datetime as dt
import json
import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console, RenderableType

from quotearchive.errors import QuoteArchiveError
from quotearchive.store import Store
from quotearchive.text import visible

#: The name of an archive where none is given.
ARCHIVE_NAME: Final = "archive.json"


class Session:
    """One run of the command line. Results go to stdout, remarks to stderr."""

    @cached_property
    def store(self) -> Store:
        """The archive that was named, or the nearest one, or the one that `add` would make here."""
        named: Path | None = click.get_current_context().meta.get("quotearchive.archive")
        return Store(named or find_archive(Path.cwd()) or Path.cwd() / ARCHIVE_NAME)

    @cached_property
    def now(self) -> str:
        """The time, ISO 8601 in UTC."""
        return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @cached_property
    def output(self) -> Console:
        """Standard output. Markup is off: Rich would delete `[sic]` from a quotation."""
        return Console(markup=False, emoji=False, highlight=False)

    @cached_property
    def remarks(self) -> Console:
        """Standard error, for what is no result."""
        return Console(stderr=True, markup=False, emoji=False, highlight=False)

    @property
    def is_interactive(self) -> bool:
        """Whether somebody is there to be asked."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def show(self, *renderables: RenderableType) -> None:
        """Print results."""
        for renderable in renderables:
            self.output.print(renderable)

    def show_paged(self, renderable: RenderableType) -> None:
        """Print a result that may be long, through the pager on a terminal."""
        if not self.output.is_terminal:
            self.output.print(renderable)
            return
        with self.output.pager(styles=True):
            self.output.print(renderable)

    def say(self, sentence: str) -> None:
        """Print a result of one sentence."""
        click.echo(visible(sentence))

    def remark(self, sentence: str) -> None:
        """Print a remark on a line of its own."""
        click.echo(visible(sentence), err=True)

    def fail(self, error: QuoteArchiveError) -> None:
        """Print what went wrong."""
        self.remark(f"Error: {error}")

    def write_json(self, value: Any) -> None:  # noqa: ANN401 - a JSON value
        """Print one JSON value."""
        text = json.dumps(value, ensure_ascii=False, indent=2)
        click.echo(text.encode("utf-8", "backslashreplace"))

    def write(self, pieces: Iterable[str]) -> None:
        """Print text as it is, in UTF-8."""
        for piece in pieces:
            click.echo(piece.encode("utf-8", "backslashreplace"), nl=False)


def find_archive(folder: Path) -> Path | None:
    """Find the archive of a folder: its own, or that of the nearest folder above, as git finds its own.

    Args:
        folder: An absolute path.
    """
    paths = (above / ARCHIVE_NAME for above in (folder, *folder.parents))
    return next((path for path in paths if path.is_file()), None)


pass_session = click.make_pass_decorator(Session, ensure=True)
