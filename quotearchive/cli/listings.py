"""A command that lists when it is called with no more than words to look for, and has commands of its own."""

from typing import Final

import click

#: The command that lists.
LISTING: Final = "list"


class Listing(click.Group):
    """A group whose first word may be one of its commands; whatever else it is goes to its `list`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` before what is none of the group's commands, unless help is asked for."""
        is_help = bool(args) and args[0] in ctx.help_option_names
        if not is_help and (not args or not self.get_command(ctx, args[0])):
            args = [LISTING, *args]
        return super().parse_args(ctx, args)
