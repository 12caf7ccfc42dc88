"""`quotearchive export`: take quotes away in another format."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, get_args

import click
import msgspec
from rich.table import Table

from quotearchive.archive import lookup
from quotearchive.cli.errors import ClashingOptionsError
from quotearchive.cli.filters import QueryCommand, filters
from quotearchive.cli.numbers import count
from quotearchive.cli.output import encoded, write_file, write_folder
from quotearchive.cli.session import Session
from quotearchive.errors import UsageError
from quotearchive.exporters import EXPORTERS, exporter
from quotearchive.exporters.errors import UnusableTemplateError
from quotearchive.exporters.interface import Citations, Exporter, Grouping, Options, Piece
from quotearchive.query import Query
from quotearchive.text import escape_surrogates
from quotearchive.views.cells import table

#: Bytes of a template: more than a person writes.
_LARGEST_TEMPLATE: Final = 2**20


@click.command(cls=QueryCommand, short_help="Export quotes to Markdown and other formats.")
@filters
@click.option("--format", "name", default="markdown", show_default=True, metavar="FORMAT", help="A format from --list.")
@click.option("--list", "only_list", is_flag=True, help="List the formats, and what each leaves out.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file or folder.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option(
    "--by",
    type=click.Choice(get_args(Grouping)),
    default="document",
    show_default=True,
    help="What to group quotes by.",
)
@click.option("--context", type=count, default=0, metavar="N", help="Words around each quote.")
@click.option(
    "--citations",
    type=click.Choice(get_args(Citations)),
    default="footnotes",
    show_default=True,
    help="Where to put the sources.",
)
@click.option("--template", type=click.File("rb"), help="A Jinja2 file, for --format template.")
@click.option("--style", metavar="NAME", help="Cite in this style: apa, chicago, mla or another.")
@click.option("--title", default="Quotes", show_default=True, help="The heading of the export.")
def command(session: Session, query: Query, only_list: bool, **given: Any) -> None:  # noqa: ANN401 - click's values
    """Export the quotes that QUERY and the options find, or all of them.

    \b
    quotearchive export --output quotes.md
    quotearchive export prison --by speaker
    quotearchive export --format csv --output quotes.csv
    """
    if only_list:
        session.show(_formats_table())
        return
    chosen = exporter(given.pop("name"))
    output, force = given.pop("output"), given.pop("force")
    template = given.pop("template")
    if template and chosen.name != "template":
        option, reason = "--template", "goes with --format template"
        raise ClashingOptionsError(option, reason)
    given["title"] = escape_surrogates(given["title"])
    options = msgspec.convert({**given, "made": session.now, "template": template and _text(template)}, Options)
    selections = lookup.selections(session.archive, query, with_unquoted=chosen.holds_all)
    pieces = chosen.export(selections, options)
    _write(session, chosen, pieces, output, force=force)


def _formats_table() -> Table:
    """List the formats with what they are for and what they leave out."""
    listing = table("Format", "What it is for", "What it leaves out")
    listing.columns[0].no_wrap = True
    for each in EXPORTERS.values():
        listing.add_row(each.name, each.purpose, each.leaves_out or "nothing")
    return listing


def _text(template: IO[bytes]) -> str:
    """Read a template."""
    try:
        content = template.read(_LARGEST_TEMPLATE + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise UnusableTemplateError(error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnusableTemplateError(reason="it is not UTF-8. Save it as UTF-8.", line=line) from error
    if len(content) > _LARGEST_TEMPLATE:
        raise UnusableTemplateError(reason=f"it is larger than {_LARGEST_TEMPLATE // 2**20} MiB.")
    return text


def _write(session: Session, chosen: Exporter, pieces: Iterator[Piece], output: Path | None, *, force: bool) -> None:
    """Write an export where it belongs: a folder, a file, or standard output."""
    if output is None:
        if chosen.shape == "folder" or (chosen.shape == "bytes" and session.output.is_terminal):
            unprintable = f"The format {chosen.name} can't be printed. Give a file with --output PATH."
            raise UsageError(unprintable)
        session.write(map(encoded, pieces))
    elif session.archive.owns(output):
        own = f"{shlex.quote(str(output))} is one of the archive's own files. Give another name."
        raise UsageError(own)
    elif chosen.shape == "folder":
        write_folder(output, pieces, chosen.merge)
    else:
        write_file(output, pieces, replace=force)
