"""`quotearchive verify`: check quotes, texts and sources, and repair a damaged archive."""

import click

from quotearchive.archive.repair import plan, repair
from quotearchive.archive.verification import verify
from quotearchive.cli.session import Session, pass_session
from quotearchive.errors import NO
from quotearchive.exporters.verification_values import verification_values
from quotearchive.views import verification as views


@click.command(short_help="Check every quote, text and source; repair a damaged archive.")
@click.option("--strict", is_flag=True, help="What can't be checked is a failure too.")
@click.option("--anywhere", is_flag=True, help="Open sources outside the archive's folder too, whoever named them.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@click.option("--repair", "is_repair", is_flag=True, help="Save what can be saved of a damaged archive.")
@click.option("--yes", is_flag=True, help="Don't ask before repairing.")
@pass_session
def command(session: Session, /, strict: bool, as_json: bool, is_repair: bool, yes: bool, **where: bool) -> None:
    """Check every quote against its document's text, every text against its SHA-256, and every source
    file, where it still is, against its own.

    A quote is exact, changed (the difference is shown), missing, or could not be checked. The exit code
    is 1 if anything is not what it was.

    A source outside the archive's folder is opened if it was named by `add`; one that came by `import` or
    `merge` is told as outside, and opened with --anywhere.

    --repair shows what can't be read, takes it from the backup where that has it, and asks before it
    drops the rest; the damaged file is kept beside the repaired one. Then it checks that.
    """  # noqa: D205 - click joins these lines
    if is_repair:
        _repair(session, yes=yes)
    found = verify(session.archive, **where)
    has_failed = found.has_failed(strict=strict)
    if as_json:
        session.write_json(verification_values(found, has_failed=has_failed))
    else:
        session.show(views.report(found))
    click.get_current_context().exit(NO if has_failed else 0)


def _repair(session: Session, *, yes: bool) -> None:
    planned = plan(session.archive)
    if not planned.is_needed:
        session.remark("No record is damaged.")
        return
    session.show(views.repair(planned))
    question = f"Repair {session.archive.real_path} so? The damaged file is kept as {planned.keep.name}."
    if not yes:
        session.confirm(question)
    repair(session.archive, planned, session.change)
    session.remark(f"Repaired. The damaged file is kept as {planned.keep}.")
