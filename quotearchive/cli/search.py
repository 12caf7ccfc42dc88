"""`quotearchive search`: find quotes."""

import click

from quotearchive import views
from quotearchive.archive import finding
from quotearchive.cli.filters import filters
from quotearchive.cli.session import Session
from quotearchive.exporters.json_values import finding_values
from quotearchive.query import Query


@click.command(short_help="Find quotes by words, speaker, topic or document.")
@click.option("--full", is_flag=True, help="Show long quotes whole.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@filters
def command(session: Session, /, query: Query, full: bool, as_json: bool) -> None:
    """Find quotes that hold all words of QUERY and match the options, in any combination.

    Case, accents and kinds of quotation marks make no difference. A speaker or topic may be given in part.

    \b
    quotearchive search prison
    quotearchive search --speaker khastar --topic prison
    quotearchive search --json | jq -r '.[].text'
    """
    found = finding.search(session.store, query)
    if as_json:
        session.write_json([finding_values(each) for each in found])
    elif found:
        session.show(views.quotes_table(found, width=session.output.width, full=full))
    if not found:
        session.remark(finding.explain_nothing(session.store, query))
