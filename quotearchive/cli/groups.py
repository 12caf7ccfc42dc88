"""A group of commands that lists when it is called with nothing but words to look for."""

import importlib
from typing import Any, Final

import click

#: The command that lists.
LISTING: Final = "list"


class ListingGroup(click.Group):
    """A group whose first word is one of its commands, or else is passed to its `list`.

    Args:
        others: The module that adds the commands other than `list`; it is loaded when one may be meant, so
            that listing doesn't wait for what changes the archive.
        settings: What any group takes.
    """

    def __init__(self, *, others: str, **settings: Any) -> None:  # noqa: ANN401 - click's values
        super().__init__(**settings)
        self._others = others

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command, loading the others if it is one of them."""
        if cmd_name != LISTING:
            importlib.import_module(self._others)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        importlib.import_module(self._others)
        return super().list_commands(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` before words that are none of the group's commands, unless help is asked for."""
        is_help = bool(args) and args[0] in ctx.help_option_names
        if not is_help and (not args or not self.get_command(ctx, args[0])):
            args = [LISTING, *args]
        return super().parse_args(ctx, args)
