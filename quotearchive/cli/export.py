"""`quotearchive export`: take quotes away in another format."""

from pathlib import Path
from typing import get_args

import click
import msgspec

from quotearchive.archive import finding
from quotearchive.cli.filters import filters
from quotearchive.cli.output import write_file
from quotearchive.cli.session import Session
from quotearchive.exporters import EXPORTERS, exporter
from quotearchive.exporters.interface import Citations, Grouping, Options
from quotearchive.query import Query


@click.command(short_help="Export quotes to markdown.")
@click.option("--format", "name", default="markdown", show_default=True, type=click.Choice(tuple(EXPORTERS)))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file, not to stdout."
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option(
    "--by",
    type=click.Choice(get_args(Grouping)),
    default="document",
    show_default=True,
    help="Group quotes by this.",
)
@click.option(
    "--context", type=click.IntRange(min=0), default=0, metavar="N", help="Words to show around each quote."
)
@click.option(
    "--citations",
    type=click.Choice(get_args(Citations)),
    default="footnotes",
    show_default=True,
    help="Where sources stand.",
)
@click.option("--title", default="Quotes", show_default=True, help="The heading.")
@filters
def command(
    session: Session, /, query: Query, name: str, output: Path | None, force: bool, **chosen: object
) -> None:
    """Export the quotes that QUERY and the options find, or all of them.

    \b
    quotearchive export --output quotes.md
    quotearchive export prison --by speaker
    """
    options = msgspec.convert({**chosen, "made": session.now}, Options)
    pieces = map(str, exporter(name).export(finding.holdings(session.store, query), options))
    if output:
        write_file(output, pieces, replace=force)
    else:
        session.write(pieces)
