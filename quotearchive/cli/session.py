"""What all commands share: the archive, the time, and the streams that they write to."""

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
from quotearchive.cli.places import ARCHIVE_NAME, at_home, current_folder, find_archive, is_here, suspicion
from quotearchive.errors import ArchiveError, QuoteArchiveError, UsageError
from quotearchive.model import Change
from quotearchive.text import escape_surrogates, visible
from quotearchive.views.trimming import Trimmed

Result = TypeVar("Result")

#: Code points of one word of a command line that the history keeps: a passage is in its quote anyway.
LONGEST_WORD: Final = 120

#: The name and password in a URL.
_CREDENTIALS: Final = re.compile(r"(\w://)[^/?#\s]*@")


#: What JSON allows unescaped and a terminal obeys: C1 controls, changes of direction, unseen characters.
_ACTIVE: Final = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"


class _Output(Console):
    """A console that leaves it to the command group what happens when a pipe is closed."""

    def on_broken_pipe(self) -> None:
        """Raise the error again that Rich is handling."""
        raise  # noqa: PLE0704 - see above


class Session:
    """One run of the command line. Results go to stdout, remarks to stderr."""

    @cached_property
    def archive(self) -> Archive:
        """The archive that was named, or the nearest one, or the one that `add` would create here."""
        meta = click.get_current_context().meta
        archive = Archive(
            self._locate(meta.get("quotearchive.archive")),
            find_caches(),
            lock_timeout=meta.get("quotearchive.lock_timeout"),
            on_wait=self._remark_waiting,
            on_distrust=self._remark_distrust,
        )
        meta["quotearchive.opened"] = archive
        return archive

    def _locate(self, named: Path | None) -> Path:
        if named is None:
            return self._find(current_folder())
        if not named.is_absolute():
            current_folder()  # which may be gone
        return named

    def _find(self, folder: Path) -> Path:
        """Find the nearest archive; ask before using one above that somebody else may have put there."""
        found = find_archive(folder) or folder / ARCHIVE_NAME
        reason = "" if found.parent == folder else suspicion(found)
        if reason and not self.is_interactive:
            refusal = (
                f"The archive {found} was found in a folder above, and {reason}. Nothing was read or changed."
                f" If it is the one you mean, name it: -a {shlex.quote(str(found))}"
            )
            raise ArchiveError(refusal)
        if reason:
            self.confirm(f"The archive {found} was found in a folder above, and {reason}. Use it?")
        return found

    def name_elsewhere(self) -> None:
        """Remark on which archive was changed, if it is not in the current folder."""
        if not is_here(self.archive.path):
            self.remark(f"The archive is {self.archive.path}.")

    def _remark_waiting(self, holder: str) -> None:
        name = f" ({holder})" if holder else ""
        self.remark(f"Waiting for another process that is writing the archive{name} ...")

    def _remark_distrust(self, folder: Path) -> None:
        self.remark(
            f"The index in {folder} is not used, because another user could have changed it; searching takes longer."
            f" To use it, make the folder private: chmod 700 {shlex.quote(str(folder))}"
        )

    @cached_property
    def now(self) -> str:
        """The time of this command, ISO 8601 in UTC."""
        return clock()

    @cached_property
    def change(self) -> Change:
        """This command, as the history records it."""
        meta = click.get_current_context().meta
        names: tuple[str | None, ...] = (meta.get("quotearchive.by"), os.environ.get("QUOTEARCHIVE_BY"))
        by = next((name for name in names if name is not None), None)
        command = public_words(meta.get("quotearchive.words", ()))
        return Change(when=self.now, command=command, by=escape_surrogates(login_name() if by is None else by))

    @property
    def next_change(self) -> Change:
        """Another change by this command, now."""
        return msgspec.structs.replace(self.change, when=clock())

    @cached_property
    def output(self) -> Console:
        """Standard output. Markup is off: Rich would delete `[sic]` from a quotation."""
        return _Output(markup=False, emoji=False, highlight=False)

    @cached_property
    def remarks(self) -> Console:
        """Standard error, for all that is not a result."""
        return Console(stderr=True, markup=False, emoji=False, highlight=False)

    @property
    def is_interactive(self) -> bool:
        """Whether somebody is there to be asked."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def show(self, *renderables: RenderableType) -> None:
        """Print results."""
        for renderable in renderables:
            self.output.print(Trimmed(renderable))

    def show_paged(self, renderable: RenderableType) -> None:
        """Print a result that may be long, through the pager on a terminal."""
        if not self.output.is_terminal:
            self.output.print(renderable, crop=False)
            return
        os.environ.setdefault("LESS", "R")  # or `less` shows styles as their codes
        with self.output.pager(styles=True):
            self.output.print(renderable)

    def say(self, sentence: str) -> None:
        """Print a result of one sentence."""
        click.echo(visible(sentence))

    def remark(self, sentence: str) -> None:
        """Print a remark on a line of its own; a closed stream is no failure."""
        with contextlib.suppress(OSError):
            click.echo(visible(sentence), err=True)

    def confirm(self, question: str, *, is_agreed: bool = False) -> None:
        """Ask whether to continue, unless that is agreed.

        Raises:
            UsageError: There is no terminal to ask on.
            QuoteArchiveError: The answer is no.
        """
        if is_agreed:
            return
        if not self.is_interactive:
            unanswered = f"{question} There is no terminal to ask on. Use --yes to go ahead. Nothing was changed."
            raise UsageError(unanswered)
        if not click.confirm(visible(question), err=True):
            declined = "Cancelled. Nothing was changed."
            raise QuoteArchiveError(declined)

    def remark_all(self, sentences: Iterable[str]) -> None:
        """Print remarks, each on a line of its own."""
        for sentence in sentences:
            self.remark(sentence)

    def remark_rest(self, shown: int, total: int, nouns: str) -> None:
        """Remark that there is more than is shown, if there is."""
        if shown < total:
            self.remark(f"{shown:,} of {total:,} {nouns}. --limit 0 shows all.")

    def fail(self, error: QuoteArchiveError) -> None:
        """Print what went wrong."""
        from quotearchive.cli.hints import explain  # noqa: PLC0415 - only needed to say what went wrong

        self.remark(f"Error: {explain(error)}")

    def unicode(self, value: Any) -> Any:  # noqa: ANN401 - a value of click's, or several
        """Return what was typed, with a remark and escapes if it is not Unicode; paths stay as they are."""
        if isinstance(value, tuple):
            return tuple(map(self.unicode, value))
        kept = escape_surrogates(value) if isinstance(value, str) else value
        if kept != value:
            self.remark(f"An argument is not valid Unicode and is read as: {kept}")
        return kept

    def write_json(self, value: Any) -> None:  # noqa: ANN401 - a JSON value
        """Print one JSON value."""
        text = _ACTIVE.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2))
        click.echo(text.encode("utf-8", "backslashreplace"))

    def write(self, pieces: Iterable[bytes]) -> None:
        """Print bytes unchanged, but on a terminal with all that it would obey made visible."""
        is_seen = sys.stdout.isatty()
        for piece in pieces:
            click.echo(visible(piece.decode(errors="replace")) if is_seen else piece, nl=False)


def clock() -> str:
    """Return the time, ISO 8601 in UTC."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def public_words(words: Iterable[str]) -> str:
    """Return the words of a command line as the history keeps them: shortened, and without passwords.

    >>> public_words(["add", "my letter.txt", "--url", "https://me:secret@example.org/a"])
    "add 'my letter.txt' --url 'https://…@example.org/a'"
    """
    public = (_CREDENTIALS.sub(r"\1…@", escape_surrogates(word)) for word in words)
    return shlex.join(word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…" for word in public)


def login_name() -> str:
    """Return the login name of the user; empty if there is none."""
    import getpass  # noqa: PLC0415 - only for a change

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def find_caches() -> Path | None:
    """Find the folder for indexes: QUOTEARCHIVE_CACHE, or the user's own; None if that is empty or unknown.

    On Linux it is found here, by the XDG Base Directory Specification
    (https://specifications.freedesktop.org/basedir-spec/): importing platformdirs takes as long as a search.
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
    """Pass the session to a command, before what was typed."""

    @click.pass_context
    @functools.wraps(command)
    def with_session(ctx: click.Context, /, **typed: Any) -> Result:  # noqa: ANN401 - click's values
        session = ctx.ensure_object(Session)
        return command(session, **{name: session.unicode(value) for name, value in typed.items()})

    return with_session
