"""`quotearchive undo`: reverse a change."""

import click

from quotearchive.archive.history import undo
from quotearchive.cli.session import Session, pass_session
from quotearchive.json_values import change_values
from quotearchive.views.history import deeds
from quotearchive.views.replacement import relocations


@click.command(short_help="Reverse the last change, or any that nothing builds on.")
@click.argument("number", metavar="[CHANGE]", type=click.IntRange(min=1), required=False)
@click.option("--yes", is_flag=True, help="Don't ask if words of quotes change or are missing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value: the change that was reversed.")
@pass_session
def command(session: Session, /, number: int | None, yes: bool, as_json: bool) -> None:
    """Reverse the last change, or the one with a number in `quotearchive history`.

    Run again, it reverses the change before. An undo is a change too, and can be undone by its number. Where it
    brings back a text, quotes made from it since are found again in that text, as with add --replace; it asks
    before words of a quote change or are missing.

    \b
    quotearchive undo
    quotearchive undo 12
    """
    undone = undo(session.archive, number, change=session.change, consents=yes)
    if undone.findings:
        session.remarks.print(relocations(undone.findings))
    if not undone.is_written:
        session.confirm(f"Undo change {undone.change.id} anyway?")
        undone = undo(session.archive, undone.change.id, change=session.change, agreed=undone)
    session.remark_all(undone.remarks)
    if as_json:
        session.write_json(change_values(undone.change))
    else:
        command = f" ({undone.change.command})" if undone.change.command else ""
        session.say(f"Undid change {undone.change.id}{command}, which {deeds(undone.change)}.")
