"""`quotearchive show`: show a document with its quotes, or a quote in its context."""

import click

from quotearchive import views
from quotearchive.archive import finding
from quotearchive.cli.session import Session, pass_session
from quotearchive.exporters.json_values import document_values, quote_values


@click.command(short_help="Show a document with its quotes, or a quote in its context.")
@click.argument("reference", metavar="DOC|QUOTE")
@click.option("--document", "is_document", is_flag=True, help="The number is that of a document.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, reference: str, is_document: bool, as_json: bool) -> None:
    """Show a document with its quotes marked in the text, or a quote in its context.

    A number is that of a quote; a document goes by its slug, by a part of it, or by its number with
    --document.

    \b
    quotearchive show open-letter
    quotearchive show 3
    """
    if is_document or not reference.isdecimal():
        _show_document(session, reference, as_json=as_json)
    else:
        _show_quote(session, reference, as_json=as_json)


def _show_document(session: Session, reference: str, *, as_json: bool) -> None:
    page = finding.show_document(session.store, reference)
    if as_json:
        session.write_json(document_values(page.document, len(page.quotes)))
    else:
        session.show_paged(views.document_page(page.document, page.quotes))


def _show_quote(session: Session, reference: str, *, as_json: bool) -> None:
    quote, page = finding.show_quote(session.store, reference)
    if as_json:
        session.write_json(quote_values(quote, page.document, {each.id: each for each in page.quotes}))
    else:
        session.show(views.quote_page(quote, page.document, page.relay(quote), page.inner(quote)))
