"""`quotearchive undo`: reverse a change."""

import click

from quotearchive.archive import undoing
from quotearchive.cli.session import Session, pass_session
from quotearchive.exporters.json_values import change_values
from quotearchive.views.history import deeds


@click.command(short_help="Reverse the last change, or any that nothing builds on.")
@click.argument("number", metavar="[CHANGE]", type=click.IntRange(min=1), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value: the change that was reversed.")
@pass_session
def command(session: Session, /, number: int | None, as_json: bool) -> None:
    """Reverse the last change, or the one with a number in `quotearchive history`.

    Called again, it reverses the change before. An undo is a change too: its number undoes it.

    \b
    quotearchive undo
    quotearchive undo 12
    """
    undone = undoing.undo(session.store, number, change=session.change)
    if as_json:
        session.write_json(change_values(undone))
    else:
        command = f" ({undone.command})" if undone.command else ""
        session.say(f"Undid change {undone.id}{command}, which {deeds(undone)}.")
