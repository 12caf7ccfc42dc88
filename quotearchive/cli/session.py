"""What the commands share: the archive they work on, the time, and where they write."""

import datetime as dt
import json
import os
import re
import shlex
import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Console, RenderableType

from quotearchive.archive.library import Library
from quotearchive.cli.places import ARCHIVE_NAME, find_archive
from quotearchive.errors import DeclinedError, QuoteArchiveError, UnansweredError
from quotearchive.model import Change
from quotearchive.text import visible

if TYPE_CHECKING:
    from quotearchive.store import Store

#: Code points of one word of a command line that the history keeps: a passage stands in its quote anyway.
LONGEST_WORD: Final = 120

#: The name and password in a URL.
_CREDENTIALS: Final = re.compile(r"(\w://)[^/?#\s]*@")


#: What JSON may hold as it is and a terminal obeys: C1 controls, changes of direction, and what is not seen.
_ACTIVE: Final = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"


class Session:
    """One run of the command line. Results go to stdout, remarks to stderr."""

    @cached_property
    def library(self) -> Library:
        """The archive that was named, or the nearest one, or the one that `add` would make here."""
        meta = click.get_current_context().meta
        named: Path | None = meta.get("quotearchive.archive")
        path = named or find_archive(Path.cwd()) or Path.cwd() / ARCHIVE_NAME
        return Library(path, find_caches(), meta.get("quotearchive.patience"), self._waiting)

    def _waiting(self, holder: str) -> None:
        name = f" ({holder})" if holder else ""
        self.remark(f"Waiting for another process that is writing the archive{name} ...")

    @property
    def store(self) -> "Store":
        """The same, to be changed."""
        return self.library.store

    @cached_property
    def now(self) -> str:
        """The time, ISO 8601 in UTC."""
        return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @cached_property
    def change(self) -> Change:
        """This command, as the history keeps it."""
        meta = click.get_current_context().meta
        names: tuple[str | None, ...] = (meta.get("quotearchive.by"), os.environ.get("QUOTEARCHIVE_BY"))
        by = next((name for name in names if name is not None), None)
        command = told(meta.get("quotearchive.words", ()))
        return Change(when=self.now, command=command, by=login_name() if by is None else by)

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

    def show_unless(self, is_silent: bool, renderable: RenderableType) -> None:
        """Print a result, unless something else speaks for it."""
        if not is_silent:
            self.show(renderable)

    def show_paged(self, renderable: RenderableType) -> None:
        """Print a result that may be long, through the pager on a terminal."""
        if not self.output.is_terminal:
            self.output.print(renderable, crop=False)
            return
        with self.output.pager(styles=True):
            self.output.print(renderable)

    def say(self, sentence: str) -> None:
        """Print a result of one sentence."""
        click.echo(visible(sentence))

    def remark(self, sentence: str) -> None:
        """Print a remark on a line of its own."""
        click.echo(visible(sentence), err=True)

    def confirm(self, question: str) -> None:
        """Ask whether to go on; without a terminal there is nobody to ask.

        Raises:
            UnansweredError: Nobody is there.
            DeclinedError: The answer is no.
        """
        if not self.is_interactive:
            raise UnansweredError(question)
        if not click.confirm(visible(question), err=True):
            raise DeclinedError

    def remark_all(self, sentences: Iterable[str]) -> None:
        """Print remarks, each on a line of its own."""
        for sentence in sentences:
            self.remark(sentence)

    def fail(self, error: QuoteArchiveError) -> None:
        """Print what went wrong."""
        self.remark(f"Error: {error}")

    def write_json(self, value: Any) -> None:  # noqa: ANN401 - a JSON value
        """Print one JSON value."""
        text = _ACTIVE.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2))
        click.echo(text.encode("utf-8", "backslashreplace"))

    def write(self, pieces: Iterable[bytes]) -> None:
        """Print bytes as they are; on a terminal, with nothing in them that acts on it."""
        is_seen = sys.stdout.isatty()
        for piece in pieces:
            click.echo(visible(piece.decode(errors="replace")) if is_seen else piece, nl=False)


def told(words: Iterable[str]) -> str:
    """Give the words of a command line as the history keeps them: long ones shortened, without passwords.

    >>> told(["add", "my letter.txt", "--url", "https://me:secret@example.org/a"])
    "add 'my letter.txt' --url 'https://…@example.org/a'"
    """
    public = (_CREDENTIALS.sub(r"\1…@", word) for word in words)
    return shlex.join(word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…" for word in public)


def login_name() -> str:
    """Give the name under which the user is logged in; empty if there is none."""
    import getpass  # noqa: PLC0415 - only who changes the archive is named

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def find_caches() -> Path | None:
    """Find the folder for indexes: QUOTEARCHIVE_CACHE, or the user's own; None if that is set to nothing.

    On Linux it is looked up here, as the XDG Base Directory Specification says
    (https://specifications.freedesktop.org/basedir-spec/): platformdirs takes as long to import as a search.
    """
    folder = os.environ.get("QUOTEARCHIVE_CACHE")
    if folder is not None:
        return Path(folder).expanduser() if folder else None
    platform: str = sys.platform
    if platform == "linux":
        named = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (named if named.is_absolute() else Path.home() / ".cache") / "quotearchive"
    import platformdirs  # noqa: PLC0415 - see above

    return platformdirs.user_cache_path("quotearchive", appauthor=False)


pass_session = click.make_pass_decorator(Session, ensure=True)
