"""`quotearchive import`: import documents and quotes."""

from pathlib import Path
from typing import Any

import click

from quotearchive.archive.imports import ImportReport, Request, import_file, summary
from quotearchive.cli.places import at_home
from quotearchive.cli.session import Session, pass_session
from quotearchive.errors import NO
from quotearchive.importers import IMPORTERS
from quotearchive.json_values import description_values


@click.command("import", short_help="Import documents and quotes from other programs.")
@click.argument("path", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--format",
    metavar="FORMAT",
    help=f"One of {', '.join(IMPORTERS)}. Default: guessed from the file.",
)
@click.option("--document", metavar="DOC", help="The document that all quotes of the file are from.")
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, path: Path, as_json: bool, **given: Any) -> None:  # noqa: ANN401 - click's values
    """Import PATH: an export of this program, or a file of another one.

    Every quote is looked up in its document's text first. One that isn't there is refused with its row, and the
    rest is imported, in one change. What is already in the archive is left as it is.

    \b
    quotearchive import quotes.jsonl
    quotearchive import "My Clippings.txt" --dry-run
    quotearchive import highlights.csv --document open-letter
    """
    request = Request(path=at_home(path) or path, **given)
    report = import_file(session.archive, request, change=session.change)
    if as_json:
        session.write_json(_values(report))
    else:
        for sentence in summary(report):
            session.say(sentence)
    session.remark_all(report.remarks)
    for error in report.refused:
        session.fail(error)
    if report.refused:
        click.get_current_context().exit(NO)


def _values(report: ImportReport) -> dict[str, object]:
    return {
        "format": report.format,
        "dry_run": report.is_dry_run,
        "documents": [description_values(document, 0) for document in report.documents],
        "quotes": [{"id": max(quote.id, 0) or None, "text": quote.text} for quote in report.quotes],
        "filled": [{"document": each.record.slug, "fields": list(each.fields)} for each in report.filled],
        "filled_quotes": [{"id": each.record.id, "fields": list(each.fields)} for each in report.grown],
        "joined": report.joined,
        "known": {"documents": report.known_documents, "quotes": report.known_quotes},
        "refused": [{"row": each.row, "reason": str(each.cause)} for each in report.refused],
        "remarks": list(report.remarks),
    }
