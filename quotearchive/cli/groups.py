"""A group of commands that lists when it is called with nothing but words to look for."""

from collections.abc import Sequence
from typing import Final

import click

from quotearchive.errors import did_you_mean
from quotearchive.text.nearest import nearest

#: The command that lists.
LISTING: Final = "list"

#: Former names of commands, which scripts may still use.
FORMER: Final = {"doubles": "duplicates"}


class ListingGroup(click.Group):
    """A group whose first word is one of its commands, or else is passed to its `list`."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, also by its former name; None if there is none."""
        return super().get_command(ctx, FORMER.get(cmd_name, cmd_name))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` before words that are none of the group's commands, unless help is asked for."""
        is_help = bool(args) and args[0] in ctx.help_option_names
        if not is_help and (not args or not self.get_command(ctx, args[0])):
            args = [LISTING, *args]
        return super().parse_args(ctx, args)


def suggestion(words: Sequence[str]) -> str:
    """Return a question whether a command of the group was meant by words that found nothing; empty if none is near."""
    parent = click.get_current_context().parent
    if not words or parent is None or not isinstance(parent.command, click.Group):
        return ""
    near = nearest(words[0], parent.command.list_commands(parent), limit=1)
    return did_you_mean([f"{parent.command_path} {name}" for name in near])
