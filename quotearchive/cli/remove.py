"""`quotearchive remove`: remove documents and quotes."""

from collections.abc import Sequence

import click

from quotearchive.archive.references import are_numbers
from quotearchive.archive.removal import Removal, plan, remove
from quotearchive.cli.session import Session, pass_session


@click.command(short_help="Remove documents with their quotes, or quotes.")
@click.argument("references", metavar="DOC|QUOTE...", nargs=-1, required=True)
@click.option("--document", "are_documents", is_flag=True, help="Numbers mean documents.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@pass_session
def command(session: Session, /, references: Sequence[str], are_documents: bool, yes: bool) -> None:
    """Remove documents with all their quotes, or quotes. It asks first.

    Plain numbers, ranges such as 12-19, and `last` mean quotes. Name a document by its slug, by part of it, or
    by its number with --document. Its file is not touched, and the copy beside the archive stays, so that undo
    brings back all of it.
    """
    documents = [each for each in references if are_documents or not are_numbers(each)]
    quotes = [each for each in references if each not in documents]
    planned = plan(session.archive.read(), documents=documents, quotes=quotes, is_asked=not yes)
    session.confirm(f"Remove {_named(planned)}?", is_agreed=yes)
    removed = remove(session.archive, planned, change=session.change, is_agreed=not yes)
    session.say(f"Removed {_named(removed)}.")


def _named(removal: Removal) -> str:
    """Return what is removed, and which quotes stay that were said in it."""
    numbers = [str(quote.id) for quote in removal.quotes]
    quotes = f"{'quote' if len(numbers) == 1 else 'quotes'} {', '.join(numbers)}" if numbers else ""
    if not removal.documents:
        return quotes + _left_behind(removal)
    slugs = ", ".join(document.slug for document in removal.documents)
    return f"{slugs} and with it {quotes or 'no quotes'}{_left_behind(removal)}"


def _left_behind(removal: Removal) -> str:
    numbers = ", ".join(str(quote.id) for quote in removal.orphans)
    return f" (quotes said in it stay: {numbers})" if numbers else ""
