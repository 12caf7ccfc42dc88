"""`quotearchive merge`: merge another archive into this one."""

from pathlib import Path
from typing import Final

import click
import msgspec

from quotearchive.archive.merge import Choose, Conflict, merge, plan
from quotearchive.cli.session import Session, pass_session
from quotearchive.store.errors import ChangedMeanwhileError
from quotearchive.views.merge import conflicts_table, summary

#: What can be answered to a conflict.
_ANSWERS: Final = {"o": False, "t": True}


@click.command(short_help="Merge another archive into this one: documents, quotes, speakers, topics.")
@click.argument(
    "other", metavar="OTHER.json", type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=False)
)
@click.option("--ours", "side", flag_value="ours", help="On conflict, keep our value.")
@click.option("--theirs", "side", flag_value="theirs", help="On conflict, take their value.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, other: Path, side: str | None, dry_run: bool, as_json: bool) -> None:
    """Merge OTHER.json into this archive: the same texts and quotes once, speakers by any of their names.

    Where the two archives have different values for a field, you are asked for each, or choose --ours or
    --theirs. OTHER.json stays as it is. Merging again changes nothing.

    \b
    quotearchive merge colleague.json
    quotearchive merge colleague.json --theirs
    """
    choose = _chooser(session, other, side)
    if dry_run:
        merged = plan(session.archive, other, change=session.change, choose=choose or (lambda _: False))
    else:
        merged = merge(session.archive, other, change=session.change, choose=choose)
    if as_json:
        session.write_json(msgspec.to_builtins(merged))
        return
    if merged.conflicts:
        session.show(conflicts_table(merged.conflicts))
    session.remark_all(merged.remarks)
    session.say(summary(merged, is_dry_run=dry_run))


def _chooser(session: Session, other: Path, side: str | None) -> Choose | None:
    """Return how conflicts are decided: for one side, or by asking for each before anything is changed."""
    if side is not None:
        return lambda _: side == "theirs"
    if not session.is_interactive:
        return None
    conflicts = plan(session.archive, other, change=session.change).conflicts
    answers = {conflict: _ask(session, conflict) for conflict in conflicts}

    def answered(conflict: Conflict) -> bool:
        if conflict not in answers:
            raise ChangedMeanwhileError(session.archive.real_path)
        return answers[conflict]

    return answered


def _ask(session: Session, conflict: Conflict) -> bool:
    session.remark(f"{conflict.of}, {conflict.field}:\n  ours:   {conflict.ours}\n  theirs: {conflict.theirs}")
    answer = click.prompt("Keep ours or take theirs?", type=click.Choice(list(_ANSWERS)), default="o", err=True)
    return _ANSWERS[answer]
