"""`quotearchive list`: list documents."""

import functools

import click
import msgspec
from click.core import ParameterSource

from quotearchive.archive.lookup import list_documents
from quotearchive.cli.order_options import order_options
from quotearchive.cli.session import Session, pass_session
from quotearchive.json_values import description_values
from quotearchive.model import KINDS
from quotearchive.search import Order
from quotearchive.views.documents import documents_table


@click.command("list", short_help="List the documents.")
@click.option("--kind", type=click.Choice(KINDS), help="Documents of this kind.")
@click.option("--from", "sender", metavar="NAME", help="Written or signed by; part of the name is enough.")
@click.option("--to", "recipient", metavar="NAME", help="Addressed to; part of the name is enough.")
@functools.partial(order_options, by="added")
@pass_session
def command(session: Session, /, order: Order, as_json: bool, **chosen: str | None) -> None:
    """List the documents with their kinds, dates and numbers of quotes.

    With --kind, --from or --to they are listed in the order they were written, unless --sort says otherwise.

    \b
    quotearchive list --sort date --reverse
    quotearchive list --kind letter --from khastar --to khamenei
    """
    is_chosen = any(chosen.values())
    is_sorted = click.get_current_context().get_parameter_source("sort") is not ParameterSource.DEFAULT
    order = order if is_sorted or not is_chosen else msgspec.structs.replace(order, by="date")
    listing = list_documents(session.archive, order, is_whole=as_json, **chosen)
    if as_json:
        session.write_json([description_values(document, quotes) for document, quotes in listing.hits])
    elif listing.hits:
        session.show(documents_table(listing.hits))
    elif is_chosen:
        session.remark("No matching documents.")
    else:
        session.remark("The archive has no documents. Add one with: quotearchive add FILE")
    session.remark_rest(len(listing.hits), listing.total, "documents")
