"""`quotearchive topics`: what quotes are about, as a tree."""

import click
import msgspec

from quotearchive.archive import lookup
from quotearchive.cli.groups import ListingGroup
from quotearchive.cli.session import Session, pass_session
from quotearchive.views import topics as views

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


@click.group(
    cls=ListingGroup,
    others="quotearchive.cli.branches",
    short_help="Show the tree of topics; rename, merge and move branches.",
)
def command() -> None:
    """Show the topics as a tree, or those whose path contains some words; change whole branches.

    \b
    quotearchive topics
    quotearchive topics rename phone prison/conditions/telephone
    quotearchive topics merge jail --into prison
    """


@command.command("list", short_help="Show the tree of topics.")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@_json
@pass_session
def list_topics(session: Session, /, words: tuple[str, ...], as_json: bool) -> None:
    """Show the topics, each with the number of its quotes, and of those on it or below it."""
    found = lookup.list_topics(session.archive, " ".join(words))
    if as_json:
        session.write_json([msgspec.to_builtins(topic) for topic in found])
    elif found:
        session.show(views.topics_tree(found))
    else:
        session.remark("No matching topics." if words else "No quote has a topic yet.")
