"""A group of commands that lists when it is called with nothing but words to look for."""

from typing import Final

import click

#: The command that lists.
LISTING: Final = "list"


class ListingGroup(click.Group):
    """A group whose first word is one of its commands, or else is passed to its `list`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` before words that are none of the group's commands, unless help is asked for."""
        is_help = bool(args) and args[0] in ctx.help_option_names
        if not is_help and (not args or not self.get_command(ctx, args[0])):
            args = [LISTING, *args]
        return super().parse_args(ctx, args)
