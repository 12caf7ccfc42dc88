"""`quotearchive search`: find quotes, or documents."""

from typing import Final, get_args

import click

from quotearchive.archive.lookup import explain_nothing
from quotearchive.cli.filters import QueryCommand, filters
from quotearchive.cli.order_options import order_options
from quotearchive.cli.session import Session
from quotearchive.json_values import count_values, document_hit_values, hit_values
from quotearchive.query import HELP, QUERY_FIELDS, Query
from quotearchive.search import Facet, Order
from quotearchive.views.quotes import quotes_table
from quotearchive.views.search import counts_table, document_hits_table

_WIDTH: Final = max(map(len, (*QUERY_FIELDS, *(example for example, _ in HELP)))) + 3

_EXPLAINED: Final = f"""Find the quotes that match QUERY and all of the options.

Words match the text of quotes: all must occur, in any order. Case, accents, kinds of quotation marks and of
digits make no difference, nor do the Persian and Arabic forms of a letter. Japanese and Chinese are found by
any part of a text.

\b
{chr(10).join(f"{example:{_WIDTH}}{meaning}" for example, meaning in HELP)}

Fields, which match any part of their value:

\b
{chr(10).join(f"{f'{name}:':{_WIDTH}}{field.help}" for name, field in QUERY_FIELDS.items())}

Put the query in single quotation marks if it contains double ones, brackets or >.
A date that is not exact matches if it may lie in the range.

\b
quotearchive search prison
quotearchive search '"phone calls" topic:prison -speaker:khomeini' --since 2020
quotearchive search --speaker khastar --count topic
quotearchive search --documents 'hunger strike*' --json | jq '.[].excerpts'
"""


@click.command(
    cls=QueryCommand,
    short_help="Find quotes or documents by words, speaker, topic, date ...",
    help=_EXPLAINED,
)
@click.option("--count", "facet", type=click.Choice(get_args(Facet)), help="Count the quotes by this.")
@click.option("--documents", is_flag=True, help="Search the whole texts of documents instead of quotes.")
@click.option("--full", is_flag=True, help="Show long quotes whole.")
@order_options
@filters
def command(  # noqa: PLR0913 - one parameter an option
    session: Session,
    /,
    *,
    query: Query,
    order: Order,
    facet: Facet | None,
    documents: bool,
    full: bool,
    as_json: bool,
) -> None:
    """Find quotes or documents, as `_EXPLAINED` says."""
    if facet:
        _count(session, query, facet, order.limit, as_json=as_json)
    elif documents:
        _search_documents(session, query, order, as_json=as_json)
    else:
        _search(session, query, order, full=full, as_json=as_json)


def _search(session: Session, query: Query, order: Order, *, full: bool, as_json: bool) -> None:
    hits = session.archive.index.search(query, order)
    if as_json:
        session.write_json([hit_values(each) for each in hits.hits])
    elif hits.hits:
        session.show(quotes_table(hits.hits, width=session.output.width, full=full))
    session.remark_all(() if hits.total else explain_nothing(session.archive, query))
    session.remark_rest(len(hits.hits), hits.total, "quotes")


def _search_documents(session: Session, query: Query, order: Order, *, as_json: bool) -> None:
    found = session.archive.index.search_documents(query, order, is_whole=as_json)
    if as_json:
        session.write_json([document_hit_values(hit) for hit in found.hits])
    elif found.hits:
        session.show(document_hits_table(found.hits))
    if not found.total:
        session.remark(f"No documents match {query}.")
    session.remark_rest(len(found.hits), found.total, "documents")


def _count(session: Session, query: Query, facet: Facet, limit: int, *, as_json: bool) -> None:
    counts = session.archive.index.count_by(query, facet)
    shown = counts[: limit or None]
    if as_json:
        session.write_json(count_values(facet, shown))
    elif counts:
        session.show(counts_table(facet, shown))
        session.remark_rest(len(shown), len(counts), "values")
    else:
        session.remark_all(explain_nothing(session.archive, query))
