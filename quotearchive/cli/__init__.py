"""The command line: parse, call one use case, show its result.

A command's module is imported when the command is called, so that `quotearchive --version` costs little more than
importing click. Here, and nowhere else, an error becomes a message and an exit code.
"""

import contextlib
import importlib
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from quotearchive import __version__
from quotearchive.cli.errors import PathError, UnshownError
from quotearchive.cli.numbers import Amount
from quotearchive.errors import QuoteArchiveError

if TYPE_CHECKING:
    from quotearchive.cli.session import Session

#: The module that holds a command, as `command`. The order is that of `--help`: the order of the work.
COMMANDS: Final = {
    "add": "quotearchive.cli.add",
    "quote": "quotearchive.cli.quote",
    "search": "quotearchive.cli.search",
    "export": "quotearchive.cli.export",
    "import": "quotearchive.cli.import_",
    "list": "quotearchive.cli.listing",
    "show": "quotearchive.cli.show",
    "edit": "quotearchive.cli.edit",
    "remove": "quotearchive.cli.remove",
    "speakers": "quotearchive.cli.speakers",
    "topics": "quotearchive.cli.topics",
    "originals": "quotearchive.cli.originals",
    "merge": "quotearchive.cli.merge",
    "verify": "quotearchive.cli.verify",
    "history": "quotearchive.cli.history",
    "undo": "quotearchive.cli.undo",
    "completion": "quotearchive.cli.completion",
}

#: The variable by which a shell asks for completions.
COMPLETE: Final = "_QUOTEARCHIVE_COMPLETE"

#: The exit code of a command that was interrupted: the one that shells use for SIGINT.
INTERRUPTED: Final = 130


class _ShownUsageError(click.UsageError):
    """A usage error in which nothing acts on the terminal; where it can't be shown, its exit code remains."""

    def __init__(self, message: str, ctx: click.Context | None) -> None:
        from quotearchive.text import visible  # noqa: PLC0415 - only for an error

        super().__init__(visible(message), ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the usage of the command, and what is wrong."""
        with contextlib.suppress(OSError):
            super().show(file)


class Commands(click.Group):
    """A group that imports a command when it is called and turns its errors into messages."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's signature
        """Run the command line, or answer a shell that asks for completions."""
        asked = os.environ.get(COMPLETE)
        if asked is None:
            return self._run(*args, **kwargs)
        try:
            from quotearchive.cli.completion import answer  # noqa: PLC0415 - no command needs it

            return click.echo(answer(self, asked))
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)

    def _run(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's signature
        try:
            return super().main(*args, **kwargs)
        except OSError as error:  # while click prints its own text, such as that of --help
            failure = UnshownError(error)
            _session().fail(failure)
            sys.exit(failure.exit_code)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command; None if no command has that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was called; if there is none, suggest similar ones."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from quotearchive.text.nearest import nearest  # noqa: PLC0415 - only for a command that there isn't

            near = nearest(args[0], COMMANDS, limit=2)
            advice = f" Did you mean {' or '.join(near)}?" if near else " See: quotearchive --help"
            ctx.fail(f"There is no command {args[0]!r}.{advice}")
        ctx.meta["quotearchive.words"] = tuple(args)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error of ours becomes one message and its exit code.

        A failure after the change was stored leaves it stored: the exit code is that of success.
        """
        try:
            return super().invoke(ctx)
        except QuoteArchiveError as error:
            _session().fail(error)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            raise _ShownUsageError(error.format_message(), error.ctx) from error
        except (KeyboardInterrupt, click.Abort):
            ctx.exit(_interrupted(ctx))
        except OSError as error:
            ctx.exit(_unshown(ctx, error))


def _session() -> "Session":
    from quotearchive.cli.session import Session  # noqa: PLC0415 - only for an error

    return Session()


def _is_changed(ctx: click.Context) -> bool:
    """Check whether the command has stored a change."""
    archive = ctx.meta.get("quotearchive.opened")
    return archive is not None and archive.is_changed


def _interrupted(ctx: click.Context) -> int:
    """Return the exit code of a command that somebody stopped."""
    if not _is_changed(ctx):
        return INTERRUPTED
    _session().remark("Interrupted after the change was stored.")
    return 0


def _unshown(ctx: click.Context, cause: OSError) -> int:
    """Return the exit code of a command whose result can't be shown; a closed pipe needs no message."""
    is_stored = _is_changed(ctx)
    is_path = cause.filename is not None and not is_stored
    error = PathError(cause) if is_path else UnshownError(cause, is_stored=is_stored)
    if not isinstance(cause, BrokenPipeError):
        _session().remark(str(error)) if is_stored else _session().fail(error)
    return 0 if is_stored else error.exit_code


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-a",
    "--archive",
    metavar="FILE",
    envvar="QUOTEARCHIVE_FILE",
    type=click.Path(path_type=Path, readable=False),
    help="The archive. Default: QUOTEARCHIVE_FILE, or archive.json here or in a folder above.",
)
@click.option(
    "--by",
    metavar="NAME",
    help="Who makes the change, for the history. Default: QUOTEARCHIVE_BY, or your login name.",
)
@click.option(
    "--wait",
    type=Amount(min=0),
    metavar="SECONDS",
    help="How long to wait while another process writes the archive.  [default: 10]",
)
@click.version_option(__version__, prog_name="quotearchive")
@click.pass_context
def main(ctx: click.Context, archive: Path | None, by: str | None, wait: float | None) -> None:
    """Keep quotations with their speakers, sources and dates, word for word, in one local file.

    Add a document, quote its own words, then search, show and export who said what.
    """
    ctx.meta["quotearchive.archive"] = archive
    ctx.meta["quotearchive.by"] = by
    if wait is not None:
        ctx.meta["quotearchive.lock_timeout"] = wait
