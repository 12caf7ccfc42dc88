"""`quotearchive show`: show a document with its quotes, or a quote in its context."""

from collections.abc import Sequence
from typing import Any

import click
import msgspec
from rich.console import RenderableType

from quotearchive.archive.lookup import pages_of, show_document, show_quote
from quotearchive.archive.references import are_numbers, document_numbers, numbers_among
from quotearchive.cli.errors import ClashingOptionsError
from quotearchive.cli.session import Session, pass_session
from quotearchive.json_values import document_values, quote_values
from quotearchive.views.cells import one_after_another
from quotearchive.views.documents import document_page, on
from quotearchive.views.quotes import quote_page


@click.command(short_help="Show a document with its quotes, or a quote in its context.")
@click.argument("references", metavar="DOC|QUOTE...", nargs=-1, required=True)
@click.option("--document", "are_documents", is_flag=True, help="Numbers mean documents.")
@click.option("--page", metavar="PAGE", help="Show only this page of a document, by label or number: 12, iv or 12-15.")
@click.option("--open", "is_opened", is_flag=True, help="Open the file that it was read from, at the quote's page.")
@click.option("--yes", is_flag=True, help="With --open: don't ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(
    session: Session,
    /,
    references: tuple[str, ...],
    are_documents: bool,
    page: str | None,
    as_json: bool,
    **how: bool,
) -> None:
    """Show a document with its quotes marked in the text, or a quote in its context, or several.

    Plain numbers, ranges such as 12-19, and `last` mean quotes. Name a document by its slug, by part of it, or
    by its number with --document or --page.

    \b
    quotearchive show open-letter
    quotearchive show 3
    quotearchive show 12-19 last
    quotearchive show report --page 12
    quotearchive show 3 --open
    """
    chosen = _chosen(session, references, are_documents=are_documents or page is not None)
    if how["is_opened"]:
        from quotearchive.cli.opening import open_original  # noqa: PLC0415 - showing reads no files

        open_original(session, chosen, is_agreed=how["yes"])
        return
    if how["yes"]:
        option, reason = "--yes", "needs --open"
        raise ClashingOptionsError(option, reason)
    pages = [_document(session, each, page) if is_document else _quote(session, each) for each, is_document in chosen]
    if as_json:
        values = [values for values, _ in pages]
        session.write_json(values[0] if _is_one_page(references) else values)
    elif any(is_document for _, is_document in chosen):
        session.show_paged(one_after_another([shown for _, shown in pages]))
    else:
        session.show(one_after_another([shown for _, shown in pages]))


def _is_one_page(references: Sequence[str]) -> bool:
    """Check whether one page is named, as a number or a name is, and a range or `last` is not."""
    return len(references) == 1 and (references[0].isdecimal() or not are_numbers(references[0]))


def _chosen(session: Session, references: Sequence[str], *, are_documents: bool) -> list[tuple[str, bool]]:
    """Return the references to show, ranges resolved, each with whether it is a document."""
    if _is_one_page(references):
        return [(references[0], are_documents or not are_numbers(references[0]))]
    index = session.archive.index
    chosen = []
    for reference in references:
        is_document = are_documents or not are_numbers(reference)
        numbers = (
            document_numbers(index.slugs(), [reference])
            if is_document
            else numbers_among(index.quote_numbers(), [reference])
        )
        chosen += [(str(number), is_document) for number in numbers]
    return list(dict.fromkeys(chosen))


def _document(session: Session, reference: str, label: str | None) -> tuple[dict[str, Any], RenderableType]:
    page = show_document(session.archive, reference)
    related = session.archive.index.correspondence(page.document.id)
    spans = None if label is None else pages_of(page.document, label)
    values = {**document_values(page.document, len(page.quotes)), "letters": msgspec.to_builtins(related)}
    if spans is not None:
        values["text"] = "\n".join(page.document.text[start:end] for start, end in spans)
        values["shown"] = {"spans": spans, "quotes": [quote.id for quote in on(page.quotes, spans)]}
    return values, document_page(page.document, page.quotes, related, spans)


def _quote(session: Session, reference: str) -> tuple[dict[str, Any], RenderableType]:
    quote, page = show_quote(session.archive, reference)
    values = quote_values(quote, page.document, {each.id: each for each in page.quotes})
    return values, quote_page(quote, page.document, page.relay(quote), page.inner(quote))
