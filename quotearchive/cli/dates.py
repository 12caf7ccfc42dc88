"""Dates on the command line."""

import click

from quotearchive.dates import parse_date


class Date(click.ParamType[str]):
    """A date in words or in EDTF, as EDTF."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Read a date; one that can't be read is an error with examples."""
        return parse_date(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Name the value in `--help`."""
        return "DATE"


DATE = Date()
