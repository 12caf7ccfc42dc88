"""`quotearchive verify`: check quotes, texts and sources, and repair a damaged archive."""

import click

from quotearchive.archive.repair import plan, repair
from quotearchive.archive.verification import verify
from quotearchive.cli.session import Session, pass_session
from quotearchive.errors import NO
from quotearchive.json_values import verification_values
from quotearchive.views import verification as views


@click.command(short_help="Check every quote, text, source and original; repair a damaged archive.")
@click.option("--strict", is_flag=True, help="Fail also if something can't be checked.")
@click.option("--anywhere", is_flag=True, help="Also open sources outside the archive's folder that add did not read.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@click.option("--repair", "is_repair", is_flag=True, help="Recover what is readable in a damaged archive.")
@click.option("--yes", is_flag=True, help="Don't ask before repairing.")
@pass_session
def command(session: Session, /, strict: bool, as_json: bool, is_repair: bool, yes: bool, **where: bool) -> None:
    """Check every quote against its document's text, every text against its SHA-256, every source file
    that is still there against its own, and every original that was kept.

    A quote is exact, changed (the difference is shown), missing, or could not be checked; one that is exact in a
    text which was recognised in a picture is counted apart. The exit code is 1 if anything is not what it was.

    A source outside the archive's folder is opened if `add` read it; one that an `import` or a `merge` named is
    reported as outside, and opened only with --anywhere.

    An original that was kept is the same, changed or gone. Files among the originals that nothing refers to, not
    even what `undo` could bring back, are listed.

    --repair shows what can't be read, takes it from the backup if it is there, and asks before it drops the
    rest. The damaged file is kept beside the repaired one, which is then checked.
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
        session.remark("No records are damaged.")
        return
    session.show(views.repair(planned))
    question = f"Repair {session.archive.real_path} like this? The damaged file will be kept as {planned.keep.name}."
    session.confirm(question, is_agreed=yes)
    repair(session.archive, planned, session.change)
    session.remark(f"Repaired. The damaged file is kept as {planned.keep}.")
