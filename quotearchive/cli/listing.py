"""`quotearchive list`: list documents."""

import functools

import click

from quotearchive.archive.lookup import list_documents
from quotearchive.cli.order_options import order_options
from quotearchive.cli.session import Session, pass_session
from quotearchive.model import KINDS
from quotearchive.search import Listing, Order
from quotearchive.views.documents import documents_table


@click.command("list", short_help="List the documents.")
@click.option("--kind", type=click.Choice(KINDS), help="Documents of this kind.")
@click.option("--from", "sender", metavar="NAME", help="Written or signed by; part of the name is enough.")
@click.option("--to", "recipient", metavar="NAME", help="Addressed to; part of the name is enough.")
@functools.partial(order_options, by="added")
@pass_session
def command(session: Session, /, order: Order, as_json: bool, **chosen: str | None) -> None:
    """List the documents with their kinds, dates and numbers of quotes.

    With --kind, --from or --to they stand in the order in which they were written.

    \b
    quotearchive list --sort date --reverse
    quotearchive list --kind letter --from khastar --to khamenei
    """
    is_chosen = any(chosen.values())
    listing = _chosen(session, order, chosen) if is_chosen else list_documents(session.archive, order)
    if as_json:
        from quotearchive.exporters.json_values import description_values  # noqa: PLC0415 - not for a table

        session.write_json([description_values(document, quotes) for document, quotes in listing.documents])
    elif listing.documents:
        session.show(documents_table(listing.documents))
    elif is_chosen:
        session.remark("No document is of that kind, by or to such people.")
    else:
        session.remark("The archive has no documents. Add one with: quotearchive add FILE")
    session.remark_rest(len(listing.documents), listing.total, "documents")


def _chosen(session: Session, order: Order, chosen: dict[str, str | None]) -> Listing:
    from quotearchive.archive.letters import select  # noqa: PLC0415 - only where letters are asked for

    documents = list_documents(session.archive, Order("added")).documents
    found = select(session.archive, list(documents), **chosen)
    return Listing(tuple(found[: order.limit or None]), len(found))
