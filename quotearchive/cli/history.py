"""`quotearchive history`: show the changes of the archive."""

import click

from quotearchive.archive.history import history
from quotearchive.archive.references import number_of
from quotearchive.cli.numbers import positive
from quotearchive.cli.session import Session, pass_session
from quotearchive.json_values import past_values
from quotearchive.views import history as views


@click.command(short_help="Show what was changed, when and by whom.")
@click.argument("reference", metavar="[DOC|QUOTE]", required=False)
@click.option("--document", "is_document", is_flag=True, help="The number means a document.")
@click.option("--limit", type=positive, metavar="N", help="Show only the last N changes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, reference: str | None, is_document: bool, limit: int | None, as_json: bool) -> None:
    """Show the changes of the archive, or of one document with its quotes, or of one quote.

    A plain number means a quote. Name a document by its slug, by part of it, or by its number with --document.
    What was removed has a history too. The newest change comes last.

    \b
    quotearchive history --limit 10
    quotearchive history open-letter
    """
    quote = number_of(reference) if reference and not is_document else None
    document = reference if quote is None else None
    changes = history(session.archive, document=document, quote=quote)[-(limit or 0) :]
    if as_json:
        session.write_json([past_values(each) for each in changes])
    elif changes:
        session.show(views.history_table(changes))
    else:
        session.remark(f"No changes to {_named(document, quote)} are recorded.")


def _named(document: str | None, quote: int | None) -> str:
    return document or (f"quote {quote}" if quote is not None else "the archive")
