"""`quotearchive list`: list documents."""

import click

from quotearchive import views
from quotearchive.archive import finding
from quotearchive.cli.session import Session, pass_session
from quotearchive.exporters.json_values import description_values


@click.command("list", short_help="List the documents.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, as_json: bool) -> None:
    """List the documents with their kinds, dates and numbers of quotes."""
    documents = finding.list_documents(session.store)
    if as_json:
        session.write_json([description_values(document, quotes) for document, quotes in documents])
    elif documents:
        session.show(views.documents_table(documents))
    else:
        session.remark("The archive has no documents. Add one with: quotearchive add FILE")
