"""`quotearchive topics`: what quotes are about, as a tree."""

import click
import msgspec

from quotearchive.archive import lookup
from quotearchive.archive.topics import (
    TopicChange,
    describe_topic,
    find_like_topics,
    merge_topics,
    move_topic,
    plan_removal,
    remove_topic,
    rename_topic,
)
from quotearchive.cli.groups import ListingGroup, suggestion
from quotearchive.cli.session import Session, pass_session
from quotearchive.json_values import topic_change_values
from quotearchive.text import counted
from quotearchive.views import topics as views

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


@click.group(
    cls=ListingGroup,
    short_help="Show the tree of topics; rename, merge and move branches.",
)
def command() -> None:
    """Show the topics as a tree, or those whose path contains certain words; change whole branches.

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
        session.remark(f"No matching topics.{suggestion(words)}" if words else "No quote has a topic yet.")


@command.command(short_help="Rename a topic, with all below it.")
@click.argument("topic")
@click.argument("new")
@_json
@pass_session
def rename(session: Session, /, topic: str, new: str, as_json: bool) -> None:
    """Rename TOPIC to the path NEW in all quotes, with all that is below it."""
    _tell(session, rename_topic(session.archive, topic, new, change=session.change), as_json=as_json)


@command.command(short_help="Merge several topics into one.")
@click.argument("names", metavar="TOPIC...", nargs=-1, required=True)
@click.option("--into", required=True, metavar="TOPIC", help="The topic that stays.")
@_json
@pass_session
def merge(session: Session, /, names: tuple[str, ...], into: str, as_json: bool) -> None:
    """Merge topics into one in all quotes, with all that is below them."""
    _tell(session, merge_topics(session.archive, names, into, change=session.change), as_json=as_json)


@command.command(short_help="Put a topic under another, with all below it.")
@click.argument("topic")
@click.option("--under", required=True, metavar="TOPIC", help="The topic to put it under; '' for the top.")
@_json
@pass_session
def move(session: Session, /, topic: str, under: str, as_json: bool) -> None:
    """Put TOPIC under another, in all quotes, with all that is below it."""
    _tell(session, move_topic(session.archive, topic, under, change=session.change), as_json=as_json)


@command.command(short_help="Describe what belongs under a topic.")
@click.argument("topic")
@click.argument("words")
@_json
@pass_session
def describe(session: Session, /, topic: str, words: str, as_json: bool) -> None:
    """Describe in WORDS what belongs under TOPIC; empty WORDS remove the description."""
    described = describe_topic(session.archive, topic, words, change=session.change)
    if as_json:
        session.write_json({"path": described.path, "description": described.description})
    else:
        session.say(f"{described.path}: {described.description or 'no description'}")


@command.command(short_help="Remove a topic, and all below it, from all quotes.")
@click.argument("topic")
@click.option("--yes", is_flag=True, help="Don't ask.")
@_json
@pass_session
def remove(session: Session, /, topic: str, yes: bool, as_json: bool) -> None:
    """Remove TOPIC and all that is below it from all quotes. The quotes stay."""
    planned = plan_removal(session.archive.read(), topic, is_asked=not yes)
    branches, quotes = counted(len(planned.branch), "topic"), counted(len(planned.quotes), "quote")
    session.confirm(f"Remove {branches} ({planned.path}) from {quotes}?", is_agreed=yes)
    _tell(session, remove_topic(session.archive, planned, change=session.change), as_json=as_json)


@command.command(short_help="Propose duplicate topics.")
@_json
@pass_session
def duplicates(session: Session, /, as_json: bool) -> None:
    """Propose pairs of topics that may be the same, with the reason. Nothing is changed."""
    pairs = find_like_topics(session.archive)
    if as_json:
        session.write_json([{"one": one, "other": other, "reason": reason} for one, other, reason in pairs])
    elif pairs:
        session.show(views.pairs(pairs))
    else:
        session.remark("No two topics are similar.")


def _tell(session: Session, done: TopicChange, *, as_json: bool) -> None:
    if as_json:
        session.write_json(topic_change_values(done))
    else:
        session.show(views.topic_change(done))
