"""How the documentation is made: `sphinx-build -W docs build/docs`."""

from collections.abc import Iterator

import click
from sphinx.application import Sphinx

from quotearchive import __version__
from quotearchive.cli import main

project = "quotearchive"
author = "The quotearchive developers"
release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"{project} {release}"
smartquotes = False
default_role = "code"
myst_heading_anchors = 2
autodoc_typehints = "description"
autodoc_member_order = "bysource"


def setup(app: Sphinx) -> None:
    """Fill the page of the commands when it is read."""
    app.connect("source-read", _describe_commands)


def _describe_commands(_app: Sphinx, page: str, source: list[str]) -> None:
    if page == "commands":
        source[0] += "".join(_sections(main, click.Context(main, info_name=project, **main.context_settings), "##"))


def _sections(command: click.Command, context: click.Context, marks: str) -> Iterator[str]:
    """Yield the help of a command and of those below it, as a terminal shows it."""
    yield f"\n{marks} {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    names = command.list_commands(context) if isinstance(command, click.Group) else ()
    for name in names:
        below = command.get_command(context, name)  # type: ignore[attr-defined]
        yield from _sections(below, click.Context(below, parent=context, info_name=name), "###")
