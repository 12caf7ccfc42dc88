"""Numbers on the command line."""

import math
from typing import Any, Final

import click

#: The highest number that is accepted: everything below counts in 32 bits or more.
_MOST: Final = 2**31 - 1


def count(value: object, least: int = 0) -> int:
    """Return a whole number that was typed, no lower than `least`."""
    digits = str(value)
    if not (digits.isdecimal() and len(digits) <= len(str(_MOST)) and least <= int(digits) <= _MOST):
        uncounted = f"{value!r} is not a whole number from {least} to {_MOST:,}."
        raise click.BadParameter(uncounted)
    return int(digits)


def positive(value: object) -> int:
    """Return a whole number from 1 on that was typed."""
    return count(value, 1)


class Amount(click.FloatRange):
    """A number with decimals in a range, but not the `nan` that Python accepts."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's signature
        """Return the number."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number
