"""The options for the order and the number of results."""

import functools
from collections.abc import Callable
from typing import Any, Final, get_args

import click

from quotearchive.cli.numbers import count
from quotearchive.search import Order, Sort

#: Results that a table shows without --limit: a screen or two.
SHOWN: Final = 20


limit_option = click.option(
    "--limit", type=count, metavar="N", help=f"Show at most N; 0 for all.  [default: {SHOWN}; with --json, all]"
)


def order_options(command: Callable[..., None], by: Sort = "relevance") -> Callable[..., None]:
    """Add the options that order results, and `--json`, to a command, which is then called with one `order`.

    Without --limit, a table shows a screen of results, and JSON holds all of them.

    Args:
        command: The command.
        by: What results are sorted by without --sort.
    """

    @click.option("--sort", type=click.Choice(get_args(Sort)), default=by, show_default=True, help="Sort by this.")
    @click.option("--reverse", is_flag=True, help="Reverse the order.")
    @limit_option
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
    @functools.wraps(command)
    def with_order(
        *args: Any,  # noqa: ANN401 - click's values
        sort: Sort,
        reverse: bool,
        limit: int | None,
        as_json: bool,
        **options: Any,  # noqa: ANN401
    ) -> None:
        shown = limit if limit is not None else 0 if as_json else SHOWN
        command(*args, order=Order(sort, reverse, shown), as_json=as_json, **options)

    return with_order
