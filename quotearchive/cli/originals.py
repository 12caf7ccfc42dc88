"""`quotearchive originals`: list the files that are kept, and keep them or not from now on."""

import click

from quotearchive.archive.originals import keep_originals, keeps_originals, list_originals
from quotearchive.cli.session import Session, pass_session
from quotearchive.json_values import originals_values
from quotearchive.text import escape_surrogates
from quotearchive.views.originals import originals_table, sum_up


@click.command(short_help="List the files that documents were read from; keep them, or not.")
@click.option("--keep/--no-keep", "keeps", default=None, help="Whether add keeps files from now on, in this archive.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, keeps: bool | None, as_json: bool) -> None:
    """List the files that documents were read from, and where they are kept beside the archive.

    What was removed stays among them, as undo can bring it back. To open one: quotearchive show DOC --open. To
    check all: quotearchive verify.

    \b
    quotearchive originals
    quotearchive originals --no-keep
    """
    archive = session.archive
    if keeps is not None:
        keep_originals(archive, session.change, keeps=keeps)
    found, is_keeping = list_originals(archive), keeps_originals(archive)
    if as_json:
        folder = escape_surrogates(str(archive.originals.folder))
        session.write_json(originals_values(found, folder, keeps=is_keeping))
        return
    if found and keeps is None:
        session.show(originals_table(found))
    session.say(sum_up(found, archive.originals.folder, keeps=is_keeping))
