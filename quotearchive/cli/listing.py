"""`quotearchive list`: list documents."""

import click

from quotearchive import views
from quotearchive.archive import finding, letters
from quotearchive.cli.session import Session, pass_session
from quotearchive.exporters.json_values import description_values
from quotearchive.model import KINDS


@click.command("list", short_help="List the documents.")
@click.option("--kind", type=click.Choice(KINDS), help="Documents of this kind.")
@click.option("--from", "sender", metavar="NAME", help="Written or signed by; a part of the name will do.")
@click.option("--to", "recipient", metavar="NAME", help="Addressed to; a part of the name will do.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, as_json: bool, **chosen: str | None) -> None:
    """List the documents with their kinds, dates and numbers of quotes.

    With --kind, --from or --to they stand in the order in which they were written.

    \b
    quotearchive list --kind letter --from khastar --to khamenei
    """
    documents = finding.list_documents(session.store)
    if any(chosen.values()):
        documents = letters.select(session.store, documents, **chosen)
    if as_json:
        session.write_json([description_values(document, quotes) for document, quotes in documents])
    elif documents:
        session.show(views.documents_table(documents))
    elif any(chosen.values()):
        session.remark("No document is of that kind, by or to such people.")
    else:
        session.remark("The archive has no documents. Add one with: quotearchive add FILE")
