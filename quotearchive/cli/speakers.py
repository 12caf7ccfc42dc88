"""`quotearchive speakers`: who is quoted, and under which names."""

import click

from quotearchive.archive import lookup
from quotearchive.cli.groups import ListingGroup
from quotearchive.cli.order_options import SHOWN
from quotearchive.cli.session import Session, pass_session
from quotearchive.views import speakers as views


@click.group(
    cls=ListingGroup, others="quotearchive.cli.people", short_help="List speakers; rename, merge and describe them."
)
def command() -> None:
    """List the speakers, or those whose names contain some words; give them aliases, and merge them.

    \b
    quotearchive speakers
    quotearchive speakers khast
    quotearchive speakers alias "Narges Mohammadi" "نرگس محمدی"
    quotearchive speakers merge "Hashem Khaster" --into "Hashem Khastar"
    """


@command.command("list", short_help="List speakers with their quotes and dates.")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Show at most N; 0 for all.  [default: {SHOWN}; with --json, all]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def list_speakers(session: Session, /, words: tuple[str, ...], limit: int | None, *, as_json: bool) -> None:
    """List the speakers, or those whose name or aliases contain all WORDS."""
    found = lookup.list_speakers(session.archive, " ".join(words))
    shown = found[: (0 if as_json else SHOWN) if limit is None else limit] or found
    if as_json:
        from quotearchive.exporters.people_values import standing_values  # noqa: PLC0415 - not for a table

        session.write_json([standing_values(each) for each in shown])
    elif shown:
        session.show(views.speakers_table(shown))
    else:
        session.remark("No matching speakers." if words else "No quote has a speaker yet.")
    session.remark_rest(len(shown), len(found), "speakers")
