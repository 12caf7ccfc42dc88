"""Numbers on the command line."""

import math
from typing import Any, Final

import click

#: The highest number that is accepted: everything below counts in 32 bits or more.
_MOST: Final = 2**31 - 1

#: A count, which may be 0.
COUNT: Final = click.IntRange(0, _MOST)


class Amount(click.FloatRange):
    """A number with decimals in a range, but not the `nan` that Python accepts."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's signature
        """Return the number."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number
