"""Numbers on the command line."""

import math
from typing import Any, Final

import click

#: The highest number that is accepted: everything below counts in 32 bits or more.
_MOST: Final = 2**31 - 1


class Count(click.ParamType[int]):
    """A whole number.

    Args:
        least: The lowest one that is accepted.
    """

    name = "number"

    def __init__(self, least: int = 0) -> None:
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's signature
        """Return the number."""
        digits = str(value)
        is_count = digits.isdecimal() and len(digits) <= len(str(_MOST)) and self._least <= int(digits) <= _MOST
        if not is_count:
            self.fail(f"{value!r} is not a whole number from {self._least} to {_MOST:,}.", param, ctx)
        return int(digits)


#: A count, which may be 0.
COUNT: Final = Count()


class Amount(click.FloatRange):
    """A number with decimals in a range, but not the `nan` that Python accepts."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's signature
        """Return the number."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number
