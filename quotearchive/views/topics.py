"""Topics as Rich renderables."""

import shlex
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from quotearchive.names.topics import TopicSummary
from quotearchive.text import counted, visible
from quotearchive.views.cells import QUIET, cell, table

if TYPE_CHECKING:
    from quotearchive.archive.topics import TopicChange


def topics_tree(summaries: Sequence[TopicSummary]) -> RenderableType:
    """Show topics as a tree.

    Args:
        summaries: The topics, each after the one above it.
    """
    top = Tree("Topics", hide_root=True, guide_style=QUIET)
    nodes = {"": top}
    for summary in summaries:
        above, _, name = summary.path.rpartition("/")
        nodes[summary.path] = nodes[above].add(_label(summary, name))
    return top


def _label(summary: TopicSummary, name: str) -> Text:
    below = f" ({summary.whole} with subtopics)" if summary.whole > summary.own else ""
    described = ("  ", cell(summary.description)) if summary.description else ()
    return Text.assemble(cell(name, "bold"), (f"  {summary.own}{below}", QUIET), *described)


def pairs(found: Iterable[tuple[str, str, str]]) -> RenderableType:
    """List pairs of topics that may be the same, each with the reason and the command that merges them."""
    listing = table("Topic", "Topic", "Reason")
    commands = []
    for one, other, reason in found:
        listing.add_row(one, other, reason)
        commands.append(shlex.join(["quotearchive", "topics", "merge", other, "--into", one]))
    return Group(listing, Text(), *(Text(visible(command), QUIET) for command in commands))


def topic_change(done: "TopicChange") -> RenderableType:
    """Show which topics changed their paths, and how many quotes changed with them."""
    lines = [f"{old} → {new}" if new else f"Removed {old}" for old, new in done.paths]
    last = f"{counted(len(done.quotes), 'quote')} changed." if done.paths else "Nothing changed."
    return Group(*(Text(visible(line)) for line in (*lines, last)))
