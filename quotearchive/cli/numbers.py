"""Numbers on the command line."""

import math
from typing import Any, Final

import click

#: The highest number that counts anything: all that follows counts in 32 bits or more.
_MOST: Final = 2**31 - 1

#: How many, 0 among them.
COUNT: Final = click.IntRange(0, _MOST)


class Amount(click.FloatRange):
    """A number with decimals in a range; what Python reads as `nan` is no number."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's signature
        """Read a number."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is no number.", param, ctx)
        return number
