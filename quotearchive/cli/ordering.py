"""Options that say in which order results come, and how many of them."""

import functools
from collections.abc import Callable
from typing import Any, Final, get_args

import click

from quotearchive.cli.numbers import COUNT
from quotearchive.search import Order, Sort

#: Results that a table shows unless it is told otherwise: a screen or two.
SHOWN: Final = 20


def ordering(command: Callable[..., None], by: Sort = "relevance") -> Callable[..., None]:
    """Return a command the options that order results, and `--json`; call it with one `order`.

    Without --limit, a table shows a screen of results, and JSON holds them all.

    Args:
        command: The command.
        by: What results are sorted by if nothing else is said.
    """

    @click.option("--sort", type=click.Choice(get_args(Sort)), default=by, show_default=True, help="Sort by this.")
    @click.option("--reverse", is_flag=True, help="The other way round.")
    @click.option(
        "--limit",
        type=COUNT,
        metavar="N",
        help=f"Show so many at most; 0 for all. [default: {SHOWN}; with --json, all]",
    )
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


def rest(shown: int, total: int, what: str) -> str | None:
    """Say that there is more than is shown; None if there isn't.

    >>> rest(20, 1234, "quotes"), rest(3, 3, "quotes")
    ('20 of 1,234 quotes. --limit 0 shows all.', None)
    """
    return f"{shown:,} of {total:,} {what}. --limit 0 shows all." if shown < total else None
