"""Topics as Rich renderables."""

import shlex
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from quotearchive.archive.topics import TopicChange
from quotearchive.names.topics import TopicSummary
from quotearchive.text import visible
from quotearchive.views import QUIET, cell, table


def topics_tree(branches: Sequence[TopicSummary]) -> RenderableType:
    """Show topics as a tree.

    Args:
        branches: Each behind the one that it lies under.
    """
    top = Tree("Topics", hide_root=True, guide_style=QUIET)
    nodes = {"": top}
    for branch in branches:
        above, _, name = branch.path.rpartition("/")
        nodes[branch.path] = nodes[above].add(_label(branch, name))
    return top


def _label(branch: TopicSummary, name: str) -> Text:
    below = f", {branch.whole} with those below" if branch.whole > branch.own else ""
    label = Text.assemble(cell(name, "bold"), (f"  {branch.own}{below}", QUIET))
    return label.append_text(Text("  ").append_text(cell(branch.description))) if branch.description else label


def pairs(found: Iterable[tuple[str, str, str]]) -> RenderableType:
    """List topics that may be one, each pair with the reason and the command that merges it."""
    listing = table("Topic", "Topic", "Why")
    commands = []
    for one, other, reason in found:
        listing.add_row(cell(one), cell(other), reason)
        commands.append(shlex.join(["quotearchive", "topics", "merge", other, "--into", one]))
    return Group(listing, Text(), *(Text(visible(command), QUIET) for command in commands))


def replanting(done: TopicChange) -> RenderableType:
    """Say what a change to topics did."""
    lines = [f"{old} → {new}" if new else f"{old} is gone" for old, new in done.paths]
    said = f"{counted(len(done.quotes), 'quote')} changed." if done.paths else "Nothing had to be changed."
    return Group(*(Text(visible(line)) for line in lines), Text(said))


def counted(number: int, word: str) -> str:
    """Return a number of things.

    >>> counted(1, "quote"), counted(3, "topic")
    ('1 quote', '3 topics')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"
