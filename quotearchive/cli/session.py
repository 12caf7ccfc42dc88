"""What the commands share: the archive they work on, the time, and where they write."""

import contextlib
import datetime as dt
import functools
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

import click
import msgspec
from rich.console import Console, RenderableType

from quotearchive.archive.archive import Archive
from quotearchive.cli import OPENED
from quotearchive.cli.errors import DeclinedError, SuspectArchiveError, UnansweredError
from quotearchive.cli.places import ARCHIVE_NAME, at_home, current_folder, find_archive, is_here, suspicion
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change
from quotearchive.text import escape_surrogates, visible

Result = TypeVar("Result")

#: Code points of one word of a command line that the history keeps: a passage stands in its quote anyway.
LONGEST_WORD: Final = 120

#: The name and password in a URL.
_CREDENTIALS: Final = re.compile(r"(\w://)[^/?#\s]*@")


#: What JSON may hold as it is and a terminal obeys: C1 controls, changes of direction, and what is not seen.
_ACTIVE: Final = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"


class _Output(Console):
    """A console that leaves it to the command group what a result leads to that nobody reads to its end."""

    def on_broken_pipe(self) -> None:
        """Pass the error on, which is being handled."""
        raise  # noqa: PLE0704 - see above


class Session:
    """One run of the command line. Results go to stdout, remarks to stderr."""

    @cached_property
    def archive(self) -> Archive:
        """The archive that was named, or the nearest one, or the one that `add` would make here."""
        meta = click.get_current_context().meta
        archive = Archive(
            self._locate(meta.get("quotearchive.archive")),
            find_caches(),
            lock_timeout=meta.get("quotearchive.lock_timeout"),
            on_wait=self._tell_of_waiting,
            on_distrust=self._tell_of_distrust,
        )
        meta[OPENED] = archive
        return archive

    def _locate(self, named: Path | None) -> Path:
        if named is None:
            return self._find(current_folder())
        if not named.is_absolute():
            current_folder()  # which may be gone
        return named

    def _find(self, folder: Path) -> Path:
        """Find the nearest archive; one that somebody may have put above for others to find is asked about.

        Raises:
            SuspectArchiveError: Nobody is there to be asked.
            DeclinedError: It is not the one that was meant.
        """
        found = find_archive(folder) or folder / ARCHIVE_NAME
        reason = "" if found.parent == folder else suspicion(found)
        if reason and not self.is_interactive:
            raise SuspectArchiveError(found, reason)
        if reason:
            self.confirm(f"The archive {found} was found in a folder above, and {reason}. Use it?")
        return found

    def name_elsewhere(self) -> None:
        """Remark which archive was changed, if it is not in the current folder."""
        if not is_here(self.archive.path):
            self.remark(f"The archive is {self.archive.path}.")

    def _tell_of_waiting(self, holder: str) -> None:
        name = f" ({holder})" if holder else ""
        self.remark(f"Waiting for another process that is writing the archive{name} ...")

    def _tell_of_distrust(self, folder: Path) -> None:
        self.remark(
            f"The index in {folder} is not used, because another user could have written it; searching takes longer."
            f" Make the folder yours alone: chmod 700 {shlex.quote(str(folder))}"
        )

    @cached_property
    def now(self) -> str:
        """The time of this command, ISO 8601 in UTC."""
        return clock()

    @cached_property
    def change(self) -> Change:
        """This command, as the history keeps it."""
        meta = click.get_current_context().meta
        names: tuple[str | None, ...] = (meta.get("quotearchive.by"), os.environ.get("QUOTEARCHIVE_BY"))
        by = next((name for name in names if name is not None), None)
        command = told(meta.get("quotearchive.words", ()))
        return Change(when=self.now, command=command, by=escape_surrogates(login_name() if by is None else by))

    @property
    def next_change(self) -> Change:
        """A further change that this command makes, now."""
        return msgspec.structs.replace(self.change, when=clock())

    @cached_property
    def output(self) -> Console:
        """Standard output. Markup is off: Rich would delete `[sic]` from a quotation."""
        return _Output(markup=False, emoji=False, highlight=False)

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
        """Print a remark on a line of its own; where nobody can read it, there is nobody to tell."""
        with contextlib.suppress(OSError):
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
        from quotearchive.cli.hints import explain  # noqa: PLC0415 - only needed to say what went wrong

        self.remark(f"Error: {explain(error)}")

    def unicode(self, value: Any) -> Any:  # noqa: ANN401 - a value of click's, or several
        """Return what was typed, with escapes for what is no Unicode, which is remarked on; paths stay as they are."""
        if isinstance(value, tuple):
            return tuple(map(self.unicode, value))
        kept = escape_surrogates(value) if isinstance(value, str) else value
        if kept != value:
            self.remark(f"An argument is not valid Unicode; it is taken as: {kept}")
        return kept

    def write_json(self, value: Any) -> None:  # noqa: ANN401 - a JSON value
        """Print one JSON value."""
        text = _ACTIVE.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2))
        click.echo(text.encode("utf-8", "backslashreplace"))

    def write(self, pieces: Iterable[bytes]) -> None:
        """Print bytes as they are; on a terminal, with nothing in them that acts on it."""
        is_seen = sys.stdout.isatty()
        for piece in pieces:
            click.echo(visible(piece.decode(errors="replace")) if is_seen else piece, nl=False)


def clock() -> str:
    """Return the time, ISO 8601 in UTC."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def told(words: Iterable[str]) -> str:
    """Return the words of a command line as the history keeps them: long ones shortened, without passwords.

    >>> told(["add", "my letter.txt", "--url", "https://me:secret@example.org/a"])
    "add 'my letter.txt' --url 'https://…@example.org/a'"
    """
    public = (_CREDENTIALS.sub(r"\1…@", escape_surrogates(word)) for word in words)
    return shlex.join(word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…" for word in public)


def login_name() -> str:
    """Return the name under which the user is logged in; empty if there is none."""
    import getpass  # noqa: PLC0415 - only who changes the archive is named

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def find_caches() -> Path | None:
    """Find the folder for indexes: QUOTEARCHIVE_CACHE, or the user's own; None if that is set to nothing or unknown.

    On Linux it is looked up here, as the XDG Base SpeakerNames Specification says
    (https://specifications.freedesktop.org/basedir-spec/): platformdirs takes as long to import as a search.
    """
    folder = os.environ.get("QUOTEARCHIVE_CACHE")
    if folder is not None:
        return at_home(Path(folder)) if folder else None
    platform: str = sys.platform
    if platform == "linux":
        named = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return at_home((named if named.is_absolute() else Path("~/.cache")) / "quotearchive")
    import platformdirs  # noqa: PLC0415 - see above

    return platformdirs.user_cache_path("quotearchive", appauthor=False)


def pass_session(command: Callable[..., Result]) -> Callable[..., Result]:
    """Call a command with the session in front of what was typed."""

    @click.pass_context
    @functools.wraps(command)
    def with_session(ctx: click.Context, /, **typed: Any) -> Result:  # noqa: ANN401 - click's values
        session = ctx.ensure_object(Session)
        return command(session, **{name: session.unicode(value) for name, value in typed.items()})

    return with_session
